"""What a respondent finds in the workbook: what is locked, offered and printed, and nothing of anybody else."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from selfaudit.base.text import clean
from selfaudit.forms.xlsx import form as xlsx_form
from selfaudit.forms.xlsx.stamp import in_xml
from selfaudit.forms.xlsx.write import build
from selfaudit.model.form.form import Form
from tests.forms.sample import COMPLETE, ENGLISH, FORM, form, read
from tests.forms.xlsx.edited import column, row, sheet, workbook


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The form as it is issued."""
    return workbook(None)


def choices(book: Workbook, page_key: str, cell: str) -> list[str]:
    """Return what the list of a cell offers."""
    page = sheet(book, page_key)
    rule = next(rule for rule in page.data_validations.dataValidation if cell in rule.sqref and rule.type == "list")
    source = str(rule.formula1)
    if source.startswith('"'):
        return source.strip('"').split(",")
    name, _, cells = source.partition("!")
    return [str(entry.value) for line in book[name][cells.replace("$", "")] for entry in line]


def test_only_what_is_to_be_filled_in_is_unlocked_and_sheets_have_no_password(book: Workbook) -> None:
    assert all(page.protection.sheet and not page.protection.password for page in book.worksheets)
    page = sheet(book, "items.id")
    line = row(page, "1.1")
    unlocked = {cell.column for cell in page[line] if not cell.protection.locked}
    assert unlocked == {column(page, f"items.{key}") for key in ("answer", "note", "files")}
    assert all(cell.protection.locked for cell in page[row(page, "2.1/")])


def test_a_protected_sheet_still_lets_people_sort_filter_insert_rows_and_set_widths(book: Workbook) -> None:
    for page in book.worksheets:
        if page.sheet_state == "visible":
            rules = page.protection
            forbidden = [rules.sort, rules.autoFilter, rules.insertRows, rules.formatColumns, rules.formatRows]
            assert not any(forbidden)


def test_every_cell_that_is_filled_in_holds_text(book: Workbook) -> None:
    for page in book.worksheets:
        for cell in (cell for line in page.iter_rows() for cell in line):
            assert cell.protection.locked or cell.number_format == "@"
            assert cell.data_type in ("s", "n")
            assert cell.data_type == "s" or cell.value is None


def test_answers_are_chosen_from_a_list_that_refuses_others(book: Workbook) -> None:
    page = sheet(book, "items.id")
    at = column(page, "items.answer") - 1
    cell = page.cell(row(page, "2.1/b"), at + 1).coordinate
    rule = next(rule for rule in page.data_validations.dataValidation if cell in rule.sqref)
    assert choices(book, "items.id", cell) == ["符合", "发现问题", "不适用", "未查"]
    assert (rule.errorStyle or "stop", rule.showErrorMessage) == ("stop", True)
    assert "符合" in str(rule.error)


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        ("findings.item", ["1.1", "1.2", "1.10", "2.1 a", "2.1 b"]),
        ("findings.severity", ["严重", "一般"]),
        ("findings.basis", ["《认证条例》第二十一条", "ISO/IEC 17021-1:2015 9.4〔待核实〕"]),
        ("findings.disposition.certificate", ["保持", "撤销"]),
    ],
)
def test_a_finding_offers_places_severities_legal_bases_and_usual_handling(
    book: Workbook, key: str, offered: list[str]
) -> None:
    page = sheet(book, "findings.fact")
    for line in (5, 900):
        assert choices(book, "findings.fact", page.cell(line, column(page, key)).coordinate) == offered


def test_what_a_finding_needs_is_marked_also_the_columns_of_which_one_is_enough(book: Workbook) -> None:
    page = sheet(book, "findings.fact")
    at = {key: column(page, f"findings.{key}") for key in ("fact", "disposition.certificate", "disposition.people")}
    assert all(str(page.cell(4, col).value).endswith(" *") for col in at.values())
    cell = page.cell(5, at["disposition.people"]).coordinate
    told = next(rule for rule in page.data_validations.dataValidation if cell in rule.sqref)
    assert told.prompt.startswith("处理：至少填写一类。")


