"""Tables for Excel and WPS: what looks like a formula is a text."""

import contextlib
import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from selfaudit.files.sheets.writing import FORMULA_STARTS, LONGEST_CELL, write_csv, write_xlsx

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40
) | st.sampled_from(
    [
        "=1+1",
        "+86 10",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        '=HYPERLINK("x")',
        "1.10",
        "007",
        "TRUE",
        "#N/A",
        "{=1}",
        "http://x",
        "2023-11-05",
    ]
)


def sheet(path: Path, rows: list[list[str | int]]) -> list[list[object]]:
    """Write rows as a workbook and read them back without the header."""
    width = max((len(row) for row in rows), default=1)
    write_xlsx(path, [("表", [f"h{n}" for n in range(width)], [10] * width, rows)])
    return [
        list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
    ]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(texts.filter(bool), min_size=1, max_size=6))
def test_a_cell_of_a_workbook_is_the_text_it_was(tmp_path: Path, cells: list[str]) -> None:
    path = tmp_path / "x.xlsx"
    (read,) = sheet(path, [list(cells)])
    # spreadsheets keep one kind of line end
    assert read == [cell.replace("\r", "�") for cell in cells]
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_numbers_are_numbers_and_numbers_written_as_text_are_texts(tmp_path: Path) -> None:
    assert sheet(tmp_path / "x.xlsx", [[12, "12", "1.10"]]) == [[12.0, "12", "1.10"]]


def test_a_text_that_is_too_long_for_a_cell_is_not_shortened_without_a_sign(tmp_path: Path) -> None:
    ((read,),) = sheet(tmp_path / "x.xlsx", [["字" * (LONGEST_CELL + 5)]])
    assert len(str(read)) <= LONGEST_CELL
    assert str(read).endswith("…")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(texts, min_size=1, max_size=6))
def test_no_cell_of_a_csv_begins_like_a_formula_and_the_text_is_behind_an_apostrophe(
    tmp_path: Path, cells: list[str]
) -> None:
    write_csv(tmp_path / "x.csv", ["h"] * len(cells), [cells])
    rows = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert not any(cell.startswith(FORMULA_STARTS) for cell in rows[1])
    assert [
        cell.removeprefix("'") if text.startswith(FORMULA_STARTS) else cell
        for cell, text in zip(rows[1], cells, strict=True)
    ] == cells


def test_a_table_that_fails_half_way_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_csv(path, ["h"], [["old"]])
    before = path.read_bytes()
    with contextlib.suppress(ZeroDivisionError):
        write_csv(path, ["h"], (["new"] if n < 3 else [1 // 0] for n in range(5)))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["x.csv"]


def test_a_printed_sheet_is_called_by_its_name(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "x.xlsx", [("雷同", ["a"], [10], [])])
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert "<oddHeader>&amp;C雷同</oddHeader>" in archive.read("xl/worksheets/sheet1.xml").decode()
