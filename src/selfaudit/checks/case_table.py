"""A table of texts to compare, CSV in UTF-8 or Parquet: one record a row; it runs in a worker."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from selfaudit.base.text import loose
from selfaudit.checks.paths import one_file, parquet, quoted
from selfaudit.files.sheets.bounds import LARGEST_TABLE

HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "编号", "记录编号"),
    "text": ("text", "正文", "文本"),
    "standard": ("standard", "认证项目"),
    "organisation": ("organisation", "组织名称"),
    "period": ("period", "审核时间"),
    "auditors": ("auditors", "审核人员"),
    "case": ("case", "案卷编号"),
}
"""Under which headers a table has what is known of a record; without the first two there is nothing to compare."""
_NEEDED = ("id", "text")
_LONGEST_LINE = 16 * 1024 * 1024


def taken_over(path: Path, to: Path) -> tuple[int, list[str], str]:
    """Write a table to a Parquet with the columns that are known, all texts.

    Return its rows, which of the columns that are needed it lacks, and what the database says if it cannot be read.
    """
    if path.stat().st_size > LARGEST_TABLE:
        return 0, [], f"> {LARGEST_TABLE >> 20} MiB"
    # not by its name: a table that somebody renamed is still one
    with path.open("rb") as stream:
        packed = stream.read(4) == b"PAR1"
    csv = f"read_csv({one_file(path)}, all_varchar=true, header=true, max_line_size={_LONGEST_LINE})"
    table = parquet(path) if packed else csv
    try:
        with duckdb.connect(":memory:", config={"memory_limit": "1GB", "threads": 1}) as db:
            names = {loose(row[0]): row[0] for row in db.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}  # noqa: S608 - a path
            found = {ours: names[one] for ours, known in HEADERS.items() for one in map(loose, known) if one in names}
            if lacking := [name for name in _NEEDED if name not in found]:
                return 0, lacking, ""
            columns = ", ".join(
                f"CAST({_quoted(found[ours])} AS VARCHAR) AS {ours}_" if ours in found else f"NULL::VARCHAR AS {ours}_"
                for ours in HEADERS
            )
            db.execute(f"COPY (SELECT {columns} FROM {table}) TO {quoted(to)} (FORMAT parquet)")  # noqa: S608 - as above
            (rows,) = db.execute(f"SELECT count(*) FROM {parquet(to)}").fetchall()[0]  # noqa: S608 - as above
            return int(rows), [], ""
    except duckdb.Error as exc:
        return 0, [], str(exc).partition("\n")[0][:200]


def some_rows(table: Path, first: int, count: int) -> list[dict[str, str]]:
    """Return some rows of what was taken over, from the first, counted from 0."""
    with duckdb.connect(":memory:", config={"memory_limit": "1GB", "threads": 1}) as db:
        within = f"file_row_number >= {first} AND file_row_number < {first + count}"
        names = ", ".join(f"coalesce({ours}_, '')" for ours in HEADERS)
        rows = db.execute(f"SELECT {names} FROM {parquet(table, numbered=True)} WHERE {within}").fetchall()  # noqa: S608 - our own names
        return [dict(zip(HEADERS, row, strict=True)) for row in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
