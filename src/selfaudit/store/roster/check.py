"""Whether a roster is consistent: every reference leads somewhere, no id is given twice, the units form a tree.

It serves ``roster.yaml`` and the workbook alike: it looks at plain data, and the file's reader knows the places. Data
that do not fit the model are passed over; the model reports those.
"""

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.names import lost_characters, name_key
from selfaudit.base.problems import Problem, Some, Where, error, note, warning
from selfaudit.model.roster import Roster

DataPath = tuple[str | int, ...]
"""The way to a value inside the data, such as ``("people", 3, "unit")``."""
Locate = Callable[[DataPath], Where]

DUPLICATE_ID = error(
    "roster.duplicate-id",
    N_("the id “{id}” is used twice, first for “{name}” at {first}"),
    N_("Give each its own id (upper and lower case count as the same); enter each person once, with all their posts."),
)
UNKNOWN_UNIT = error("roster.unknown-unit", N_("there is no unit “{unit}”"), N_("Correct it or add the unit."))
MEANT_UNIT = error("roster.meant-unit", N_("there is no unit “{unit}”"), N_("Did you mean {meant}?"))
UNKNOWN_HEAD = error(
    "roster.unknown-head",
    N_("“{head}”, the head of “{unit}”, is not among the people"),
    N_("Add this person or correct the entry."),
)
MEANT_HEAD = error(
    "roster.meant-head", N_("“{head}”, the head of “{unit}”, is not among the people"), N_("Did you mean {meant}?")
)
PARENT_CYCLE = error(
    "roster.parent-cycle",
    N_("these units form a circle of parents: {circle}"),
    N_("Leave the parent of the top unit empty."),
)
HEAD_ELSEWHERE = warning(
    "roster.head-elsewhere",
    N_("“{head}” heads “{unit}” but belongs to “{other}”"),
    N_("This is accepted; correct it if two people were mixed up."),
)
HEAD_LEFT = warning(
    "roster.head-left",
    N_("“{head}”, the head of “{unit}”, has left"),
    N_("Enter the new head."),
)
LEAVERS = note(
    "roster.leavers",
    N_("people who leave are asked nothing from that day on: {people}"),
    N_("Run selfaudit issue on that day or later; what they answered before is kept."),
)
LOST_CHARACTER = warning(
    "roster.lost-character",
    N_("a character of the name “{value}” was lost, or no other computer can show it"),
    N_("Type the name again; everybody will see it in the documents."),
)
NOBODY = note(
    "roster.nobody",
    N_("there are no people on the roster"),
    N_("Only units will be asked; add people if that is not intended."),
)
EMPTY_UNITS = note(
    "roster.empty-units",
    N_("units with neither people nor a head: {units}"),
    N_("Nobody can answer for them unless you send their forms to somebody yourself."),
)

MOST_NAMED = 10
"""Names that a message about a roster lists."""
_MOST_COMPARED = 2000


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate that was probably meant: one that contains the word, or the other way round, or a like one.

    Empty if there is none. Very many candidates are only searched for the same spelling, because comparing is slow.
    """
    known = {name_key(candidate): candidate for candidate in candidates}
    sought = name_key(word)
    if sought in known:
        return known[sought]
    if len(known) > _MOST_COMPARED:
        return ""
    close = difflib.get_close_matches(sought, known, 1, cutoff=0.5)
    within = [key for key in known if min(len(key), len(sought)) > 1 and (key in sought or sought in key)]
    return known[(within or close)[0]] if within or close else ""


def roster_problems(roster: Roster | Mapping[str, Any], where: Locate) -> list[Problem]:
    """Return everything that is not consistent in a roster or in data of the shape of ``roster.yaml``."""
    check = _Check(roster.model_dump() if isinstance(roster, Roster) else roster, where)
    return [
        *check.duplicates("units", check.units),
        *check.duplicates("people", check.people),
        *check.unit_references(),
        *check.circles(),
        *check.heads(),
        *check.lost_characters(),
        *check.leavers(),
        *check.emptiness(),
    ]


def _entries(data: Mapping[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the entries of a list that have an id, with their number; what is no text in them counts as not given."""
    found = data.get(key)
    entries = enumerate(found) if isinstance(found, list | tuple) else ()
    texts = ((n, {k: v for k, v in e.items() if isinstance(v, str)}) for n, e in entries if isinstance(e, Mapping))
    return [(n, entry) for n, entry in texts if entry.get("id")]


