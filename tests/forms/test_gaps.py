"""What is missing keeps a response incomplete and is listed until it is there; nothing is said twice."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.base.i18n import translator
from tests.forms.sample import COMPLETE, changed, read, said, text

FINDING = COMPLETE["findings"][0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "answer: 符合",
            "answer: 发现问题",
            "answered as a problem, but there is no finding: 1.1 Describe the problem in a finding, with the fact.",
        ),
        (
            'fact: "2023-05-06 项目 C-17：末次会议缺席 #1"',
            "fact: ",
            "finding 1 on 2.1 a lacks: fact Complete the finding.",
        ),
        ("certificate: 保持", "certificate: ", "finding 1 on 2.1 a lacks: handling Complete the finding."),
        (
            "answer: 发现问题",
            "answer: 符合",
            "answered without a problem, but there is a finding: 2.1 a Change the answer, or delete the finding.",
        ),
        (
            "note: 不收费",
            "note: ",
            "does not apply, but no reason is given: 1.10 Write the reason as a note.",
        ),
        ("answer: 不适用", "answer: 未查", "not answered: 1.10 Answer every item and every part."),
        ('staff: "0"', "staff: ", "numbers are missing: 覆盖人员数（人） Write digits; 0 if there are none."),
        (
            "filled_by: 张三",
            "filled_by: ",
            "the name of the person who filled it in is missing Write the name of the person who filled it in.",
        ),
        (
            '"2023-11-05 14:30"',
            "",
            "the date is missing Write the day on which it was filled in: YYYY-MM-DD.",
        ),
        ("declaration: 同意", "declaration: ", "the declaration is not accepted Accept it at the end of the form."),
    ],
)
def test_one_thing_missing_is_one_gap_and_the_rest_is_accepted(old: str, new: str, told: str) -> None:
    reading = read(changed(old, new))
    assert reading.content is not None
    assert reading.digest
    assert said(reading) == [told]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'item: "2.1"\n',
            "item: 9.9\n",
            (
                "f.yaml:80:11: a finding names “9.9”, which is not a single item of this form "
                "Write one of: 1.1, 1.2, 1.10, 2.1; for several items copy the finding."
            ),
        ),
        (
            'item: "2.1"\n',
            "item: 2.1、1.1\n",
            (
                "f.yaml:80:11: a finding names “2.1、1.1”, which is not a single item of this form "
                "Write one of: 1.1, 1.2, 1.10, 2.1; for several items copy the finding."
            ),
        ),
        (
            "part: a\n",
            "part: d\n",
            "f.yaml:82:11: a finding names the part “d”, which item 2.1 does not have Write one of: a, b.",
        ),
        (
            'due: "2023-12-01"',
            "due: 11月7日",
            ("f.yaml:108:10: due date: “11月7日” is not a valid date Write year, month and day: YYYY-MM-DD."),
        ),
    ],
)
def test_what_cannot_be_read_in_a_finding_is_quoted_and_the_finding_kept(old: str, new: str, told: str) -> None:
    reading = read(changed(old, new))
    assert reading.content is not None
    assert reading.content["findings"][0]["fact"] == FINDING["fact"]
    assert said(reading)[0] == told
    assert "lacks" not in "".join(said(reading))


def test_item_and_part_of_a_finding_may_be_written_together() -> None:
    for written in ("2.1a", "2.1（a）", "2.1 A", "第2.1项"):
        part = "a" if written == "第2.1项" else ""
        reading = read(changed('item: "2.1"', f"item: {written}").replace("part: a\n", f"part: {part}\n", 1))
        assert (reading.content, said(reading)) == (COMPLETE, [])


def test_a_finding_on_the_whole_item_stands_for_a_problem_in_a_part() -> None:
    reading = read(text(findings=[{key: value for key, value in FINDING.items() if key != "part"}]))
    assert said(reading) == []


def test_findings_without_or_with_the_same_number_get_the_smallest_free_one() -> None:
    other = {**FINDING, "fact": "另一件"}
    returned = text(findings=[FINDING, other, {**other, "number": 2}]).replace('number: "2"', "number: ")
    reading = read(returned)
    assert reading.content is not None
    assert [(f["number"], f["fact"]) for f in reading.content["findings"]] == [
        (1, FINDING["fact"]),
        (2, "另一件"),
        (3, "另一件"),
    ]
    assert [p.message for p in reading.notes] == ["findings were renumbered: 2, 3"]


def test_an_empty_finding_is_none() -> None:
    reading = read(text(findings=[]))
    assert reading.content is not None
    assert "findings" not in reading.content
    assert said(reading) == [
        "answered as a problem, but there is no finding: 2.1 a Describe the problem in a finding, with the fact."
    ]


def test_a_refused_file_tells_of_unreadable_values_too_but_not_of_missing_ones() -> None:
    reading = read(
        changed("filled_by: 张三", "filled_by：张三").replace('staff: "0"', "staff: 约3").replace("同意", "")
    )
    assert [p.code for p in reading.errors] == ["yaml.wide-colon"]
    assert [p.message for p in reading.gaps] == ["覆盖人员数（人）: “约3” is not a single number"]


AROUND = st.text("符合是否不适用发现问题第项条严重2.1aAy0-9/年月日 ：，。!()“”√", max_size=8)
PLACES = [
    "answer: 符合",
    "answer: 发现问题",
    'projects: "3"',
    'filled_on: "2023-11-05 14:30"',
    "declaration: 同意",
    'item: "2.1"',
    "part: a",
    "severity: severe",
    'due: "2023-12-01"',
]


@given(before=AROUND, after=AROUND, places=st.sets(st.sampled_from(PLACES), min_size=1), empty=st.sampled_from(PLACES))
def test_whatever_is_written_wherever_nobody_else_reads_it(
    before: str, after: str, places: set[str], empty: str
) -> None:
    words, returned = "部长逼我代签", text()
    for place in sorted(places | {empty}):
        assert place in returned
        typed = json.dumps(f"{before}{words}{after}" if place in places else "", ensure_ascii=False)
        returned = returned.replace(place, f"{place.partition(':')[0]}: {typed}", 1)
    reading = read(returned)
    assert words in "".join(gap.message for gap in reading.gaps)
    for say in map(translator, ("en", "zh_CN")):
        assert words not in "".join(
            told.said(say) + told.advice(say) for told in (gap.discreet() for gap in reading.gaps)
        )
