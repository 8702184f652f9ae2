"""What the dataflow computes, column by column: arrays in, Arrow arrays out, by the functions of the other engine."""

from collections.abc import Sequence
from itertools import accumulate

import daft
import numpy as np
import pyarrow as pa
from daft import DataType, Series

from selfaudit.casefiles.arrays import Keys, Mask, Offsets, distinct_parts, shared
from selfaudit.casefiles.candidates import Needed, apart, together
from selfaudit.casefiles.cutting import Cutter
from selfaudit.casefiles.sketching import limit, sketches
from selfaudit.casefiles.spread import HIGH_BITS
from selfaudit.casefiles.templates import Templates
from selfaudit.model.casefiles.settings import Settings

_KEYS = DataType.list(DataType.uint64())
_OWN = DataType.struct(
    {
        "record": DataType.uint32(),
        "keys": _KEYS,
        "sampled": DataType.uint32(),
        "short": DataType.bool(),
        "bare": DataType.bool(),
    }
)
_OVERLAP = DataType.struct({"own_a": DataType.uint32(), "own_b": DataType.uint32(), "shared": DataType.uint32()})


@daft.cls
class Reader:
    """Makes sketches and sets of shingles of texts, without the template of their standards.

    ``ranks`` is the place of each record in the order of ids, ``standards`` the standard of each by its number.
    """

    def __init__(self, ranks: Offsets, standards: Sequence[str], templates: Templates) -> None:
        self.ranks, self.standards, self.templates = ranks, standards, templates

    @daft.method.batch(return_dtype=_OWN, unnest=True)
    def sketch(self, number: Series, text: Series) -> pa.Array:
        """Return the place of each record, the high bits of its own sampled keys, and what is known of those."""
        settings = self.templates.settings
        numbers, texts = number.to_pylist(), text.to_pylist()
        here = list(range(len(texts)))
        own = Cutter([self.standards[each] for each in numbers], self.templates).own(here, sketches(texts, settings))
        order = np.argsort(own.records, kind="stable")
        ends = np.searchsorted(own.records[order], np.arange(len(texts) + 1))
        sets = distinct_parts(own.keys[order] & HIGH_BITS, np.diff(ends))
        sampled = [int(np.searchsorted(each, limit(settings), side="right")) for each in sets]
        columns = {
            "record": pa.array(self.ranks[numbers], pa.uint32()),
            "keys": _lists(sets),
            "sampled": pa.array(sampled, pa.uint32()),
            "short": pa.array(np.isin(here, own.short)),
            "bare": pa.array(np.isin(here, own.bare)),
        }
        return pa.StructArray.from_arrays(list(columns.values()), names=list(columns))

    @daft.method.batch(return_dtype=_KEYS)
    def whole(self, number: Series, text: Series) -> pa.Array:
        """Return all own shingles of each record, sets."""
        cutter = Cutter([self.standards[each] for each in number.to_pylist()], self.templates)
        return _lists(cutter.sets(range(len(number)), text.to_pylist()))


@daft.func.batch(return_dtype=_KEYS)
def pairs(records: Series, most: int) -> pa.Array:
    """Return every two records that share a key, or only neighbours if there are more than ``most``."""
    found = []
    for each in records.to_pylist():
        here = np.sort(np.array(each, dtype=np.uint64))
        one, other = np.triu_indices(len(here), 1) if len(here) <= most else (slice(-1), slice(1, None))
        found.append(together(here[one], here[other]))
    return _lists(found)


@daft.cls
class Chooser:
    """Knows how many shingles every two records must share to be candidates."""

    def __init__(self, rare: Offsets, rare_sampled: Offsets, short: Mask, settings: Settings) -> None:
        self.needed = Needed(rare, rare_sampled, short, settings)

    @daft.method.batch(return_dtype=DataType.bool())
    def enough(self, pair: Series, times: Series) -> pa.Array:
        """Return which pairs share enough."""
        return pa.array(_array(times) >= self.needed.of(*apart(_array(pair))))


@daft.func.batch(return_dtype=_OVERLAP, unnest=True)
def overlaps(own_a: Series, own_b: Series) -> pa.Array:
    """Return how many shingles each two sets have, and share."""
    rows = [
        (len(a), len(b), shared(np.array(a, dtype=np.uint64), np.array(b, dtype=np.uint64)))
        for a, b in zip(own_a.to_pylist(), own_b.to_pylist(), strict=True)
    ]
    table = np.array(rows, dtype=np.uint32).reshape(-1, 3)
    names = ["own_a", "own_b", "shared"]
    return pa.StructArray.from_arrays([pa.array(table[:, place]) for place in range(3)], names=names)


def _array(column: Series) -> Keys:
    array: Keys = np.asarray(column.to_arrow().to_numpy(zero_copy_only=False), dtype=np.uint64)
    return array


def _lists(sets: Sequence[Keys]) -> pa.Array:
    offsets = pa.array(list(accumulate(map(len, sets), initial=0)), pa.int64())
    values = np.concatenate([np.empty(0, dtype=np.uint64), *sets])
    return pa.LargeListArray.from_arrays(offsets, pa.array(values, pa.uint64()))