def test_a_list_too_long_for_a_cell_is_kept_in_the_hidden_sheet() -> None:
    asked = FORM.questions
    severities = tuple(
        s.model_copy(update={"id": f"s{n}", "title": f"{s.title}，{n}" * 20})
        for s in asked.severities
        for n in range(9)
    )
    stamp = build(asked.model_copy(update={"severities": severities}), "", {}).stamp
    made = load_workbook(io.BytesIO(stamp.filled({"passport": "P", "respondent": "R"})))
    page = sheet(made, "findings.fact")
    cell = page.cell(5, column(page, "findings.severity")).coordinate
    assert choices(made, "findings.fact", cell) == [severity.title for severity in severities]


def test_the_column_of_the_legal_basis_is_hidden_where_the_kit_cites_nothing(book: Workbook) -> None:
    asked = FORM.questions
    items = [item.model_copy(update={"legal_basis": ()}) for item in asked.items]
    stamp = build(asked.model_copy(update={"items": tuple(items)}), "", {}).stamp
    bare = load_workbook(io.BytesIO(stamp.filled({"passport": "P", "respondent": "R"})))
    for made, hidden in ((book, False), (bare, True)):
        page = sheet(made, "items.id")
        letter = get_column_letter(column(page, "items.legal_basis"))
        assert page.column_dimensions[letter].hidden is hidden


def test_the_declaration_is_accepted_from_a_list(book: Workbook) -> None:
    page = sheet(book, "declaration")
    assert choices(book, "declaration", f"C{row(page, 'declaration')}") == ["同意"]


def test_nothing_is_filled_in_beforehand_and_nobody_conforms(book: Workbook) -> None:
    page = sheet(book, "items.id")
    at = column(page, "items.answer")
    found = {page.cell(line, at).value for line in range(5, page.max_row + 1)}
    assert found == {"未查", None}


def test_heads_stay_in_sight_and_are_printed_on_every_page(book: Workbook) -> None:
    for key in ("items.id", "findings.fact"):
        page = sheet(book, key)
        assert page.freeze_panes == "C5"
        assert page.print_title_rows == "$2:$4"
    assert sheet(book, "items.id").auto_filter.ref == "B4:L10"


def test_pages_are_a4_landscape_one_page_wide_and_say_whose_they_are(book: Workbook) -> None:
    for page in book.worksheets:
        if page.sheet_state == "visible":
            assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
            assert page.page_setup.fitToHeight == 0
    with zipfile.ZipFile(io.BytesIO(xlsx_form.write(FORM))) as archive:
        for n in range(1, 5):
            part = archive.read(f"xl/worksheets/sheet{n}.xml").decode()
            footer = part.partition("<oddFooter>")[2].partition("</oddFooter>")[0]
            assert FORM.passport in footer
            assert "&amp;P / &amp;N" in footer
            assert 'fitToPage="1"' in part


def test_rows_are_high_enough_for_what_is_asked() -> None:
    asked = FORM.questions
    long = asked.items[0].model_copy(update={"how": "逐项核对合同、审核计划和签到记录。" * 20})
    stamp = build(asked.model_copy(update={"items": (long, *asked.items[1:])}), "", {}).stamp
    page = sheet(load_workbook(io.BytesIO(stamp.filled({"passport": "P", "respondent": "R"}))), "items.id")
    heights = [page.row_dimensions[row(page, item)].height or 0 for item in ("1.1", "1.2")]
    assert heights[0] > 15 * 13
    assert heights[1] < 60


def test_passport_due_date_and_address_are_told_at_the_beginning() -> None:
    told = FORM.model_copy(update={"return_to": "技术部 <zicha@example.org> & 微信群"})
    first = load_workbook(io.BytesIO(xlsx_form.write(told))).worksheets[0]
    texts = {cell.value for line in first.iter_rows() for cell in line}
    assert {FORM.passport, "2023-11-07", told.return_to, FORM.respondent.printed} <= texts


