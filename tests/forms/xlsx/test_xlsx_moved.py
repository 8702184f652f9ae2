"""However people move things about in a workbook, what they said is found."""

import copy
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.sample import COMPLETE, FORM, answers, said
from tests.forms.xlsx.edited import Change, changed, column, put, row, sheet

FIRST = 5
"""The first row of entries."""


def rows_of(page: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in line] for line in page.iter_rows(min_row=FIRST)]


def rewrite(page: Worksheet, lines: list[list[object]]) -> None:
    page.delete_rows(FIRST, page.max_row)
    for line in lines:
        page.append(line)


def reversed_rows(book: Workbook) -> None:
    page = sheet(book, "items.id")
    rewrite(page, rows_of(page)[::-1])


def filtered(book: Workbook) -> None:
    page = sheet(book, "items.id")
    page.auto_filter.add_filter_column(8, ["符合"])
    for line in range(FIRST, page.max_row + 1):
        page.row_dimensions[line].hidden = line % 2 == 0


def blank_rows(book: Workbook) -> None:
    for key in ("items.id", "findings.fact", "coverage.staff"):
        sheet(book, key).insert_rows(FIRST + 1, 3)


def rows_above(book: Workbook) -> None:
    for page in book.worksheets:
        page.insert_rows(1, 2)


def moved_columns(book: Workbook) -> None:
    page = sheet(book, "items.id")
    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    page.delete_rows(1, page.max_row)
    for line in lines:
        page.append(line[::-1])


def inserted_columns(book: Workbook) -> None:
    for key in ("items.id", "findings.fact", "coverage.staff"):
        sheet(book, key).insert_cols(3, 2)


def hidden_columns(book: Workbook) -> None:
    page = sheet(book, "items.id")
    for n in range(1, page.max_column + 1):
        page.column_dimensions[get_column_letter(n)].hidden = True


def renamed_sheets(book: Workbook) -> None:
    for n, page in enumerate(book.worksheets):
        if page.sheet_state == "visible":
            page.title = f"Sheet{n}"


def reordered_sheets(book: Workbook) -> None:
    book._sheets.reverse()  # type: ignore[attr-defined]


def copied_row(book: Workbook) -> None:
    page = sheet(book, "items.id")
    page.append(rows_of(page)[0])


def copied_part(book: Workbook) -> None:
    page = sheet(book, "items.id")
    page.append([cell.value for cell in page[row(page, "2.1/a")]])


def copied_sheet(book: Workbook) -> None:
    book.copy_worksheet(sheet(book, "items.id"))


def without_the_machine_sheet(book: Workbook) -> None:
    del book["_selfaudit"]


def without_anything_hidden(book: Workbook) -> None:
    """As when Excel is told to take out everything hidden before a file is sent."""
    del book["_selfaudit"]
    for page in book.worksheets:
        page.delete_rows(1)
        page.delete_cols(1)


def without_hidden_columns(book: Workbook) -> None:
    for page in book.worksheets:
        if page.sheet_state == "visible":
            page.delete_cols(1)


def other_titles(book: Workbook) -> None:
    for key in ("items.id", "findings.fact"):
        page = sheet(book, key)
        for cell in page[4]:
            cell.value = None


def without_some_names(book: Workbook) -> None:
    lost = {"items.note", "items.answer", "findings.fact", "findings.due", "form.value"}
    for page in book.worksheets:
        for cell in page[1]:
            if cell.value in lost and page.sheet_state == "visible":
                cell.value = None


MOVES: list[Change] = [
    reversed_rows, filtered, blank_rows, rows_above, moved_columns, inserted_columns, hidden_columns, renamed_sheets,
    reordered_sheets, copied_row, copied_part, copied_sheet, without_the_machine_sheet, without_anything_hidden,
    without_hidden_columns, without_some_names, other_titles,
]  # fmt: skip


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_what_was_said_is_found_wherever_it_has_got_to(move: Change) -> None:
    reading = changed(move)
    assert reading.errors == []
    assert reading.content == COMPLETE


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_moving_things_about_is_nothing_to_be_told(move: Change) -> None:
    assert said(changed(move)) == []


def test_a_deleted_row_is_an_item_that_is_missing() -> None:
    def delete(book: Workbook) -> None:
        page = sheet(book, "items.id")
        page.delete_rows(row(page, "1.2"))

    reading = changed(delete)
    assert reading.errors == []
    assert [problem.code for problem in reading.notes] == ["form.missing-items"]
    assert answers(reading) == {key: answer for key, answer in answers_of_all().items() if key != "1.2"}


