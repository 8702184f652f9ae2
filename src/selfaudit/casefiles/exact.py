"""Two records compared in full: all their own shingles, not only the sampled ones."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from selfaudit.casefiles.arrays import NO_KEYS, Keys, shared
from selfaudit.casefiles.cutting import Cutter
from selfaudit.casefiles.templates import Templates
from selfaudit.casefiles.threads import batches, in_threads
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings

_MUCH_LONGER: Final = 0.25  # what is shared is less than this part of the threshold in the longer record
_KEPT: Final = 1 << 23  # keys in memory, 8 bytes each
_PAIRS: Final = 64  # compared together
_Made = tuple[Sequence[tuple[int, int]], Mapping[int, Keys]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many own shingles two records have, and how many of them they share."""

    own_a: int
    own_b: int
    shared: int

    @property
    def of_a(self) -> float:
        """The share of A's own shingles that stand in B."""
        return self.shared / self.own_a if self.own_a else 0.0

    @property
    def of_b(self) -> float:
        """The share of B's own shingles that stand in A."""
        return self.shared / self.own_b if self.own_b else 0.0

    def alike(self, settings: Settings) -> bool:
        """Return whether this is enough to report.

        A long record has so many stock phrases that a short one may find a third of its own among them.
        """
        less, more = sorted((self.of_a, self.of_b))
        least = settings.least if less >= settings.least * _MUCH_LONGER else min(1.0, settings.least * 2)
        return self.shared >= settings.least_shared and more >= least


class Shelf:
    """The own shingles of records, read again when they are wanted; as many as were used last are kept."""

    def __init__(self, records: Sequence[CaseRecord], text_of: Callable[[int], str], templates: Templates) -> None:
        self.text_of = text_of
        self._cutter = Cutter([record.standard for record in records], templates)
        self._sets: OrderedDict[int, Keys] = OrderedDict()
        self._held = 0
        self._coming: set[int] = set()

    def own(self, number: int) -> Keys:
        """Return the own shingles of a record, a set."""
        if number not in self._sets:
            self._keep(number, *self._cutter.sets([number], [self.text_of(number)]))
        self._sets.move_to_end(number)
        return self._sets[number]

    def overlap(self, a: int, b: int) -> Overlap:
        """Compare two records."""
        one, other = self.own(a), self.own(b)
        return Overlap(len(one), len(other), shared(one, other))

    def overlaps(self, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, Overlap]]:
        """Compare many pairs; what is wanted next is made meanwhile."""
        for group, sets in in_threads(self._jobs(iter(pairs))):
            for number, own in sets.items():
                self._coming.remove(number)
                self._keep(number, own)
            yield from ((a, b, self.overlap(a, b)) for a, b in group)

    def _jobs(self, pairs: Iterator[tuple[int, int]]) -> Iterator[Callable[[], _Made]]:
        while group := list(islice(pairs, _PAIRS)):
            wanted = {number for pair in group for number in pair} - self._sets.keys() - self._coming
            self._coming |= wanted
            yield partial(self._made, group, [(number, self.text_of(number)) for number in sorted(wanted)])

    def _made(self, group: list[tuple[int, int]], texts: Sequence[tuple[int, str]]) -> _Made:
        sets: dict[int, Keys] = {}
        for batch in batches(texts):
            numbers, here = zip(*batch, strict=True)
            sets |= zip(numbers, self._cutter.sets(numbers, here), strict=True)
        return group, sets

    def _keep(self, number: int, own: Keys) -> None:
        # made twice if it was let go of while it was wanted again
        self._held += len(own) - len(self._sets.pop(number, NO_KEYS))
        self._sets[number] = own
        while self._held > _KEPT and len(self._sets) > 1:
            self._held -= len(self._sets.popitem(last=False)[1])
