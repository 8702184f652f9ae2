"""What the last comparison of case files compared, and what it found: ``similar/found.json``."""

from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from selfaudit.model.base import Model
from selfaudit.model.casefiles.found import Found, Pair
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings

RECORDS, PAIRS = MADE = ("case_records", "look_alikes")
"""The registers of the files and of what is alike, for data checks: a comparison makes them, nobody imports them."""
STATE = "templates"
"""Under which name the cache of texts has what a comparison learned."""


class NotCompared(Model):
    """A file that could not be compared, by its id, and why, in the language of the campaign; ``code`` is of that.

    ``in_part`` says that some of it was compared all the same.
    """

    id: str
    code: str
    why: str
    in_part: bool = False
    case: str = ""
    standard: str = ""
    organisation: str = ""
    period: str = ""
    auditors: tuple[str, ...] = ()


class Comparison(Model):
    """One comparison: with which settings and patterns, which records and blank forms, and what came of it.

    ``blanks`` are the ids of blank forms. ``state`` is the SHA-256 of what the comparison left in the cache of texts.
    Everything is in the order of ids.
    """

    format: Literal["selfaudit/look-alikes/1"] = "selfaudit/look-alikes/1"
    settings: Settings
    patterns: tuple[str, ...] = ()
    records: tuple[CaseRecord, ...] = ()
    blanks: tuple[str, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    found: Found = Found()
    state: str = ""

    @cached_property
    def record_of(self) -> dict[str, CaseRecord]:
        """Every record by its id."""
        return {one.id: one for one in self.records}

    @property
    def compared(self) -> list[CaseRecord]:
        """The records that were compared, at least in part; of some there is too little text."""
        left = {one.id for one in self.left}
        return [one for one in self.records if one.id not in left]

    @property
    def left(self) -> list[NotCompared]:
        """The files of which nothing was compared."""
        return [one for one in self.not_compared if not one.in_part]

    @cached_property
    def sources(self) -> dict[str, str]:
        """The source of the ring that a record is in, by its id."""
        return {name: ring.source for ring in self.found.rings for name in (ring.source, *ring.members)}

    def cases(self, pair: Pair) -> frozenset[str]:
        """Return the numbers of the cases of a pair; where nobody knows one, the file stands for it."""
        return frozenset(one.case or one.id for one in self.both(pair))

    def both(self, pair: Pair) -> tuple[CaseRecord, CaseRecord]:
        """Return the two records of a pair."""
        return self.record_of[pair.a], self.record_of[pair.b]


def same_organisation(a: CaseRecord, b: CaseRecord) -> bool | None:
    """Return whether two records are of one organisation, None if nobody knows."""
    return a.organisation == b.organisation if a.organisation and b.organisation else None


def same_auditors(a: CaseRecord, b: CaseRecord) -> tuple[str, ...]:
    """Return who audited both."""
    return tuple(name for name in a.auditors if name in b.auditors)


def same_team(a: CaseRecord, b: CaseRecord) -> bool:
    """Return whether the same people audited both, of whom there are several."""
    return len(a.auditors) > 1 and set(a.auditors) == set(b.auditors)


def without_standard(records: Sequence[CaseRecord]) -> list[CaseRecord]:
    """Return the records whose standard nobody knows, for which template text is known badly."""
    return [one for one in records if not one.standard]
