"""Compare case files with each other: from records and their texts to what is alike.

Texts are read when they are wanted and never held: once for sketches, unless those are known, some to learn templates,
and those of candidates again to compare them in full. What is found is the same in whatever order records come.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Mask
from selfaudit.casefiles.candidates import candidates
from selfaudit.casefiles.cutting import Cutter
from selfaudit.casefiles.exact import Overlap, Shelf
from selfaudit.casefiles.indexing import Kept, index_of
from selfaudit.casefiles.postings import MOST_RECORDS
from selfaudit.casefiles.reporting import Reporter
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
    to be learned again, all its records count as new.

    Records of different standards are compared as well, since a copy may stand under another standard. Files of one
    audit are not: they repeat each other by nature, also where one audit covers several standards.
    """
    if len(records) > MOST_RECORDS:
        raise ValueError(f"{len(records)} records are more than {MOST_RECORDS}")
    order = sorted(range(len(records)), key=lambda number: (records[number].id, records[number].digest))
    work = _Work([records[number] for number in order], lambda number: text_of(order[number]))
    settings = for_records(settings, len(records))
    return work.compare(blanks, settings, replace(earlier, sketches=earlier.sketches.ordered(order)))


@dataclass(frozen=True)
class _Work:
    """One comparison of records in the order of their ids."""

    records: Sequence[CaseRecord]
    text_of: TextOf

    def compare(self, blanks: Mapping[str, Sequence[str]], settings: Settings, earlier: Earlier) -> Comparison:
        records = self.records
        templates = learn(records, self.text_of, blanks, settings, earlier.templates)
        cutter = Cutter([record.standard for record in records], templates.of, settings)
        indexed = index_of(len(records), self.text_of, cutter, settings, earlier.sketches)
        recent = lru_cache(_RECENT)(self.text_of)
        shelf = Shelf(records, recent, templates, settings)
        new = self._new(templates, earlier)
        edges: dict[tuple[int, int], Overlap | Pair] = dict(self._standing(new, earlier))
        one_audit = 0
        for a, b in zip(*map(np.ndarray.tolist, candidates(indexed.index, new, indexed.short, settings)), strict=True):
            overlap = shelf.overlap(a, b)
            if overlap.alike(settings):
                if records[a].same_audit(records[b]):
                    one_audit += 1
                else:
                    edges[a, b] = overlap
        pairs, rings = Reporter(records, recent, templates, shelf).report(edges)
        reported = np.zeros(len(records), dtype=np.bool_)
        reported[[number for pair in edges for number in pair]] = True
        found = Found(
            pairs=tuple(pairs),
            rings=tuple(rings),
            learned=tuple(told for _standard, each in sorted(templates.learned.items()) for told in each.told),
            one_audit=one_audit,
            bare=tuple(records[number].id for number in np.flatnonzero(indexed.bare).tolist()),
            few=self._few(blanks, settings),
        )
        return Comparison(found, templates, indexed.index.spread(reported))

    def _new(self, templates: Templates, earlier: Earlier) -> Mask:
        """Return which records must be compared with all others."""
        before = earlier.templates.learned if earlier.templates else {}
        stands = {name for name, each in templates.learned.items() if before.get(name) is each}
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

    def _few(self, blanks: Mapping[str, Sequence[str]], settings: Settings) -> tuple[str, ...]:
        counts = Counter(record.standard for record in self.records if record.standard)
        return tuple(sorted(name for name, count in counts.items() if count < settings.few and not blanks.get(name)))
