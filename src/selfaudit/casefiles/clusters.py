"""Records that are alike, directly or by others between them; and which of them the others come from."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Keys, merged
from selfaudit.model.casefiles.record import CaseRecord

_ABOUT: Final = 0.98  # copies differ in names and dates; which of them shares most is chance then


def clusters(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups that pairs join, each in order, in the order of their first members."""
    leader: dict[int, int] = {}

    def find(number: int) -> int:
        leader.setdefault(number, number)
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for a, b in pairs:
        low, high = sorted((find(a), find(b)))
        leader[high] = low
    groups: dict[int, list[int]] = defaultdict(list)
    for number in sorted(leader):
        groups[find(number)].append(number)
    return list(groups.values())


def source(members: Sequence[int], sets: Sequence[Keys], records: Sequence[CaseRecord]) -> int:
    """Return the member that shares most with the others together; of those that share about as much, the earliest."""
    keys = merged(sets)
    scores = [
        int((np.searchsorted(keys, own, side="right") - np.searchsorted(keys, own, side="left") - 1).sum())
        for own in sets
    ]
    enough = max(scores) * _ABOUT
    first = [records[number] for number, score in zip(members, scores, strict=True) if score >= enough]
    earliest = min(first, key=lambda record: (not record.period, record.period, record.id))
    return next(number for number in members if records[number] is earliest)
