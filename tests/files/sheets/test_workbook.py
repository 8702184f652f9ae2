"""One opener for every workbook: what its sheets hold, and what is refused before it can do harm."""

import io

import pytest
import xlsxwriter

from selfaudit.files.sheets.bounds import Limits
from selfaudit.files.sheets.cells import cell_name, column_name, column_number, shows_error, text_of
from selfaudit.files.sheets.workbook import Grid, Workbook, open_workbook


def book() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        page = made.add_worksheet("人员")
        page.write_row(0, 0, ["工号", "姓名", "单位"])
        page.write_row(1, 0, [12, "张三"])
        page.write_row(2, 0, [13.5, "李四"])
        page.merge_range("C2:C3", "技术部")
        page.write_formula(3, 0, "=1/0", None, "#DIV/0!")
        made.add_worksheet("_隐").hide()
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=人员!$A$2:$A$3"})
        made.add_chartsheet("图").set_chart(chart)
    return stream.getvalue()


def opened(limits: Limits | None = None) -> Workbook:
    return open_workbook(book(), "f.xlsx", limits) if limits else open_workbook(book(), "f.xlsx")


def test_sheets_of_cells_are_grids_and_hidden_ones_are_told() -> None:
    found = opened()
    assert [(grid.name, grid.hidden) for grid in found.grids] == [("人员", False), ("_隐", True)]
    assert [[text_of(value) for value in row] for row in found.grids[0].rows] == [
        ["工号", "姓名", "单位"],
        ["12", "张三", "技术部"],
        ["13.5", "李四", ""],
        ["#DIV/0!", "", ""],
    ]
    assert shows_error(found.grids[0].rows[3][0])
    assert str(found.grids[0].where("f.xlsx", 1, 27)) == "f.xlsx:人员!AB2"


def test_a_merged_value_is_that_of_every_row_that_says_something() -> None:
    grid = opened().grids[0]
    grid.repeat_merged()
    assert [row[2] for row in grid.rows] == ["单位", "技术部", "技术部", ""]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(cells=11), "workbook.too-far"),
        (Limits(unpacked=1_000), "workbook.too-large"),
        (Limits(parts=3), "workbook.too-large"),
        (Limits(texts=10), "workbook.too-large"),
    ],
)
def test_what_is_too_much_for_one_reader_may_be_enough_for_another(limits: Limits, code: str) -> None:
    refused = opened(limits)
    assert refused.grids == []
    assert [problem.code for problem in refused.problems] == [code]
    assert refused.problems[0].hint
    assert opened().grids


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_columns_are_called_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert column_name(column) == name
    assert column_number(name) == column
    assert cell_name(9, column) == f"{name}10"


def test_a_grid_without_merged_cells_stays_as_it_is() -> None:
    grid = Grid("a", [["x", ""], ["", "y"]])
    grid.repeat_merged()
    assert grid.rows == [["x", ""], ["", "y"]]
