"""Limits of several strata contain the truth as often as they say, wherever the files with a problem are."""

import random
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.sampling import together as module
from selfaudit.model.sampling.limits import limits
from selfaudit.model.sampling.together import Counted, spread, together


def _strata(*, most: int = 4) -> st.SearchStrategy[list[Counted]]:
    def found(n: int) -> st.SearchStrategy[Counted]:
        return st.integers(1, n).flatmap(lambda k: st.integers(0, k).map(lambda x: Counted(n, k, x)))

    return st.lists(st.integers(1, 30).flatmap(found), min_size=1, max_size=most)


@pytest.mark.parametrize("plan", [((12, 3), (9, 4)), ((15, 2), (6, 2)), ((8, 1), (8, 1), (4, 1))])
def test_limits_contain_every_possible_truth_with_95_percent_or_more(plan: tuple[tuple[int, int], ...]) -> None:
    made = {
        found: together((size, n, x) for (size, n), x in zip(plan, found, strict=True))
        for found in product(*(range(n + 1) for _, n in plan))
    }
    for bad in product(*(range(size + 1) for size, _ in plan)):
        inside = sum(
            prod(
                comb(b, x) * comb(size - b, n - x) / comb(size, n)
                for (size, n), b, x in zip(plan, bad, found, strict=True)
            )
            for found, one in made.items()
            if one.low <= sum(bad) <= one.high
        )
        assert inside >= 0.95, bad


def test_the_least_favourable_way_is_that_of_the_published_example() -> None:
    # (500, 300, 200) files, (75, 50, 25) drawn, (2, 1, 0) found: 50 in all have a chance of 0.02768 (Wendell, Schmee)
    strata = [(500, 75, 2), (300, 50, 1), (200, 25, 0)]
    assert together(strata, confidence=1 - 2 * 0.0276).high == 50
    assert together(strata, confidence=1 - 2 * 0.0278).high == 49


def test_a_stratum_that_was_reviewed_whole_adds_no_width() -> None:
    alone, both = together([(300, 30, 2)]), together([(300, 30, 2), (40, 40, 12)])
    assert (both.low, both.high) == (alone.low + 12, alone.high + 12)


def test_of_what_nothing_was_drawn_from_nothing_is_known() -> None:
    alone, both = together([(300, 30, 2)]), together([(300, 30, 2), (40, 0, 0)])
    assert (both.low, both.high, both.estimate) == (alone.low, alone.high + 40, alone.estimate)
    assert together([(40, 0, 0)]).high == 40


def test_many_strata_of_one_file_each_show_what_one_sample_of_all_of_them_would() -> None:
    made, one = together([(30, 1, 0)] * 20), limits(600, 20, 0)
    assert abs(made.high - one.high) <= 0.03 * one.high


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))), st.data())
def test_limits_of_one_stratum_are_those_of_itself(sizes: tuple[int, int], data: st.DataObject) -> None:
    size, n = sizes
    found = data.draw(st.integers(0, n))
    made, alone = together([(size, n, found)]), limits(size, n, found)
    assert (made.low, made.high) == (alone.low, alone.high)


@settings(max_examples=12)
@given(_strata())
def test_limits_hold_the_estimate_and_what_is_possible(strata: list[Counted]) -> None:
    made = together(strata)
    least, most = sum(one.found for one in strata), sum(one.most for one in strata)
    assert least <= made.low <= made.high <= most
    assert made.low - 1 < made.estimate < made.high + 1


@settings(max_examples=12)
@given(_strata(), st.data())
def test_one_more_found_lowers_no_limit(strata: list[Counted], data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(strata) - 1))
    more = [one._replace(found=min(one.sample, one.found + (k == n))) for k, one in enumerate(strata)]
    before, after = together(strata), together(more)
    assert before.low <= after.low
    assert before.high <= after.high + 1
    assert before.estimate <= after.estimate


@given(_strata(most=8), st.floats(0, 1), st.sampled_from([0.3, 0.5, 1.0, 1.3]))
def test_a_total_is_spread_as_far_as_strata_can_hold_it(strata: list[Counted], share: float, steep: float) -> None:
    least, most = sum(one.found for one in strata), sum(one.most for one in strata)
    total = least + int(share * (most - least))
    made = spread(strata, total, steep)
    assert sum(made) == total
    assert all(one.found <= bad <= one.most for one, bad in zip(strata, made, strict=True))


def test_approximated_limits_are_those_of_the_sums_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    strata = [(1000, 50, chance.randrange(3, 8)) for _ in range(4)] + [(200 + n, 40, 5) for n in range(4)]
    exact = together(strata)
    monkeypatch.setattr(module, "_MANY", 0)
    near = together(strata)
    assert abs(near.low - exact.low) <= 2
    assert abs(near.high - exact.high) <= 2
