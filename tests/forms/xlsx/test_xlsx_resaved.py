"""Workbooks that LibreOffice opened and saved again, in each of its formats."""

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from selfaudit.forms.reading.reader import Reading
from selfaudit.forms.xlsx import form as xlsx_form
from tests.forms.sample import COMPLETE, ENGLISH, FORM, read
from tests.forms.xlsx.edited import column, fact, finding, put, row, saved, sheet, workbook
from tests.support.office import resave

pytestmark = pytest.mark.slow

AWKWARD = "=1+1 <&>\n“引号”\n  两个  空格\n_x0041_ 0012\n" + "长" * 5_000
TYPED: dict[str, Any] = {**COMPLETE, "clues": AWKWARD, "suggestions": {"national": "制表\t符 'a"}}
SUFFIXES = ["xlsx", "ods", "xls"]


def typed() -> Workbook:
    """Return the form as people type into it: numbers as numbers, days as days."""
    book = workbook()
    fact(book, "coverage.projects", 12)
    fact(book, "filled_on", date(2023, 11, 5))
    put(book, "1.1", "items.note", "甲" * 10)
    finding(book, {"fact": "又一件", "due": date(2023, 12, 1), "item": "1.2"})
    return book


def broken() -> Workbook:
    """Return the form with a formula that fails in one cell, and a comment at another."""
    book = workbook()
    put(book, "1.1", "items.answer", "=1/0")
    page = sheet(book, "items.id")
    page.cell(row(page, "1.10"), column(page, "items.note")).comment = Comment("请看这里", "某")
    return book


def other() -> Workbook:
    """Return a workbook that is no form."""
    book = Workbook()
    book.worksheets[0]["A1"] = "工资表"
    return book


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """The workbooks as LibreOffice saves them, by name and suffix."""
    folder = tmp_path_factory.mktemp("resaved")
    books = {
        "filled": xlsx_form.write(FORM, COMPLETE),
        "awkward": xlsx_form.write(FORM, TYPED),
        "issued": xlsx_form.write(ENGLISH),
        "typed": saved(typed()),
        "broken": saved(broken()),
        "other": saved(other()),
    }
    for name, data in books.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    found: dict[tuple[str, str], bytes] = {}
    for suffix in SUFFIXES:
        resave(folder, suffix, [f"{name}.xlsx" for name in books])
        found |= {(name, suffix): (folder / suffix / f"{name}.{suffix}").read_bytes() for name in books}
    return found


def reading(resaved: dict[tuple[str, str], bytes], name: str, suffix: str) -> Reading:
    return read(resaved[name, suffix], f"f.{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_filled_in_form_means_the_same_after_it_was_saved_again(
    resaved: dict[tuple[str, str], bytes], suffix: str
) -> None:
    found = reading(resaved, "filled", suffix)
    assert (found.errors, found.gaps, found.notes) == ([], [], [])
    assert found.content == COMPLETE


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_awkward_texts_survive_saving(resaved: dict[tuple[str, str], bytes], suffix: str) -> None:
    found = reading(resaved, "awkward", suffix)
    assert found.errors == []
    assert found.content == TYPED


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_form_is_refused_after_it_was_saved_again(resaved: dict[tuple[str, str], bytes], suffix: str) -> None:
    found = reading(resaved, "issued", suffix)
    assert [problem.code for problem in found.errors] == ["form.nothing-filled-in"]
    assert found.notes == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_numbers_and_days_that_were_typed_as_such_are_read(resaved: dict[tuple[str, str], bytes], suffix: str) -> None:
    content = reading(resaved, "typed", suffix).content
    assert content
    assert content["coverage"]["projects"] == 12
    assert content["filled_on"] == "2023-11-05"
    assert content["findings"][0]["due"] == "2023-12-01"


def test_a_comment_in_an_old_workbook_is_told(resaved: dict[tuple[str, str], bytes]) -> None:
    assert [problem.code for problem in reading(resaved, "broken", "xls").notes] == ["workbook.unread-means"]


@pytest.mark.parametrize(("suffix", "told"), [("xlsx", "workbook.unread-at"), ("ods", "workbook.unread-means")])
def test_a_formula_that_fails_is_asked_back_and_a_comment_is_told(
    resaved: dict[tuple[str, str], bytes], suffix: str, told: str
) -> None:
    found = reading(resaved, "broken", suffix)
    assert [(problem.code, problem.args["value"]) for problem in found.gaps] == [("form.error-value", "#DIV/0!")]
    assert [problem.code for problem in found.notes] == [told]
    assert found.content
    assert [item for item in found.content["items"] if item["id"] != "1.1"] == [
        item for item in COMPLETE["items"] if item["id"] != "1.1"
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_another_workbook_in_any_format_is_no_form(resaved: dict[tuple[str, str], bytes], suffix: str) -> None:
    assert [problem.code for problem in reading(resaved, "other", suffix).errors] == ["workbook.not-a-form"]
