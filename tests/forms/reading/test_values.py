"""Answers, dates, numbers and items are read as people write them; what could mean two things is asked back."""

import pytest

from selfaudit.base.dates import read_date
from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.reading.values import read_number, read_place
from tests.forms.sample import COMPLETE, ENGLISH, answers, changed, read, text

WORDS = "未查 / 符合 / 发现问题 / 不适用"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("合格", "conform"),
        ("通过。", "conform"),
        ("ok", "conform"),
        ("ＯＫ", "conform"),
        ("√", "conform"),
        ("无问题", "conform"),
        ("符 合", "conform"),
        ("符合\u200b", "conform"),
        ('"符合"', "conform"),
        ("不合格", "problem"),
        ("有问题", "problem"),
        ("×", "problem"),
        ("Problem", "problem"),
        ("N/A", "not_applicable"),
        ("ｎ／ａ", "not_applicable"),
        ("不涉及", "not_applicable"),
        ("not applicable", "not_applicable"),
        ("未查", ""),
        ("", ""),
    ],
)
def test_usual_words_are_read_as_answers(typed: str, meant: str) -> None:
    reading = read(changed("answer: 符合", f"answer: {typed}"))
    assert answers(reading)["1.1"] == meant
    assert "form.unknown-answer" not in {problem.code for problem in reading.gaps}


@pytest.mark.parametrize("typed", ["是", "否", "有", "无", "没有", "yes", "No", "y", "true", "对"])
def test_a_word_that_can_mean_two_things_is_asked_back_and_counts_as_unchecked(typed: str) -> None:
    returned = changed("answer: 符合", f"answer: {typed}")
    reading = read(returned)
    assert answers(reading)["1.1"] == ""
    assert [str(problem) for problem in reading.gaps] == [
        f"f.yaml:36:13: 1.1: “{typed}” can mean two things Write one of: {WORDS}."
    ]


@pytest.mark.parametrize(
    ("place", "typed", "meant"),
    [
        ("1.2", "是", "problem"),
        ("1.2", "否。", "conform"),
        ("1.2", "NO", "conform"),
        ("2.1 b", "是", "conform"),
        ("2.1 b", "ｎｏ", "problem"),
    ],
)
def test_a_bare_yes_or_no_is_read_where_the_kit_says_what_it_means(place: str, typed: str, meant: str) -> None:
    item, _, part = place.partition(" ")
    ask = {"1.2": "礼品 #？", "2.1": "形成？"}[item]
    head, ask_line, rest = text().partition(f'{ask}"\n')
    returned = head + ask_line + rest.replace("answer: 符合", f"answer: {typed}", 1)
    assert answers(read(returned))[place] == meant, part


def test_existence_words_are_asked_back_even_there() -> None:
    returned = changed('礼品 #？"\n    answer: 符合', '礼品 #？"\n    answer: 无')
    reading = read(returned)
    assert [problem.message for problem in reading.gaps] == ["1.2: “无” can mean two things"]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("符和", "Did you mean “符合”?"),
        ("发现间题", "Did you mean “发现问题”?"),
        ("不适合", "Did you mean “不适用”?"),
        ("基本符合", f"Write one of: {WORDS}."),
        ("已查三份，没有异常", f"Write one of: {WORDS}."),
    ],
)
def test_a_word_that_is_no_answer_is_quoted_with_what_to_write(typed: str, hint: str) -> None:
    reading = read(changed("answer: 符合", f"answer: {typed}"))
    assert answers(reading)["1.1"] == ""
    assert [str(p) for p in reading.gaps] == [f"f.yaml:36:13: 1.1: “{typed}” is not an answer {hint}"]


def test_a_misspelt_english_word_is_recognised_too() -> None:
    reading = read(yaml_form.write(ENGLISH).decode().replace("answer: unchecked", "answer: problm", 1))
    assert str(reading.gaps[0]) == "f.yaml:36:13: 1.1: “problm” is not an answer Did you mean “problem”?"


