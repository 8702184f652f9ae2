"""The arrays of the comparison, by what they hold, and set arithmetic on sorted ones."""

from collections.abc import Iterable
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
"""Characters as code points."""

Offsets = NDArray[np.int64]
"""Places in a text or in another array."""

Keys = NDArray[np.uint64]
"""Hashes of shingles. Where a function says *set*, they are sorted and each is there once."""

Mask = NDArray[np.bool_]
"""Which members of another array are meant."""

NO_KEYS: Keys = np.empty(0, dtype=np.uint64)


def distinct(keys: Keys) -> Keys:
    """Return the set of these keys."""
    ordered = np.sort(keys)
    return ordered[firsts(ordered)]


def firsts(ordered: NDArray[np.uint64]) -> Mask:
    """Return where a sorted array has a value for the first time."""
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def within(keys: Keys, among: Keys) -> Mask:
    """Return which of the keys are in a set."""
    if not len(among):
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.searchsorted(among, keys)
    at[at == len(among)] = 0
    found: Mask = among[at] == keys
    return found


def shared(one: Keys, other: Keys) -> int:
    """Return how many keys two sets share."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return int(np.count_nonzero(within(few, many)))


def union(sets: list[Keys]) -> Keys:
    """Return the set of all keys that are in any of the sets."""
    return distinct(np.concatenate(sets)) if sets else NO_KEYS


def counts(mask: Mask, lengths: Iterable[int]) -> Offsets:
    """Return how often a mask is set in each of its parts, which have these lengths."""
    # a loop, since every sum over the whole mask would write eight bytes for each of its members
    ends = list(accumulate(lengths, initial=0))
    return np.array([np.count_nonzero(mask[start:end]) for start, end in pairwise(ends)], dtype=np.int64)


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Return where a mask is set: the first place of each run, and the one after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
