"""The inverted index: which sampled shingle stands in which record, one number each, sorted.

A posting has the 40 high bits of the key above the 24 bits of the record. That two keys agree in 40 bits by chance
can make a candidate, never a finding: candidates are compared in full.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selfaudit.casefiles.arrays import Keys, Mask, Offsets, firsts
from selfaudit.casefiles.spread import HIGH_BITS, Spread

Records = NDArray[np.int32]
"""Numbers of records."""

MOST_RECORDS: Final = 1 << 24
_MOST: Final = (1 << 31) - 1  # places of postings are counted in 32 bits
_RECORD: Final = ~HIGH_BITS
_ROOM: Final = 1 << 16
_AT_ONCE: Final = 1 << 20


@dataclass
class Postings:
    """A growing array of postings."""

    taken: int = 0
    room: Keys = field(default_factory=lambda: np.empty(_ROOM, dtype=np.uint64))

    def add(self, keys: Keys, records: Offsets) -> None:
        """Add that each of these keys stands in the record of the same place."""
        end = self.taken + len(keys)
        if end > _MOST:
            raise ValueError(f"{end} sampled shingles are more than {_MOST}")
        if end > len(self.room):
            self.room.resize(max(end, len(self.room) + (len(self.room) >> 1)), refcheck=False)
        new = self.room[self.taken : end]
        np.bitwise_and(keys, HIGH_BITS, out=new)
        new |= records.astype(np.uint64)
        self.taken = end

    def index(self, records: int, most: int, sampled: np.uint64) -> "Index":
        """Sort the postings of so many records into an index; nothing can be added later.

        ``most``: keys in more records than this are not rare. ``sampled``: the largest key that is sampled.
        """
        self.room.resize(self.taken, refcheck=False)
        self.room.sort()
        self._once()
        postings = self.room
        counts = _counts(postings)
        in_all, in_sample = np.zeros((2, records), dtype=np.int64)
        for part in _parts(len(postings)):
            rare = postings[part][counts[part] <= most]
            in_all += np.bincount(owners(rare), minlength=records)
            in_sample += np.bincount(owners(rare[rare <= sampled]), minlength=records)
        several = counts > 1
        return Index(postings[several], counts[several], in_all, in_sample)

    def _once(self) -> None:
        """Keep each of the sorted postings once, in the same memory."""
        kept, before = 0, None
        for part in _parts(len(self.room)):
            here = self.room[part]
            once = here[firsts(here)]
            if len(once) and once[0] == before:
                once = once[1:]
            before = here[-1]
            self.room[kept : kept + len(once)] = once
            kept += len(once)
        self.room.resize(kept, refcheck=False)


@dataclass(frozen=True)
class Index:
    """The sorted postings of keys that stand in several records, and of each in how many.

    ``rare`` counts the rare keys of every record, ``rare_sampled`` those of them that are sampled.
    """

    postings: Keys
    counts: Records
    rare: Offsets
    rare_sampled: Offsets

    def spread(self, reported: Mask) -> Spread:
        """Return in how many records the keys of the reported records stand."""
        theirs = reported[owners(self.postings)]
        keys, records = self.postings[theirs] & HIGH_BITS, self.counts[theirs]
        once = firsts(keys)
        return Spread(keys[once], records[once].astype(np.int64))


def owners(postings: Keys) -> Records:
    """Return the record of each posting."""
    return (postings & _RECORD).astype(np.int32)


def _counts(postings: Keys) -> Records:
    """Return of every posting in how many records its key stands."""
    new = np.ones(len(postings), dtype=np.bool_)
    for part in _parts(max(0, len(postings) - 1)):
        later = slice(part.start + 1, part.stop + 1)
        new[later] = (postings[part] ^ postings[later]) > _RECORD
    starts = np.append(np.flatnonzero(new), len(postings)).astype(np.int32)
    lengths: Records = starts[1:] - starts[:-1]
    return np.repeat(lengths, lengths)


def _parts(length: int) -> Iterator[slice]:
    """Yield the parts of an array of this length, so that what is computed of it never takes as much memory as it."""
    for start in range(0, length, _AT_ONCE):
        yield slice(start, min(length, start + _AT_ONCE))
