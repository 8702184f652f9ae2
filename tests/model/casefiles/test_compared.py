"""Two records side by side: what was changed in and around passages, where they stand, and what else is in common."""

from dataclasses import replace

from selfaudit.model.casefiles.compared import CaseText, Compared
from selfaudit.model.casefiles.found import Passage
from tests.support.lookalikes import pair


def _changed(it: Compared) -> list[tuple[str, str]]:
    return [(it.a.text[s.a :][: s.length_a], it.b.text[s.b :][: s.length_b]) for s in it.changes]


def test_what_was_changed_is_found_in_passages_and_in_the_little_that_stands_around_them() -> None:
    it = pair()
    found = _changed(it)
    assert found[:3] == [
        ("苏州甲辰机械有限公司", "无锡乙巳精密有限公司"),
        ("2023-05-01", "2023-09-02"),
        ("张某", "李某"),
    ]
    assert ("除尘设备", "配电室") in found
    assert [len(slots) for slots in it.inside] == [7, 2]


def test_what_stands_between_passages_that_are_moved_or_far_apart_was_not_changed() -> None:
    it = pair()
    moved = replace(it, b=CaseText(it.b.record, it.b.text[::-1]), passages=it.passages[:1])
    first, last = it.passages
    swapped = [Passage(a=0, b=20, length_a=4, length_b=4), Passage(a=10, b=2, length_a=4, length_b=4)]
    text = CaseText(it.a.record, "甲乙丙丁一二三四五六戊己庚辛" + "七" * 400)
    other = CaseText(it.b.record, "子丑戊己庚辛寅卯辰巳午未申酉戌亥天地玄黄甲乙丙丁" + "八" * 400)
    assert _changed(replace(it, a=text, b=other, passages=swapped)) == []
    assert moved.changes
    assert first.b < last.b
