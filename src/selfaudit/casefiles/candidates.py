"""Which records may be alike: those that share enough of their rare sampled shingles.

What they share is divided by the *rare* shingles of the record that has fewer: stock phrases grow more with the number
of records than anything else, and dividing by all would lose copies among very many records.

A shingle in up to ``most`` records makes candidates of every two of them. One in more records only of neighbours, so
that the work grows as the records do; a large ring of copies still becomes a chain of candidates.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selfaudit.casefiles.arrays import NO_KEYS, Keys, Mask, Offsets, firsts
from selfaudit.casefiles.postings import Index, Records, owners
from selfaudit.casefiles.threads import in_threads
from selfaudit.model.casefiles.settings import Settings

_LOOKED_FOR: Final = 1 << 23  # pairs of postings whose places are held
_AT_ONCE: Final = 1 << 19  # of these, so many are counted at once
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_SECOND: Final = np.uint64(32)
_STRICTER: Final = 4 / 3  # of a short record few shingles are sampled, and one stock phrase has several of them
FEWEST: Final = 3
"""Fewer common shingles in a sample are one stock phrase."""
_LENIENT: Final = 0.6  # a sample may hold less of what is shared than the whole


def candidates(index: Index, new: Mask, short: Mask, settings: Settings) -> tuple[Records, Records]:
    """Return the pairs of records to compare in full, at least one of each new; the first of each is the lower.

    ``new`` and ``short`` are masks over the records; of the short ones all shingles are in the index.
    """
    needed = Needed(index.rare, index.rare_sampled, short, settings)
    jobs = (partial(_enough, part, new, needed) for part in _pairs(index, settings.most))
    both = np.concatenate([NO_KEYS, *in_threads(jobs)])
    return apart(both)


def together(a: Keys, b: Keys) -> Keys:
    """Return pairs of records as one number each: the lower record above the other."""
    return (a << _SECOND) | b


def apart(pairs: Keys) -> tuple[Records, Records]:
    """Return the two records of pairs that are one number each."""
    return (pairs >> _SECOND).astype(np.int32), pairs.astype(np.uint32).astype(np.int32)


class Needed:
    """How many shingles two records must share in the index, by how many rare and rare sampled ones each has."""

    def __init__(self, rare: Offsets, rare_sampled: Offsets, short: Mask, settings: Settings) -> None:
        share = settings.least * _LENIENT
        self._short = short
        self._all = np.maximum(FEWEST, share * rare).astype(np.float32)
        self._sampled = np.maximum(FEWEST, share * rare_sampled).astype(np.float32)

    def of(self, a: Records, b: Records) -> NDArray[np.float32]:
        """Return how many every two of these records must share."""
        needed: NDArray[np.float32] = np.minimum(self._sampled[a], self._sampled[b])
        both = self._short[a] & self._short[b]
        needed[self._short[a] ^ self._short[b]] *= _STRICTER
        if both.any():
            needed[both] = np.minimum(self._all[a[both]], self._all[b[both]])
        return needed


def _pairs(index: Index, most: int) -> Iterator[tuple[Records, Records]]:
    """Yield every two records that share a posting, once for each that they share; all of a record at once."""
    if not len(index.postings):
        return
    owner = owners(index.postings)
    starts = np.flatnonzero(firsts(index.postings - owner.astype(np.uint64)))
    ends = np.append(starts[1:], len(owner)).astype(np.int32)
    last = np.repeat(ends, ends - starts.astype(np.int32))
    partners = (last - np.arange(1, len(owner) + 1, dtype=np.int32)).astype(np.int32)
    partners[index.counts > most] = np.minimum(partners[index.counts > most], 1)
    for first in _of_records(owner, partners):
        times = partners[first]
        # the places of all partners of a posting follow it: one more for each pair, and back to the next posting's
        before = np.cumsum(times) - times
        partner = np.repeat((first + 1 - before).astype(np.int32), times)
        partner += np.arange(len(partner), dtype=np.int32)
        yield np.repeat(owner[first], times), owner[partner]


def _of_records(owner: Records, partners: Records) -> Iterator[Offsets]:
    """Yield the places of all postings with partners of a few records after the other."""
    work = np.bincount(owner, weights=partners).astype(np.int64)
    for low, high in _ranges(work, 0, len(work), _LOOKED_FOR):
        places = np.flatnonzero((owner >= low) & (owner < high) & (partners > 0))
        theirs = owner[places]
        for begin, end in _ranges(work, low, high, _AT_ONCE):
            yield places[(theirs >= begin) & (theirs < end)]


def _ranges(work: Offsets, low: int, high: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of these records that have about so much work each."""
    upto = np.cumsum(work[low:high])
    begin = low
    while begin < high:
        done = int(upto[begin - low - 1]) if begin > low else 0
        end = max(begin + 1, low + int(np.searchsorted(upto, done + most, side="right")))
        yield begin, end
        begin = end


def _enough(part: tuple[Records, Records], new: Mask, needed: Needed) -> Keys:
    """Return the pairs that are there often enough, as one number each, in order."""
    a, b = part
    if not new.all():
        wanted = new[a] | new[b]
        a, b = a[wanted], b[wanted]
    pairs = together(a.astype(np.uint64), b.astype(np.uint64))
    if not len(pairs):
        return pairs
    # Nearly all pairs share one or two stock phrases: count in buckets first, and sort what is left
    bucket = ((pairs * _SPREAD) >> np.uint64(64 - len(pairs).bit_length())).astype(np.int64)
    counted = np.bincount(bucket)[bucket]
    often = np.flatnonzero(counted >= FEWEST)
    often = often[counted[often] >= needed.of(a[often], b[often])]
    left = np.sort(pairs[often])
    once = np.flatnonzero(firsts(left))
    times = np.diff(np.append(once, len(left)))
    left = left[once]
    enough = times >= needed.of(*apart(left))
    return left[enough]
