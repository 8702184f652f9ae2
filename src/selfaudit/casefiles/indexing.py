"""From the texts of all records to the index of what is their own."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

import numpy as np

from selfaudit.casefiles.arrays import Keys, Mask, distinct
from selfaudit.casefiles.cutting import Cutter, Own
from selfaudit.casefiles.postings import Index, Postings
from selfaudit.casefiles.sketching import limit, sketches
from selfaudit.model.casefiles.settings import Settings

_AT_ONCE: Final = 1 << 17  # characters of text, or keys, in one batch: what a core keeps near it
_THREADS: Final = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Kept:
    """Sketches of earlier runs by a record's number, None for those to be made; ``made`` is given each new one."""

    known: Callable[[int], Keys | None] = lambda _number: None
    made: Callable[[int, Keys], None] | None = None

    def ordered(self, order: Sequence[int]) -> "Kept":
        """Return the same for records in another order."""
        made = self.made
        return Kept(
            known=lambda number: self.known(order[number]),
            made=None if made is None else lambda number, keys: made(order[number], keys),
        )


@dataclass(frozen=True)
class Indexed:
    """The index, and masks over the records: of which it has all shingles, and which have too little of their own."""

    index: Index
    short: Mask
    bare: Mask


def index_of(records: int, text_of: Callable[[int], str], cutter: Cutter, settings: Settings, kept: Kept) -> Indexed:
    """Sketch so many records, or take their sketches from an earlier run, and index what is no template."""
    postings = Postings()
    short, bare = np.zeros(records, dtype=np.bool_), np.zeros(records, dtype=np.bool_)
    for sketched, own in _in_threads(_jobs(records, text_of, cutter, settings, kept)):
        postings.add(own.keys, own.records)
        short[own.short], bare[own.bare] = True, True
        for number, keys in sketched:
            if kept.made is not None:
                kept.made(number, keys)
    return Indexed(postings.index(records, settings.most, limit(settings)), short, bare)


_Done = tuple[Sequence[tuple[int, Keys]], Own]
_Job = Callable[[], _Done]
_Sized = TypeVar("_Sized", Keys, str)
_Batch = list[tuple[int, _Sized]]


def _in_threads(jobs: Iterator[_Job]) -> Iterator[_Done]:
    """Yield what the jobs return, in order; a few are done at once, the others not yet made."""
    with ThreadPoolExecutor(_THREADS) as pool:
        under_way: deque[Future[_Done]] = deque()
        for job in jobs:
            under_way.append(pool.submit(job))
            if len(under_way) > _THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _jobs(
    records: int, text_of: Callable[[int], str], cutter: Cutter, settings: Settings, kept: Kept
) -> Iterator[_Job]:
    """Yield what is to be done for all records, a batch at a time."""
    missing: list[int] = []

    def known() -> Iterator[tuple[int, Keys]]:
        for number in range(records):
            keys = kept.known(number)
            if keys is None:
                missing.append(number)
            else:
                yield number, keys

    def take(batch: _Batch[Keys]) -> _Done:
        numbers, sets = zip(*batch, strict=True)
        return (), cutter.own(numbers, np.concatenate(sets), np.array([len(keys) for keys in sets]))

    def sketch(batch: _Batch[str]) -> _Done:
        numbers, texts = zip(*batch, strict=True)
        keys, lengths = sketches(texts, settings)
        made = [distinct(part) for part in np.split(keys, np.cumsum(lengths)[:-1])] if kept.made else []
        return list(zip(numbers, made, strict=False)), cutter.own(numbers, keys, lengths)

    for sets in _batches(known()):
        yield partial(take, sets)
    for texts in _batches((number, text_of(number)) for number in missing):
        yield partial(sketch, texts)


def _batches(items: Iterable[tuple[int, _Sized]]) -> Iterator[_Batch[_Sized]]:
    batch: _Batch[_Sized] = []
    size = 0
    for number, item in items:
        batch.append((number, item))
        size += len(item)
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
