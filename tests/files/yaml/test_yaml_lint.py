"""The search for mistakes of typing: what is clean stays as it is, what is not is told and repaired as it was meant."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.files.yaml.lint import is_clean, lint
from selfaudit.files.yaml.reader import read_yaml
from selfaudit.files.yaml.writer import dump

KITS = sorted((Path(__file__).parent.parent.parent.parent / "checklists").rglob("*.yaml"))

PLAIN = st.from_regex("[甲乙丙][ab甲乙丙01，。（）]{0,9}", fullmatch=True)
ENTRY = st.fixed_dictionaries({"id": PLAIN, "answer": PLAIN}, optional={"note": PLAIN, "fact": PLAIN})
IN_PARTS = st.fixed_dictionaries({"id": PLAIN, "parts": st.lists(ENTRY, min_size=1, max_size=2)})
ITEMS = st.lists(ENTRY | IN_PARTS, min_size=1, max_size=3)
TREE = st.fixed_dictionaries({"passport": PLAIN, "items": ITEMS, "clues": PLAIN})


@pytest.mark.parametrize("path", KITS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_kits_hold_no_mistake(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_yaml(text, path.name)[1] == []
    assert lint(text, path.name) == ([], text)


# a word and a colon without a blank, as in a:b, may always be a name whose blank was forgotten
PIECES = st.sampled_from(["a", "甲", "甲:甲", "甲：甲", "a: b", " ", "#", "-", "'", '"', "[", "]", "{", "}", ","])
SCALARS = st.lists(PIECES, max_size=6).map("".join)
NAMES = st.from_regex("[a-z]{1,5}", fullmatch=True)
NESTED = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))


@pytest.mark.slow
@given(st.dictionaries(NAMES, NESTED, min_size=1, max_size=4), st.integers(2, 4))
@settings(deadline=None)
def test_what_another_program_writes_in_block_style_is_no_mistake(tree: Any, indent: int) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, indent=indent, width=10_000)
    document, problems = read_yaml(text, "f")
    assert problems == [], text
    assert document.data == tree


TYPED: dict[str, Callable[[str, str], str]] = {
    "full-width colon": lambda name, value: f"{name}：{value}",
    "full-width colon and blank": lambda name, value: f"{name}： {value}",
    "no blank": lambda name, value: f"{name}:{value}",
    "full-width blank": lambda name, value: f"{name}:　{value}",
    "open quotation mark": lambda name, value: f'{name}: "{value}',
    "curly end": lambda name, value: f'{name}: "{value}”',
    "no colon": lambda name, value: f"{name} {value}",
}


@pytest.mark.slow
@given(TREE, st.sampled_from(sorted(TYPED)), st.data())
@settings(deadline=None)
def test_a_line_typed_wrongly_is_repaired_as_it_was_meant(tree: Any, mistake: str, data: st.DataObject) -> None:
    lines = dump(tree).split("\n")
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if ": " in line and '"' not in line]))
    head, _, rest = lines[at].partition(": ")
    start = len(head) - len(head.lstrip(" -"))
    lines[at] = head[:start] + TYPED[mistake](head[start:], rest)
    document, problems = read_yaml("\n".join(lines), "f")
    assert [problem.where.line for problem in problems] == [at + 1]
    assert document.data == tree


INDENTS: dict[str, Callable[[str], str]] = {
    "tab": lambda blanks: "\t" * (len(blanks) // 2),
    "full-width blanks": lambda blanks: "　" * (len(blanks) // 2),
    "non-breaking blanks": lambda blanks: "\u00a0" * len(blanks),
    "mixed": lambda blanks: "\t" + blanks[2:],
    "one too few": lambda blanks: blanks[1:],
    "one too many": lambda blanks: blanks + " ",
}


@pytest.mark.slow
@given(TREE, st.sampled_from(sorted(INDENTS)), st.data())
@settings(deadline=None)
def test_a_line_indented_wrongly_is_repaired_as_it_was_meant(tree: Any, mistake: str, data: st.DataObject) -> None:
    lines = dump(tree).split("\n")
    deep = [n for n, line in enumerate(lines) if line.startswith("  ") and not line.lstrip().startswith("- ")]
    at = data.draw(st.sampled_from([n for n in deep if not lines[n - 1].endswith(":")] or [0]))
    blanks = lines[at][: len(lines[at]) - len(lines[at].lstrip(" "))]
    if not blanks:
        return
    lines[at] = INDENTS[mistake](blanks) + lines[at].lstrip(" ")
    document, problems = read_yaml("\n".join(lines), "f")
    assert [problem.where.line for problem in problems] == [at + 1]
    assert document.data == tree


VALUES = [
    "编号 #3 完成",
    "#3",
    "情况: 良好",
    "@张三",
    "%10",
    "* 已查",
    "&甲",
    "!甲",
    "- 甲",
    ">3",
    "[2023]12号",
    "`甲`",
    ", 甲",
]


@pytest.mark.slow
@given(TREE, st.sampled_from(VALUES), st.data())
@settings(deadline=None)
def test_a_text_that_needs_quotation_marks_is_repaired_as_it_was_meant(
    tree: Any, value: str, data: st.DataObject
) -> None:
    entry = data.draw(st.sampled_from(tree["items"]))
    name = data.draw(st.sampled_from([key for key, held in entry.items() if isinstance(held, str)]))
    entry[name] = "QQQ"
    text = dump(tree).replace("QQQ", value)
    entry[name] = value
    document, problems = read_yaml(text, "f")
    assert [problem.where.line for problem in problems] == [text[: text.index(value)].count("\n") + 1]
    assert document.data == tree


@pytest.mark.slow
@given(st.text(st.sampled_from("ab:： #-\n\n  \t'\"[]{}|>&*!?%@,，甲\\\r\u2028\u3000"), max_size=200))
@settings(max_examples=400, deadline=None)
def test_any_text_is_searched_line_by_line_and_never_raises(text: str) -> None:
    problems, repaired = lint(text, "f")
    lines = text.split("\n")
    assert len(repaired.split("\n")) == len(lines)
    for problem in problems:
        assert problem.code == "yaml.more" or lines[problem.where.line - 1].strip(" ")
        assert str(problem)


@pytest.mark.slow
@given(st.text(st.sampled_from("ab: #-\n '\"[]|>甲\\"), max_size=60))
@settings(max_examples=400, deadline=None)
def test_a_text_that_passes_the_cheap_test_would_pass_the_search_unless_lines_are_misplaced(text: str) -> None:
    if is_clean(text):
        told = [problem.code for problem in lint(text, "f")[0]]
        assert not told or told[0] in {"yaml.indent", "yaml.stray-line", "yaml.no-colon", "yaml.no-blank"}, text


def test_odd_characters_inside_a_text_below_a_vertical_bar_are_left_alone() -> None:
    text = 'how: |-\n  第一行: x # y\n  -a\n  \t@b\n\nitems:\n  - >-\n    a: b # c\n    "d\n  - |\n    [e\nlast: f\n'
    assert lint(text, "f") == ([], text)
    assert read_yaml(text, "f")[0].data["items"] == ['a: b # c "d', "[e\n"]


def test_lists_in_brackets_may_go_over_several_lines() -> None:
    text = "roles: [a,\n  b,\n  c]\nother:\n  - {id: x, title: y}\n  - id: z\n"
    assert lint(text, "f") == ([], text)


def test_chinese_sentences_in_a_list_are_no_names() -> None:
    text = "evidence:\n  - 记录：签到表\n  - 会议（末次）: 记录\n"
    assert [problem.code for problem in lint(text, "f")[0]] == []


def test_more_than_twenty_mistakes_of_one_kind_are_counted_but_others_still_told() -> None:
    text = "a：b\n" * 30 + "c: @d\n"
    told = [str(problem) for problem in lint(text, "f")[0]]
    assert len(told) == 22
    assert told[20] == (
        "f:30:1: 10 more mistakes of these kinds, the last on line 30 "
        "Fix them the same way; your editor's “replace all” helps."
    )
    assert told[21].startswith("f:31:4: text cannot start with @")
