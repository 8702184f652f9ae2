"""The numbers that say how far the self-audit reached: what the program counts itself, and what cannot be right."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Self

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, warning
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.roster import Person, Roster

LESS_THAN_PART = warning(
    "coverage.less-than-part",
    N_("{unit} says “{title}”: {value}, but {name} alone says {said}"),
    N_("The number of a unit includes those of its people; have the wrong form corrected."),
)


def counted(
    what: str, kit: Kit, roster: Roster, who: Respondent | None = None, without: Container[str] = ()
) -> list[str]:
    """Return what the program counts for a respondent, or without one for the whole body, each thing once.

    ``what`` is ``items`` (those asked), ``people``, ``posts`` or a role of people; those of a unit and its sub-units,
    except the people ``without``, by their keys as respondents.
    """
    if what == "items":
        return list(kit.asked_of(who.roles if who else tuple(_held(kit, roster))))
    inside = (person for person in roster.people if who is None or _within(roster, person, who))
    people = [person for person in inside if f"person:{person.id}" not in without]
    if what == "posts":
        return list(dict.fromkeys(post for person in people for post in person.posts))
    if what != "people":
        people = [person for person in people if what in roster.person_roles(person, kit.plan.roles)]
    return [f"{person.name} ({person.id})" for person in people]


def _held(kit: Kit, roster: Roster) -> dict[str, None]:
    units = (role for unit in roster.units for role in roster.unit_roles(unit, kit.plan.roles))
    people = (role for person in roster.people for role in roster.person_roles(person, kit.plan.roles))
    return dict.fromkeys((*units, *people))


def _within(roster: Roster, person: Person, who: Respondent) -> bool:
    if who.answers == "person":
        return person.id == who.number
    unit = roster.collecting_unit(person.unit).id if person.unit in roster.unit_of else person.unit
    return who.unit in (unit, roster.site_of(unit))


class CoverageCheck:
    """Compares the numbers that respondents give, as they come by, with those of the units they belong to."""

    def __init__(self, titles: Mapping[str, str], site_of: Callable[[str], str]) -> None:
        """Take the title of every number that is asked for, and what returns the site that a unit is part of."""
        self._titles, self._site_of = titles, site_of
        self._units: list[tuple[Respondent, Mapping[str, int]]] = []
        self._most: dict[tuple[str, str], tuple[int, str]] = {}
        """The largest number that somebody in a unit gives, by unit and field, with who it is."""

    @classmethod
    def of(cls, kit: Kit, roster: Roster) -> Self:
        """Return one for the numbers that a kit asks for, and the units of a roster."""
        return cls({field.id: field.title for field in kit.plan.coverage if not field.counted}, roster.site_of)

    def add(self, who: Respondent, given: Mapping[str, int]) -> None:
        """Take the numbers that one respondent gives."""
        site = self._site_of(who.unit)
        if who.answers == "unit":
            self._units.append((who, given))
        for unit in {who.unit, site} if who.answers == "person" else {site} - {who.unit}:
            for field, value in given.items():
                self._most[unit, field] = max(self._most.get((unit, field), (0, "")), (value, who.name))

    def found(self) -> list[Problem]:
        """Return every number of a unit that is smaller than that of somebody in it, in the order of the units."""
        return list(self._found())

    def _found(self) -> Iterator[Problem]:
        for unit, given in self._units:
            for field, value in given.items():
                most, name = self._most.get((unit.unit, field), (0, ""))
                if field in self._titles and most > value:
                    title = self._titles[field]
                    yield LESS_THAN_PART(unit=unit.name, title=title, value=value, name=name, said=most)


def doubtful(given: Iterable[tuple[Respondent, Mapping[str, int]]], kit: Kit, roster: Roster) -> list[Problem]:
    """Return what cannot be right in the numbers that respondents give."""
    check = CoverageCheck.of(kit, roster)
    for who, numbers in given:
        check.add(who, numbers)
    return check.found()
