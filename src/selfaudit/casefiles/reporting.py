"""From pairs of records that are alike to what is reported: pairs, and rings with their source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfaudit.casefiles.clusters import clusters, source
from selfaudit.casefiles.exact import Overlap, Shelf
from selfaudit.casefiles.passages import longest_and_number
from selfaudit.casefiles.templates import Templates
from selfaudit.model.casefiles.found import Pair, Ring
from selfaudit.model.casefiles.record import CaseRecord

Edges = Mapping[tuple[int, int], Overlap | Pair]
"""Pairs of numbers of records that are alike, the lower first, and how alike."""


@dataclass(frozen=True)
class Reporter:
    """Chooses the pairs to report, and finds their passages."""

    records: Sequence[CaseRecord]
    templates: Templates
    shelf: Shelf

    def report(self, edges: Edges) -> tuple[list[Pair], list[Ring]]:
        """Return a pair for every two records that are alike by themselves, and rings for three and more."""
        pairs: list[Pair] = []
        rings: list[Ring] = []
        for members in clusters(edges):
            if len(members) == 2:  # noqa: PLR2004 — a pair
                chosen = {(members[0], members[1]): edges[members[0], members[1]]}
            else:
                first = source(members, [self.shelf.own(number) for number in members], self.records)
                others = [number for number in members if number != first]
                rings.append(
                    Ring(source=self.records[first].id, members=tuple(self.records[number].id for number in others))
                )
                chosen = dict(self._to_source(first, member, edges) for member in others)
            pairs.extend(self._pair(a, b, how) for (a, b), how in chosen.items())
        return sorted(pairs, key=lambda pair: (pair.a, pair.b)), rings

    def _to_source(self, first: int, member: int, edges: Edges) -> tuple[tuple[int, int], Overlap | Pair]:
        """Return the pair of a member with the source, or else with the member that it is most like."""
        a, b = sorted((first, member))
        known = edges.get((a, b))
        if known is not None:
            return (a, b), known
        if not self.records[a].same_audit(self.records[b]):
            overlap = self.shelf.overlap(a, b)
            if overlap.alike(self.templates.settings):
                return (a, b), overlap
        return min(
            ((pair, how) for pair, how in edges.items() if member in pair),
            key=lambda each: (-max(each[1].of_a, each[1].of_b), -each[1].shared, each[0]),
        )

    def _pair(self, a: int, b: int, how: Overlap | Pair) -> Pair:
        if isinstance(how, Pair):
            return how
        one, other = self.records[a], self.records[b]
        template = self.templates.lookup(one.standard, other.standard)
        longest, number = longest_and_number(
            self.shelf.text_of(a), self.shelf.text_of(b), template, self.templates.settings
        )
        return Pair(
            a=one.id,
            b=other.id,
            of_a=how.of_a,
            of_b=how.of_b,
            shared=how.shared,
            longest=longest,
            passages=number,
        )
