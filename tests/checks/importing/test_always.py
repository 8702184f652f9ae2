"""What is true of every file: however it is written, the same rows come out of it, and none is lost."""

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.checks.importing.codes import CodeList, parts
from selfaudit.checks.importing.days import read_day
from selfaudit.checks.importing.reading import read_file
from selfaudit.checks.importing.values import Reader
from selfaudit.files.sheets.cells import DAY_0
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import TableRead
from selfaudit.model.data.register import Code, Column

HEADER = ("认证证书号", "组织名称", "体系人数", "颁证日期", "说明")
LETTERS = st.characters(codec="gb18030", exclude_categories=("C", "Z"))
TEXT = st.text(LETTERS | st.sampled_from([" ", ",", ";", '"', "\n", "\t"]), max_size=12)
ROW = st.tuples(st.sampled_from(["", "A1", "A2", "A3"]), TEXT, TEXT, TEXT, TEXT)
MANNERS = st.tuples(st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]), st.sampled_from([",", "\t", ";"]))


def read(
    kit: DataKit, header: tuple[str, ...], rows: list[tuple[str, ...]], encoding: str, delimiter: str
) -> tuple[TableRead, list[tuple[object, ...]]]:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
    with tempfile.TemporaryDirectory() as folder:
        path, work = Path(folder, "x.csv"), Path(folder, "work")
        work.mkdir()
        path.write_bytes(stream.getvalue().encode(encoding))
        (table,) = read_file(path, kit, work, ("certificates",)).tables
        columns = "source_row, number, organisation, headcount, issued, note"
        with duckdb.connect() as db:
            file = {"file": str(work / table.parquet)}
            return table, db.execute(f"SELECT {columns} FROM read_parquet($file)", file).fetchall()  # noqa: S608 - see above


@settings(max_examples=4, deadline=None)
@given(st.lists(ROW, max_size=8), MANNERS, MANNERS, st.permutations(range(len(HEADER))))
def test_encoding_delimiter_and_order_of_columns_change_nothing(
    kit: DataKit,
    rows: list[tuple[str, ...]],
    one: tuple[str, str],
    other: tuple[str, str],
    order: list[int],
) -> None:
    table, found = read(kit, HEADER, rows, *one)
    shuffled = [tuple(row[at] for at in order) for row in rows]
    again, same = read(kit, tuple(HEADER[at] for at in order), shuffled, *other)
    aside = {one.kind: one.count for one in table.set_aside}
    assert (table.rows, table.kept) == (again.rows, again.kept) or "subtotal" in aside | {
        one.kind: one.count for one in again.set_aside
    }
    if table.rows == again.rows:
        assert found == same