def _twice(entries: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[str]:
    """Yield the ids that are given twice, in every spelling."""
    ids = [entry["id"] for _, entry in entries]
    count = Counter(key.casefold() for key in ids)
    yield from (key for key in ids if count[key.casefold()] > 1)


class _Check:
    """The entries of one roster by their id, and the questions asked about them."""

    def __init__(self, data: Mapping[str, Any], where: Locate) -> None:
        self.where = where
        self.units = _entries(data, "units")
        self.people = _entries(data, "people")
        self._unit = {unit["id"]: unit for _, unit in self.units}
        self._person = {person["id"]: person for _, person in self.people}
        self._twice = {key for entries in (self.units, self.people) for key in _twice(entries)}
        """Ids of which nobody knows whose they are."""
        self._meant: dict[str, str] = {}
        # a workbook without the sheet has no list at all, which is reported as what it is
        self._peopled = "people" in data

    def duplicates(self, key: str, entries: list[tuple[int, dict[str, Any]]]) -> Iterator[Problem]:
        """Yield every id that was given before; folders are named by ids, and Windows does not distinguish A from a."""
        first: dict[str, int] = {}
        for place, (n, entry) in enumerate(entries):
            before, other = entries[first.setdefault(entry["id"].casefold(), place)]
            if other is not entry:
                at = self.where((key, before, "id"))
                shown = at.cell or f"{at.line}:{at.column}"
                yield DUPLICATE_ID(self.where((key, n, "id")), id=entry["id"], name=_label(other), first=shown)

    def unit_references(self) -> Iterator[Problem]:
        """Yield every reference to a unit that is not there; without any unit that is another mistake."""
        if not self._unit:
            return
        for key, entries, fields in (
            ("units", self.units, ("parent", "answered_by")),
            ("people", self.people, ("unit",)),
        ):
            for n, entry in entries:
                for field in fields:
                    if entry.get(field) and entry[field] not in self._unit:
                        yield self._unknown_unit((key, n, field), entry[field])

    def _unknown_unit(self, path: DataPath, unit: str) -> Problem:
        if unit not in self._meant:
            self._meant[unit] = _meant(unit, self._unit)
        if meant := self._meant[unit]:
            return MEANT_UNIT(self.where(path), unit=unit, meant=meant)
        return UNKNOWN_UNIT(self.where(path), unit=unit)

    def circles(self) -> Iterator[Problem]:
        """Yield every circle of parents once, at its first unit."""
        number = {unit["id"]: n for n, unit in self.units}
        settled: set[str] = set()
        for start in self._unit:
            way: dict[str, None] = {}
            here = start
            while here in self._unit and here not in settled and here not in way:
                way[here] = None
                here = self._unit[here].get("parent", "")
            settled.update(way)
            if here in way:
                circle = list(way)[list(way).index(here) :]
                names = " → ".join(_label(self._unit[unit]) for unit in (*circle, here))
                yield PARENT_CYCLE(self.where(("units", number[here], "parent")), circle=names)

    def heads(self) -> Iterator[Problem]:
        """Yield every head who is not there, or whom one would not expect there."""
        for n, unit in self.units:
            path = ("units", n, "head")
            head = unit.get("head", "")
            person = self._person.get(head)
            if self._twice & {head, unit["id"], (person or {}).get("unit")}:
                continue
            if person and self._unexpected(unit, person):
                other = _label(self._unit[person["unit"]])
                yield HEAD_ELSEWHERE(self.where(path), head=_label(person), unit=_label(unit), other=other)
            elif head and not person:
                args = {"head": head, "unit": _label(unit)}
                meant = _meant(head, self._person)
                yield (
                    MEANT_HEAD(self.where(path), **args, meant=meant)
                    if meant
                    else UNKNOWN_HEAD(self.where(path), **args)
                )

    def _unexpected(self, unit: dict[str, Any], person: dict[str, Any]) -> bool:
        """Return whether a head comes from nowhere near: committees are headed by anybody, units also from above."""
        own = self._unit.get(person.get("unit", ""))
        if own is None or unit.get("kind") == "committee" or own.get("kind") == "management":
            return False
        return unit["id"] not in self._above(own) and own["id"] not in self._above(unit)

    def _above(self, unit: dict[str, Any]) -> dict[str, None]:
        """Return the ids of a unit and of all units above it."""
        way: dict[str, None] = {}
        here = unit["id"]
        while here in self._unit and here not in way:
            way[here] = None
            here = self._unit[here].get("parent", "")
        return way

    def lost_characters(self) -> Iterator[Problem]:
        """Yield the names in which a character was lost, which everybody would see in print."""
        for key, entries in (("units", self.units), ("people", self.people)):
            for n, entry in entries:
                if lost_characters(entry.get("name", "")):
                    yield LOST_CHARACTER(self.where((key, n, "name")), value=entry["name"])

    def leavers(self) -> Iterator[Problem]:
        """Yield one note for all who leave, and the units whose head has left."""
        left = {p["id"]: p for _, p in self.people if p.get("left")}
        if left:
            said = (_label(p) if p["left"] == "yes" else f"{_label(p)} {p['left']}" for p in left.values())
            yield LEAVERS(self.where(("people",)), people=Some(list(said), MOST_NAMED))
        gone = {key for key, person in left.items() if person["left"] <= today().isoformat() or person["left"] == "yes"}
        for n, unit in self.units:
            if unit.get("head") in gone and unit["head"] not in self._twice:
                head = _label(left[unit["head"]])
                yield HEAD_LEFT(self.where(("units", n, "head")), head=head, unit=_label(unit))

    def emptiness(self) -> Iterator[Problem]:
        """Yield one note for a roster without people, or one for all departments and branches without any."""
        if not self.people:
            if self._peopled:
                yield NOBODY(self.where(("people",)))
            return
        if any(person.get("unit") not in self._unit for _, person in self.people):
            return  # a unit that seems empty may be the one that was meant
        peopled = {unit["id"] for _, unit in self.units if unit.get("head")}
        for home in {person["unit"] for _, person in self.people}:
            peopled.update(self._above(self._unit[home]))
        empty = [
            _label(unit)
            for _, unit in self.units
            if unit.get("kind") in ("department", "branch") and unit["id"] not in peopled
        ]
        if empty:
            yield EMPTY_UNITS(self.where(("units",)), units=Some(empty, MOST_NAMED))


def _label(entry: dict[str, Any]) -> str:
    return f"{entry['name']} ({entry['id']})" if entry.get("name") else str(entry["id"])


def _meant(text: str, entries: Mapping[str, dict[str, Any]]) -> str:
    """Return the id and name of the entry that was probably meant by a text."""
    labels = {word: _label(e) for e in entries.values() for word in (e["id"], e.get("name", "")) if word}
    found = nearest(text, labels)
    return labels[found] if found else ""
