"""In how many records a passage stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import NO_KEYS, Keys, Offsets, within

HIGH_BITS: Final = np.uint64(0xFFFF_FFFF_FF00_0000)
"""The bits of a key by which records are counted."""


@dataclass(frozen=True)
class Spread:
    """In how many records the sampled shingles of the reported records stand: a set of high bits, a count for each."""

    keys: Keys
    records: Offsets

    def of(self, keys: Keys) -> int:
        """Return in how many records a run of shingles stands, at least 2: the median of those that were counted."""
        high = keys & HIGH_BITS
        counted = high[within(high, self.keys)]
        if not len(counted):
            return 2
        return max(2, int(np.median(self.records[np.searchsorted(self.keys, counted)])))


NO_SPREAD: Final = Spread(NO_KEYS, np.empty(0, dtype=np.int64))
