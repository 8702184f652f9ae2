"""What was one paragraph before a few words were changed in it is shown as one."""

import pytest

from selfaudit.model.casefiles.found import Passage
from selfaudit.model.casefiles.joining import GAP, joined, outside


def _told(*places: tuple[int, int, int, int]) -> list[tuple[int, int, int, int, int]]:
    passages = [Passage(a=a, b=b, length_a=la, length_b=lb, records=n + 2) for n, (a, b, la, lb) in enumerate(places)]
    return [(one.a, one.b, one.length_a, one.length_b, one.records) for one in joined(passages[::-1])]


def test_passages_close_to_each_other_in_both_texts_are_one() -> None:
    assert _told((0, 100, 20, 20), (25, 130, 30, 31), (60, 165, 15, 15)) == [(0, 100, 75, 80, 2)]


def test_passages_far_apart_in_one_text_or_moved_stay_as_they_are() -> None:
    far = 20 + GAP + 1
    assert len(_told((0, 0, 20, 20), (far, 25, 20, 20))) == 2
    assert len(_told((0, 0, 20, 20), (25, far, 20, 20))) == 2
    assert len(_told((0, 50, 20, 20), (25, 10, 20, 20))) == 2
    assert len(_told((0, 0, 20, 20), (25, 60, 5, 5), (40, 25, 5, 5))) == 3
    assert _told() == []


@pytest.mark.parametrize(
    ("spans", "parts", "left"),
    [
        ([(0, 10)], [(3, 5)], [(0, 3), (5, 10)]),
        ([(0, 10), (20, 30)], [(5, 25)], [(0, 5), (25, 30)]),
        ([(0, 4), (6, 8)], [(0, 10)], []),
        ([(5, 9)], [(0, 5), (9, 12)], [(5, 9)]),
        ([(0, 20)], [(10, 12), (2, 4)], [(0, 2), (4, 10), (12, 20)]),
    ],
)
def test_what_is_outside_of_parts_is_left(
    spans: list[tuple[int, int]], parts: list[tuple[int, int]], left: list[tuple[int, int]]
) -> None:
    assert outside(spans, parts) == left
