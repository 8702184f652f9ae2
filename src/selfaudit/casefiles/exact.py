"""Two records compared in full: all their own shingles, not only the sampled ones."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from selfaudit.casefiles.arrays import Keys, Lookup, distinct, shared
from selfaudit.casefiles.normalising import normalise
from selfaudit.casefiles.shingling import shingles
from selfaudit.casefiles.templates import Templates
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings

_MUCH_LONGER: Final = 0.25  # what is shared is less than this part of the threshold in the longer record
_KEPT: Final = 1 << 23  # keys in memory, 8 bytes each


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


def own_shingles(text: str, template: Lookup, size: int) -> Keys:
    """Return the shingles of a text that are not template, a set."""
    keys = shingles(normalise(text)[0], size)
    return distinct(keys[~template.has(keys)])


class Shelf:
    """The own shingles of records, read again when they are wanted; as many as were used last are kept."""

    def __init__(
        self,
        records: Sequence[CaseRecord],
        text_of: Callable[[int], str],
        templates: Templates,
    ) -> None:
        self.text_of = text_of
        self._records, self._templates, self._size = records, templates, templates.settings.shingle
        self._sets: OrderedDict[int, Keys] = OrderedDict()
        self._held = 0

    def own(self, number: int) -> Keys:
        """Return the own shingles of a record, a set."""
        known = self._sets.get(number)
        if known is not None:
            self._sets.move_to_end(number)
            return known
        own = own_shingles(self.text_of(number), self._templates.lookup(self._records[number].standard), self._size)
        self._sets[number] = own
        self._held += len(own)
        while self._held > _KEPT and len(self._sets) > 1:
            self._held -= len(self._sets.popitem(last=False)[1])
        return own

    def overlap(self, a: int, b: int) -> Overlap:
        """Compare two records."""
        one, other = self.own(a), self.own(b)
        return Overlap(len(one), len(other), shared(one, other))
