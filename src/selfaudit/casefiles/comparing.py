"""Compare case files with each other: from records and their texts to what is alike.

Texts are read when they are wanted and never held: once for sketches, unless those are known, some to learn templates,
and those of candidates again to compare them in full. What is found is the same in whatever order records come.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Mask
from selfaudit.casefiles.candidates import candidates
from selfaudit.casefiles.concluding import Conclusion
from selfaudit.casefiles.cutting import Cutter
from selfaudit.casefiles.exact import Shelf
from selfaudit.casefiles.indexing import Kept, index_of
from selfaudit.casefiles.postings import MOST_RECORDS
from selfaudit.casefiles.sketching import for_records
from selfaudit.casefiles.spread import Spread
from selfaudit.casefiles.templates import Templates, learn
from selfaudit.model.casefiles.found import Found, Pair
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings

TextOf = Callable[[int], str]
"""Returns the text of a record by its number; called several times for some of them."""

_RECENT: Final = 64  # texts held, since those of one ring are wanted together


@dataclass(frozen=True)
class Earlier:
    """What is known from earlier runs, as far as there were any.

    With which templates records were compared, which they were, digests by id, the pairs that were found, and
    sketches.
    """

    templates: Templates | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    pairs: Sequence[Pair] = ()
    sketches: Kept = field(default_factory=Kept)


@dataclass(frozen=True)
class Comparison:
    """What was found, and what passages need: the templates, and in how many records a shingle stands."""

    found: Found
    templates: Templates
    spread: Spread


def compare(
    records: Sequence[CaseRecord],
    text_of: TextOf,
    blanks: Mapping[str, Sequence[str]],
    settings: Settings,
    earlier: Earlier = Earlier(),
) -> Comparison:
    """Return which records are alike.

    ``blanks`` are the texts of blank forms by standard; those of ``""`` belong to all. After an earlier run, only
    pairs with a record that was not there, or had another text, are looked for; where the template of a standard had
    to be learned again, all its records count as new, and so do those that go by the templates of all standards.

    Records of different standards are compared as well, since a copy may stand under another standard. Files of one
    audit are not: they repeat each other by nature, also where one audit covers several standards.
    """
    if len(records) > MOST_RECORDS:
        raise ValueError(f"{len(records)} records are more than {MOST_RECORDS}")
    order = ordered(records)
    work = _Work([records[number] for number in order], lambda number: text_of(order[number]))
    settings = for_records(settings, len(records))
    return work.compare(blanks, settings, replace(earlier, sketches=earlier.sketches.ordered(order)))


def ordered(records: Sequence[CaseRecord]) -> list[int]:
    """Return the numbers of the records in the order in which every engine takes them."""
    return sorted(range(len(records)), key=lambda number: (records[number].id, records[number].digest))


@dataclass(frozen=True)
class _Work:
    """One comparison of records in the order of their ids."""

    records: Sequence[CaseRecord]
    text_of: TextOf

    def compare(self, blanks: Mapping[str, Sequence[str]], settings: Settings, earlier: Earlier) -> Comparison:
        records = self.records
        templates = learn(records, self.text_of, blanks, settings, earlier.templates)
        cutter = Cutter([record.standard for record in records], templates)
        indexed = index_of(len(records), self.text_of, cutter, settings, earlier.sketches)
        shelf = Shelf(records, lru_cache(_RECENT)(self.text_of), templates)
        new = self._new(templates, earlier)
        pairs = zip(*map(np.ndarray.tolist, candidates(indexed.index, new, indexed.short, settings)), strict=True)
        found, reported = Conclusion(records, shelf, templates, blanks).found(
            shelf.overlaps(pairs),
            np.flatnonzero(indexed.bare).tolist(),
            self._standing(new, earlier),
        )
        those = np.zeros(len(records), dtype=np.bool_)
        those[reported] = True
        return Comparison(found, templates, indexed.index.spread(those))

    def _new(self, templates: Templates, earlier: Earlier) -> Mask:
        """Return which records must be compared with all others."""
        before = earlier.templates.learned if earlier.templates else {}
        stands = {name for name, each in templates.learned.items() if before.get(name) is each}
        if stands < {*before, *templates.learned}:
            stands = {name for name in stands if templates.kind(name)}
        return np.array(
            [
                record.standard not in stands or earlier.digests.get(record.id) != record.digest
                for record in self.records
            ],
            dtype=np.bool_,
        )

    def _standing(self, new: Mask, earlier: Earlier) -> dict[tuple[int, int], Pair]:
        """Return the pairs found earlier that need not be looked at again."""
        numbers = {record.id: number for number, record in enumerate(self.records) if not new[number]}
        return {
            (numbers[pair.a], numbers[pair.b]): pair
            for pair in earlier.pairs
            if pair.a in numbers and pair.b in numbers
        }
