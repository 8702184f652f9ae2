"""What a sample of a finite population shows: exact limits of the number of files with a problem.

The limits invert the test of the hypergeometric distribution: all numbers that do not make what was found too unlikely
on either side. For 0 found of 59 of 2,000 that is 0 to 119 at 95 %.
"""

from collections.abc import Callable
from dataclasses import dataclass

from selfaudit.model.sampling.hypergeometric import at_most

CONFIDENCE = 0.95
"""Two-sided, wherever it is not said otherwise."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The number of files with a problem: what is most likely, and between which numbers it is with the confidence."""

    estimate: float
    low: int
    high: int


def limits(population: int, sample: int, found: int, confidence: float = CONFIDENCE) -> Limits:
    """Return how many of a population have a problem, given how many of a random sample of it have one.

    Two-sided: on either side the probability of an error is at most half of what is left of the confidence.
    """
    if sample == 0:
        return Limits(0.0, 0, population)
    alpha = (1 - confidence) / 2
    least, most = found, population - sample + found
    low = first(least, most, lambda bad: 1 - at_most(found - 1, population, bad, sample) > alpha)
    beyond = first(low, most + 1, lambda bad: bad > most or at_most(found, population, bad, sample) <= alpha)
    return Limits(found * population / sample, low, beyond - 1)


def shown_by(population: int, sample: int, found: int = 0, confidence: float = CONFIDENCE) -> int:
    """Return how many files may have a problem at most, one-sided, if so many of a random sample have one.

    Tables of sample sizes are its inverse: of 200 files it takes 51 to show that less than 10 (5 %) have one.
    """
    if sample == 0:
        return population
    alpha = 1 - confidence
    most = population - sample + found
    return first(found, most + 1, lambda bad: bad > most or at_most(found, population, bad, sample) <= alpha) - 1


def first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from low to high from which on something holds; high if it holds nowhere before."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
