"""Files that are broken, cut off or meant to do harm are refused with a reason; nothing is read halfway."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest
import xlsxwriter

from selfaudit.checks.importing import sources
from tests.checks.importing.conftest import Read, Rows

HEADER = "认证证书号,组织名称,说明\n"


def book(*rows: tuple[int, int, str]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as written:
        sheet = written.add_worksheet()
        for column, title in enumerate(HEADER.strip().split(",")):
            sheet.write(0, column, title)
        for row, column, text in rows:
            sheet.write(row, column, text)
    return stream.getvalue()


def codes(read: Read, data: bytes, name: str = "x.xlsx") -> list[str]:
    found = read(data, name)
    assert found.tables == ()
    return [one.code for one in found.problems]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "register.file-empty"),
        (b"%PDF-1.7 ...", "register.file-foreign"),
        ("<html><table><tr><td>认证证书号</td></tr></table></html>".encode(), "register.file-foreign"),
        (bytes(range(256)) * 40, "register.not-text"),
        ((HEADER + "A001Q1,甲,乙\n" * 40_000).encode("gb18030")[:-2], "register.text-cut-off"),
        ((HEADER + "A001Q1,甲,乙\n" * 40_000).encode()[:-3], "register.text-cut-off"),
        (("id,name\n" + "A001Q1,甲乙丙丁\n").encode()[:-2], "register.text-cut-off"),
        ("证书编号,名称\n1,".encode() + "甲".encode() * 9_000_000, "register.line-too-long"),
        (lambda: book()[:2000], "workbook.damaged"),
        (lambda: book((1_000_000, 16_000, "x")), "workbook.too-far"),
        (b"PAR1" + bytes(100), "register.damaged"),
        ("認證證書號,組織名稱\nA001Q1,甲\n".encode("big5"), "register.no-header"),
    ],
    ids=[
        "empty",
        "pdf",
        "page",
        "noise",
        "gbk-cut",
        "utf8-cut",
        "short-utf8-cut",
        "long-line",
        "zip-cut",
        "far-corner",
        "parquet",
        "big5",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(read: Read, data: bytes | Callable[[], bytes], code: str) -> None:
    assert code in codes(read, data() if callable(data) else data, "x.csv")


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        ("repeat('甲', 10_000) AS 组织名称 FROM range(80_000)", "register.unpacks"),
        ("range(1_001) AS 组织名称, 1 AS x FROM range(1_000)", "register.unpacks"),
        ("{'a': [1]} AS 组织名称", "register.nested"),
        (", ".join(f"1 AS x{n}" for n in range(1_000)), "register.too-wide"),
    ],
    ids=["texts", "lists", "nested", "columns"],
)
def test_a_small_parquet_that_would_be_a_large_table_is_refused_before_it_is_read(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: str, code: str
) -> None:
    monkeypatch.setattr(sources, "MOST_CELLS", 1_000_000)
    path = tmp_path / "证书.parquet"
    with duckdb.connect() as db:
        db.execute(f"COPY (SELECT 'A1' AS 认证证书号, {packed}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    assert path.stat().st_size < 3_000_000
    assert [one.code for one in read(path).problems] == [code]


def test_a_table_with_more_columns_than_a_register_has_is_refused(read: Read) -> None:
    for data in ((HEADER.strip() + "," * 100_000 + "\n").encode(), book((0, 1_000, "x"))):
        (problem,) = read(data).problems
        assert problem.code == "register.too-wide"
    assert (problem.where.place, problem.args["column"]) == ("Sheet1!1", "ALM")


def test_a_zip_that_has_too_many_parts_is_refused_before_it_is_unpacked(read: Read) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(1_001):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", bytes(1 << 10))
    assert "workbook.too-large" in codes(read, stream.getvalue())


def test_a_table_wider_than_z_and_longer_than_9999_rows_is_read(read: Read, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "证书.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as written:
        sheet = written.add_worksheet()
        for n in range(10_001):
            for column, text in enumerate(HEADER.strip().split(",") if n == 0 else (f"A001Q{n}", "甲", "")):
                sheet.write(n, column, text)
            sheet.write(n, 58, "第59列")
    (table,) = read(path).tables
    assert (table.rows, table.kept) == (10_000, 10_000)
    assert rows(table)[-1]["source_row"] == 10_001


def test_the_rejects_run_no_formula_and_the_folder_keeps_nothing_else(read: Read, work: Path) -> None:
    (table,) = read((HEADER + ",=cmd|' /C calc'!A0,@x\n").encode()).tables
    assert "'=cmd" in (work / table.rejects).read_text("utf-8-sig")
    assert {path.name for path in work.iterdir()} == {table.parquet, table.rejects}


def test_quotation_marks_in_the_middle_of_cells_and_never_closed_lose_no_row(read: Read, rows: Rows) -> None:
    text = HEADER + 'A001Q1,5" 管,x\nA001Q2,"甲\n乙",y\n"A001Q3,丙,z\nA001Q4,丁,"w"\n'
    found = read(text.encode(), wanted=("certificates",))
    (table,) = found.tables
    assert [row["number"] for row in rows(table)] == ["A001Q1", "A001Q2", '"A001Q3', "A001Q4"]
    assert [row["organisation"] for row in rows(table)] == ['5" 管', "甲\n乙", "丙", "丁"]
    assert [f"{one.where}: {one.message}" for one in found.problems] == [
        "证书.csv:5:1: a quotation mark opens a cell and is never closed, in line 5; it was read as a sign like others"
    ]


def test_a_quotation_mark_that_is_closed_in_the_middle_of_a_later_cell_swallows_no_row(read: Read, rows: Rows) -> None:
    text = HEADER + 'A001Q1,"甲,x\nA001Q2,乙,y\nA001Q3,丙,5" 管\nA001Q4,丁,z\n'
    found = read(text.encode(), wanted=("certificates",))
    assert [row["number"] for row in rows(found.tables[0])] == ["A001Q1", "A001Q2", "A001Q3", "A001Q4"]
    assert [(one.code, one.where.line) for one in found.problems] == [("register.quotation-mark", 2)]


def test_an_open_quotation_mark_before_many_empty_lines_costs_no_more_than_the_lines(read: Read) -> None:
    (table,) = read((HEADER + 'A001Q1,"甲,x\n' + "\n" * 100_000).encode(), wanted=("certificates",)).tables
    assert (table.kept, table.set_aside[-1].count) == (1, 100_000)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("before", [1, 30_000], ids=["beginning", "later"])
def test_a_damaged_byte_costs_its_cell_and_is_never_read_as_something_else(
    read: Read, rows: Rows, encoding: str, before: int
) -> None:
    good = "A001Q1,甲公司,说明说明\n" * before
    bad = "A001Q2,乙公司,".encode(encoding) + "好".encode(encoding)[:-1] + ",x\n".encode(encoding)
    data = (HEADER + good).encode(encoding) + bad + ("A001Q3,丙公司,明说\n" * 3).encode(encoding)
    found = read(data, wanted=("certificates",))
    (table,) = found.tables
    assert [(one.code, one.where.line, one.where.column) for one in found.problems] == [
        ("register.text-broken", before + 2, 12)
    ]
    assert [(row["number"], row["note"]) for row in rows(table)[-2:]] == [("A001Q2", None), ("A001Q3", "明说")]
    assert [(one.code, one.where.place) for one in table.problems] == [("register.character-lost", f"C{before + 2}")]


def test_cells_beyond_the_header_are_kept_apart(read: Read, rows: Rows) -> None:
    (table,) = read((HEADER + "A001Q1,甲,x,多出,的\nA001Q2,乙\n").encode()).tables
    assert [row["note"] for row in rows(table)] == ["x", None]
    assert [(one.place, one.header, one.filled) for one in table.columns[3:]] == [("D", "", 1), ("E", "", 1)]


def test_a_formula_that_failed_is_an_empty_cell_that_is_told(read: Read, rows: Rows) -> None:
    (table,) = read((HEADER + "A001Q1,甲,#REF!\n").encode()).tables
    assert rows(table)[0]["note"] is None
    assert [one.kind.code for one in table.repairs] == ["register.read-failed"]


def test_a_parquet_and_a_text_with_tabs_are_read_as_well(read: Read, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "证书.parquet"
    with duckdb.connect() as db:
        db.execute(
            "COPY (SELECT 'A001Q1' AS 证书编号, '甲' AS 组织名称, DATE '2023-10-26' AS 颁证日期, 12.0 AS 体系人数)"
            f" TO '{path}' (FORMAT parquet)"
        )
    (table,) = read(path, wanted=("certificates",)).tables
    (row,) = rows(table)
    assert (row["source_row"], row["number"], str(row["issued"]), row["headcount"]) == (2, "A001Q1", "2023-10-26", 12)
    text = "证书编号\t组织名称\t颁证日期\nA001Q1\t甲,乙\t2023-10-26\n"
    found = read(text.encode(), "x.txt", ("certificates",))
    assert found.delimiter == "\t"
    assert rows(found.tables[0])[0]["organisation"] == "甲,乙"


def test_a_locked_workbook_says_so(read: Read) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert codes(read, locked) == ["workbook.locked"]


def test_several_sheets_are_several_tables(read: Read, tmp_path: Path) -> None:
    written = openpyxl.Workbook()
    certificates, paid = ["证书编号", "组织名称", "证书状态"], ["付款单位", "金额", "收款日期", "合同号"]
    for name, header in (("证书台账", certificates), ("收款", paid)):
        sheet = written.create_sheet(name)
        sheet.append(header)
        sheet.append(["A001Q1", "1", "2023-10-26", "x"])
    hidden = written.create_sheet("旧证书台账")
    hidden.sheet_state = "hidden"
    hidden.append(certificates)
    path = tmp_path / "全部.xlsx"
    written.save(path)
    found = read(path)
    assert [(one.sheet, one.register) for one in found.tables] == [
        ("证书台账", "certificates"),
        ("收款", "payments"),
        ("旧证书台账", "certificates"),
    ]
    assert [one.name for one in found.sheets if one.hidden] == ["旧证书台账"]
