"""Whom on the roster a signal is about: registers name units and people as those do who keep them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from selfaudit.base.names import name_key
from selfaudit.model.data.outcome import Signal
from selfaudit.model.data.verdict import SignalId
from selfaudit.model.roster import Roster

Why = Literal["unknown", "twice", "numbers"]
"""Why nobody is meant for certain: the roster has no such name, or more than one, or several numbers have this name."""
Kind = Literal["unit", "person"]
SHORTEST = 2
"""Characters that a short name of a unit must have."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A name in the registers that cannot be placed on the roster, and how many signals bear it."""

    kind: Kind
    name: str
    why: Why
    signals: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The id of the unit or person that a name means, or why it is empty."""

    id: str = ""
    why: Why | None = None


def _placed(there: set[str]) -> Placed:
    return Placed(id=next(iter(there))) if len(there) == 1 else Placed(why="twice" if there else "unknown")


class Subjects:
    """Finds units and people of the roster by the names that registers have; never guesses.

    A unit is known by its name or number, with the name of the body before it, or by the beginning of its name if no
    one begins like that but what is part of it: 上海 for 上海分公司. A person is known by name as long as nobody else
    is called the same, neither on the roster nor, by their numbers, in the registers that were asked. The files that a
    signal is about are told.
    """

    def __init__(
        self,
        roster: Roster,
        signals: Iterable[Signal],
        namesakes: Iterable[str] = (),
        files: Mapping[SignalId, Iterable[str]] = {},
    ) -> None:
        """Take the roster, all signals, the names that several persons have in the registers, and files by signal."""
        self._roster, self._files = roster, files
        self._units: dict[str, set[str]] = {}
        self._unit_names: dict[str, set[str]] = {}
        for unit in roster.units:
            for name in {name_key(unit.name), name_key(unit.id)}:
                self._units.setdefault(name, set()).add(unit.id)
            self._unit_names.setdefault(name_key(unit.name), set()).add(unit.id)
        self._body = name_key(roster.body.name)
        self._found: dict[str, Placed] = {}
        self._people: dict[str, set[str]] = {}
        for person in roster.people:
            self._people.setdefault(name_key(person.name), set()).add(person.id)
        self._above: dict[str, tuple[str, ...]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._namesakes = frozenset(map(name_key, namesakes))
        self._named: dict[tuple[Kind, str, Why], int] = {}
        self.signals = tuple(signals)
        for signal in self.signals:
            if signal.person and signal.number:
                self._numbers.setdefault(name_key(signal.person), set()).add(signal.number)
        self.by_subject = self._placed()

    def _placed(self) -> Mapping[tuple[str, str], list[Signal]]:
        """Return the signals by check and subject: ``unit:``, ``person:`` or ``file:`` and the id; ``body`` has all."""
        placed: dict[tuple[str, str], list[Signal]] = {}
        for signal in self.signals:
            for subject in self._subjects(signal):
                placed.setdefault((signal.check, subject), []).append(signal)
        return placed

    def _subjects(self, signal: Signal) -> Iterator[str]:
        yield "body"
        person, unit = self._person(signal.person), self.unit(signal.unit)
        if person.id:
            yield f"person:{person.id}"
        yield from (f"unit:{one}" for one in self.units(signal))
        yield from (f"file:{one}" for one in self._files.get((signal.check, signal.key), ()))
        named: tuple[tuple[Kind, str, Placed], ...] = (("person", signal.person, person), ("unit", signal.unit, unit))
        for kind, name, found in named:
            if name and found.why:
                self._named[kind, name, found.why] = self._named.get((kind, name, found.why), 0) + 1

    def units(self, signal: Signal) -> tuple[str, ...]:
        """Return the ids of the unit that a signal is about and of those above it: what it names, or its person's."""
        within = self.unit(signal.unit).id
        if not signal.unit and (person := self._person(signal.person)).id:
            within = self._roster.person_of[person.id].unit
        return self._with_above(within)

    @property
    def unplaced(self) -> list[Unplaced]:
        """Every name that could not be placed, those of most signals first."""
        found = [Unplaced(kind, name, why, count) for (kind, name, why), count in self._named.items()]
        return sorted(found, key=lambda one: (-one.signals, one.kind, one.name))

    def name_of(self, unit: str) -> str:
        """Return the name of a unit by its id."""
        return self._roster.unit_of[unit].name

    def unit(self, name: str) -> Placed:
        """Return the unit that is called so."""
        key = name_key(name)
        if key not in self._found:
            self._found[key] = self._unit(key)
        return self._found[key]

    def _unit(self, key: str) -> Placed:
        for shown in dict.fromkeys((key, key.removeprefix(self._body))):
            there = self._units.get(shown, set())
            if not there and len(shown) >= SHORTEST:
                begun = (units for name, units in self._unit_names.items() if name.startswith(shown))
                there = self._highest(set().union(*begun))
            if there:
                return _placed(there)
        return _placed(set())

    def _highest(self, units: set[str]) -> set[str]:
        """Return of several units the one that all others are part of, if there is one."""
        top = {one for one in units if all(one in self._with_above(other) for other in units)}
        return top or units

    def _person(self, name: str) -> Placed:
        key = name_key(name)
        there = self._people.get(key, set())
        several = key in self._namesakes or len(self._numbers.get(key, ())) > 1
        return Placed(why="numbers") if len(there) == 1 and several else _placed(there)

    def _with_above(self, unit: str) -> tuple[str, ...]:
        """Return a unit and those that it is part of; a circle, which the roster check refuses, ends it."""
        if unit not in self._above:
            chain: list[str] = []
            at = self._roster.unit_of.get(unit)
            while at and at.id not in chain:
                chain.append(at.id)
                at = self._roster.unit_of.get(at.parent)
            self._above[unit] = tuple(chain)
        return self._above[unit]
