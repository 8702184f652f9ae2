"""Reading the code of a sheet from its picture: what is read is right, and what cannot be read is not guessed."""

import random

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from selfaudit.model.progress.paper import PaperCode
from selfaudit.scans.codes import Found, find_codes
from tests.scans.sheets import SPOILS, drawn_sheet, random_code

HARD = {"pen strokes over the code"}
"""What may cost a sheet its code, but never gives it another's."""


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILS)
def test_a_sheet_is_recognised_whatever_it_went_through(spoil: str) -> None:
    rng = random.Random(spoil)
    for resolution in (150, 200):
        code = random_code(rng)
        found = find_codes(SPOILS[spoil](drawn_sheet(code, resolution), rng), PaperCode.parse).codes
        assert found == (code,) or (spoil in HARD and not found)


def test_a_plain_scan_is_read_at_every_usual_resolution() -> None:
    rng = random.Random(1)
    for resolution in (72, 100, 150, 200, 300):
        code = random_code(rng)
        assert find_codes(drawn_sheet(code, resolution), PaperCode.parse) == Found((code,))


def test_two_sheets_on_one_page_are_both_found() -> None:
    rng = random.Random(2)
    first, second = random_code(rng), random_code(rng)
    upper = drawn_sheet(first, 100)
    page = Image.new("L", (upper.width, upper.height * 2), 255)
    page.paste(upper, (0, 0))
    page.paste(drawn_sheet(second, 100), (0, upper.height))
    assert set(find_codes(page, PaperCode.parse).codes) == {first, second}


def test_a_page_of_text_has_no_code() -> None:
    page = drawn_sheet(random_code(random.Random(3)), 150)
    assert find_codes(page.crop((0, page.height // 5, page.width, page.height)), PaperCode.parse) == Found()


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=60))
def test_any_other_qr_code_is_told_apart_and_matches_nobody(text: str) -> None:
    matrix = segno.make_qr(text).matrix
    page = Image.new("L", (len(matrix) + 8, len(matrix) + 8), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            page.putpixel((x + 4, y + 4), 0 if dark else 255)
    assert find_codes(
        page.resize((page.width * 4, page.height * 4), Image.Resampling.NEAREST), PaperCode.parse
    ) == Found((), foreign=True)


def test_a_code_with_wrong_check_digits_is_another_qr_code() -> None:
    code = random_code(random.Random(4))
    text = str(code)[:-1] + str((int(str(code)[-1]) + 1) % 10)
    assert PaperCode.parse(text) is None
    assert find_codes(drawn_sheet(text, 150), PaperCode.parse) == Found((), foreign=True)
