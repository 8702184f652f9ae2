"""How likely it is that so many of the files drawn from a stratum have a problem: drawn without replacement."""

from math import exp, lgamma


def at_most(found: int, population: int, bad: int, sample: int) -> float:
    """Return the probability of at most so many bad ones in a sample without replacement."""
    least, most = max(0, sample - (population - bad)), min(bad, sample)
    if found < least:
        return 0.0
    if found >= most:
        return 1.0
    # the shorter tail is summed, from its larger end
    lower = found <= sample * bad / population
    first = found if lower else found + 1
    term = total = _chance(first, population, bad, sample)
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


def chances(population: int, bad: int, sample: int, most: int) -> tuple[int, list[float]]:
    """Return the least number of bad ones in a sample, and the probability of it and of each number up to ``most``."""
    k, end = max(0, sample - (population - bad)), min(bad, sample, most)
    if k > end:
        return k, []
    made = [_chance(k, population, bad, sample)]
    for n in range(k, end):
        made.append(made[-1] * (bad - n) * (sample - n) / ((n + 1) * (population - bad - sample + n + 1)))
    return k, made


def _chance(k: int, population: int, bad: int, sample: int) -> float:
    chosen = _log_choose(bad, k) + _log_choose(population - bad, sample - k)
    return exp(chosen - _log_choose(population, sample))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
