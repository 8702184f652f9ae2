"""What a review shows is counted honestly: nothing projected that was not drawn, nothing missing counted as good."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.sampling.drawing import PICKED, Key, Ranked, Stratum
from selfaudit.model.sampling.plan import Extension
from selfaudit.model.sampling.population import CaseFile
from selfaudit.model.sampling.results import Tally, drawn_last, kind_of, projected, summed, tally, to_extend
from selfaudit.model.sampling.state import More

RULE = Extension(problems=2, next=3, times=1)


def _stratum(files: int, taken: int, *, band: str = "normal", whole: bool = False) -> Stratum:
    ranked = (Ranked(CaseFile(f"P{n}", {}, {}), f"{n:064}", n) for n in range(1, files + 1))
    return Stratum(Key(band), tuple(ranked), taken, whole)


def _more(files: int, why: str = "extended") -> More:
    return More.model_validate({"stratum": "normal", "files": files, "why": why})


def test_every_file_drawn_is_in_one_column() -> None:
    verdicts = {"P1": True, "P2": False, "P3": None, "P4": True, "P7": True}
    made = tally(_stratum(9, 6), verdicts, {"P4"})
    assert made == Tally(files=9, drawn=6, problems=1, clear=1, open=3, lost=1)
    assert (made.reviewed, made.worst) == (2, 5)


def test_files_picked_for_their_risk_files_reviewed_whole_and_files_drawn_are_told_apart() -> None:
    assert kind_of(_stratum(3, 3, band=PICKED, whole=True)) == "picked"
    assert kind_of(_stratum(3, 3, whole=True)) == "whole"
    assert kind_of(_stratum(3, 3)) == "random"


def test_what_is_not_reviewed_has_no_estimate_and_limits_of_both_cases() -> None:
    sure = projected([Tally(2000, 59, 0, 59)])
    assert (sure.low, sure.high, sure.estimate) == (0, 119, 0.0)
    half = projected([Tally(2000, 59, 0, 57, open=2)])
    assert (half.low, half.estimate) == (0, None)
    assert half.high == projected([Tally(2000, 59, 2, 57)]).high


def test_a_lost_file_is_counted_as_one_with_a_problem() -> None:
    made = projected([Tally(100, 10, 0, 9, lost=1)])
    assert made.estimate == 10
    assert (made.low, made.high) == (0, projected([Tally(100, 10, 1, 9)]).high)


def test_problems_in_the_files_drawn_last_ask_for_more() -> None:
    stratum = _stratum(30, 5)
    assert to_extend(RULE, stratum, (), {"P1": True, "P2": False}) == 0
    assert to_extend(RULE, stratum, (), {"P1": True, "P2": True}) == 2
    # after an extension the files of that one are looked at, and of a replacement since
    wider = _stratum(30, 9)
    done = [_more(1, "replaced"), _more(3), _more(1, "replaced")]
    assert [one.rank for one in drawn_last(wider, done)] == [6, 7, 8, 9]
    assert to_extend(RULE, wider, done, {"P1": True, "P2": True, "P6": True}) == 0
    assert to_extend(RULE, wider, done, {"P6": True, "P9": True}) == 2


def test_of_what_is_drawn_whole_there_is_no_more() -> None:
    both = {"P1": True, "P2": True}
    assert to_extend(RULE, _stratum(5, 5), (), both) == 0
    assert to_extend(RULE, _stratum(5, 5, whole=True), (), both) == 0


def _tallies() -> st.SearchStrategy[list[Tally]]:
    parts = st.tuples(*(st.integers(0, n) for n in (4, 4, 2, 2, 40)))

    def made(numbers: tuple[int, ...]) -> Tally:
        problems, clear, open_, lost, rest = numbers
        return Tally(problems + clear + open_ + lost + rest, problems + clear + open_ + lost, *numbers[:4])

    return st.lists(parts.map(made), min_size=1, max_size=4)


@settings(max_examples=12)
@given(_tallies())
def test_the_worst_case_is_never_better_than_what_was_found(several: list[Tally]) -> None:
    made, found = projected(several), projected([Tally(one.files, one.drawn, one.problems) for one in several])
    total = summed(several)
    assert made.low == found.low
    assert made.high >= found.high
    assert total.problems <= made.low <= made.high <= total.files
    if made.estimate is not None:
        assert made.estimate >= (found.estimate or 0)


def test_the_estimate_is_right_on_average() -> None:
    chance = random.Random(5)
    truth, sizes, total, times = (12, 15, 3), ((300, 30), (100, 20), (20, 5)), 0.0, 400
    for _ in range(times):
        found = [sum(one < bad for one in chance.sample(range(n), k)) for bad, (n, k) in zip(truth, sizes, strict=True)]
        total += sum(x * n / k for x, (n, k) in zip(found, sizes, strict=True))
        if _ == 0:
            made = projected([Tally(n, k, x, k - x) for x, (n, k) in zip(found, sizes, strict=True)])
            assert made.estimate == total
    assert abs(total / times / sum(truth) - 1) < 0.05
