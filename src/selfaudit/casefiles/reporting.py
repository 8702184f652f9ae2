"""From pairs of records that are alike to what is reported: pairs, and rings with their source."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from selfaudit.casefiles.arrays import Lookup
from selfaudit.casefiles.clusters import clusters, source
from selfaudit.casefiles.exact import Overlap, Shelf
from selfaudit.casefiles.passages import Read, longest_and_number
from selfaudit.casefiles.templates import Templates
from selfaudit.model.casefiles.found import Pair, Ring
from selfaudit.model.casefiles.record import CaseRecord

Edges = Mapping[tuple[int, int], Overlap | Pair]
"""Pairs of numbers of records that are alike, the lower first, and how alike."""

_HELD: Final = 8  # records that are read
_CLOSER: Final = 0.2
"""By how much more than to their source two members of a ring must be alike to be a pair of their own."""


@dataclass(frozen=True)
class Reporter:
    """Chooses the pairs to report, and finds their passages."""

    records: Sequence[CaseRecord]
    templates: Templates
    shelf: Shelf

    def report(self, edges: Edges) -> tuple[list[Pair], list[Ring]]:
        """Return a pair for every two records that are alike by themselves, and rings for three and more.

        Of a ring every member has a pair with the source, and one with another member if that is much closer.
        """
        pairs: list[Pair] = []
        rings: list[Ring] = []
        for members, inner in _grouped(edges):
            if len(members) == 2:  # noqa: PLR2004 — a pair
                chosen = dict(inner)
            else:
                first = source(members, [self.shelf.own(number) for number in members], self.records)
                others = [number for number in members if number != first]
                rings.append(
                    Ring(source=self.records[first].id, members=tuple(self.records[number].id for number in others))
                )
                nearest = _nearest(inner)
                to_source = {member: self._to_source(first, member, inner, nearest[member]) for member in others}
                chosen = dict(to_source.values())
                chosen |= _closer({member: _share(how) for member, (_pair, how) in to_source.items()}, inner)
            pairs.extend(self._pair(a, b, how) for (a, b), how in chosen.items())
        return sorted(pairs, key=lambda pair: (pair.a, pair.b)), rings

    def _to_source(
        self, first: int, member: int, edges: Edges, nearest: tuple[int, int]
    ) -> tuple[tuple[int, int], Overlap | Pair]:
        """Return the pair of a member with the source, or else that with its ``nearest`` member."""
        a, b = sorted((first, member))
        known = edges.get((a, b))
        if known is not None:
            return (a, b), known
        if not self.records[a].same_audit(self.records[b]):
            overlap = self.shelf.overlap(a, b)
            if overlap.alike(self.templates.settings):
                return (a, b), overlap
        return nearest, edges[nearest]

    def _pair(self, a: int, b: int, how: Overlap | Pair) -> Pair:
        if isinstance(how, Pair):
            return how
        one, other = self.records[a], self.records[b]
        template = self.templates.lookups(one.standard, other.standard)
        longest, number = longest_and_number(self._read(a, template), self._read(b, template), self.templates.settings)
        return Pair(
            a=one.id,
            b=other.id,
            of_a=how.of_a,
            of_b=how.of_b,
            shared=how.shared,
            longest=longest,
            passages=number,
        )

    @cached_property
    def _read(self) -> Callable[[int, tuple[Lookup, ...]], Read]:
        """Reads a record; a few are held, since the source of a ring is wanted for each of its members."""
        return lru_cache(_HELD)(
            lambda number, template: Read.of(self.shelf.text_of(number), template, self.templates.settings)
        )


def _grouped(edges: Edges) -> Iterator[tuple[list[int], Edges]]:
    """Yield the records that pairs join, with these pairs."""
    groups = clusters(edges)
    of = {number: group for group, members in enumerate(groups) for number in members}
    inner: list[dict[tuple[int, int], Overlap | Pair]] = [{} for _ in groups]
    for pair, how in edges.items():
        inner[of[pair[0]]][pair] = how
    yield from zip(groups, inner, strict=True)


def _share(how: Overlap | Pair) -> float:
    return max(how.of_a, how.of_b)


def _nearest(edges: Edges) -> dict[int, tuple[int, int]]:
    """Return for each record the pair with the one that it is most like."""
    # the last of several that are said of a record stands, which is the best
    ranked = sorted(edges, key=lambda pair: (-_share(edges[pair]), -edges[pair].shared, pair), reverse=True)
    return {member: pair for pair in ranked for member in pair}


def _closer(to_source: Mapping[int, float], edges: Edges) -> dict[tuple[int, int], Overlap | Pair]:
    """Return for each member the pair with another that is much closer to it than both are to the source, if any.

    A long record that has something of many is the source of them; two of these may be copies of each other.
    """
    best: dict[int, tuple[int, int]] = {}
    for pair, how in sorted(edges.items(), key=lambda each: each[0]):
        known = [to_source.get(member) for member in pair]
        if None in known or _share(how) < max(one or 0 for one in known) + _CLOSER:
            continue
        for member in pair:
            if member not in best or _share(how) > _share(edges[best[member]]):
                best[member] = pair
    return {pair: edges[pair] for pair in best.values()}
