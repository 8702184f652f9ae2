"""Who may review which of the files that are drawn, and why others may not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from selfaudit.base.names import aside_key
from selfaudit.model.base import Day, Model
from selfaudit.model.data.outcome import Reason

REVIEWERS = "reviewers"
"""The kind of the records that say who reviews the files of each spot check, by the id of its plan."""


class Reviewer(Model):
    """Somebody who may review: the name, with the end of the number where several have it, and fields by title.

    ``gone`` are those who were given files and may not review any more.
    """

    name: str
    fields: tuple[str, ...] = ()
    gone: bool = False


class Part(Model):
    """What somebody did for a file. A ``namesake`` may be somebody else: on one of both sides there is no number."""

    did: str
    namesake: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as registers name them.

    ``number`` is the keyed hash of their number, empty if there is none, and ``hashed`` that of their name.
    """

    name: str
    number: str = ""
    hashed: str = ""

    @property
    def key(self) -> str:
        """The name as it is compared: what is in brackets behind it, such as a branch, may also be left out."""
        return aside_key(self.name)

    @property
    def id(self) -> str:
        """What they are known by: their number, without one their name; neither can be read in it."""
        return self.number or self.hashed

    def is_(self, other: "Named") -> bool | None:
        """Return whether both are the same person; None if only the name says so."""
        if self.number and other.number:
            return self.number == other.number
        return None if self.key == other.key else False


@dataclass(frozen=True, slots=True)
class Known:
    """What registers say of reviewers, or why they do not.

    ``people`` are those who may, with a text to tell namesakes apart and their fields. ``involved`` are who did what
    for each file, None if it is not known who. ``lacking`` is what is missing of what independence depends on.
    """

    people: Mapping[Named, tuple[str, tuple[str, ...]]]
    involved: Mapping[str, tuple[tuple[Named | None, str], ...]]
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why registers do not say who may review; ``missing`` are columns."""

    reason: Reason
    detail: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody may not review a file: what they did for it, which fields they lack, whether they may at all."""

    parts: tuple[Part, ...] = ()
    lacks: tuple[str, ...] = ()
    gone: bool = False

    def __bool__(self) -> bool:
        """Return whether there is a reason."""
        return bool(self.parts or self.lacks or self.gone)


class Reviewing(Model):
    """Who reviews the files that were drawn with a ``seed``.

    ``people`` are the reviewers by what they are known by, ``excluded`` says by file who of them did what for it,
    ``wanted`` which fields it needs. ``lacking`` are columns without which independence is not verified of any file,
    ``unknown`` is what nobody is named for, by file. ``given`` is the reviewer of each file, ``second`` another one of
    those that two review. ``by_hand`` is the reason of the reviewers whom somebody chose, by file and reviewer.
    ``since`` is the day on which a file was given to a reviewer, by file and reviewer.
    ``shown`` is what a reviewer is told of a file, each text with its title, and ``names`` by what signals name it, by
    the column of their keys.
    """

    seed: str
    people: dict[str, Reviewer] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    excluded: dict[str, dict[str, tuple[Part, ...]]] = {}
    lacking: tuple[str, ...] = ()
    unknown: dict[str, tuple[str, ...]] = {}
    given: dict[str, str] = {}
    second: dict[str, str] = {}
    by_hand: dict[str, dict[str, str]] = {}
    since: dict[str, dict[str, Day]] = {}
    shown: dict[str, tuple[tuple[str, str], ...]] = {}
    names: dict[str, dict[str, str]] = {}

    @cached_property
    def _competent(self) -> dict[tuple[str, ...], frozenset[str]]:
        """Who has all fields that some file wants; files want the same few."""
        return {
            wanted: frozenset(id_ for id_, one in self.people.items() if not one.gone and {*wanted} <= {*one.fields})
            for wanted in set(self.wanted.values())
        }

    def may(self, file: str) -> frozenset[str]:
        """Return who may review a file."""
        return self._competent[self.wanted[file]] - self.excluded.get(file, {}).keys()

    def why_not(self, file: str, person: str) -> Why:
        """Return why somebody may not review a file, nothing if they may."""
        one = self.people[person]
        lacks = tuple(field for field in self.wanted.get(file, ()) if field not in one.fields)
        return Why(self.excluded.get(file, {}).get(person, ()), lacks, one.gone)

    def reviewers(self, file: str) -> list[str]:
        """Return who reviews a file: nobody, one or two."""
        return [several[file] for several in (self.given, self.second) if file in several]

    def names_of(self, file: str) -> list[str]:
        """Return the names of those who review a file, the first one first."""
        return [self.people[id_].name for id_ in self.reviewers(file)]

    def moved(self, file: str, before: str | None, to: str, reason: str) -> "Reviewing":
        """Return the same with a file given to somebody in the place of another one, None for the first of all."""
        chosen = {id_: why for id_, why in self.by_hand.get(file, {}).items() if id_ != before} | {to: reason}
        where = "second" if before and self.second.get(file) == before else "given"
        update = {where: getattr(self, where) | {file: to}, "by_hand": self.by_hand | {file: chosen}}
        return self.model_copy(update=update)

    def given_on(self, day: date) -> "Reviewing":
        """Return the same with the day of what nobody had been given before."""
        since = {
            file: {person: self.since.get(file, {}).get(person, day) for person in self.reviewers(file)}
            for file in self.given
        }
        return self.model_copy(update={"since": since})

    def load(self, files: Iterable[str]) -> dict[str, int]:
        """Return how many of these files each reviewer has."""
        loads = dict.fromkeys(self.people, 0)
        for file in files:
            for person in self.reviewers(file):
                loads[person] += 1
        return loads