def test_what_is_open_wrong_or_lacks_a_reason_is_coloured(book: Workbook) -> None:
    rules = [rule for cells in sheet(book, "items.id").conditional_formatting for rule in cells.rules]
    words = " ".join(formula for rule in rules for formula in rule.formula)
    assert len(rules) == 3
    assert all(word in words for word in ("未查", "发现问题", "不适用"))


NAMES = st.text(st.sampled_from("张三王<>&\"'[]_x0041_=+-@ \n\u2028\U00020bb7:passport"), min_size=1, max_size=20).map(
    clean
)


@pytest.mark.slow
@given(st.lists(NAMES.filter(bool), min_size=2, max_size=2))
@settings(deadline=None, max_examples=8)
def test_a_stamped_workbook_is_the_same_as_one_that_was_built_for_its_reader(names: list[str]) -> None:
    for name in names:
        made = FORM.model_copy(update={"respondent": FORM.respondent.model_copy(update={"name": name})})
        built = build(made.questions, made.return_to, {}).stamp
        words = {"passport": made.passport, "respondent": made.respondent.printed}
        assert xlsx_form.write(made) == built.filled(words)
        assert texts_of(made) == texts_of(FORM, {FORM.respondent.printed: made.respondent.printed})


def texts_of(made: Form, renamed: dict[str, str] | None = None) -> list[Any]:
    texts = [
        str(cell.value or "")
        for page in load_workbook(io.BytesIO(xlsx_form.write(made))).worksheets
        for line in page.iter_rows()
        for cell in line
    ]
    for old, new in (renamed or {}).items():
        texts = [text.replace(old, new) for text in texts]
    return [text.replace("\r\n", "\n") for text in texts]


def test_no_workbook_holds_a_trace_of_another_respondent() -> None:
    first, second = form(name="欧阳甲"), form(name="诸葛乙")
    xlsx_form.write(first)
    with zipfile.ZipFile(io.BytesIO(xlsx_form.write(second))) as archive:
        assert archive.testzip() is None
        whole = b"".join(map(archive.read, archive.namelist()))
    assert "诸葛乙".encode() in whole
    assert "欧阳甲".encode() not in whole
    assert first.passport.encode() not in whole
    assert FORM.questions.digest.encode() not in whole


def test_a_workbook_with_very_long_texts_is_read_back() -> None:
    content = {**COMPLETE, "clues": "=" * 20_000, "suggestions": {"national": "甲乙\n" * 6_600 + "完"}}
    assert read(xlsx_form.write(FORM, content), "f.xlsx").content == content


def test_a_finding_with_a_part_and_no_item_is_kept() -> None:
    content = {**COMPLETE, "findings": [{"number": 3, "part": "a", "fact": "甲"}]}
    assert read(xlsx_form.write(FORM, content), "f.xlsx").content == content


@pytest.mark.parametrize(
    "text", ["_x0041_x0042_", "_x005F_x0041_", "_x0041_", "=1+1", "+1", "-1", "@x", "'a", "0012", "1e5"]
)
def test_a_text_that_a_workbook_could_take_for_something_else_stays_text(text: str) -> None:
    content = {**COMPLETE, "clues": text}
    data = xlsx_form.write(FORM, content)
    assert read(data, "f.xlsx").content == content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert in_xml("a\x07<") == "a\ufffd&lt;"


def test_the_english_form_is_english() -> None:
    book = load_workbook(io.BytesIO(xlsx_form.write(ENGLISH)))
    assert [page.title for page in book.worksheets] == [
        "Instructions", "Items", "Findings", "Coverage and declaration", "_selfaudit",
    ]  # fmt: skip
    assert book["_selfaudit"].sheet_state == "veryHidden"
