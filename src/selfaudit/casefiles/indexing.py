"""From the texts of all records to the index of what is their own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from selfaudit.casefiles.arrays import Keys, Mask
from selfaudit.casefiles.cutting import Cutter, Own
from selfaudit.casefiles.postings import Index, Postings
from selfaudit.casefiles.sketching import limit, sketches
from selfaudit.casefiles.threads import batches, in_threads
from selfaudit.model.casefiles.settings import Settings


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
    for sketched, own in in_threads(_jobs(records, text_of, cutter, settings, kept)):
        postings.add(own.keys, own.records)
        short[own.short], bare[own.bare] = True, True
        for number, keys in sketched:
            if kept.made is not None:
                kept.made(number, keys)
    return Indexed(postings.index(records, settings.most, limit(settings)), short, bare)


_Done = tuple[Sequence[tuple[int, Keys]], Own]


def _jobs(
    records: int, text_of: Callable[[int], str], cutter: Cutter, settings: Settings, kept: Kept
) -> Iterator[Callable[[], _Done]]:
    """Yield what is to be done for all records, a batch at a time."""
    missing: list[int] = []

    def known() -> Iterator[tuple[int, Keys]]:
        for number in range(records):
            keys = kept.known(number)
            if keys is None:
                missing.append(number)
            else:
                yield number, keys

    def take(batch: list[tuple[int, Keys]]) -> _Done:
        return (), cutter.own(*zip(*batch, strict=True))

    def sketch(batch: list[tuple[int, str]]) -> _Done:
        numbers, texts = zip(*batch, strict=True)
        made = sketches(texts, settings)
        return list(zip(numbers, made, strict=True)), cutter.own(numbers, made)

    for sets in batches(known()):
        yield partial(take, sets)
    for texts in batches((number, text_of(number)) for number in missing):
        yield partial(sketch, texts)
