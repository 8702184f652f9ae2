"""Invents the certification body of the demo: its units, its people, and who is who among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from selfaudit.demo.texts import BodyTexts, NameTexts, Posts, Texts
from selfaudit.model.form.form import Form, Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.roster import ROSTER_FORMAT, Person, Roster

AUDITOR = "auditor"
"""The role of auditors in the kit that the demo plays."""


class _Names:
    """Draws names that nobody else has."""

    def __init__(self, texts: NameTexts, rng: Random) -> None:
        self._texts = texts
        self._rng = rng
        self._weights = range(len(texts.surnames) + 4, 4, -1)
        self._taken = {texts.twice, *texts.rare}

    def draw(self) -> str:
        while True:
            surname = self._rng.choices(self._texts.surnames, self._weights)[0]
            name = surname + self._rng.choice(self._texts.given)
            if name not in self._taken:
                self._taken.add(name)
                return name


def invent_roster(texts: Texts, rng: Random) -> dict[str, Any]:
    """Return a roster in the shape of ``roster.yaml``."""
    body = texts.body
    cities = rng.sample(body.cities, body.branches)
    units: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    names = _Names(texts.names, rng)
    for unit, posts in (*_head_office(body, rng), *_branches(body, cities, rng)):
        first = len(people)
        for held in posts:
            number = f"{body.prefix}{len(people) + 1:04d}"
            people.append({"id": number, "name": names.draw(), "unit": unit["id"], "posts": list(held)})
        units.append({**unit, "head": people[first]["id"]})
    _rename(people, texts.names, rng)
    return {"format": ROSTER_FORMAT, "body": {"name": body.name}, "units": units, "people": people}


def _head_office(body: BodyTexts, rng: Random) -> Iterator[tuple[dict[str, str], list[Posts]]]:
    for unit in body.units:
        about = {"id": unit.id, "name": unit.name, "kind": unit.kind, "answered_by": unit.answered_by}
        yield {key: value for key, value in about.items() if value}, [*unit.posts, *_auditors(body, unit.auditors, rng)]


def _branches(body: BodyTexts, cities: list[str], rng: Random) -> Iterator[tuple[dict[str, str], list[Posts]]]:
    for number, city in enumerate(cities, 1):
        about = {"id": f"B{number}", "name": city + body.branch_suffix, "kind": "branch"}
        yield about, [*body.branch_staff, *_auditors(body, rng.randint(*body.auditors.in_branch), rng)]


def _auditors(body: BodyTexts, count: int, rng: Random) -> list[Posts]:
    kinds = body.auditors.kinds
    return rng.choices([kind.posts for kind in kinds], [kind.weight for kind in kinds], k=count)


def _rename(people: list[dict[str, Any]], texts: NameTexts, rng: Random) -> None:
    """Give some the names with rare characters, and the same name to two people in different branches."""
    in_branch = [person for person in people if person["unit"].startswith("B")]
    first = rng.choice(in_branch)
    second = rng.choice([person for person in in_branch if person["unit"] != first["unit"]])
    first["name"] = second["name"] = texts.twice
    others = [person for person in people if person["name"] != texts.twice]
    for person, name in zip(rng.sample(others, len(texts.rare)), texts.rare, strict=True):
        person["name"] = name


@dataclass(frozen=True)
class Cast:
    """Everybody who plays: the body's people with the forms they got.

    ``certificates`` are numbers in the registers, by the letter that stands for their system.
    """

    texts: Texts
    kit: Kit
    roster: Roster
    forms: list[Form]
    rng: Random
    certificates: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def person(self, respondent: Respondent) -> Person | None:
        """Return the person whom a respondent is; None for a unit."""
        return self.roster.person_of.get(respondent.key.partition(":")[2]) if respondent.answers == "person" else None

    def posts(self, respondent: Respondent) -> tuple[str, ...]:
        """Return the posts of a respondent; a unit has none."""
        person = self.person(respondent)
        return person.posts if person else ()

    def head(self, unit: str) -> Person:
        """Return who heads a unit."""
        return self.roster.person_of[self.roster.unit_of[unit].head]

    @cached_property
    def form_of(self) -> dict[str, Form]:
        """The form of every respondent by key."""
        return {form.respondent.key: form for form in self.forms}

    @cached_property
    def members(self) -> dict[str, list[Respondent]]:
        """The people whose forms each unit collects."""
        found: dict[str, list[Respondent]] = {unit.id: [] for unit in self.roster.units}
        for form in self.forms:
            if form.respondent.answers == "person":
                found[form.respondent.unit].append(form.respondent)
        return found

    @cached_property
    def units(self) -> dict[str, str]:
        """The id of every unit by the role that only it has, such as ``tech``."""
        held = [(role, form.respondent.unit) for form in self.forms for role in form.respondent.roles]
        return {role: unit for role, unit in held if sum(other == role for other, _ in held) == 1}

    def auditors(self, unit: str) -> list[Respondent]:
        """Return the auditors whose forms a unit collects."""
        return [member for member in self.members[unit] if AUDITOR in member.roles]

    def city(self, respondent: Respondent) -> str:
        """Return where a respondent works: the city of the branch, or any."""
        suffix = self.texts.body.branch_suffix
        name = respondent.unit_name
        return name.removesuffix(suffix) if name.endswith(suffix) else self.rng.choice(self.texts.body.cities)
