"""Text rules: canonical texts, names of files, codes."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.base.canonical import ALPHABET, short_hash
from selfaudit.base.text import clean, file_name, loose, narrow, printable, retyped, shortened

texts = st.text(max_size=80) | st.text(' .\n\r\t\u3000ａＡ1１中é\u0301<>:"/\\|?*\u202e', max_size=40)


@given(texts)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(texts)
def test_a_clean_text_has_no_odd_line_ends_and_no_blanks_at_the_ends_of_lines(text: str) -> None:
    made = clean(text)
    assert "\r" not in made
    assert all(line == line.rstrip() for line in made.split("\n"))
    assert made == made.strip()
    assert unicodedata.is_normalized("NFC", made)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("  一\r\n\n 二 \t\r三\n", "一\n\n 二\n三"),
        ("e\u0301", "é"),
        ("", ""),
        ("plain", "plain"),
        ("１２", "１２"),
    ],
)
def test_clean_keeps_what_was_said(text: str, made: str) -> None:
    assert clean(text) == made


@pytest.mark.parametrize(("text", "made"), [(" ３人 ", "3人"), ("ＦＣ２３－Ａ", "FC23-A"), ("（甲）", "(甲)")])
def test_full_width_forms_are_made_narrow(text: str, made: str) -> None:
    assert narrow(text) == made


@given(st.lists(st.sampled_from(["a", "B", "1", "中", "－", "(", "é"]), max_size=10))
def test_comparing_does_not_care_about_width_blanks_and_case(letters: list[str]) -> None:
    wide = {"a": "Ａ", "B": "ｂ", "1": "１", "-": "－", "(": "（"}
    assert loose("".join(letters)) == loose(" \u3000".join(wide.get(letter, letter) for letter in letters))


@given(texts)
def test_a_printable_text_has_no_character_that_xml_refuses(text: str) -> None:
    made = printable(text)
    assert len(made) == len(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", made)


@given(texts | st.text(max_size=300))
def test_a_file_name_is_safe_on_every_system(text: str) -> None:
    name = file_name(text)
    assert name
    assert len(name.encode()) <= 151
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name not in (".", "..")
    assert not name.endswith((" ", ".")), "Windows drops them"
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("技术部", "技术部"),
        ("研发/测试", "研发_测试"),
        ("CON", "_CON"),
        ("com1.x", "_com1.x"),
        ("aux .txt", "_aux .txt"),
        ("COM¹", "_COM¹"),
        ("Superseded", "_Superseded"),
        ("..", "_"),
        ("a" * 149 + " b", "a" * 149),
    ],
)
def test_a_file_name_stays_readable(text: str, name: str) -> None:
    assert file_name(text) == name


@given(st.binary(max_size=50), st.integers(1, 20))
def test_a_code_is_made_of_letters_that_can_be_read_aloud(data: bytes, length: int) -> None:
    code = short_hash(data, length)
    assert len(code) == length
    assert set(code) <= set(ALPHABET)
    assert short_hash(data, 20).startswith(code)


def test_what_is_left_out_of_a_text_leaves_an_ellipsis() -> None:
    assert shortened("自查表", 3) == "自查表"
    assert shortened("自查表格", 3) == "自查…"


def test_numbers_and_ids_are_the_same_with_other_brackets_dashes_and_widths() -> None:
    typed = ("小停〔2024〕1号", "小停[2024]1号", "小停【2024】 1号", "小停（２０２４）1号", "小停20241号")
    assert {retyped(one) for one in typed} == {"小停20241号"}
    assert {retyped(one) for one in ("p1－01", "P1-01", "P1–01 ")} == {"p1-01"}
