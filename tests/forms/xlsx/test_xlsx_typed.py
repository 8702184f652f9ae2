"""What people type into cells: numbers, days, formulas, errors, notes beside the form."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from selfaudit.forms.xlsx import book as xlsx_book
from selfaudit.forms.xlsx import form as xlsx_form
from selfaudit.forms.xlsx import pages as xlsx_pages
from tests.forms.sample import COMPLETE, FORM, answers, read, said
from tests.forms.xlsx.edited import changed, column, fact, finding, put, row, saved, sheet, workbook
from tests.support.folders import zipped


def with_fact(key: str, value: object) -> Any:
    return changed(lambda book: fact(book, key, value))


@pytest.mark.parametrize(
    ("typed", "number"),
    [(12, 12), (12.0, 12), ("12 ", 12), ("１２", 12), ("12个", 12), (0, 0), (123456789.0, 123456789)],
)
def test_a_number_is_read_however_it_was_typed(typed: object, number: int) -> None:
    assert with_fact("coverage.projects", typed).content["coverage"]["projects"] == number


def test_a_number_with_a_fraction_is_asked_back_as_it_stands() -> None:
    reading = with_fact("coverage.projects", 12.5)
    assert reading.gaps[0].args["value"] == "12.5"
    assert reading.gaps[0].code == "form.no-number"
    assert reading.gaps[0].where.cell.endswith("!C6")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (date(2023, 11, 5), "2023-11-05"),
        (datetime(2023, 11, 5, 14, 30), "2023-11-05T14:30"),  # noqa: DTZ001 - a cell knows no zone
        ("2023年11月5日", "2023-11-05"),
        ("2023/11/5", "2023-11-05"),
        (45235, "2023-11-05"),
        (" 45235", "2023-11-05"),
    ],
)
def test_a_day_is_read_however_it_was_typed(typed: object, day: str) -> None:
    assert with_fact("filled_on", typed).content["filled_on"] == day


@pytest.mark.parametrize("typed", [12345, 99999, time(14, 30), "昨天"])
def test_what_is_no_day_is_asked_back(typed: object) -> None:
    reading = with_fact("filled_on", typed)
    assert [problem.code for problem in reading.gaps] == ["form.no-date"]
    assert "filled_on" not in reading.content


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("符合", "conform"),
        (" 符合。", "conform"),
        ("√", "conform"),
        ("不符合", "problem"),
        ("N/A", "not_applicable"),
        ("", ""),
    ],
)
def test_an_answer_is_read_in_any_usual_spelling(typed: str, answer: str) -> None:
    reading = changed(lambda book: put(book, "1.1", "items.answer", typed))
    assert answers(reading).get("1.1", "") == answer


@pytest.mark.parametrize(("typed", "quoted"), [(True, "TRUE"), (1, "1"), ("基本符合", "基本符合"), ("是", "是")])
def test_what_is_no_answer_is_asked_back_with_its_cell(typed: object, quoted: str) -> None:
    places = []
    reading = changed(lambda book: places.append(put(book, "1.1", "items.answer", typed)))
    assert reading.gaps[0].args["value"] == quoted
    assert reading.gaps[0].where.cell == places[0]


def test_an_answer_that_is_a_formula_error_is_asked_back() -> None:
    def broken(book: Workbook) -> None:
        page = sheet(book, "items.answer")
        cell = page.cell(row(page, "1.1"), column(page, "items.answer"))
        cell.value, cell.data_type = "#REF!", "e"

    reading = changed(broken)
    assert reading.gaps[0].args["value"] == "#REF!"


def test_the_place_of_a_finding_typed_as_a_number_is_told_where_it_could_be_another() -> None:
    reading = changed(lambda book: finding(book, {"item": 1.1, "fact": "甲", "number": 7}))
    assert reading.content["findings"][0]["item"] == "1.1"  # type: ignore[index]
    assert [problem.code for problem in reading.notes] == ["workbook.lost-zero"]
    assert reading.notes[0].args == {"found": "1.1", "other": ["1.10"]}


def test_a_finding_is_read_with_all_its_fields() -> None:
    typed: dict[str, object] = {
        "number": 2, "item": "2.1 b", "fact": "甲", "basis": "乙", "severity": "一般", "certificates": "丙",
        "people": "丁", "cause": "戊", "correction": "己", "similar": "庚", "disposition.certificate": "撤销",
        "disposition.people": "辛", "owner": "壬", "due": date(2023, 12, 1),
    }  # fmt: skip
    reading = changed(lambda book: finding(book, typed))
    assert reading.content["findings"][1] == {  # type: ignore[index]
        "number": 2, "item": "2.1", "part": "b", "fact": "甲", "basis": "乙", "severity": "minor", "certificates": "丙",
        "people": "丁", "cause": "戊", "correction": "己", "similar": "庚",
        "disposition": {"certificate": "撤销", "people": "辛"}, "owner": "壬", "due": "2023-12-01",
    }  # fmt: skip


def test_a_line_break_of_word_is_a_line_break() -> None:
    def paste(book: Workbook) -> None:
        put(book, "1.1", "items.note", "甲_x000B_乙")

    assert next(i for i in changed(paste).content["items"] if i["id"] == "1.1")["note"] == "甲\n乙"  # type: ignore[index]


def test_text_beside_the_form_is_told_with_its_cell() -> None:
    def scribble(book: Workbook) -> None:
        page = sheet(book, "items.id")
        page["M5"] = "见附件"
        page["B40"] = None
        page["E50"] = "以上由我填写"
        book.create_sheet("草稿")["A1"] = "待核实"

    reading = changed(scribble)
    assert reading.content == COMPLETE
    found = [(problem.code, problem.where.cell.rpartition("!")[2], problem.args["text"]) for problem in reading.notes]
    assert found == [
        ("workbook.beside", "M5", "见附件"),
        ("workbook.beside", "E50", "以上由我填写"),
        ("workbook.beside", "A1", "待核实"),
    ]


def test_an_answer_word_beside_the_form_is_not_dropped_silently() -> None:
    reading = changed(lambda book: sheet(book, "items.id").__setitem__("M5", "符合"))
    assert [problem.code for problem in reading.notes] == ["workbook.beside"]


def test_a_note_in_a_locked_cell_is_told() -> None:
    reading = changed(lambda book: put(book, "1.1", "items.how", "已按此核查"))
    assert [(problem.code, problem.args["text"]) for problem in reading.notes] == [("workbook.beside", "已按此核查")]


def test_what_another_version_printed_is_not_taken_for_something_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xlsx_form.write(FORM.model_copy(update={"return_to": "技术部"}), COMPLETE)
    monkeypatch.setattr(xlsx_pages, "STEPS", ("Something else",))
    monkeypatch.setattr(xlsx_book, "WHO", "{respondent}/{passport}")
    monkeypatch.setattr(xlsx_form, "_made", {})
    assert said(read(data, "f.xlsx")) == []


def test_a_changed_question_is_told() -> None:
    reading = changed(lambda book: put(book, "1.1", "items.ask", "别的问题？"))
    assert [problem.code for problem in reading.notes] == ["form.altered"]


def test_an_answer_for_an_item_that_is_answered_by_parts_is_refused() -> None:
    reading = changed(lambda book: put(book, "2.1/", "items.answer", "符合"))
    assert [problem.code for problem in reading.errors] == ["form.by-parts"]


def test_of_very_many_texts_beside_the_form_some_are_quoted() -> None:
    def paste(book: Workbook) -> None:
        page = book.create_sheet("数据")
        for n in range(500):
            page.append([f"第{n}行"])

    codes = [problem.code for problem in changed(paste).notes]
    assert codes == ["workbook.beside"] * 20 + ["form.more"]


def test_comments_and_pictures_are_told() -> None:
    def comment(book: Workbook) -> None:
        sheet(book, "items.id")["J5"].comment = Comment("请看这里", "某")

    (told,) = changed(comment).notes
    assert told.message == "what comments, pictures, text boxes or objects say is not read, at 自查项!J5"


def test_a_day_typed_as_its_number_is_that_of_the_calendar_of_the_workbook() -> None:
    def from_a_mac(book: Workbook) -> None:
        fact(book, "filled_on", 45235 - 1462)
        book.epoch = CALENDAR_MAC_1904

    assert changed(from_a_mac).content["filled_on"] == "2023-11-05"  # type: ignore[index]


@pytest.mark.parametrize("shown", ["#FIELD!", "#BLOCKED!", "#CONNECT!", "#SPILL!", "Err:502", "错误:522"])
def test_every_error_that_a_spreadsheet_shows_is_asked_back(shown: str) -> None:
    reading = changed(lambda book: put(book, "1.1", "items.note", shown))
    assert [(gap.code, gap.args["value"]) for gap in reading.gaps] == [("form.error-value", shown)]


def test_a_reason_or_a_name_that_is_an_error_is_not_called_missing_as_well() -> None:
    def broken(book: Workbook) -> None:
        put(book, "1.1", "items.answer", "不适用")
        put(book, "1.1", "items.note", "#N/A")
        fact(book, "filled_by", "#REF!")

    assert {gap.code for gap in changed(broken).gaps} == {"form.error-value"}


def test_a_picture_in_a_cell_is_asked_back_as_one() -> None:
    book = workbook()
    put(book, "1.1", "items.note", "#VALUE!")
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        parts = {name: archive.read(name).replace(b't="e"', b't="e" vm="1"') for name in archive.namelist()}
    reading = read(zipped(parts), "f.xlsx")
    assert [gap.code for gap in reading.gaps] == ["form.picture-value"]


def test_a_passport_that_was_changed_in_one_place_only_is_refused() -> None:
    reading = changed(lambda book: fact(book, "passport", "TK23-00000000-0000-00"))
    assert "workbook.filled-twice" in [problem.code for problem in reading.errors]


def test_another_name_under_the_same_passport_is_refused() -> None:
    reading = changed(lambda book: fact(book, "respondent", "李四 (审核部)"))
    assert [problem.code for problem in reading.errors] == ["form.other-respondent"]
    assert reading.errors[0].where.cell.endswith("!C6")


@pytest.mark.parametrize(
    "name",
    ["items.id", "declaration", "findings.fact"],
)
def test_a_form_without_one_of_its_sheets_is_refused(name: str) -> None:
    def delete(book: Workbook) -> None:
        book.remove(sheet(book, name))

    assert "workbook.no-sheet" in [problem.code for problem in changed(delete).errors]


def test_a_form_whose_findings_lost_names_and_titles_is_refused() -> None:
    def lose(book: Workbook) -> None:
        page = sheet(book, "findings.fact")
        for line in (1, 4):
            for cell in page[line]:
                cell.value = None

    assert [problem.code for problem in changed(lose).errors] == ["workbook.no-sheet"]


@pytest.mark.parametrize("text", [f"{FORM.passport} 本表1.1项其实未查", "2023-11-07", "证书", "资质是否有效？"])
def test_what_is_printed_elsewhere_in_the_form_is_told_beside_it(text: str) -> None:
    reading = changed(lambda book: sheet(book, "items.id").__setitem__("M5", text))
    assert [(problem.code, problem.args["text"]) for problem in reading.notes] == [("workbook.beside", text)]


def test_a_formula_that_nobody_computed_is_read_as_its_text() -> None:
    def compute(book: Workbook) -> None:
        put(book, "1.1", "items.answer", "=A1")
        put(book, "1.10", "items.note", '="甲"&"<乙>"')
        sheet(book, "items.id")["M6"] = '="看这里"'

    reading = changed(compute)
    assert [problem.args["value"] for problem in reading.gaps] == ["=A1"]
    assert [problem.args["text"] for problem in reading.notes] == ['="看这里"']
    assert next(i for i in reading.content["items"] if i["id"] == "1.10")["note"] == '="甲"&"<乙>"'  # type: ignore[index]


def test_a_number_with_more_digits_than_a_cell_keeps_is_told() -> None:
    reading = changed(lambda book: finding(book, {"number": 2, "fact": "甲", "certificates": 123456789012345678}))
    assert [problem.code for problem in reading.notes] == ["workbook.lost-digits"]
    assert reading.content["findings"][0]["certificates"].startswith("12345678901234")  # type: ignore[index]


@pytest.mark.parametrize(("typed", "text"), [(-0.0, "0"), (1e-20, "0.00000000000000000001"), (0.1, "0.1")])
def test_a_number_is_written_as_people_write_it(typed: float, text: str) -> None:
    reading = changed(lambda book: put(book, "1.1", "items.note", typed))
    assert next(i for i in reading.content["items"] if i["id"] == "1.1")["note"] == text  # type: ignore[index]