def reviewing(seed: str, known: Known, wanted: Mapping[str, tuple[str, ...]], before: Reviewing | None) -> Reviewing:
    """Return who may review the files that are drawn, by the fields that each wants; what was given out stays.

    ``before`` is what was said the last time.
    """
    kept = before or Reviewing(seed=seed)
    people = {one.id: Reviewer(name=label, fields=fields) for one, (label, fields) in known.people.items()}
    named = (*kept.given.values(), *kept.second.values())
    gone = {id_: kept.people[id_] for id_ in named if id_ not in people}
    people |= {id_: one.model_copy(update={"gone": True}) for id_, one in gone.items()}
    found = _Involved(known)
    return Reviewing(
        seed=seed,
        people=people,
        wanted=dict(wanted),
        excluded={file: parts for file in wanted if (parts := found.of(file))},
        lacking=known.lacking,
        unknown={file: nobody for file in wanted if (nobody := found.unknown(file))},
        given=kept.given,
        second=kept.second,
        by_hand=kept.by_hand,
        since=kept.since,
    )


class _Involved:
    """Finds who of the reviewers had to do with a file."""

    def __init__(self, known: Known) -> None:
        self._involved = known.involved
        self._by_name: dict[str, list[Named]] = {}
        self._by_number: dict[str, list[Named]] = {}
        for one in known.people:
            self._by_name.setdefault(one.key, []).append(one)
            if one.number:
                self._by_number.setdefault(one.number, []).append(one)

    def of(self, file: str) -> dict[str, tuple[Part, ...]]:
        """Return what reviewers did for a file; who did something under a number needs no namesake for it."""
        found: dict[str, dict[str, bool]] = {}
        for who, did in self._involved.get(file, ()):
            near = [*self._by_name.get(who.key, ()), *self._by_number.get(who.number, ())] if who else []
            for one in near:
                if who and (same := one.is_(who)) is not False:
                    parts = found.setdefault(one.id, {})
                    parts[did] = parts.get(did, True) and same is None
        return {
            id_: tuple(Part(did=did, namesake=namesake) for did, namesake in parts.items())
            for id_, parts in sorted(found.items())
        }

    def unknown(self, file: str) -> tuple[str, ...]:
        """Return what nobody is named for; of a file that registers do not have everything, as an empty text."""
        several = self._involved.get(file)
        return tuple(dict.fromkeys(did for who, did in several if who is None)) if several else ("",)
