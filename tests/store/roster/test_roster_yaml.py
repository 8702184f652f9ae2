"""The block-style writer gives back through the reader what went in, and ``roster.yaml`` is written with it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.files.yaml.lint import lint
from selfaudit.files.yaml.reader import read_yaml
from selfaudit.files.yaml.writer import DEEPEST, LONGEST_KEY, dump
from selfaudit.model.roster import Roster
from selfaudit.store.model_reader import read_model
from selfaudit.store.roster.yaml import to_yaml

TRICKY = st.text(
    st.sampled_from("ab甲\"'\\:： #-?[]{}|>&*!%@`\n\r\t\x85\u2028\u3000\ufeff\ufffe\U0001f600~=,0.1"), max_size=12
)
WORDS = st.sampled_from(
    ["yes", "No", "null", "~", "on", "1.10", "0012", "2023-11-07", "12:30", "<<", "=", "- a", "# b"]
)
TEXT = st.one_of(st.text(), TRICKY, WORDS)
TREE = st.recursive(TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=25)


@given(TREE)
def test_whatever_tree_of_texts_is_written_is_read_back_the_same_and_clean(tree: Any) -> None:
    text = dump(tree)
    document, problems = read_yaml(text, "file.yaml")
    assert problems == []
    assert lint(text, "file.yaml")[0] == []
    assert document.data == tree


def test_many_texts_with_an_open_bracket_are_not_taken_for_nesting() -> None:
    tree = ["(a] [b", "{", "[[[[", "[关闭]"] * 60
    document, problems = read_yaml(dump(tree), "file.yaml")
    assert (document.data, problems) == (tree, [])


def test_plain_texts_stand_bare_and_doubtful_ones_are_quoted() -> None:
    tree = {
        "name": "北京分公司（筹）",
        "id": "0012",
        "on": ["审核员", "yes", "a: b", "line\nline", ""],
        "no": {},
        "x": [],
    }
    assert dump(tree).splitlines() == [
        "name: 北京分公司（筹）",
        'id: "0012"',
        '"on":',
        "  - 审核员",
        '  - "yes"',
        '  - "a: b"',
        '  - "line\\nline"',
        '  - ""',
        '"no": {}',
        "x: []",
    ]


def test_invisible_characters_are_written_so_that_they_can_be_seen() -> None:
    assert dump("a\u200bb\u202ec\u2028d\x7f\ufeff") == '"a\\u200bb\\u202ec\\u2028d\\u007f\\ufeff"\n'


def test_comments_stand_above_what_they_are_about() -> None:
    tree = {"units": [{"id": "A"}, {"id": "B"}], "rest": [["x"]]}
    comments: dict[tuple[str | int, ...], str] = {
        (): "about\nthe file\n\n",
        ("units",): "\nthe units",
        ("units", 1): "second",
        ("units", 1, "id"): "its id",
        ("rest", 0, 0): "deep\x07",
    }
    text = dump(tree, comments)
    assert text.splitlines() == [
        "# about",
        "# the file",
        "",
        "",
        "# the units",
        "units:",
        "  - id: A",
        "  # second",
        "  # its id",
        "  - id: B",
        "rest:",
        "  # deep\ufffd",
        "  - - x",
    ]
    document, problems = read_yaml(text, "file.yaml")
    assert (document.data, problems) == (tree, [])


def test_what_is_to_be_filled_in_is_a_name_with_nothing_behind_it() -> None:
    text = dump({"facts": {"staff": None, "scope": None}}, {("facts", "scope"): "\nwhat it does"})
    assert text == "facts:\n  staff:\n\n  # what it does\n  scope:\n"
    assert read_yaml(text, "file.yaml")[0].data == {"facts": {"staff": "", "scope": ""}}


@pytest.mark.parametrize("odd", [1, None, True, 1.5, {"a": 1}, [None], {1: "a"}])
def test_what_is_no_text_is_refused(odd: Any) -> None:
    with pytest.raises(TypeError, match="only text"):
        dump(odd)


def test_what_the_reader_would_refuse_is_not_written() -> None:
    tree: Any = "deep"
    for _ in range(DEEPEST):
        tree = [tree]
    assert read_yaml(dump(tree), "file.yaml")[0].data == tree
    with pytest.raises(ValueError, match="levels deep"):
        dump([tree])
    with pytest.raises(ValueError, match="a name of more than"):
        dump({"a" * (LONGEST_KEY + 1): "b"})


def test_a_roster_is_written_with_comments_and_read_back_the_same() -> None:
    data = {
        "format": "selfaudit/roster/1",
        "body": {"name": "甲乙认证有限公司"},
        "units": [{"id": "01", "name": "技术部", "kind": "department", "head": "0007"}],
        "people": [{"id": "0007", "name": "张三", "unit": "01", "posts": ["审核员", "No: 1"], "roles": ["auditor"]}],
    }
    text = to_yaml(data)
    assert text.startswith("# ")
    assert "\n\n# " in text
    roster, document, problems = read_model(text, "roster.yaml", Roster)
    assert (roster, document.data, problems) == (Roster.model_validate(data), data, [])
