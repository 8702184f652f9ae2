"""The fast reader: what it accepts, the strict reader reads as the same data and has no problem with."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.files.yaml.fast import read_fast
from selfaudit.files.yaml.reader import MOST_VALUES, read_yaml
from selfaudit.files.yaml.writer import dump
from selfaudit.forms import yaml as yaml_form
from tests.forms.sample import COMPLETE, FORM

WORDS = st.sampled_from(
    ["", "a", "中文", "1.10", "no", "~", "é b", "- x", "a: b", "x #y", "#", "'", '"', "|", "line\nbreak", "[x", "\\",
     "\t", "\u200b", "https://a.b/c#d", "a:b", "12:30", "{", "*", "\U0001f600", "x" * 200]
)  # fmt: skip
KEYS = st.sampled_from(["a", "b", "id", "ask", "中", "x1", "no", "a.b", "a-b"])
DATA = st.recursive(
    WORDS,
    lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=12,
)
LINES = st.builds(
    "{}{}{}:{}\n".format,
    st.sampled_from(["", "", "  ", "    ", " ", "      "]),
    st.sampled_from(["", "", "- ", "-  ", "- - ", "-"]),
    st.sampled_from(["a", "b", "c", "中", '"q"', "<<"]),
    st.sampled_from(
        ["", "", " ", " x", ' "y"', " 'z'", " 'it''s'", " []", " {}", " a:b", " x#y", " x # y", " é  ", " |", ": ", "x"]
    ),
)
ISSUED = yaml_form.write(FORM).decode()
FILLED = yaml_form.write(FORM, COMPLETE).decode()
PIECES = st.sampled_from(
    ["\t", "\ufeff", "\u2028", "\u2029", "\x85", "\u3000", "\xa0", "!", "!!str ", "&a ", "*a", " #", "#", "# ", "'",
     '"', '""', "\\", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\x41", ": ", ":", "：", "- ", "-", " ", "  ", "\n", "\n\n",
     "\r", "\r\n", "[]", "{}", "[a]", "{a: b}", "|", "|\n", "> ", "? ", "<<: ", "---\n", "...\n", "%YAML 1.1\n",
     "a: b\n", "a:\n", "- a: b\n", "  a: c\n", "中", "\x00", "\x7f", "\x0c", "@", "`", "%", "“", ",", "x" * 120,
     "\u200b", "\ud800", " " * 61, " " * 401]
)  # fmt: skip


def dumped(data: Any) -> str:
    try:
        return dump(data)
    except ValueError:
        return ""


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Texts as the program writes them, some lines of a form, and lines put together, each altered in a few places."""
    lines = draw(st.sampled_from([ISSUED, FILLED])).splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1))
    text = draw(
        st.one_of(
            DATA.map(dumped),
            st.lists(LINES, max_size=8).map("".join),
            st.integers(1, 20).map(lambda count: "".join(lines[start : start + count])),
        )
    )
    for _ in range(draw(st.integers(0, 3))):
        at, dropped = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:at] + draw(PIECES) + text[at + dropped :]
    if draw(st.booleans()):
        copied = text.splitlines(keepends=True)
        text += "".join(copied[draw(st.integers(0, len(copied))) :])
    return text


@given(texts())
def test_whatever_it_accepts_the_strict_reader_reads_as_the_same_without_a_problem(text: str) -> None:
    data = read_fast(text)
    if data is not None:
        document, problems = read_yaml(text, "f")
        assert (document.data, problems) == (data, [])


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from("abcdef"), DATA.filter(lambda data: data != []), min_size=1))
def test_what_the_program_writes_is_read_as_it_was_or_left_to_the_strict_reader(
    data: dict[str, Any],
) -> None:
    assert read_fast(dump(data)) in (data, None)


@pytest.mark.parametrize("text", [ISSUED, FILLED, FILLED.replace("\n", "\r\n")], ids=["issued", "filled in", "windows"])
def test_forms_are_read_by_it(text: str) -> None:
    data = read_fast(text)
    assert data is not None
    assert data["passport"] == FORM.passport
    assert data == read_yaml(text, "f")[0].data


@pytest.mark.parametrize(
    "text",
    ["", "# only a remark\n", "a: 1\na: 2\n", "a: b # c\n", "a: |\n  b\n", "a: &x b\n", "a:\tb\n", "a: b\n  c\n",
     "\ta: b\n", "\ufeffa: b\n", "a: b\u2028c\n", "- a\n", "a:\n  - b\n", "a: [b]\n", "a: 'b\n",
     'a: "\\ud83d\\ude00"\n', "a: b\n---\n", "  a: b\nc: d\n", "a:\n    b: c\n  d: e\n", "a：b\n", "a: b: c\n", "a:b\n",
     " " * 61 + "# deep\na: b\n", "a: 1\n" + "#\n" * (MOST_VALUES + 1)],
)  # fmt: skip
def test_anything_unusual_is_left_to_the_strict_reader(text: str) -> None:
    assert read_fast(text) is None


def test_names_texts_lists_and_maps_are_what_they_say() -> None:
    text = """\
# a remark
a: plain text, with (signs) - and https://a.b/c#d
b: "quoted \\"text\\"\\n: # \\u4e2d"
c: 'it''s'

d:
e: []
f:
  # another
  - g: 1.10

    h:
      i: no
  - g: ~
j:
    k: "x"
"""
    assert read_fast(text) == {
        "a": "plain text, with (signs) - and https://a.b/c#d",
        "b": 'quoted "text"\n: # 中',
        "c": "it's",
        "d": "",
        "e": [],
        "f": [{"g": "1.10", "h": {"i": "no"}}, {"g": "~"}],
        "j": {"k": "x"},
    }


def test_blocks_nested_without_end_are_left_to_the_strict_reader() -> None:
    assert read_fast("".join(" " * n + "a:\n" for n in range(40))) is None
