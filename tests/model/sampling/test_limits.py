"""Limits are those of an exact count of all samples."""

from fractions import Fraction
from math import comb

import pytest

from selfaudit.model.sampling.limits import limits, shown_by


def _by_counting(population: int, sample: int, found: int) -> tuple[int, int]:
    """Return the limits by exact fractions over every number of bad files."""

    def of(bad: int, k: int) -> Fraction:
        return Fraction(comb(bad, k) * comb(population - bad, sample - k), comb(population, sample))

    likely = [
        bad
        for bad in range(found, population - sample + found + 1)
        if sum(of(bad, k) for k in range(found + 1)) > Fraction(1, 40)
        and sum(of(bad, k) for k in range(found, sample + 1)) > Fraction(1, 40)
    ]
    return likely[0], likely[-1]


@pytest.mark.parametrize("population", [1, 2, 7, 12, 23])
def test_limits_are_those_of_counting_every_sample(population: int) -> None:
    for sample in range(1, population + 1):
        for found in range(sample + 1):
            one = limits(population, sample, found)
            assert (one.low, one.high) == _by_counting(population, sample, found)


def test_limits_of_large_populations_are_those_of_published_examples() -> None:
    # a package for survey samples prints 110 to 161 here, at whose ends the tails are 0.0225 and 0.0237
    assert (limits(300, 100, 45).low, limits(300, 100, 45).high) == _by_counting(300, 100, 45) == (111, 160)
    assert limits(2000, 59, 0).high == 119
    assert limits(10, 0, 0).high == 10
    assert limits(10, 10, 3).low == limits(10, 10, 3).high == 3


@pytest.mark.parametrize(
    ("population", "sample", "less_than"),
    [(20, 19, 1), (50, 31, 3), (100, 45, 5), (200, 51, 10), (500, 56, 25), (2000, 58, 100), (2000, 277, 20)],
)
def test_what_a_sample_without_problems_shows_is_what_tables_of_sample_sizes_say(
    population: int, sample: int, less_than: int
) -> None:
    assert shown_by(population, sample) < less_than <= shown_by(population, sample - 1)


def test_what_is_lost_counts_as_found_in_what_a_sample_shows() -> None:
    assert [shown_by(3, 3, lost) for lost in (0, 1, 3)] == [0, 1, 3]
    assert shown_by(200, 51) < shown_by(200, 51, 1) < shown_by(200, 51, 51) == 200
