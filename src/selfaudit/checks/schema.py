"""The tables that the SQL of a check may ask: every register with all its columns, tables of figures, the calendar.

``campaign`` has one row about the campaign, ``calendar`` one for each day of which the public holidays of China are
known, with whether people work on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import chinese_calendar
import duckdb

from selfaudit.model.data.check import Given
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Code, Column, ColumnType, Register
from selfaudit.model.data.registers import FIXED

SQL_TYPES: Mapping[ColumnType, str] = {
    "text": "VARCHAR",
    "list": "VARCHAR[]",
    "date": "DATE",
    "time": "TIMESTAMP",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "percent": "DOUBLE",
    "yes_no": "BOOLEAN",
    "code": "VARCHAR",
    "codes": "VARCHAR[]",
    "person": "VARCHAR",
}
"""``percent`` is a share: 0.3 for 30 %."""
ROW = "source_row"
"""The column of every register that says in which row of its file a row stood."""
_TABLE_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
_FIRST_DAY, _LAST_DAY = date(2004, 1, 1), date(max(one.year for one in chinese_calendar.holidays), 12, 31)


@dataclass(frozen=True, slots=True)
class About:
    """What the table ``campaign`` says: the day of the run, the cut-off date of the data, and the body.

    ``number`` is the approval number of the body, such as CNCA-R-2002-001; ``body`` its name.
    """

    today: date
    cut_off: date | None = None
    body: str = ""
    number: str = ""


BETWEEN = "/"
"""Between the parts of a name that is put together."""


def part_of_name(column: Column, codes: Mapping[str, Mapping[str, Code]], value: str) -> str:
    """Return the expression of a value of a column as people read it in a name: days without times, titles of codes."""
    if column.type in ("date", "time"):
        return f"strftime({value}, '%Y-%m-%d')"
    titles = codes.get(column.codes or "", {}) if column.type == "code" else {}
    cases = " ".join(f"WHEN {sql_text(code)} THEN {sql_text(one.title)}" for code, one in titles.items())
    return f"CASE {value} {cases} ELSE {value} END" if cases else f"CAST({value} AS VARCHAR)"


def sql_text(text: str) -> str:
    """Return a text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def names_of(kit: DataKit) -> frozenset[str]:
    """Return the names of all tables that the SQL of a check may ask."""
    return frozenset({*kit.registers, *kit.tables, *FIXED})


def create(db: duckdb.DuckDBPyConnection, kit: DataKit, about: About) -> None:
    """Make every table; those of the registers are empty."""
    for register in kit.registers.values():
        create_register(db, register, register.columns)
    _create_tables(db, kit)
    db.execute("CREATE TABLE campaign (today DATE, cut_off DATE, body VARCHAR, number VARCHAR)")
    db.execute("INSERT INTO campaign VALUES (?, ?, ?, ?)", [about.today, about.cut_off, about.body, about.number])
    _create_calendar(db)


def create_register(db: duckdb.DuckDBPyConnection, register: Register, columns: Iterable[Column]) -> None:
    """Make the table of a register with some of its columns."""
    typed = [f"{ROW} BIGINT", *(f"{column.id} {SQL_TYPES[column.type]}" for column in columns)]
    db.execute(f"CREATE OR REPLACE TABLE {register.id} ({', '.join(typed)})")


def insert_given(db: duckdb.DuckDBPyConnection, registers: Mapping[str, Register], given: Given) -> None:
    """Put the rows of an example into the tables of registers."""
    for name, rows in given.items():
        columns = [registers[name].column[column] for column in dict.fromkeys(column for row in rows for column in row)]
        names = ", ".join([ROW, *(column.id for column in columns)])
        slots = ", ".join(["?", *(f"CAST(? AS {SQL_TYPES[column.type]})" for column in columns)])
        # one statement for all rows: an example is run many times
        every = ", ".join([f"({slots})"] * len(rows))
        values = [
            value
            for number, row in enumerate(rows, 2)
            for value in (number, *(_value(column, row.get(column.id)) for column in columns))
        ]
        if rows:
            db.execute(f"INSERT INTO {name} ({names}) VALUES {every}", values)  # noqa: S608 - checked names


def _value(column: Column, text: Any) -> Any:
    if text is None or text == "":
        return None
    return [part.strip() for part in str(text).split(";")] if column.type in ("list", "codes") else str(text)


def _create_tables(db: duckdb.DuckDBPyConnection, kit: DataKit) -> None:
    for table in kit.tables.values():
        typed = ", ".join(f"{name} {_TABLE_TYPES[kind]}" for name, kind in table.columns.items())
        db.execute(f"CREATE TABLE {table.id} ({typed})")
        # one statement for all rows, as these are made anew for every run
        lists = ", ".join(f"unnest(?::{_TABLE_TYPES[kind]}[])" for kind in table.columns.values())
        columns = [list(column) for column in zip(*table.rows, strict=True)]
        db.execute(f"INSERT INTO {table.id} SELECT {lists}", columns)


def _create_calendar(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("CREATE TABLE calendar (day DATE, working BOOLEAN, holiday BOOLEAN)")
    days = [_FIRST_DAY + timedelta(n) for n in range((_LAST_DAY - _FIRST_DAY).days + 1)]
    columns = {
        "day": days,
        "working": [chinese_calendar.is_workday(day) for day in days],
        "holiday": [day in chinese_calendar.holidays for day in days],
    }
    db.execute(
        "INSERT INTO calendar SELECT unnest($day::DATE[]), unnest($working::BOOLEAN[]), unnest($holiday::BOOLEAN[])",
        columns,
    )
