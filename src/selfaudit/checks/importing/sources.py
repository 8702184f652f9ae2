"""Makes one plain text of each table in a file, whatever its format, that DuckDB reads without guessing anything."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, Where, error, note, warning
from selfaudit.checks.paths import one_file, parquet
from selfaudit.checks.patience import short_of_memory
from selfaudit.files.kinds import PARQUET, TABLE, Family, FileKind, kind_of
from selfaudit.files.sheets.bounds import LARGEST_TABLE, MOST_COLUMNS, REGISTER
from selfaudit.files.sheets.cells import DAY_0, column_name, text_of
from selfaudit.files.sheets.delimited import (
    LONGEST_LINE,
    LineTooLongError,
    Manner,
    NoCharacterError,
    Plain,
    first_rows,
    head_text,
    manners,
    write_plain,
)
from selfaudit.files.sheets.large import Sheet, large_workbook
from selfaudit.files.texts import kind_of_text
from selfaudit.model.data.reading import SheetRead

MOST_HEAD = 32
"""Rows that are kept to look for a header."""
MOST_CELLS = 300_000_000
"""Cells of the largest Parquet that is read: three million rows of assignments have 60 million."""
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1GB",
    "temp_directory": "",
    # a second one saves little time and costs much
    "threads": 1,
    # rows stay in their order as long as no join is turned round
    "disabled_optimizers": "join_order,build_side_probe_side",
}
"""Of the database in which a file is read."""
_NESTED = re.compile(r"^(STRUCT|MAP|UNION|VARIANT)|\[.*\[")
_OF_ANY_LENGTH = re.compile(r"^(VARCHAR|BLOB|ENUM|JSON|GEOMETRY)|\[")
_ROWS_NAMED, _LINES_NAMED = 200, 10
_DIGITS_KEPT = 1e15
_BETWEEN = "\x1f"
"""Separates the cells of a sheet: no text of a workbook contains it."""
_HEAD, _PACKED = 1 << 16, (b"PK", b"\xd0\xcf\x11\xe0")

EMPTY = error("register.file-empty", N_("the file is empty"), N_("Export it again."))
TOO_WIDE = error(
    "register.too-wide",
    N_("the table reaches as far as column {column}, which is more than {most} columns"),
    N_("Delete the columns after the last one that is filled in, and save it."),
)
NESTED = error(
    "register.nested",
    N_("columns have several values in every cell: {columns}"),
    N_("Export them as text, or leave them out."),
)
UNPACKS = error(
    "register.unpacks",
    N_("the file would unpack to {rows} rows, {cells} values and {size} MiB (at most {most} values and {limit} MiB)"),
    N_("Export fewer columns or a shorter time, in several files."),
)
TOO_MANY_CELLS = note(
    "register.save-as-csv", N_("a table of this size is read from a CSV"), N_("Save it as CSV, and import that.")
)
FOREIGN = error(
    "register.file-foreign",
    N_("this is {what}, not a table"),
    N_("Registers are read from .csv, .xlsx, .xls, .ods and .parquet."),
)
NOT_TEXT = error(
    "register.not-text",
    N_("the file is neither a table of a known kind nor a text in UTF-8 or GB18030"),
    N_("Save it as .xlsx or as CSV in UTF-8, and import that."),
)
CUT_OFF = error(
    "register.text-cut-off",
    N_("the file was cut off: it ends in the middle of a character of {encoding}"),
    N_("Export it again."),
)
LONG_LINE = error("register.line-too-long", N_("this line has more than {most} characters"), N_("Export it again."))
LOST_CHARACTERS = warning(
    "register.text-broken",
    N_("from here on there are bytes that are no character in {encoding}; cells with them were rejected"),
    N_("Correct them where they come from, or save the file as .xlsx, and import that."),
)
DAMAGED = error("register.damaged", N_("the file is damaged: {detail}"), N_("Export it again."))
OLD_WORKBOOK = warning(
    "register.old-workbook",
    N_("cells of old workbooks (.xls) are sometimes read wrongly, mostly in the first two columns"),
    N_("Save it as .xlsx and import that, or compare the first columns below with the file."),
)
UNCLOSED = warning(
    "register.quotation-mark",
    N_("a quotation mark opens a cell and is never closed, in line {lines}; it was read as a sign like others"),
    N_("Look at these lines, or save the file as .xlsx and import that."),
)
LEFT_OUT = note("register.control-characters", N_("{count} control characters in the text were left out"))


@dataclass(frozen=True, slots=True)
class Source:
    """A table as a plain text in a private folder: rows and columns of it, and its first rows.

    ``day_0`` is the day from which it counts days; ``several_lines`` says that a cell may have line breaks. A Parquet
    is read where it lies: ``types`` are the names of its columns with what DuckDB calls their types.
    """

    path: Path
    read: SheetRead
    columns: int
    head: list[list[str]]
    day_0: date = DAY_0
    types: tuple[tuple[str, str], ...] = ()
    delimiter: str = ","
    several_lines: bool = True


@dataclass(slots=True)
class Sources:
    """What a file is, and what there is to say of it; an error says why it is not read."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    problems: list[Problem] = field(default_factory=list)