@pytest.mark.parametrize(
    "written",
    [
        "2026-3-1",
        "2026-03-01",
        "2026.3.1",
        "2026/3/1",
        "20260301",
        "2026年3月1日",
        "2026 年 3 月 1 日",
        "２０２６．３．１",
        "2026－03－01",
        "2026。3。1",
        "\u200b2026-3-1",
        "2026.3.1.",
        "2026年3月1日 星期日",
        "2026-03-01（周日）",
        "2026年3月1日，星期天。",
    ],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert read_date(written) == "2026-03-01"


@pytest.mark.parametrize(
    "written", ["2026-3-1 14:30", "2026-03-01T14:30", "2026年3月1日14：30", "2026/3/1 14:30:05", "2026.3.1 周日 14:30"]
)
def test_a_time_behind_the_day_is_read(written: str) -> None:
    assert read_date(written, with_time=True) == "2026-03-01T14:30"


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "2026-13-01",
        "11月7日",
        "2026-3",
        "3/4/2026",
        "昨天",
        "0202-3-1",
        "2026-1-123:30",
        "2026-3-1 25:00",
        "2026-3-1 周一",
        "2026-3-1 周日 周日",
    ],
)
def test_what_is_no_day_or_not_all_of_one_is_not_read(written: str) -> None:
    assert read_date(written, with_time=True) is None
    reading = read(changed('"2023-11-05 14:30"', written))
    assert reading.content is not None
    assert "filled_on" not in reading.content
    assert [str(problem) for problem in reading.gaps] == [
        (f"f.yaml:19:12: date of filling in: “{written}” is not a valid date Write year, month and day: YYYY-MM-DD.")
    ]


@pytest.mark.parametrize("written", ["3", "３", "3人", "3 项", "３个", "3个人", "共3人", "003", "3。"])
def test_a_number_is_read_with_or_without_its_unit(written: str) -> None:
    assert read_number(written) == 3


def test_a_number_may_have_commas_between_its_thousands() -> None:
    assert [read_number(written) for written in ("1,234", "1，234 人", "12,34")] == [1234, 1234, None]


@pytest.mark.parametrize(
    "written", ["约3", "3-5", "3左右", "10多人", "3万", "3k", "3²", "三", "无", "-3", "3.5", "3或4"]
)
def test_a_vague_number_is_not_read(written: str) -> None:
    assert read_number(written) is None
    reading = read(changed('projects: "3"', f"projects: {written}"))
    assert reading.content is not None
    assert reading.content["coverage"] == {"staff": 0}
    assert [str(problem) for problem in reading.gaps] == [
        f"f.yaml:24:13: 覆盖项目数（个）: “{written}” is not a single number Write digits only, such as 12."
    ]


PARTS = {"3.2": ("a", "b"), "3.21": (), "1.10": (), "A.1": ("1",)}


@pytest.mark.parametrize(
    ("written", "item", "part"),
    [
        ("3.2", "3.2", ""),
        ("３．２", "3.2", ""),
        ("第3.2项", "3.2", ""),
        ("“3.2”", "3.2", ""),
        ("3.2b", "3.2", "b"),
        ("3.2 b", "3.2", "b"),
        ("3.2(b)", "3.2", "b"),
        ("3.2（B）", "3.2", "b"),
        ("3.2第b项", "3.2", "b"),
        ("3.21", "3.21", ""),
        ("A.1(1)", "A.1", "1"),
        ("A.11", "A.11", ""),
        ("1.10", "1.10", ""),
        ("3.2c", "3.2c", ""),
    ],
)
def test_an_item_is_found_however_its_number_is_written(written: str, item: str, part: str) -> None:
    assert read_place(written, PARTS) == (item, part)


@pytest.mark.parametrize("written", ["同意", "已阅读并同意。", "是", "√", "Agree", "ＹＥＳ", "true"])
def test_the_declaration_is_accepted_in_many_words(written: str) -> None:
    assert read(changed("declaration: 同意", f"declaration: {written}")).content == COMPLETE


@pytest.mark.parametrize("written", ["不同意", "看过", "否"])
def test_a_declaration_that_is_not_accepted_is_quoted(written: str) -> None:
    reading = read(changed("declaration: 同意", f"declaration: {written}"))
    assert reading.content is not None
    assert "declaration" not in reading.content
    assert [problem.message for problem in reading.gaps] == [f"“{written}” does not accept the declaration"]
    assert reading.gaps[0].hint == "Write 同意 to accept it."


def test_a_severity_is_read_by_its_title_or_its_id() -> None:
    for written in ("严重", "severe", "SEVERE", "严 重"):
        assert read(changed("severity: severe", f"severity: {written}")).content == COMPLETE
    reading = read(changed("severity: severe", "severity: 特别严重"))
    assert [str(p) for p in reading.gaps] == ["f.yaml:88:15: “特别严重” is not a severity Write one of: 严重 / 一般."]