def answers_of_all() -> dict[str, str]:
    return answers(changed(lambda _: None))


def test_a_copied_row_that_says_something_else_is_refused() -> None:
    def copy_and_change(book: Workbook) -> None:
        copied_row(book)
        page = sheet(book, "items.id")
        page.cell(page.max_row, column(page, "items.answer")).value = "发现问题"

    reading = changed(copy_and_change)
    assert [problem.code for problem in reading.errors] == ["form.twice"]
    assert str(reading.errors[0].where).startswith("f.xlsx:")


@pytest.mark.parametrize("typed", ["1.1", " 1.1 ", "第1.1项"])
def test_a_row_that_lost_its_hidden_id_is_found_by_the_number_people_see(typed: str) -> None:
    def lose(book: Workbook) -> None:
        put(book, "1.1", "items.number", typed)
        put(book, "1.1", "items.id", None)

    reading = changed(lose)
    if typed.strip() == "1.1":
        assert reading.content == COMPLETE
    else:
        assert [problem.code for problem in reading.errors] == ["form.unknown-item"]


def test_an_answer_in_a_row_without_any_number_is_refused_with_its_cell() -> None:
    def insert(book: Workbook) -> None:
        page = sheet(book, "items.id")
        page.insert_rows(7)
        page.cell(7, column(page, "items.answer")).value = "符合"

    reading = changed(insert)
    assert [problem.code for problem in reading.errors] == ["form.no-id"]
    assert reading.errors[0].where.cell.endswith("7")


def test_more_findings_than_rows_were_prepared_are_read() -> None:
    def add(book: Workbook) -> None:
        page = sheet(book, "findings.fact")
        for n in range(2, 61):
            page.cell(4 + n, column(page, "findings.fact")).value = f"事实 {n}"
            page.cell(4 + n, column(page, "findings.number")).value = n

    reading = changed(add)
    assert reading.content
    assert len(reading.content["findings"]) == 60


def test_findings_in_any_order_are_the_same() -> None:
    more = copy.deepcopy(COMPLETE)
    more["findings"].append({"number": 2, "item": "1.1", "fact": "另一件"})

    def reverse(book: Workbook) -> None:
        page = sheet(book, "findings.fact")
        rewrite(page, rows_of(page)[::-1])

    plain: Callable[[Workbook], object] = lambda _: None  # noqa: E731 - a change that changes nothing
    assert changed(reverse, more).digest == changed(plain, more).digest


def test_a_copied_row_of_findings_is_no_second_finding() -> None:
    def copy_finding(book: Workbook) -> None:
        page = sheet(book, "findings.fact")
        for n in range(1, page.max_column + 1):
            page.cell(9, n).value = page.cell(FIRST, n).value

    assert changed(copy_finding).content == COMPLETE
    assert said(changed(copy_finding)) == []


def test_a_sheet_with_the_titles_of_the_form_adds_nothing_to_what_the_form_says() -> None:
    def stray(book: Workbook) -> None:
        book.create_sheet("统计").append(["序号", "结论"])
        book["统计"].append(["1.1", "不符合"])
        book.create_sheet("备忘").append(["填报日期", "2023-11-06"])

    reading = changed(stray)
    assert reading.content == COMPLETE
    told = [(problem.code, problem.args["text"]) for problem in reading.notes]
    assert told == [("workbook.beside", text) for text in ("序号", "结论", "1.1", "不符合", "填报日期", "2023-11-06")]


@pytest.mark.parametrize("name", ["_selfaudit", "隐"])
def test_only_the_hidden_sheet_of_the_form_is_left_unread(name: str) -> None:
    def add(book: Workbook) -> None:
        if name in book.sheetnames:
            del book[name]
        page = book.create_sheet(name)
        for line in (["form.key", "form.value"], ["selfaudit", "selfaudit/response/1"], ["", "", "", "看这里"]):
            page.append(line)

    reading = changed(add)
    assert reading.content == COMPLETE
    assert [problem.args["text"] for problem in reading.notes] == ["看这里"]


def test_the_title_of_a_class_of_handling_is_not_taken_for_another_column() -> None:
    def lose_names(book: Workbook) -> None:
        page = sheet(book, "findings.fact")
        assert [cell.value for cell in page[4]].count("证书") == 0
        page.delete_rows(1)

    assert changed(lose_names).content == COMPLETE


def test_the_form_that_everything_starts_from_has_parts() -> None:
    assert any(item.parts for item in FORM.questions.items)
