"""Keeps two people from reviewing each other, where files can be exchanged; nobody has more or fewer files then."""

from collections import Counter
from collections.abc import Mapping

from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.model.sampling.seeds import ticket

MOST = 200
"""Files with which one is tried to be exchanged: enough, and thousands of files stay quick."""


def keep_apart(now: Reviewing, reviewer: Mapping[str, str]) -> dict[str, str]:
    """Return who reviews the files that are new, some of them exchanged so that fewer pairs review each other.

    What was given out before stays. It is a preference: who may review a file is as before.
    """
    return _Exchange(now, reviewer).made()


class _Exchange:
    """``whose`` counts by reviewer and by who had to do with it how many files somebody reviews of somebody."""

    def __init__(self, now: Reviewing, reviewer: Mapping[str, str]) -> None:
        self._now, self._of = now, dict(reviewer)
        self._order = sorted(reviewer, key=lambda file: ticket(now.seed, file))
        self._may = {file: now.may(file) for file in reviewer}
        self._whose: Counter[tuple[str, str]] = Counter()
        for file, person in {**now.given, **reviewer}.items():
            self._count(file, person, 1)

    def made(self) -> dict[str, str]:
        for file in self._order:
            if self._mutual(file):
                self._exchange(file)
        return self._of

    def _exchange(self, file: str) -> None:
        """Exchange a file with the first one of which fewer pairs come."""
        for other in self._order[:MOST]:
            mine, theirs = self._of[file], self._of[other]
            if mine == theirs or theirs not in self._may[file] or mine not in self._may[other]:
                continue
            before = self._mutual(file) + self._mutual(other)
            self._give(file, theirs)
            self._give(other, mine)
            if self._mutual(file) + self._mutual(other) < before:
                return
            self._give(file, mine)
            self._give(other, theirs)

    def _mutual(self, file: str) -> int:
        """Return how many files those who had to do with a file review of its reviewer."""
        return sum(self._whose[person, self._of[file]] for person in self._now.excluded.get(file, ()))

    def _give(self, file: str, person: str) -> None:
        self._count(file, self._of[file], -1)
        self._of[file] = person
        self._count(file, person, 1)

    def _count(self, file: str, person: str, change: int) -> None:
        for other in self._now.excluded.get(file, ()):
            self._whose[person, other] += change
