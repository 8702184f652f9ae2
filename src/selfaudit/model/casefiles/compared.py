"""Two records side by side: where they say the same, what was changed there, and what both have in common."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from selfaudit.model.casefiles.found import Pair, Passage
from selfaudit.model.casefiles.joining import GAP
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.slots import Slot, slots

NEAR = 300
"""Characters between two passages up to which what stands there was changed, and not written anew."""

Span = tuple[int, int]
"""From which character up to which, in the extracted text."""


class Side(StrEnum):
    """One of the two records."""

    A = "a"
    B = "b"


def other_side(side: Side) -> Side:
    """Return the other one."""
    return Side.B if side is Side.A else Side.A


def span(one: Passage | Slot, side: Side) -> Span:
    """Return where a passage, or what was changed, stands on one side."""
    return (one.a, one.a + one.length_a) if side is Side.A else (one.b, one.b + one.length_b)


def _nowhere(_at: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class CaseText:
    """A record with its extracted text.

    ``place`` says in words where in the file a character stood, empty if nobody knows. ``marks`` are the characters at
    which another heading, cell or page begins, in order. ``template`` are the spans of template text, in order.
    """

    record: CaseRecord
    text: str
    place: Callable[[int], str] = _nowhere
    marks: Sequence[int] = ()
    template: Sequence[Span] = ()


@dataclass(frozen=True)
class Compared:
    """A pair of records with its passages, in the order of the first."""

    pair: Pair
    a: CaseText
    b: CaseText
    passages: Sequence[Passage]

    @cached_property
    def inside(self) -> Sequence[Sequence[Slot]]:
        """What was changed inside each passage."""
        return [self._slots(passage) for passage in self.passages]

    @cached_property
    def changes(self) -> Sequence[Slot]:
        """What was changed inside passages, and between those that follow each other closely in both records."""
        between = [slot for gap in self._gaps() for slot in self._changed(gap)]
        return sorted([*(slot for some in self.inside for slot in some), *between], key=lambda slot: (slot.a, slot.b))

    def side(self, side: Side) -> CaseText:
        """Return the record on one side."""
        return self.a if side is Side.A else self.b

    def _slots(self, part: Passage | Slot) -> list[Slot]:
        ours, theirs = (self.side(side).text[slice(*span(part, side))] for side in Side)
        found = slots(ours, theirs, self._names)
        return [Slot(one.a + part.a, one.b + part.b, one.length_a, one.length_b, one.kind) for one in found]

    def _changed(self, gap: Slot) -> list[Slot]:
        """Return what was changed in a gap; nothing if most of it was written anew."""
        found = self._slots(gap)
        if 2 * sum(slot.length_a for slot in found) > gap.length_a:
            return []
        if 2 * sum(slot.length_b for slot in found) > gap.length_b:
            return []
        return [slot for slot in found if max(slot.length_a, slot.length_b) <= GAP]

    @cached_property
    def _names(self) -> Sequence[str]:
        records = (self.a.record, self.b.record)
        return [name for one in records for name in (one.organisation, *one.auditors)]

    def _gaps(self) -> Iterator[Slot]:
        """Yield what stands between two passages that are neighbours in both records, before all and after all.

        What is more than a little was written anew, or is of something else.
        """
        there = sorted(self.passages, key=lambda one: one.b)
        follow = {(id(one), id(next_)) for one, next_ in pairwise([None, *there, None])}
        for one, next_ in pairwise([None, *self.passages, None]):
            a, b = (span(one, side)[1] if one else 0 for side in Side)
            until = [span(next_, side)[0] if next_ else len(self.side(side).text) for side in Side]
            length_a, length_b = until[0] - a, until[1] - b
            if (id(one), id(next_)) in follow and 0 <= length_a <= NEAR and 0 <= length_b <= NEAR:
                yield Slot(a, b, length_a, length_b, "text")
