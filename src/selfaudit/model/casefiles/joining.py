"""Passages between which only a few words were changed, put together: a reviewer reads a paragraph, not its pieces."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from selfaudit.model.casefiles.found import Passage

GAP = 40
"""Characters that may have been changed between two passages that are one: a date, a name of an organisation."""


def joined(passages: Sequence[Passage]) -> list[Passage]:
    """Return passages in the order of the first text, each with those that follow it closely in both texts.

    It stands in no more records than any of those that it is made of.
    """
    ordered = sorted(passages, key=lambda one: one.a)
    follow = {(id(one), id(next_)) for one, next_ in pairwise(sorted(ordered, key=lambda one: one.b))}
    return [_whole(parts) for parts in _parts(ordered, follow)]


def outside(spans: Iterable[tuple[int, int]], parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what of some spans, which are in order, lies in none of some parts."""
    left, ordered = [], sorted(parts)
    for start, end in spans:
        at = start
        for first, last in ordered[max(0, bisect_right(ordered, (start, 0)) - 1) :]:
            if first >= end:
                break
            if at < first:
                left.append((at, first))
            at = max(at, last)
        if at < end:
            left.append((at, end))
    return left


def _parts(ordered: Sequence[Passage], follow: set[tuple[int, int]]) -> Iterator[list[Passage]]:
    parts: list[Passage] = []
    for one in ordered:
        if parts and not ((id(parts[-1]), id(one)) in follow and _near(parts[-1], one)):
            yield parts
            parts = []
        parts.append(one)
    if parts:
        yield parts


def _near(one: Passage, next_: Passage) -> bool:
    return 0 <= next_.a - one.a - one.length_a <= GAP and 0 <= next_.b - one.b - one.length_b <= GAP


def _whole(parts: Sequence[Passage]) -> Passage:
    first, last = parts[0], parts[-1]
    records = min((one.records for one in parts if one.records), default=0)
    lengths = {"length_a": last.a + last.length_a - first.a, "length_b": last.b + last.length_b - first.b}
    return replace(first, records=records, **lengths)
