"""The arrays of the comparison, by what they hold, and set arithmetic on sorted ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

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

_SALT: Final = 0x9E3779B97F4A7C15  # odd and without a pattern, so that its multiples differ in all bits

_SHIFTS: Final = tuple(np.uint64(shift) for shift in (0, 20, 40, 10, 30))
_SMALLEST: Final = 12  # bits of a place: what a core keeps nearest to it

NO_KEYS: Keys = np.empty(0, dtype=np.uint64)


def distinct(keys: Keys) -> Keys:
    """Return the set of these keys."""
    ordered = np.sort(keys)
    return ordered[firsts(ordered)]


def distinct_parts(keys: Keys, lengths: Offsets) -> list[Keys]:
    """Return the set of the keys in each part of an array; they are sorted in place."""
    ends = np.cumsum(lengths)
    for start, end in pairwise((0, *ends.tolist())):
        keys[start:end].sort()
    once, starts = firsts(keys), ends[:-1]
    once[starts[starts < len(keys)]] = True
    before = np.concatenate(([0], np.cumsum(once)))
    return np.split(keys[once], before[starts])


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
    """A set made to be asked often: tables with a place for each key by some of its bits, as small as caches are.

    Each table has the keys whose place in those before it another key has; ``rest`` are those left at the end, a set.
    """

    tables: Sequence[tuple[Keys, np.uint64]]
    rest: Keys

    @classmethod
    def of(cls, keys: Keys) -> "Lookup":
        """Make it of a set. The key 0 is in every one: that is how a table says that nothing is there."""
        tables: list[tuple[Keys, np.uint64]] = []
        for shift in _SHIFTS:
            table = np.zeros(1 << max(_SMALLEST, (len(keys) * 2).bit_length()), dtype=np.uint64)
            places = _places(keys, table, shift)
            table[places] = keys
            tables.append((table, shift))
            keys = keys[table[places] != keys]
            if not len(keys):
                break
        return cls(tables, keys)

    def has(self, keys: Keys) -> Mask:
        """Return which of the keys are in the set."""
        found = within(keys, self.rest) if len(self.rest) else np.zeros(len(keys), dtype=np.bool_)
        for table, shift in self.tables:
            # as the places are known to be in the table, none is checked
            found |= table.take(_places(keys, table, shift), mode="clip") == keys
        return found


def _places(keys: Keys, table: Keys, shift: np.uint64) -> Offsets:
    """Return the place of each key in a table, by the bits from ``shift`` on."""
    return ((keys >> shift) & np.uint64(len(table) - 1)).view(np.int64)


@dataclass(frozen=True, eq=False)
class Sets:
    """Several sets by name, made to be asked at once: every key is changed by the salt of its set, which is its own."""

    salts: Mapping[str, np.uint64]
    salted: Lookup

    @classmethod
    def of(cls, sets: Mapping[str, Keys]) -> "Sets":
        """Make it of these sets."""
        salts = {name: np.uint64(number * _SALT % (1 << 64)) for number, name in enumerate(sets)}
        return cls(salts, Lookup.of(union([keys ^ salts[name] for name, keys in sets.items()])))

    def has(self, keys: Keys, salts: Keys) -> Mask:
        """Return which of the keys are in the set of the salt in the same place."""
        return self.salted.has(keys ^ salts)


def merged(sets: Iterable[Keys]) -> Keys:
    """Return the keys of sets in order, each as often as it is there."""
    keys = np.concatenate([NO_KEYS, *sets])
    # this kind merges what is in order already; for two sets three times as fast as looking up each key
    keys.sort(kind="stable")
    return keys


def shared(one: Keys, other: Keys) -> int:
    """Return how many keys two sets share."""
    both = merged((one, other))
    return int(np.count_nonzero(both[1:] == both[:-1]))


def union(sets: Iterable[Keys]) -> Keys:
    """Return the set of all keys that are in any of the sets."""
    keys = merged(sets)
    return keys[firsts(keys)]


def counts(mask: Mask, lengths: Iterable[int]) -> Offsets:
    """Return how often a mask is set in each of its parts, which have these lengths."""
    # a loop, since every sum over the whole mask would write eight bytes for each of its members
    ends = list(accumulate(lengths, initial=0))
    return np.array([np.count_nonzero(mask[start:end]) for start, end in pairwise(ends)], dtype=np.int64)


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Return where a mask is set: the first place of each run, and the one after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
