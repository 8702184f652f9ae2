"""Shingles, runs of a few characters, as numbers: the same on every machine and in every release of Python."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Codes, Keys, Offsets, counts, distinct
from selfaudit.casefiles.normalising import folded_codes, normalise

ALGORITHM: Final = 1
"""Raised whenever the same text gives other keys. Keys of another number cannot be compared and are made again."""

# Odd numbers without a pattern: the fraction of the golden ratio, and the multiplier of Stafford's thirteenth mixer
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_HALF: Final = np.uint64(32)

_AT_ONCE: Final = 1 << 15  # what a core keeps near it


def shingles(codes: Codes, size: int) -> Keys:
    """Return the key of every run of ``size`` codes, in order: a polynomial modulo 2^64, its bits mixed."""
    count = max(0, len(codes) - size + 1)
    keys: Keys = np.empty(count, dtype=np.uint64)
    scratch = np.empty(_AT_ONCE, dtype=np.uint64)
    for start in range(0, count, _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        wide = codes[start : start + len(part) + size - 1].astype(np.uint64)
        part[:] = wide[: len(part)]
        for later in range(1, size):
            part *= _BASE
            part += wide[later : later + len(part)]
        high = scratch[: len(part)]
        part ^= np.right_shift(part, _HALF, out=high)
        part *= _MIX
        part ^= np.right_shift(part, _HALF, out=high)
    return keys


def text_shingles(text: str, size: int) -> Keys:
    """Return the set of all shingles of a text."""
    return distinct(shingles(normalise(text)[0], size))


def many_shingles(texts: Sequence[str], size: int) -> tuple[Keys, Offsets]:
    """Return all shingles of some texts, one text after the other, and how many each text has, in one pass."""
    folded = folded_codes("".join(texts))
    kept = folded != 0
    lengths = counts(kept, [len(text) for text in texts])
    keys = shingles(folded[kept], size)
    # runs that begin in one text and end in another
    across = (np.cumsum(lengths)[:, None] - np.arange(1, size)[None, :]).ravel()
    inside = np.ones(len(keys), dtype=np.bool_)
    inside[across[(across >= 0) & (across < len(keys))]] = False
    return keys[inside], np.maximum(lengths - size + 1, 0)
