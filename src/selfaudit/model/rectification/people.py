"""Whom a text means: somebody on the roster with their key, or anybody else by name alone; and who is the same."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, error
from selfaudit.base.text import narrow
from selfaudit.model.roster import Person, Roster, Unit

SEVERAL = error(
    "findings.several-called",
    N_("“{name}” is more than one on the roster"),
    N_("Write the number instead: {numbers}."),
)

Said = tuple[str, str]
"""A name as it was written, and the key of whom it means; empty if that is not known."""

_NUMBER = re.compile(r"[0-9a-z_-]+")
_SHORTEST = 2
"""Letters of the shortest name: “-” and “无” name nobody."""


class People:
    """Finds people and units by number or name; without a roster nobody is known."""

    def __init__(self, roster: Roster | None = None, filled: Mapping[str, Iterable[str]] | None = None) -> None:
        """Take the roster, and who filled in the forms of a unit, by its key."""
        self._roster, self._filled = roster, filled or {}
        self._numbers: dict[str, Said] = {}
        self._names: dict[str, list[Said]] = {}
        for key, holder in _everybody(roster) if roster else ():
            self._numbers.setdefault(holder.id, (holder.name, key))
            self._names.setdefault(name_key(holder.name), []).append((holder.name, key))
            for name in (f"{holder.name}({holder.id})", key):
                self._names.setdefault(name_key(name), []).append((holder.name, key))
        self._found: dict[str, frozenset[str]] = {}

    def meant(self, text: str) -> Said | Problem:
        """Return name and key of somebody; the key is empty for whoever is not on the roster."""
        found = self._names.get(name_key(text), [])
        if len(found) > 1:
            return SEVERAL(name=text, numbers=[key.partition(":")[2] for _, key in found])
        return found[0] if found else self._numbers.get(text.strip(), (text.strip(), ""))

    def key(self, text: str) -> str:
        """Return the key of somebody who is on the roster once; empty for anybody else."""
        found = self.meant(text)
        return "" if isinstance(found, Problem) else found[1]

    def is_one(self, who: Said) -> bool:
        """Return whether somebody is one person of the roster, or can be somebody from outside."""
        named = self._named(who)
        if named:
            return len(named) == 1 and all(key.startswith("person:") for key in named)
        return sum(map(str.isalpha, name_key(who[0]))) >= _SHORTEST

    def same(self, one: Said, other: Said) -> bool:
        """Return whether two may be the same person.

        Those of the roster are told apart by their keys: a name or number of the roster anywhere in a text means that
        person, and a unit means its head and whoever filled in its forms. All others are the same if the text of one
        contains that of the other.
        """
        mine, theirs = (self._answerable(self._named(who)) for who in (one, other))
        if mine and theirs:
            return not mine.isdisjoint(theirs)
        return any(a in b or b in a for a in self._texts(one) for b in self._texts(other))

    def _texts(self, who: Said) -> set[str]:
        """Return the text of a name, with those of all who filled in forms of the units that it means."""
        filled = (name for key in self._named(who) for name in self._filled.get(key, ()))
        return {name_key(text) for text in (who[0], *filled)} - {""}

    def _named(self, who: Said) -> frozenset[str]:
        """Return the keys of all whom a text means; units only where it names no person."""
        text, key = who
        if key:
            return frozenset({key})
        if text not in self._found:
            # of several who are called so it may be any
            exact = {key for _, key in self._names.get(name_key(text), ())}
            if not exact and (numbered := self._numbers.get(text.strip())):
                exact = {numbered[1]}
            found = exact or set(self._inside(text))
            people = {key for key in found if key.startswith("person:")}
            self._found[text] = frozenset(people or found)
        return self._found[text]

    def _inside(self, text: str) -> Iterator[str]:
        """Yield the keys of all whose name, the longest at each place, or number is somewhere in a text."""
        plain, at = name_key(text), 0
        while at < len(plain):
            name = next((plain[at : at + n] for n in self._lengths if plain[at : at + n] in self._names), "")
            yield from (key for _, key in self._names.get(name, ()))
            at += len(name) or 1
        for number in _NUMBER.findall(narrow(text).casefold()):
            if number in self._folded:
                yield self._folded[number]

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(name) for name in self._names if len(name) >= _SHORTEST}, reverse=True)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {narrow(number).casefold(): key for number, (_, key) in self._numbers.items()}

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {f"unit:{unit.id}": unit for unit in self._roster.units} if self._roster else {}

    def _answerable(self, keys: frozenset[str]) -> frozenset[str]:
        """Return keys with those of the people who answer for units."""
        units = [unit for key, unit in self._units.items() if key in keys]
        filled = {key for unit in keys for name in self._filled.get(unit, ()) for key in self._named((name, ""))}
        return keys | filled | {f"person:{unit.head}" for unit in units if unit.head}


def _everybody(roster: Roster) -> Iterator[tuple[str, Person | Unit]]:
    yield from ((f"person:{person.id}", person) for person in roster.people)
    yield from ((f"unit:{unit.id}", unit) for unit in roster.units)


UNKNOWN = People()
"""Where no roster is at hand."""
