"""How far two reviewers of the same files agree beyond chance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEW = 30
"""Pairs below which kappa is too uncertain to compare with anything: each pair moves it much."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of how many files two reviewers said something, of how many the same, and kappa, None if it is not defined."""

    files: int
    same: int
    kappa: float | None

    @property
    def few(self) -> bool:
        """Whether there are too few files for kappa to say much."""
        return self.files < FEW


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Return how far two reviewers of the same files agree, given what each says of a file."""
    return Agreement(len(pairs), sum(one == other for one, other in pairs), kappa(pairs))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of verdicts: 1 for full agreement, 0 for that of chance.

    None if there is no pair, or if both say the same of every file, so that chance alone would agree as well
    (Cohen 1960, A coefficient of agreement for nominal scales).
    """
    if not pairs:
        return None
    n = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[verdict] * second[verdict] for verdict in first) / n**2
    return None if chance == 1 else (sum(one == other for one, other in pairs) / n - chance) / (1 - chance)
