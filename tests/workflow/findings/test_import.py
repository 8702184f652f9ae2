"""The register as a workbook: exported, edited by several people, and imported with a preview."""

import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.program import Ran

Cell = str | int | date
BOOK = "register.xlsx"


@pytest.fixture(scope="module")
def exported(answered: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign with the findings 2.1-01, reported, and 1.2-01, entered by hand, and the workbook of both."""
    made = answered.copy(tmp_path_factory.mktemp("exported") / "campaign")
    args = ("--item", "1.2", "--about", "技术部", "--fact", "缺档", "--source", "监管检查")
    assert made.run("findings", "add", *args).code == 0
    assert made.run("findings", "export", "-o", BOOK).code == 0
    return made


@pytest.fixture
def found(exported: Campaign, tmp_path: Path) -> Campaign:
    """The same, to be changed."""
    return exported.copy(tmp_path / "campaign")


def rows(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def edited(campaign: Campaign, changes: Mapping[tuple[str, str], Cell], name: str = "edited.xlsx") -> str:
    """Write the exported workbook again with other cells, by the id of the row and the title of the column."""
    header, *body = rows(campaign.root / BOOK)
    with xlsxwriter.Workbook(campaign.root / name) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for n, row in enumerate([header, *body]):
            for column, cell in enumerate(row):
                value = (
                    changes.get((str(row[0]), str(header[column])), cell) if n else changes.get(("", str(cell)), cell)
                )
                if isinstance(value, date):
                    sheet.write_datetime(n, column, value, day)
                else:
                    sheet.write(n, column, value)
    return name


def test_the_workbook_is_printed_as_it_is(exported: Campaign) -> None:
    with zipfile.ZipFile(exported.root / BOOK) as book:
        sheet, names = (book.read(f"xl/{part}").decode() for part in ("worksheets/sheet1.xml", "workbook.xml"))
    assert 'orientation="landscape"' in sheet
    assert '<pageSetUpPr fitToPage="1"/>' in sheet
    assert 'fitToHeight="0"' in sheet
    assert '<pane ySplit="1"' in sheet
    assert '<dataValidation type="list" errorStyle="warning"' in sheet
    assert "_xlnm.Print_Titles" in names
    header, *body = rows(exported.root / BOOK)
    assert header[:3] == ["问题编号", "版本", "状态"]
    assert [row[0] for row in body] == ["1.2-01", "2.1-01"]


def test_an_edited_workbook_changes_nothing_before_it_is_confirmed(found: Campaign) -> None:
    changes: dict[tuple[str, str], Cell] = {
        ("2.1-01", "原因"): "急",
        ("2.1-01", "期限"): date(2023, 12, 1),
        ("1.2-01", "责任人"): "李四",
        ("1.2-01", "举一反三结果"): 0,
    }
    book = edited(found, changes)
    ran = found.run("findings", "import", book)
    assert ran.code == 1
    assert f"2.1-01 cause: “{FINDING['cause']}” → “急”" in ran.out
    assert "2.1-01 due date: “” → “2023-12-01”" in ran.out
    assert "2 rows read; findings to change: 2; rows refused: 0" in ran.out
    assert "--yes" in ran.out
    assert found.run("findings", "show", "2.1-01", "--json").data["version"] == 0
    done = found.run("findings", "import", book, "--yes")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Changed 2 findings.")
    told = found.run("findings", "show", "2.1-01", "--json").data
    assert (told["cause"], told["due"], told["version"]) == ("急", "2023-12-01", 1)
    assert found.run("findings", "show", "1.2-01", "--json").data["register"]["similar_found"] == "0"
    assert "findings changed by a workbook: 2 (1.2-01, 2.1-01)" in found.run("journal", "list").out


def test_an_export_imported_again_changes_nothing(found: Campaign) -> None:
    ran = found.run("findings", "import", BOOK)
    assert (ran.code, ran.err) == (0, "")
    assert "findings to change: 0; rows refused: 0" in ran.out


def test_a_text_longer_than_a_cell_is_told_and_no_edit(found: Campaign) -> None:
    for kind in ("people", "certificate"):
        assert found.run("findings", "set", "2.1-01", f"disposition.{kind}=" + "长" * 19_000).code == 0
    ran = found.run("findings", "export", "-o", "long.xlsx")
    assert "2.1-01, handling: the text has 380" in ran.err
    ran = found.run("findings", "import", "long.xlsx")
    assert "findings to change: 0; rows refused: 0" in ran.out


def test_of_two_who_edit_one_row_the_later_is_refused_with_both_values_and_other_rows_go_through(
    found: Campaign,
) -> None:
    first = edited(found, {("2.1-01", "原因"): "急"}, "a.xlsx")
    second = edited(found, {("2.1-01", "原因"): "懒", ("1.2-01", "原因"): "漏记"}, "b.xlsx")
    assert found.run("findings", "import", first, "--yes", "--by", "甲").code == 0
    ran = found.run("findings", "import", second, "--yes", "--by", "乙")
    assert ran.code == 1
    assert "2.1-01 cause: here “懒”, but 甲 has meanwhile written “急”; the row is refused" in ran.err
    assert "b.xlsx:Sheet1!" in ran.err
    causes = {one["short_id"]: one["cause"] for one in found.run("findings", "list", "--json").data}
    assert causes == {"2.1-01": "急", "1.2-01": "漏记"}


def test_what_was_reported_after_the_export_is_not_overwritten(found: Campaign) -> None:
    now = {**FINDING, "cause": "改报的原因"}
    said = found.filled("张三", on="2023-11-09", answers={"2.1 a": "发现问题"}, findings=[now])
    found.receive("again.yaml", said)
    assert found.run("collect").code == 0
    assert found.run("findings", "import", BOOK).err == "", "a cell that says what it said is no edit"
    changes: dict[tuple[str, str], Cell] = {("2.1-01", "原因"): "急", ("2.1-01", "责任人"): "李四"}
    ran = found.run("findings", "import", edited(found, changes), "--yes")
    assert ran.code == 1
    assert "2.1-01 cause: here “急”, but 张三 has meanwhile written “改报的原因”; the row is refused" in ran.err
    assert "2.1-01 owner: here “李四”, but 张三 has meanwhile changed the finding in other fields" in ran.err
    assert found.run("findings", "show", "2.1-01", "--json").data["version"] == 0


def test_a_row_that_nobody_edited_is_no_conflict_however_old_its_workbook_is(found: Campaign) -> None:
    assert found.run("findings", "set", "2.1-01", "cause=急").code == 0
    ran = found.run("findings", "import", BOOK)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({("2.1-01", "期限"): 45261}, ["due date: “45261” is no day"]),
        ({("2.1-01", "原因"): "=A2"}, ["2.1-01 cause: the cell contains a formula"]),
        ({("2.1-01", "问题编号"): ""}, ["the number of the finding is empty", "selfaudit findings add"]),
        ({("2.1-01", "严重程度"): "一般"}, ["from “严重” to “一般”", "--reason TEXT"]),
        ({("2.1-01", "期限"): "月底"}, ["due date: “月底” is no day", "!"]),
        ({("2.1-01", "问题编号"): "9.9-09"}, ["there is no finding “9.9-09”"]),
        ({("2.1-01", "版本"): 7}, ["“7” is no version of it"]),
        ({("2.1-01", "版本"): "9" * 5000}, ["9…” is no version of it"]),
        ({("2.1-01", "版本"): "0·ABCDEF"}, ["“0·ABCDEF” is no version of it"]),
        ({("2.1-01", "状态"): "已关闭"}, ["the state “已关闭” cannot be typed in", "selfaudit findings close"]),
        ({("2.1-01", "问题事实"): "没有的事"}, ["the fact is what 张三 reported"]),
        ({("2.1-01", "验证人"): "李四", ("2.1-01", "验证日期"): "2023-11-20"}, ["selfaudit findings correct 2.1-01"]),
        ({("2.1-01", "原因"): "#REF!"}, ["the cell shows the error #REF!"]),
        ({("2.1-01", "问题编号"): "1.2-01"}, ["1.2-01 has a second row"]),
    ],
)
def test_a_row_in_which_something_cannot_be_is_refused_with_its_place(
    found: Campaign, changes: dict[tuple[str, str], Cell], said: list[str]
) -> None:
    ran = found.run("findings", "import", edited(found, changes), "--yes")
    assert ran.code == 1
    assert "rows refused: 1" in ran.out
    for text in ("edited.xlsx:Sheet1!", *said):
        assert text in ran.err
    assert "Changed 0 findings" in ran.out


def test_columns_may_be_called_otherwise_and_others_are_told(found: Campaign) -> None:
    titles: dict[tuple[str, str], Cell] = {("", "原因"): "原因分析", ("", "严重程度"): "颜色", ("2.1-01", "原因"): "急"}
    ran = found.run("findings", "import", edited(found, titles), "--yes")
    assert "the column “颜色” is not read" in ran.err
    assert found.run("findings", "show", "2.1-01", "--json").data["cause"] == "急"


def test_what_is_no_register_is_told(found: Campaign) -> None:
    ran = found.run("findings", "import", edited(found, {("", "版本"): "x"}))
    assert ran.code == 3
    assert "no sheet has the columns of the register" in ran.err
    (found.root / "x.xlsx").write_bytes(b"PK\x03\x04 nothing")
    assert found.run("findings", "import", "x.xlsx").code == 3
    assert found.run("findings", "import", "none.xlsx").code == 3


def test_what_looks_like_a_formula_comes_back_as_the_text_that_it_is(found: Campaign) -> None:
    found.run("findings", "set", "2.1-01", "cause==1+1", "correction=@SUM(A1)")
    found.run("findings", "export", "-o", BOOK)
    ran = found.run("findings", "import", BOOK)
    assert "findings to change: 0; rows refused: 0" in ran.out


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), ("no", 1), ("Ctrl-C", 130)])
def test_at_a_terminal_it_asks_and_whoever_breaks_off_changes_nothing(
    found: Campaign, inside: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    def asked(_question: str) -> bool:
        if answer == "Ctrl-C":
            raise typer.Abort
        return answer == "yes"

    book = found.root / edited(found, {("2.1-01", "原因"): "急"})
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("selfaudit.cli.commands.findings.sheet.typer.confirm", asked)
    ran = inside("findings", "import", book, "--campaign", found.root)
    assert ran.code == code, ran.said
    cause = found.run("findings", "show", "2.1-01", "--json").data["cause"]
    assert cause == ("急" if answer == "yes" else FINDING["cause"])


def test_the_same_edited_workbook_imported_again_has_nothing_left_to_do(found: Campaign) -> None:
    book = edited(found, {("2.1-01", "原因"): "急", ("1.2-01", "原因"): "漏记"})
    assert found.run("findings", "import", book, "--yes").code == 0
    ran = found.run("findings", "import", book, "--by", "乙")
    assert (ran.code, ran.err) == (0, "")
    assert "findings to change: 0; rows refused: 0" in ran.out
    assert found.run("findings", "set", "1.2-01", "owner=李四").code == 0
    later = edited(found, {("2.1-01", "原因"): "急", ("1.2-01", "原因"): "漏记", ("2.1-01", "责任人"): "李四"})
    assert "2.1-01 owner" in found.run("findings", "import", later).err


def test_a_row_that_is_gone_deletes_nothing_and_a_day_that_is_past_is_told(found: Campaign) -> None:
    changes: dict[tuple[str, str], Cell] = {("2.1-01", "问题编号"): "1.2-01", ("1.2-01", "期限"): date(2020, 1, 1)}
    ran = found.run("findings", "import", edited(found, changes))
    assert "findings without a row here stay as they are (1): 2.1-01" in ran.err
    assert "2020-01-01 is past already" in ran.err
    assert "findings to change: 1" in ran.out


def test_a_cell_with_a_formula_is_refused_whatever_it_shows(found: Campaign) -> None:
    header, *body = rows(found.root / BOOK)
    with xlsxwriter.Workbook(found.root / "formula.xlsx") as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([header, *body]):
            sheet.write_row(n, 0, row)
        sheet.write_formula(2, header.index("原因"), "=A2", None, "1.2-01")
    ran = found.run("findings", "import", "formula.xlsx", "--yes")
    assert "2.1-01 cause: the cell contains a formula, so its row is refused" in ran.err
    assert "Changed 0 findings" in ran.out
