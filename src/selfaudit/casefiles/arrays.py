"""The arrays of the comparison, by what they hold, and set arithmetic on sorted ones."""

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, eq=False)
class Lookup:
    """A set made to be asked often: two tables of places for keys by their bits, and what found no place in them."""

    first: Keys
    second: Keys
    rest: Keys

    @classmethod
    def of(cls, keys: Keys) -> "Lookup":
        """Make it of a set. The key 0 is in every one: that is how a table says that nothing is there."""
        bits = np.uint64(max(8, (len(keys) * 4).bit_length()))
        first, keys = _placed(keys, bits, np.uint64(0))
        second, rest = _placed(keys, bits, bits)
        return cls(first, second, np.sort(rest))

    def has(self, keys: Keys) -> Mask:
        """Return which of the keys are in the set."""
        mask = np.uint64(len(self.first) - 1)
        found: Mask = self.first[keys & mask] == keys
        found |= self.second[(keys >> np.uint64(len(self.first).bit_length() - 1)) & mask] == keys
        if len(self.rest):
            found |= within(keys, self.rest)
        return found


def _placed(keys: Keys, bits: np.uint64, shift: np.uint64) -> tuple[Keys, Keys]:
    """Return a table with these keys in it by some of their bits, and the keys whose place another one has."""
    places = (keys >> shift) & np.uint64((1 << int(bits)) - 1)
    table = np.zeros(1 << int(bits), dtype=np.uint64)
    table[places] = keys
    return table, keys[table[places] != keys]


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
