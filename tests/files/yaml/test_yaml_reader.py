"""The strict reader: every scalar is text, every value knows its place, and nothing is silently lost or guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.files.yaml.reader import MOST_VALUES, read_yaml


def told(text: str) -> list[str]:
    return [str(problem) for problem in read_yaml(text, "f")[1]]


def test_every_scalar_is_text() -> None:
    text = "a: no\nb: 12:30\nc: 010\nd: 1.10\ne: 2026-02-30\nf: ~\ng: null\nh: <<\ni: 1_000\nj: .inf\nk:\nl: ''\n"
    document, problems = read_yaml(text, "f")
    assert problems == []
    assert document.data == {
        "a": "no", "b": "12:30", "c": "010", "d": "1.10", "e": "2026-02-30", "f": "~", "g": "null", "h": "<<",
        "i": "1_000", "j": ".inf", "k": "", "l": "",
    }  # fmt: skip


def test_every_value_and_its_name_has_a_place() -> None:
    document, _ = read_yaml("a:\n  - b: 1\n    c: 2\n  - d: 3\n", "f")
    assert str(document.where(("a", 0, "c"))) == "f:3:8"
    assert str(document.where(("a", 0, "c"), key=True)) == "f:3:5"
    assert str(document.where(("a", 1))) == "f:4:5"
    assert str(document.where(("a", 7, "x"))) == "f:2:3"
    assert str(document.where()) == "f:1:1"
    assert str(read_yaml("", "f")[0].where(("a",))) == "f:1:1"


def test_an_empty_text_is_nothing() -> None:
    assert read_yaml("# only a remark\n", "f")[0].data is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", "f:3:1: “a” appears twice, first on line 1"),
        ("[a]: 1\n", "f:1:1: a name must be a plain word"),
        ("a: [&x b, *x]\n", "f:1:5: text cannot start with &"),
        ("a: [b,\n  &x c, *x]\n", "f:2:3: anchors, aliases and tags (&name *name !tag) are not read"),
        ("a: [b, !!python/none c]\n", "f:1:8: text cannot start with !"),
        ("a: [b, c\n", "f:1:4: a bracket is opened and never closed"),
        ('a: "\\ud83d\\ude00"\n', "f:1:4: a backslash inside quotation marks cannot be understood"),
        ("a: 1\n...\nb: 2\n", "f:3:1: a second document begins here"),
        ("a: 'x\n", "f:1:4: a quotation mark is opened and not closed on this line"),
        ("%YAML 1.1\n---\na: 1\n", "f:1:1: the line “%YAML 1.1” does not belong to any name"),
        ("a: 1\n b: 2\n", "f:2:2: 1 space(s) at the beginning of the line, where 0 are needed"),
        ("a:\n  - b\n c: d\n", "f:3:2: 1 space(s) at the beginning of the line, where 0 are needed"),
        ("- a\nb: c\n", "f:2:1: this line does not fit the lines above it"),
        ("a: b\u2028c\n", "f:1:5: an invisible line break (U+2028)"),
        ("a: b\x07\n", "f:1:5: an invisible control character (U+0007)"),
    ],
)
def test_what_is_not_read_is_told_with_its_place(text: str, problem: str) -> None:
    assert told(text)[0].startswith(problem)


def test_a_repeated_name_is_found_fast_and_not_listed_without_end() -> None:
    text = "".join(f"a{n}:\n" for n in range(5000)) * 2
    assert len(told(text)) == 100
    assert told(text)[0].startswith("f:5001:1: “a0” appears twice, first on line 1 ")


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "- " * 30_000, "x\r" + "- " * 30_000, "# x\u2028" + "- " * 30_000, "\x85" + "- " * 30_000,
     "\ufeff" + "- " * 30_000, "? " * 30_000, "{a: " * 100_000, "-\t" * 30_000],
    ids=["brackets", "dashes", "cr", "ls", "nel", "bom", "question marks", "braces", "tabs"],
)  # fmt: skip
def test_nesting_that_would_crash_the_parser_never_reaches_it(text: str) -> None:
    assert any("nested more than 50 levels deep" in problem for problem in told(text)) or "invisible" in told(text)[0]


def test_nesting_is_counted_in_block_style_too() -> None:
    assert told("".join(" " * n + "a:\n" for n in range(60)))[0].startswith("f:52:52: nested more than 50 levels deep")


def test_a_text_with_more_values_than_memory_allows_is_refused() -> None:
    assert told("a: b\n" * (MOST_VALUES + 1)) == [
        "f: more than 200000 values Split the file, or use it as it was issued."
    ]


def test_windows_line_ends_and_a_byte_order_mark_are_no_mistakes() -> None:
    document, problems = read_yaml("\ufeffa: b\r\nc:\r\n  - d\r\n", "f")
    assert (document.data, problems) == ({"a": "b", "c": ["d"]}, [])


@pytest.mark.slow
@given(st.text(st.sampled_from("ab:：#-\n\n  \t'\"[]{}|>&*!?%,甲\\\r\x85\u2028\x00"), max_size=200))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_data_or_errors(text: str) -> None:
    document, problems = read_yaml(text, "f")
    assert all(map(str, problems))
    assert problems or document.data is not None or all(line.strip() == "" or "#" in line for line in text.split("\n"))