@settings(max_examples=4, deadline=None)
@given(st.lists(ROW, max_size=8), MANNERS)
def test_every_row_is_read_set_aside_or_rejected(
    kit: DataKit, rows: list[tuple[str, ...]], manner: tuple[str, str]
) -> None:
    table, found = read(kit, HEADER, rows, *manner)
    aside = {one.kind: one.count for one in table.set_aside}
    assert 1 + table.rows + sum(count for kind, count in aside.items() if kind != "same") == 1 + len(rows)
    assert table.rows == table.kept + table.rows_rejected + aside.get("same", 0)
    assert table.kept == len(found)
    numbers = [int(str(row[0])) for row in found]
    assert numbers == sorted(numbers)


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_a_day_is_the_same_in_every_spelling(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    month = day.strftime("%b")
    for written in (
        f"{y}-{m}-{d}",
        f"{y}.{m:02d}.{d:02d}",
        f"{y}/{m}/{d}",
        f"{y}年{m}月{d}日",
        f"{y}{m:02d}{d:02d}",
        f"{y} 年 {m} 月 {d} 日",
        f"{y}-{m:02d}-{d:02d} 00:00:00",
        f"{y}-{m:02d}-{d:02d}T08:30:00",
        f"{y}{m:02d}{d:02d}083000",
        f"{d}-{month}-{y}",
        "".join(chr(ord(sign) + 0xFEE0) for sign in f"{y}/{m}/{d}"),
    ):
        assert read_day(written, DAY_0, with_time=False).text == day.isoformat(), written
    if day > DAY_0 + timedelta(days=20_000):
        assert read_day(str((day - DAY_0).days), DAY_0, with_time=False).text == day.isoformat()


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("date", "10月26日", "register.day-without-year"),
        ("date", "05/06/2023", "register.day-ambiguous"),
        ("date", "23.10.26", "register.day-ambiguous"),
        ("date", "2023-02-30", "register.day"),
        ("date", "26-Oct-23", "2023-10-26"),
        ("date", "26-10月-23", "2023-10-26"),
        ("date", "10/26/2023", "2023-10-26"),
        ("date", "二〇二三年十月二十六日", "2023-10-26"),
        ("date", "长期", None),
        ("date", "9999-12-31", None),
        ("date", "—", None),
        ("time", "2023/10/26 8:30", "2023-10-26 08:30:00"),
        ("time", "45225.5", "2023-10-26 12:00:00"),
        ("integer", "１２３", "123"),
        ("integer", "1,234", "1234"),
        ("integer", "12 人", "12"),
        ("integer", "12.0", "12"),
        ("integer", "12.5", "register.number-not-whole"),
        ("integer", "1,23", "register.number"),
        ("integer", "约12", "register.number"),
        ("integer", "-", None),
        ("integer", "\u22125", "register.number-negative"),
        ("integer", "5-", "register.number"),
        ("integer", "（5）", "register.number"),
        ("integer", "5人日", "register.number-unit"),
        ("number", "1.234.567", "register.number"),
        ("number", "2.7", "2.7"),
        ("number", "32.05139999999999", "32.05139999999999"),
        ("number", "1.2300000000000001E-2", "0.012300000000000001"),
        ("percent", "20%", "0.2"),
        ("percent", "0.2", "0.2"),
        ("percent", "20", "0.2"),
        ("yes_no", "√", "true"),
        ("yes_no", "无", "false"),
        ("yes_no", "大概", "register.yes-no"),
        ("person", "11010519491231002x", "11010519491231002X"),
        ("person", "1101 0519 4912 31002X", "11010519491231002X"),
        ("person", "330106199001011000", "register.digits-lost"),
        ("person", "13800138000", "register.person-length"),
        ("person", "2023-01-01", "register.person"),
        ("person", "#N/A", None),
    ],
)
def test_a_value_is_read_or_says_why_not(kind: str, written: str, expected: str | None) -> None:
    column = Column.model_validate({"id": "x", "title": "x", "type": kind, "unit": "人"})
    value = Reader(column).read(written)
    assert (value.reject.code if value.reject else value.text) == expected


def test_a_number_in_another_unit_is_converted_or_rejected() -> None:
    reader = Reader(Column.model_validate({"id": "x", "title": "x", "type": "number", "unit": "公里"}))
    assert reader.read("350米").text == "0.350"
    assert reader.read("3小时").reject is not None


@pytest.mark.parametrize("written", ["(1,234.50)", "（¥1,234.5）", "-￥1234.5", "\u22121234.50"])
def test_an_amount_in_brackets_is_a_negative_one(written: str) -> None:
    value = Reader(Column.model_validate({"id": "x", "title": "x", "type": "number", "unit": "元"})).read(written)
    assert float(value.text or 0) == -1234.5
    assert value.repair is not None


def test_codes_are_found_whole_by_their_beginning_and_by_what_a_text_contains() -> None:
    codes = CodeList(
        {
            "QMS": Code(title="质量", aliases=("A01", "Q"), prefixes=("A0101", "A01"), contains=("9001", "QMS")),
            "EC": Code(title="工程", aliases=("A0102",), prefixes=("A0102",), contains=("50430",)),
            "EMS": Code(title="环境", aliases=("A02", "E"), prefixes=("A02",), contains=("14001",)),
            "valid": Code(title="有效", aliases=("01",)),
        }
    )
    assert codes.find("ａ０１０２０１") == (["EC"], False)
    assert codes.find("GB/T 19001-2016/ISO 9001:2015") == (["QMS"], False)
    assert codes.find("QMS;EMS") == (["QMS", "EMS"], False)
    assert codes.find("Q+E") == (["QMS", "EMS"], False)
    assert codes.find("QE") == (["QMS", "EMS"], False)
    assert codes.find("1") == (["valid"], True)
    assert codes.find("A01；A02") == (["QMS", "EMS"], False)
    assert codes.find("QMS；没有的") == ([], False)


def test_values_in_one_cell_are_told_apart_outside_of_brackets() -> None:
    assert list(parts("03.01.02；29.10,29.11、(甲，乙)\n14")) == ["03.01.02", "29.10", "29.11", "(甲，乙)", "14"]
