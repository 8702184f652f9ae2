"""What was changed in a text that was used again is found by whole dates, numbers and names, and quickly."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.casefiles.slots import slots


def _told(a: str, b: str, *names: str) -> list[tuple[str, str, str]]:
    return [(a[s.a :][: s.length_a], b[s.b :][: s.length_b], s.kind) for s in slots(a, b, names)]


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        (
            "组长张某于2023-05-01到场，查阅12份。",
            "组长李某于2023-09-02到场，查阅15份。",
            [("张", "李", "name"), ("2023-05-01", "2023-09-02", "date"), ("12", "15", "number")],
        ),
        ("2023年5月1日上午", "2023年10月12日上午", [("2023年5月1日", "2023年10月12日", "date")]),
        ("张建国询问了工人", "李建民询问了工人", [("张建国", "李建民", "name")]),
        (
            "合同HT-2023-001，1,200.50元，合格率98.5%",
            "合同HT-2023-017，980.00元，合格率99%",
            [("HT-2023-001", "HT-2023-017", "number"), ("1,200.50", "980.00", "number"), ("98.5%", "99%", "number")],
        ),
        ("抽查记录。另见附件。", "抽查记录。", [("另见附件。", "", "text")]),
        ("抽查记录。", "另见附件。抽查记录。", [("", "另见附件。", "text")]),
        ("审 核\n记录", "审核 记录", []),
        ("记录", "记录", []),
        ("检查了焊接工序的温度", "检查了涂装工序的温度", [("焊接", "涂装", "text")]),
        ("seen by John Smith", "seen by Mary Jones", [("John Smith", "Mary Jones", "text")]),
    ],
)
def test_what_changed_is_told_whole_and_as_what_it_is(a: str, b: str, told: list[tuple[str, str, str]]) -> None:
    assert _told(a, b) == told


def test_names_that_are_known_are_names_as_a_whole() -> None:
    a, b = "苏州甲辰机械有限公司的记录", "无锡乙巳精密有限公司的记录"
    assert _told(a, b, a[:-3], b[:-3]) == [(a[:-3], b[:-3], "name")]


@settings(max_examples=60)
@given(st.text("甲乙张李，。 20-5年月日a\n", max_size=60), st.text("甲乙张李，。 20-5年月日a\n", max_size=60))
def test_with_what_changed_put_in_one_text_becomes_the_other(a: str, b: str) -> None:
    made, at = "", 0
    for slot in slots(a, b):
        assert slot.a >= at
        made += a[at : slot.a] + b[slot.b : slot.b + slot.length_b]
        at = slot.a + slot.length_a
    assert "".join((made + a[at:]).split()) == "".join(b.split())


@pytest.mark.parametrize("clauses", ["，", ""], ids=["in clauses", "without a break"])
def test_hundreds_of_changes_in_a_very_long_text_are_found(clauses: str) -> None:
    dice = random.Random(7)
    a = "".join(chr(dice.randrange(0x4E00, 0x4F00)) + (clauses if n % 14 == 0 else "") for n in range(30_000))
    b = a[:100] + "年" + a[101:-100] + "月" + a[-99:]
    found = _told(a, b)
    assert found[0][1][0] == "年"
    assert found[-1][1][-1] == "月"
