"""Sketches: the shingles of a text that are looked at to find candidates.

One of ``sample`` shingles is in a sketch, chosen by its key alone, so that two texts that share a shingle both have it
in their sketches or both have not. Short texts keep all of theirs.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Keys, counts, distinct_parts
from selfaudit.casefiles.shingling import many_shingles
from selfaudit.model.casefiles.settings import MANY_RECORDS, Settings

_STORED: Final = np.dtype("<u8")


def sketch(text: str, settings: Settings) -> Keys:
    """Return the sketch of a text, a set; it can be kept as long as ``ALGORITHM`` and the settings are the same."""
    return sketches([text], settings)[0]


def sketches(texts: Sequence[str], settings: Settings) -> list[Keys]:
    """Return the sketches of several texts, made together."""
    keys, lengths = many_shingles(texts, settings.shingle)
    chosen = keys <= limit(settings)
    ends = np.cumsum(lengths)
    for number in np.flatnonzero((lengths > 0) & (lengths <= settings.short)):
        chosen[ends[number] - lengths[number] : ends[number]] = True
    return distinct_parts(keys[chosen], counts(chosen, lengths.tolist()))


def limit(settings: Settings) -> np.uint64:
    """Return the largest key that is sampled."""
    return np.uint64((1 << 64) // settings.sample - 1)


def for_records(settings: Settings, records: int) -> Settings:
    """Return the settings for so many records: sketches of very many are half as large."""
    return settings.model_copy(update={"sample": settings.sample * 2}) if records > MANY_RECORDS else settings


def to_bytes(keys: Keys) -> bytes:
    """Return a sketch as it is kept, 8 bytes a key, the same on every machine."""
    return keys.astype(_STORED).tobytes()


def from_bytes(kept: bytes) -> Keys:
    """Return a sketch that was kept."""
    return np.frombuffer(kept, dtype=_STORED).astype(np.uint64)
