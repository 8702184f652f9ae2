"""Whom a name in the register means: somebody on the roster with their key, or anybody else by name alone."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, error
from selfaudit.model.roster import Person, Roster, Unit

SEVERAL = error(
    "findings.several-called",
    N_("“{name}” is more than one on the roster"),
    N_("Write the number instead: {numbers}."),
)


class People:
    """Finds people and units of the roster by number or name."""

    def __init__(self, roster: Roster) -> None:
        """Take the roster."""
        self._numbers: dict[str, tuple[str, str]] = {}
        self._names: dict[str, list[tuple[str, str]]] = {}
        for key, holder in _everybody(roster):
            self._numbers.setdefault(holder.id, (holder.name, key))
            self._names.setdefault(name_key(holder.name), []).append((holder.name, key))
            for name in (f"{holder.name}({holder.id})", key):
                self._names.setdefault(name_key(name), []).append((holder.name, key))

    def meant(self, text: str) -> tuple[str, str] | Problem:
        """Return name and key of somebody; the key is empty for whoever is not on the roster."""
        found = self._names.get(name_key(text), [])
        if len(found) > 1:
            return SEVERAL(name=text, numbers=[key.partition(":")[2] for _, key in found])
        return found[0] if found else self._numbers.get(text.strip(), (text.strip(), ""))

    def key(self, text: str) -> str:
        """Return the key of somebody who is on the roster once; empty for anybody else."""
        found = self.meant(text)
        return "" if isinstance(found, Problem) else found[1]


def _everybody(roster: Roster) -> Iterator[tuple[str, Person | Unit]]:
    yield from ((f"person:{person.id}", person) for person in roster.people)
    yield from ((f"unit:{unit.id}", unit) for unit in roster.units)
