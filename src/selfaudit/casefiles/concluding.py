"""What is found, once it is known how much candidates share: the same for every engine."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from selfaudit.casefiles.exact import Overlap, Shelf
from selfaudit.casefiles.reporting import Reporter
from selfaudit.casefiles.templates import Templates
from selfaudit.model.casefiles.found import Found, Pair
from selfaudit.model.casefiles.record import CaseRecord


@dataclass(frozen=True)
class Conclusion:
    """Concludes from a comparison of records, in the order of their ids; ``blanks`` are blank forms by standard."""

    records: Sequence[CaseRecord]
    shelf: Shelf
    templates: Templates
    blanks: Mapping[str, Sequence[str]]

    def found(
        self,
        overlaps: Iterable[tuple[int, int, Overlap]],
        bare: Iterable[int],
        standing: Mapping[tuple[int, int], Pair],
    ) -> tuple[Found, list[int]]:
        """Return what was found, and the numbers of all records that have a part in it.

        ``overlaps`` are candidates, the lower number first, and what they share; ``standing`` are pairs found earlier.
        """
        edges: dict[tuple[int, int], Overlap | Pair] = dict(standing)
        one_audit = 0
        for a, b, overlap in overlaps:
            if not overlap.alike(self.templates.settings):
                continue
            if self.records[a].same_audit(self.records[b]):
                one_audit += 1
            else:
                edges[a, b] = overlap
        pairs, rings = Reporter(self.records, self.templates, self.shelf).report(edges)
        learned = (told for _standard, each in sorted(self.templates.learned.items()) for told in each.told)
        found = Found(
            pairs=tuple(pairs),
            rings=tuple(rings),
            learned=tuple(learned),
            one_audit=one_audit,
            bare=tuple(self.records[number].id for number in sorted(bare)),
            few=self._few(),
        )
        return found, sorted({number for pair in edges for number in pair})

    def _few(self) -> tuple[str, ...]:
        counts = Counter(record.standard for record in self.records if record.standard)
        few = (name for name, count in counts.items() if count < self.templates.settings.few)
        return tuple(sorted(name for name in few if not self.blanks.get(name)))
