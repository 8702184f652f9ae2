"""What a sample of a finite population shows: exact limits of the number of files with a problem.

The limits invert the test of the hypergeometric distribution: all numbers that do not make what was found too unlikely
on either side. For 0 found of 59 of 2,000 that is 0 to 119 at 95 %.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, lgamma, sqrt

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
    low = _first(least, most, lambda bad: 1 - _at_most(found - 1, population, bad, sample) > alpha)
    beyond = _first(low, most + 1, lambda bad: bad > most or _at_most(found, population, bad, sample) <= alpha)
    return Limits(found * population / sample, low, beyond - 1)


def shown_by(population: int, sample: int, confidence: float = CONFIDENCE) -> int:
    """Return how many files may have a problem at most, one-sided, if none of a random sample has one.

    Tables of sample sizes are its inverse: of 200 files it takes 51 to show that less than 10 (5 %) have one.
    """
    if sample == 0:
        return population
    alpha = 1 - confidence
    return _first(0, population - sample + 1, lambda bad: _at_most(0, population, bad, sample) <= alpha) - 1


def together(strata: Iterable[tuple[int, int, int]], confidence: float = CONFIDENCE) -> Limits:
    """Return the number over several strata, each as population, sample and found.

    The distances of the limits from the estimate are added as squares: in simulations 93 % to 97 % of such limits
    contain the truth, fewest where few files of small samples have a problem, while adding limits at a lower risk each
    gives 100 % at three times the width.
    """
    parts = [(*one, limits(*one, confidence)) for one in strata]
    estimate = sum(part.estimate for *_, part in parts)
    below = sqrt(sum((part.estimate - part.low) ** 2 for *_, part in parts))
    above = sqrt(sum((part.high - part.estimate) ** 2 for *_, part in parts))
    least = sum(found for _, _, found, _ in parts)
    most = sum(population - sample + found for population, sample, found, _ in parts)
    return Limits(estimate, max(least, _down(estimate - below)), min(most, _up(estimate + above)))


_CLOSE = 1e-9


def _down(value: float) -> int:
    """Return the whole number at or above a lower limit, in spite of rounding errors."""
    return -int(-(value - _CLOSE) // 1)


def _up(value: float) -> int:
    return int((value + _CLOSE) // 1)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from low to high from which on something holds; high if it holds nowhere before."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _at_most(found: int, population: int, bad: int, sample: int) -> float:
    """Return the probability of at most so many bad ones in a sample without replacement."""
    least, most = max(0, sample - (population - bad)), min(bad, sample)
    if found < least:
        return 0.0
    if found >= most:
        return 1.0
    # the shorter tail is summed, from its larger end
    lower = found <= sample * bad / population
    first = found if lower else found + 1
    chosen = _log_choose(bad, first) + _log_choose(population - bad, sample - first)
    term = total = exp(chosen - _log_choose(population, sample))
    k = first
    while least < k if lower else k < most:
        if lower:
            term *= k * (population - bad - sample + k) / ((bad - k + 1) * (sample - k + 1))
            k -= 1
        else:
            term *= (bad - k) * (sample - k) / ((k + 1) * (population - bad - sample + k + 1))
            k += 1
        total += term
    return total if lower else 1 - total


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
