"""Spellings of days, times, numbers and shares that mean something else than they seem to."""

from pathlib import Path

import duckdb
import pytest

from selfaudit.base.problems import Kind
from selfaudit.checks.importing import words
from selfaudit.checks.importing.days import read_day
from selfaudit.checks.importing.spans import Part, read_span
from selfaudit.files.sheets.cells import DAY_0
from tests.checks.importing.conftest import Read, Rows


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2026-01-01T23:30:00Z", "2026-01-02 07:30:00"),
        ("2026-01-01 23:30:00+00", "2026-01-02 07:30:00"),
        ("2026-01-01T23:30:00+08:00", "2026-01-01 23:30:00"),
        ("2026-01-01T23:30:00+09:00", words.OTHER_ZONE),
        ("2026-01-01 3:00 PM", "2026-01-01 15:00:00"),
        ("2026-01-01 12:05 AM", "2026-01-01 00:05:00"),
        ("2026年1月1日下午3:00", "2026-01-01 15:00:00"),
        ("2026-01-01 8点", "2026-01-01 08:00:00"),
        ("2026-01-01 24:00", "2026-01-02 00:00:00"),
        ("2026-01-01 13:00 AM", words.NOT_A_DAY),
        ("31-Dec-99", words.TWO_DAYS),
        ("1900-05-01", words.NOT_A_DAY),
        ("1900-01-01", None),
    ],
)
def test_times_of_day_are_those_of_one_zone_and_no_century_is_guessed(written: str, read_as: str | Kind | None) -> None:
    value = read_day(written, DAY_0, with_time=True)
    assert (value.reject or value.text) == read_as


def test_the_end_of_a_day_is_of_that_day() -> None:
    assert read_day("2026-01-01 24:00", DAY_0, with_time=False).text == "2026-01-01"


def test_a_time_in_utc_is_told_and_moves_to_the_zone_of_the_others(read: Read, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "签到.parquet"
    with duckdb.connect() as db:
        one = "SELECT 'P1' AS 项目编号, '甲' AS 审核员姓名, TIMESTAMPTZ '2026-01-01 23:30:00+00' AS 开始时间,"
        one += " TIMESTAMP '2026-01-02 12:00:00' AS 结束时间"
        db.execute(f"COPY ({one}) TO '{path}'")
    (table,) = read(path, wanted=("assignments",)).tables
    assert str(rows(table)[0]["start_at"]) == "2026-01-02 07:30:00"
    assert [one.kind.code for one in table.repairs] == ["register.read-zone"]


def test_numbers_that_a_register_cannot_hold_are_rejected(read: Read, rows: Rows) -> None:
    text = "证书编号,获证组织,体系人数\nA1,甲,9E30\nA2,乙,1 2\nA3,丙,1 200\nA4,丁,-3\n"
    (table,) = read(text.encode(), wanted=("certificates",)).tables
    assert [row["headcount"] for row in rows(table)] == [None, None, 1200, None]
    codes = ["register.number-too-large", "register.number", "register.number-negative"]
    assert ([one.code for one in table.problems], table.cells_rejected) == (codes, 3)


@pytest.mark.parametrize(
    ("written", "shares", "told"),
    [
        (("0.5", "30", "1"), (0.005, 0.3, 0.01), "register.read-percent"),
        (("0.5", "0.3", "1"), (0.5, 0.3, 1.0), "register.read-share"),
        (("0.5%", "30%", "1%"), (0.005, 0.3, 0.01), "register.read-number"),
    ],
)
def test_a_column_of_shares_is_per_cent_as_a_whole(
    read: Read, rows: Rows, written: tuple[str, ...], shares: tuple[float, ...], told: str
) -> None:
    lines = [f"P{n},2024-01-01,{share}" for n, share in enumerate(written)]
    (table,) = read("\n".join(["项目编号,开始日期,减人日比例", *lines]).encode(), wanted=("audits",)).tables
    assert tuple(row["reduction"] for row in rows(table)) == shares
    assert told in {one.kind.code for one in table.repairs if one.column == "reduction"}


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2023.01.05-2023.01.07", "2023-01-05", "2023-01-07"),
        ("2023-01-05至2023-01-07", "2023-01-05", "2023-01-07"),
        ("20230105~20230107", "2023-01-05", "2023-01-07"),
        ("2023年1月5日—7日", "2023-01-05", "2023-01-07"),
        ("2023-01-05-2023-01-07", "2023-01-05", "2023-01-07"),
        ("2023.1.5-1.7", "2023-01-05", "2023-01-07"),
        ("2023.12.30-1.2", "2023-12-30", "2024-01-02"),
        ("２０２３／１／５ － ２０２３／１／７", "2023-01-05", "2023-01-07"),
        ("2023-01-05 08:30-17:00", "2023-01-05 08:30", "2023-01-05 17:00"),
        ("自2023年1月5日起至2023年1月7日止", "2023-01-05", "2023-01-07"),
        ("2023-01-05至长期", "2023-01-05", None),
        ("2023-01-05 08:30", "2023-01-05 08:30", "2023-01-05 08:30"),
        ("2023-1-5至2", "2023-01-05", words.NOT_A_DAY),
        ("2023.1.5、1.6、1.7", words.NOT_A_SPAN, words.NOT_A_SPAN),
    ],
)
def test_two_days_in_one_cell_are_told_apart(written: str, start: str, end: str | Kind | None) -> None:
    values = [read_span(written, DAY_0, Part(which, "both"), with_time=True) for which in (False, True)]
    made = [value.reject or (value.text and value.text.removesuffix(":00").removesuffix(" 00:00")) for value in values]
    assert made == [start, end]