Score = Callable[[Sequence[Sequence[str]]], int]
"""How well the headers among the first rows of a text are known."""


def sources(path: Path, work: Path, score: Score, about: Sources) -> Iterator[Source]:
    """Yield every table of a file, written into the private folder ``work``; tell ``about`` what the file is."""
    where, size = Where(path.name), path.stat().st_size
    kind = _kind(path)
    if size == 0:
        about.problems.append(EMPTY(where))
    elif kind is None:
        yield from _text(path, where, work, score, about)
    elif kind is PARQUET:
        about.format = "Parquet"
        yield from _parquet(path, where, about)
    else:
        yield from _workbook(path, kind, where, work, about)


def _kind(path: Path) -> FileKind | None:
    """Return what a file is; only what is packed may have to be looked at as a whole."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        return kind_of(head + stream.read(REGISTER.packed)) if head.startswith(_PACKED) else kind_of(head)


def _text(path: Path, where: Where, work: Path, score: Score, about: Sources) -> Iterator[Source]:
    about.format, plain = "CSV", work / "table.csv"
    ways = sorted(((score(first_rows(path, way, MOST_HEAD)), way) for way in manners(path)), key=lambda one: -one[0])
    if not ways:
        about.problems.append(NOT_TEXT(where))
    elif not ways[0][0] and (kind := kind_of_text(head_text(path, ways[0][1]))) and kind is not TABLE:
        about.problems.append(FOREIGN(where, what=Term(kind.family)))
        return
    for best, way in ways:
        others = any(other.encoding != way.encoding and known == best for known, other in ways)
        try:
            written = _plain(path, way, plain, about, sure=not others)
        except NoCharacterError as exc:
            if others and not exc.likely:
                continue
            about.problems.append(CUT_OFF(Where(where.file, exc.line, exc.column), encoding=_name(way)))
            return
        except LineTooLongError as exc:
            about.problems.append(LONG_LINE(Where(where.file, *exc.args), most=LONGEST_LINE))
            return
        about.encoding, about.delimiter = _name(way), way.delimiter
        if _too_wide(where, written.columns, about):
            return
        if written.unclosed:
            first = Where(where.file, written.unclosed[0])
            lines = Some(list(map(str, written.unclosed)), _LINES_NAMED)
            about.problems.append(UNCLOSED(first, lines=lines))
        if written.left_out:
            about.problems.append(LEFT_OUT(where, count=written.left_out))
        head = first_rows(plain, Manner("utf-8", 0, way.delimiter), MOST_HEAD)
        yield Source(
            plain,
            SheetRead("", written.records, table=False),
            written.columns,
            head,
            delimiter=way.delimiter,
            several_lines=written.several_lines,
        )
        return


def _plain(path: Path, way: Manner, to: Path, about: Sources, *, sure: bool) -> Plain:
    """Write the plain form of a text, of a damaged one as well; raise ``NoCharacterError`` for one that is cut off."""
    try:
        return write_plain(path, way, to)
    except NoCharacterError as exc:
        if exc.cut_off or not (exc.likely or sure):
            raise
        written = write_plain(path, way, to, damaged=True)
        about.problems.append(LOST_CHARACTERS(Where(path.name, exc.line, exc.column), encoding=_name(way)))
        return written


def _name(way: Manner) -> str:
    return way.encoding.upper().replace("UTF-8", "UTF-8 with BOM" if way.mark else "UTF-8")


def _workbook(path: Path, kind: FileKind, where: Where, work: Path, about: Sources) -> Iterator[Source]:
    about.format = kind.suffix.upper()
    if kind.family not in (Family.WORKBOOK, Family.LOCKED):
        about.problems.append(FOREIGN(where, what=Term(kind.family)))
        return
    with large_workbook(path, where.file, work) as book:
        about.problems += [OLD_WORKBOOK(where)] if book.old else []
        for number, sheet in enumerate(book.sheets):
            if not _too_wide(Where(where.file, cell=f"{sheet.name}!1"), sheet.width, about):
                yield _written(sheet, work / f"sheet-{number}.csv")
        about.problems += book.problems
    if any(problem.code in ("workbook.too-far", "workbook.too-large") for problem in about.problems):
        about.problems.append(TOO_MANY_CELLS(where))


def _written(sheet: Sheet, to: Path) -> Source:
    """Write the cells of a sheet as they are shown; a number that Excel has rounded is written so that it shows."""
    head, several, between = list[list[str]](), False, sheet.width - 1
    with to.open("w", encoding="utf-8", newline="") as out:
        quoted = csv.writer(out, delimiter=_BETWEEN, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for row in sheet.rows():
            texts = [cell if type(cell) is str else _shown(cell) for cell in row]
            if len(head) < MOST_HEAD:
                head.append(texts)
            line = _BETWEEN.join(texts)
            # joining takes a fifth of the time; nearly no row has a sign in it that means something to a reader
            if '"' in line or "\n" in line or "\r" in line or not line or line.count(_BETWEEN) != between:
                quoted.writerow(texts)
                several = several or "\n" in line or "\r" in line
            else:
                out.write(line + "\n")
    hidden_rows = tuple(map(int, sheet.hidden_rows[:_ROWS_NAMED]))
    read = SheetRead(sheet.name, sheet.height, table=False, hidden=sheet.hidden, hidden_rows=hidden_rows)
    read = replace(read, hidden_columns=tuple(sheet.hidden_columns), merged=sheet.repeated)
    return Source(to, read, sheet.width, head, sheet.day_0, delimiter=_BETWEEN, several_lines=several)


def _shown(cell: Any) -> str:
    if type(cell) is float:
        if cell.is_integer():
            return str(int(cell)) if -_DIGITS_KEPT < cell < _DIGITS_KEPT else f"{cell:.14E}"
        return repr(cell) if abs(cell) < _DIGITS_KEPT else f"{cell:.14E}"
    return text_of(cell)


def _too_wide(where: Where, columns: int, about: Sources) -> bool:
    if columns > MOST_COLUMNS:
        about.problems.append(TOO_WIDE(where, column=column_name(columns - 1), most=MOST_COLUMNS))
    return columns > MOST_COLUMNS


def _parquet(path: Path, where: Where, about: Sources) -> Iterator[Source]:
    try:
        with short_of_memory(), duckdb.connect(":memory:", config=SETTINGS) as db:
            described = db.execute(f"DESCRIBE FROM {parquet(path)}").fetchall()
            types = {str(name): str(kind) for name, kind, *_ in described}
            if _too_wide(where, len(types), about):
                return
            if nested := [name for name, kind in types.items() if _NESTED.search(kind)]:
                about.problems.append(NESTED(where, columns=Some(nested)))
                return
            rows, cells, size = _unpacked(db, path, types)
    except duckdb.Error as exc:
        about.problems.append(DAMAGED(where, detail=str(exc).splitlines()[0]))
        return
    if cells > MOST_CELLS or size > LARGEST_TABLE:
        told = {"rows": rows, "cells": cells, "size": size >> 20}
        about.problems.append(UNPACKS(where, most=MOST_CELLS, limit=LARGEST_TABLE >> 20, **told))
        return
    read = SheetRead("", rows + 1, table=False)
    yield Source(path, read, len(types), [list(types)], types=tuple(types.items()))


def _unpacked(db: duckdb.DuckDBPyConnection, path: Path, types: Mapping[str, str]) -> tuple[int, int, int]:
    """Return how many rows a Parquet has, how many values, and how many bytes of text, which may be packed to nothing.

    The first two are what it says of itself; only if there are not too many, the texts are looked at, one by one.
    """
    sums = (f"coalesce(sum({name}), 0)::BIGINT" for name in ("num_values", "total_uncompressed_size"))
    cells, size = db.execute(f"SELECT {', '.join(sums)} FROM parquet_metadata({one_file(path)})").fetchall()[0]  # noqa: S608 - our own names
    (rows,) = db.execute(f"SELECT count(*) FROM {parquet(path)}").fetchall()[0]  # noqa: S608 - quoted
    cells = max(cells, rows * len(types))
    texts = [_length(name, kind) for name, kind in types.items() if _OF_ANY_LENGTH.search(kind)]
    if texts and cells <= MOST_CELLS and size <= LARGEST_TABLE:
        lengths = " + ".join(f"coalesce(sum({length}), 0)" for length in texts)
        (size,) = db.execute(f"SELECT ({lengths})::BIGINT FROM {parquet(path)}").fetchall()[0]  # noqa: S608 - quoted names
    return rows, cells, size


def _length(name: str, kind: str) -> str:
    """Return the expression of how long a value is as a text; that of a list is not put together for it."""
    quoted = '"' + name.replace('"', '""') + '"'
    length = "strlen(CAST({} AS VARCHAR))"
    return f"list_sum([{length.format('v')} FOR v IN {quoted}])" if "[" in kind else length.format(quoted)
