"""What is left of sketches when the template of each record's standard is cut out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from selfaudit.casefiles.arrays import Keys, Mask, Offsets, counts, distinct_parts
from selfaudit.casefiles.shingling import many_shingles
from selfaudit.casefiles.sketching import limit
from selfaudit.casefiles.templates import Templates


@dataclass(frozen=True)
class Own:
    """The own keys of some records, and the record of each.

    ``short`` are the records all of whose shingles are among the keys, not only the sampled ones, ``bare`` those with
    too few to be compared.
    """

    keys: Keys
    records: Offsets
    short: Sequence[int]
    bare: Sequence[int]


class Cutter:
    """Cuts templates; ``standards`` are those of all records, ``templates`` are what is cut."""

    def __init__(self, standards: Sequence[str], templates: Templates) -> None:
        self._templates = templates.sets
        salts = {name: self._templates.salts[templates.kind(name)] for name in set(standards)}
        self._salts = np.array([salts[name] for name in standards], dtype=np.uint64)
        self._settings = templates.settings
        self._limit = limit(templates.settings)

    def own(self, numbers: Sequence[int], sketches: Sequence[Keys]) -> Own:
        """Return what these records have of their own, each of the sketch in the same place."""
        keys, lengths = np.concatenate(sketches), np.array([len(each) for each in sketches])
        own = self._mask(numbers, keys, lengths)
        return self._weighed(numbers, keys[own], np.repeat(np.asarray(numbers, dtype=np.int64), lengths)[own])

    def sets(self, numbers: Sequence[int], texts: Sequence[str]) -> list[Keys]:
        """Return all own shingles of these records, not only the sampled ones, a set for each."""
        keys, lengths = many_shingles(texts, self._settings.shingle)
        own = self._mask(numbers, keys, lengths)
        return distinct_parts(keys[own], counts(own, lengths.tolist()))

    def _mask(self, numbers: Sequence[int], keys: Keys, lengths: Offsets) -> Mask:
        return ~self._templates.has(keys, np.repeat(self._salts[np.asarray(numbers)], lengths))

    def _weighed(self, numbers: Sequence[int], keys: Keys, records: Offsets) -> Own:
        """Let go of all but the sampled keys of records that have enough of them."""
        starts, ends = (np.searchsorted(records, np.asarray(numbers), side=side) for side in ("left", "right"))
        unsampled = np.concatenate(([0], np.cumsum(keys > self._limit)))
        few = (ends - starts < self._settings.short_floor) | (unsampled[ends] > unsampled[starts])
        kept = np.repeat(~few, ends - starts)
        parts, owners = [keys[kept]], [records[kept]]
        short, bare = [], []
        for place in np.flatnonzero(few).tolist():
            own = keys[starts[place] : ends[place]]
            sampled = int(np.searchsorted(own, self._limit, side="right"))
            whole = sampled < len(own)
            if (len(own) if whole else sampled * self._settings.sample) < self._settings.least_shared:
                bare.append(numbers[place])
            if whole and sampled >= self._settings.short_floor:
                own, whole = own[:sampled], False
            if whole:
                short.append(numbers[place])
            parts.append(own)
            owners.append(np.full(len(own), numbers[place], dtype=np.int64))
        return Own(np.concatenate(parts), np.concatenate(owners), short, bare)
