"""What samples of several strata show together: limits of the number of files with a problem in all of them.

The test that is inverted asks whether a total number of such files would make a sum over the strata too unlikely, of
what was found with a weight for each stratum, wherever they are: the probability is that of the least favourable way to
spread the total over the strata (Wendell and Schmee 1996, Exact inference for proportions from a stratified finite
population). There are too many ways to try them all. Those tried are a family that has the extremes in it: all in the
strata of which the smallest shares are drawn, where least would be found, and spread so that what is found varies most.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from selfaudit.model.sampling.hypergeometric import chances
from selfaudit.model.sampling.limits import CONFIDENCE, Limits, first, limits

_LEVELS = 20
"""The largest weight; weights are whole numbers, so that sums are. Any weights are valid, these lose no width."""
_MANY = 150
"""Files with a problem from which on probabilities of sums are approximated: limits are the same within one in 500."""
_FEW, _LITTLE = 6, 20
"""Strata, and files with a problem, up to which a better way is looked for step by step."""
_STEEP = (1.3, 1.0, 0.5, 0.7, 0.85, 0.3)
"""Ways to spread a total: 1 makes it least likely that nothing is found, a half makes the variance largest."""


class Counted(NamedTuple):
    """A stratum: how many files it has, how many of them were drawn at random, how many of these have a problem."""

    population: int
    sample: int
    found: int

    @property
    def most(self) -> int:
        """How many of its files can have a problem at most."""
        return self.population - self.sample + self.found


def together(strata: Iterable[tuple[int, int, int]], confidence: float = CONFIDENCE) -> Limits:
    """Return the number over several strata, each as population, sample and found.

    What nothing was drawn from may be anything; the estimate is without it.
    """
    several = [Counted(*one) for one in strata]
    drawn = [one for one in several if one.sample]
    estimate = sum(one.found * one.population / one.sample for one in drawn)
    whole = sum(one.found for one in drawn if one.sample == one.population)
    nothing_drawn = sum(one.population for one in several if not one.sample)
    low, high = _of_samples([one for one in drawn if one.sample < one.population], (1 - confidence) / 2)
    return Limits(estimate, whole + low, whole + high + nothing_drawn)


def _of_samples(strata: Sequence[Counted], alpha: float) -> tuple[int, int]:
    if len(strata) < 2:  # noqa: PLR2004 - of one stratum nothing is spread
        made = [limits(*one, 1 - 2 * alpha) for one in strata]
        return sum(one.low for one in made), sum(one.high for one in made)
    test = _Test(strata)
    least, most = sum(one.found for one in strata), sum(one.most for one in strata)
    low = first(least, most, lambda bad: test.is_likely(bad, alpha, more=True))
    beyond = first(low, most + 1, lambda bad: bad > most or not test.is_likely(bad, alpha, more=False))
    return low, beyond - 1


class _Test:
    """Says whether a total number of files with a problem can make a sum as large, or as small, as it is."""

    def __init__(self, strata: Sequence[Counted]) -> None:
        self._strata = strata
        largest = max(one.population / one.sample for one in strata)
        shares = (one.population / one.sample / largest for one in strata)
        self._weights = [max(1, round(_LEVELS * share)) for share in shares]
        self._found = sum(one.found for one in strata)
        self._sum = sum(weight * one.found for weight, one in zip(self._weights, strata, strict=True))

    def is_likely(self, bad: int, alpha: float, *, more: bool) -> bool:
        """Return whether one way to spread them makes a sum as large (``more``), or as small, likelier than alpha."""

        def chance(way: Sequence[int]) -> float:
            return 1 - self._at_most(self._sum - 1, way) if more else self._at_most(self._sum, way)

        ways = list[list[int]]()
        for steep in _STEEP:
            ways.append(spread(self._strata, bad, steep))
            if chance(ways[-1]) > alpha:
                return True
        few = len(self._strata) <= _FEW and self._found <= _LITTLE
        return few and any(self._climbs(way, chance, alpha) for way in (ways[0], ways[-1]))

    def _climbs(self, way: Sequence[int], chance: Callable[[Sequence[int]], float], alpha: float) -> bool:
        """Return whether moving files to other strata as long as that helps makes a way likelier than alpha.

        Of few strata it matters which sums there are, which the ways of the family do not know.
        """
        best, step = chance(way), sum(way) // 2
        while step and best <= alpha:
            likely, made = max(((chance(one), one) for one in self._moved(way, step)), default=(0.0, way))
            if likely > best:
                best, way = likely, made
            else:
                step //= 2
        return best > alpha

    def _moved(self, way: Sequence[int], step: int) -> Iterator[list[int]]:
        """Yield the ways in which so many files are in another stratum than before."""
        for a, b in permutations(range(len(way)), 2):
            made = list(way)
            made[a], made[b] = made[a] - step, made[b] + step
            one, other = self._strata[a], self._strata[b]
            if made[a] >= one.found and made[b] <= other.most:
                yield made

    def _at_most(self, total: int, spread_: Sequence[int]) -> float:
        """Return the probability of a sum of at most so much."""
        parts = [part for part in zip(self._strata, self._weights, spread_, strict=True) if part[2]]
        if self._found > _MANY:
            return _nearly_at_most(total, parts)
        by_weight: dict[int, list[float]] = {}
        for one, weight, bad in parts:
            least, likely = chances(one.population, bad, one.sample, total // weight)
            total -= least * weight
            counts = by_weight.setdefault(weight, [1.0])
            by_weight[weight] = _added(counts, 1, likely, total // weight)
        sums = [1.0]
        for weight, counts in by_weight.items():
            sums = _added(sums, weight, counts, total)
        return sum(sums[: total + 1]) if total >= 0 else 0.0


def _nearly_at_most(total: int, parts: Iterable[tuple[Counted, int, int]]) -> float:
    """Return nearly the same from mean, variance and skewness (the first terms of an Edgeworth series)."""
    mean = variance = third = 0.0
    for one, weight, bad in parts:
        size, n, share = one.population, one.sample, bad / one.population
        square = n * share * (1 - share) * (size - n) / (size - 1)
        mean += weight * n * share
        variance += weight**2 * square
        third += weight**3 * square * (1 - 2 * share) * (size - 2 * n) / max(1, size - 2)
    if not variance:
        return float(total >= mean - 0.5)
    deviation = sqrt(variance)
    z = (total + 0.5 - mean) / deviation
    return NormalDist().cdf(z) - NormalDist().pdf(z) * (z * z - 1) * third / deviation**3 / 6


def _added(sums: Sequence[float], weight: int, counts: Sequence[float], most: int) -> list[float]:
    """Return the probabilities of sums to which a number of some weight is added, up to the sum that matters."""
    made = [0.0] * max(0, min(most, len(sums) - 1 + weight * (len(counts) - 1)) + 1)
    for n, likely in enumerate(counts):
        at = n * weight
        for k, chance in enumerate(sums[: max(0, len(made) - at)], at):
            made[k] += chance * likely
    return made


def spread(strata: Sequence[Counted], bad: int, steep: float) -> list[int]:
    """Return how many of a total each stratum has: steep times the files beyond a number for each one drawn.

    None has fewer than were found in it, or more than could be. The total, between all that were found and all that
    there could be, is met exactly.
    """

    def at(beyond: float) -> list[int]:
        wanted = (int(steep * (one.population - beyond * one.sample)) for one in strata)
        return [min(one.most, max(one.found, n)) for one, n in zip(strata, wanted, strict=True)]

    largest = max(one.population / one.sample for one in strata)
    low, high = -largest * max(0.0, 1 / steep - 1) - 1, largest
    for _ in range(40):
        middle = (low + high) / 2
        made = at(middle)
        # each stratum has the fewer the further beyond, so that no other number makes the same total otherwise
        if (total := sum(made)) == bad:
            return made
        low, high = (low, middle) if total < bad else (middle, high)
    made = at(high)
    rest = bad - sum(made)
    order = sorted(range(len(made)), key=lambda n: (made[n] / steep - strata[n].population) / strata[n].sample)
    while rest:
        for n in order:
            if rest and made[n] < strata[n].most:
                made[n] += 1
                rest -= 1
    return made
