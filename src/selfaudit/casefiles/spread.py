"""In how many records a passage stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import NO_KEYS, Keys, Offsets, within

_RAREST: Final = 10  # percent
HIGH_BITS: Final = np.uint64(0xFFFF_FFFF_FF00_0000)
"""The bits of a key by which records are counted."""


@dataclass(frozen=True)
class Spread:
    """In how many records the sampled shingles of the reported records stand: a set of high bits, a count for each."""

    keys: Keys
    records: Offsets

    def of(self, keys: Keys) -> int:
        """Return in how many records a run of shingles stands, at least 2; 0 if none of them was counted.

        That is what all but the rarest tenth have: what is usual in a language, such as ends of English words, stands
        in many more records than the run.
        """
        high = keys & HIGH_BITS
        counted = high[within(high, self.keys)]
        if not len(counted):
            return 0
        records = self.records[np.searchsorted(self.keys, counted)]
        return max(2, int(np.percentile(records, _RAREST, method="lower")))


NO_SPREAD: Final = Spread(NO_KEYS, np.empty(0, dtype=np.int64))
