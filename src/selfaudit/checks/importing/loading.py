"""Types the rows of a table: what is written plainly by DuckDB itself, every other distinct value by ``values``.

The database of a large table is a file in a private folder, so that it may be larger than the memory of the process.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from selfaudit.base.problems import Kind, Severity
from selfaudit.checks.importing import words
from selfaudit.checks.importing.fits import Fit, Header
from selfaudit.checks.importing.numbers import is_counted, is_per_cent
from selfaudit.checks.importing.persons import CHECKS, WEIGHTS
from selfaudit.checks.importing.sources import SETTINGS, Source
from selfaudit.checks.importing.values import LIST_SIGN, Reader
from selfaudit.checks.paths import one_file, parquet
from selfaudit.checks.schema import SQL_TYPES
from selfaudit.files.sheets.delimited import LONGEST_LINE
from selfaudit.model.data.reading import Aside, Repair, SetAside
from selfaudit.model.data.register import Column

_BLANK = "' \t\r\n\u00a0\u3000\ufeff'"
_BEGINS = "({c} >= '!' AND {c} < '\u00a0' OR {c} >= '\u3001' AND {c} < '\ufeff')"
"""When a cell surely does not begin with a blank."""
_ASIDES: tuple[Aside, ...] = ("title", "header", "subtotal", "empty", "same")
_IN_MEMORY = 100 * 1024**2
"""Bytes of a text that DuckDB takes into memory; as a table, it takes three to four times as much."""
_CELL = 10
"""Bytes of a cell of a Parquet, as a text: the file itself is packed and says little of that."""
_MOST_ROWS = 50
"""Rows set aside that are named."""
_SUMS = "合计|小计|总计|共计|累计|总数|平均|合计数|总和"
_SUBTOTAL = (
    rf"^[\[【(（]?.{{0,20}}(?:{_SUMS})[\]】)）]?[:：]?(?:[\s\d.,共条家张人元日]*)$"
    r"|^(?:制表|填表|审核|复核|审批|批准|负责|打印|导出|统计|报送|填报|联系)(?:人|日期|时间|单位|部门|电话)?[:：]"
    r"|^第\s*\d+\s*页|^共\s*\d+\s*(?:条|页|行|项|家|张)|^(?:注|备注|说明|附注)\s*\d*[:：]|^[-—=*\s]*以下(?:空白|无正文)"
    r"|^(?i:grand total|sub-?total|total|sum)[:：]?$"
)
"""How the first cell of a row begins that is a sum, or stands below a table."""

_ODD = (
    r"^[ \t\r\n'`‘’]|[ \t\r\n]$|[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]"
    "|[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ufffd\uff0b\uff0d-\uff19\uff21-\uff3a\uff41-\uff5a]"
    r"|^[-‐-―−_/\\.·*]{1,8}$|^(?i:n/?a|null|none|nan|nil|\((?:空|空白|null)\))$|^#|^(?:Err|错误)[:：]"
)
"""What a text contains that ``values`` must look at."""


@dataclass(frozen=True, slots=True)
class Typing:
    """How a column is read: from which cells, with which expression, and the reasons by their number, from 1.

    ``doubtful`` are texts that were read although something is wrong with them, and what that is.
    """

    column: Column
    cell: str
    expression: str
    join: str
    kinds: tuple[Kind, ...]
    doubtful: tuple[tuple[str, Kind], ...] = ()


@dataclass(slots=True)
class Loaded:
    """What was done with the rows: set aside, read, and which columns were typed how."""

    rows: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    typings: list[Typing] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    examples: list[list[str]] = field(default_factory=list)


@contextmanager
def database(source: Source, work: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty database for a table: in memory, or a file in the private folder if the table is large."""
    path = work / "reading.duckdb"
    size = source.read.rows * source.columns * _CELL if source.types else source.path.stat().st_size
    name = str(path) if size > _IN_MEMORY else ":memory:"
    try:
        with duckdb.connect(name, config=SETTINGS) as db:
            yield db
    finally:
        path.unlink(missing_ok=True)


def load_raw(db: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Make the table ``raw``: ``rn``, the number of a row as the file counts them from 1, and its cells as texts."""
    cells = [f"c{at}" for at in range(source.columns)]
    if source.types:
        texts = ", ".join(f"{_as_text(*one)} AS {cell}" for one, cell in zip(source.types, cells, strict=True))
        sql = f"SELECT row_number() OVER () + 1 AS rn, {texts} FROM {parquet(source.path)}"  # noqa: S608 - numbered names
        db.execute(f"CREATE OR REPLACE TABLE raw AS {sql}")
        return
    columns = ", ".join(f"'{cell}': 'VARCHAR'" for cell in cells)
    asked = f"{one_file(source.path)}, auto_detect=false, hive_partitioning=false, header=false, delim=$delimiter"
    asked += f", quote='\"', escape='\"', new_line='\\n', null_padding=true, parallel={not source.several_lines}"
    # in UTF-8 a character has four bytes at most
    asked += f", max_line_size={4 * LONGEST_LINE}, columns={{{columns}}}"
    db.execute(
        f"CREATE OR REPLACE TABLE raw AS SELECT row_number() OVER () AS rn, * FROM read_csv({asked})",  # noqa: S608 - numbered names
        {"delimiter": source.delimiter},
    )


def _as_text(name: str, kind: str) -> str:
    name = name.replace('"', '""')
    if kind.endswith("[]"):
        return f"array_to_string(\"{name}\", ';')"
    if kind == "TIMESTAMP WITH TIME ZONE":
        # not in the zone of this machine
        return f"strftime(make_timestamp(epoch_us(\"{name}\")), '%Y-%m-%d %H:%M:%S+00')"
    return f'CAST("{name}" AS VARCHAR)'


def load(db: duckdb.DuckDBPyConnection, source: Source, header: Header, fit: Fit, readers: Sequence[Reader]) -> Loaded:
    """Set aside what is no row of data, and find out how to read every column of a register."""
    loaded = Loaded()
    cells = [f"c{at}" for at in range(source.columns)]
    _set_aside(db, loaded, header, fit, cells)
    loaded.rows = _number(db, "SELECT count(*) FROM data")
    # not count_if, which is NULL where no cell has anything
    counted = ", ".join(f"count(*) FILTER (WHERE {cell} > ' ')" for cell in cells)
    loaded.filled = list(db.execute(f"SELECT {counted} FROM data").fetchone() or ())  # noqa: S608 - numbered names
    first = db.execute(f"SELECT {', '.join(cells)} FROM data LIMIT 60").fetchall()  # noqa: S608 - numbered names
    for column in zip(*first, strict=True) if first else [()] * len(cells):
        loaded.examples.append(list(dict.fromkeys(text.strip() for text in column if text and text.strip()))[:3])
    for number, reader in enumerate(readers):
        cell = f"c{fit.place[reader.column.id]}"
        typing, repairs = _typing(db, reader, cell, number)
        loaded.typings.append(typing)
        loaded.repairs += repairs
    return loaded


def _set_aside(db: duckdb.DuckDBPyConnection, loaded: Loaded, header: Header, fit: Fit, cells: Sequence[str]) -> None:
    """Make the table ``asides`` of rows that are no data, with their kinds, and the view ``data`` of the others."""
    top, last = header.rows[0] + 1, header.rows[-1] + 1
    first = f"coalesce({', '.join(f'nullif(trim({cell}, {_BLANK}), {chr(39) * 2})' for cell in cells)})"
    used = sorted(set(fit.place.values()))
    same = " + ".join(f"coalesce(({cell} = $t{n})::INT, 0)" for n, cell in enumerate(f"c{at}" for at in used))
    enough = max(2, (len(used) + 1) // 2)
    required = [f"c{fit.place[one.id]}" for one in fit.register.columns if one.required and one.id in fit.place]
    lacking = " OR ".join(f"coalesce(trim({cell}, {_BLANK}), '') IN ('', {first})" for cell in required) or "TRUE"
    db.execute("CREATE OR REPLACE TABLE asides (rn BIGINT, aside VARCHAR)")
    db.execute(
        "INSERT INTO asides SELECT rn, CASE"  # noqa: S608 - numbered names
        f" WHEN {first} IS NULL THEN 'empty' WHEN rn < {top} THEN 'title' WHEN rn <= {last} THEN 'names'"
        f" WHEN {same} >= {enough} THEN 'header'"
        f" WHEN regexp_matches({first}, $subtotal) AND ({lacking}) THEN 'subtotal' END"
        f" FROM raw WHERE rn <= {last} OR NOT ({_surely_data(used, required, enough)})",
        {f"t{n}": header.titles[at].strip() for n, at in enumerate(used)} | {"subtotal": _SUBTOTAL},
    )
    # in one statement, both conditions would be tried on all rows
    db.execute("DELETE FROM asides WHERE aside IS NULL")
    db.execute("CREATE OR REPLACE VIEW data AS SELECT * FROM raw WHERE rn NOT IN (SELECT rn FROM asides)")
    for kind in _ASIDES:
        rows = [row[0] for row in db.execute("SELECT rn FROM asides WHERE aside = ? ORDER BY rn", [kind]).fetchall()]
        if rows:
            loaded.set_aside.append(SetAside(kind, len(rows), tuple(rows[:_MOST_ROWS])))


def _surely_data(used: Sequence[int], required: Sequence[str], enough: int) -> str:
    """Return a condition that holds for nearly all rows of data and costs next to nothing.

    It names the first cell and those that are required, none of which begins with a blank or is another again, and so
    many cells which are no headers that too few are left.
    """
    if not required:
        return "FALSE"
    begun = [_BEGINS.format(c=cell) for cell in {"c0": None, **dict.fromkeys(required)}]
    others = [f"NOT starts_with({cell}, c0) AND NOT starts_with(c0, {cell})" for cell in required]
    titles = [f"c{at} IS DISTINCT FROM $t{n}" for n, at in enumerate(used[: len(used) - enough + 1])]
    return f"coalesce({' AND '.join(begun + others + titles)}, FALSE)"


def _typing(db: duckdb.DuckDBPyConnection, reader: Reader, cell: str, number: int) -> tuple[Typing, list[Repair]]:
    """Read every distinct value of a column that DuckDB cannot take as it is, into a table of its own."""
    plain, cast = _plain(reader, cell)
    odd = db.execute(
        f"SELECT {cell}, count(*) FROM data WHERE {cell} IS NOT NULL GROUP BY {cell} HAVING NOT ({plain})"  # noqa: S608 - numbered names
    ).fetchall()
    if reader.column.type == "percent" and any(is_per_cent(raw) for raw, _count in odd):
        reader = replace(reader, per_cent=True)
    kinds, repairs, rows = list[Kind](), dict[Kind, Repair](), list[tuple[str, str, str]]()
    doubtful = list[tuple[str, Kind]]()
    for raw, count in odd:
        value = reader.read(raw)
        reject = ""
        if value.reject:
            kinds += [value.reject] if value.reject not in kinds else []
            reject = str(kinds.index(value.reject) + 1)
        elif value.repair:
            before = repairs.get(value.repair) or Repair(value.repair, reader.column.id, 0, raw, value.text or "")
            repairs[value.repair] = Repair(
                before.kind, before.column, before.count + count, before.before, before.after
            )
            doubtful += [(raw, value.repair)] if value.repair.severity is Severity.WARNING else []
        rows.append((raw, "" if value.text is None else f"={value.text}", reject))
    if not rows:
        return Typing(reader.column, cell, cast, "", ()), []
    _map(db, f"m{number}", rows)
    typed = _cast(reader.column, f"m{number}.value")
    _reject_lost(db, f"m{number}", _cast(reader.column, "value"), kinds)
    expression = f"CASE WHEN m{number}.raw IS NULL THEN {cast} ELSE {typed} END"
    join = f" LEFT JOIN m{number} ON r.{cell} = m{number}.raw"
    return Typing(reader.column, cell, expression, join, tuple(kinds), tuple(doubtful)), list(repairs.values())


def _map(db: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Make a table of raw texts with their values and reasons; one text for each column passes fastest."""
    sign = "\x1e"
    while any(sign in text for row in rows for text in row):
        sign += "|\x1e"
    texts = {f"t{n}": sign.join(column) for n, column in enumerate(zip(*rows, strict=True))}
    split = [f"unnest(string_split($t{n}, $sign))" for n in range(3)]
    db.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT raw, CASE WHEN value <> '' THEN value[2:] END AS value,"  # noqa: S608 - numbered names
        f" try_cast(reject AS UTINYINT) AS reject FROM"
        f" (SELECT {split[0]} AS raw, {split[1]} AS value, {split[2]} AS reject)",
        texts | {"sign": sign},
    )


def _reject_lost(db: duckdb.DuckDBPyConnection, name: str, cast: str, kinds: list[Kind]) -> None:
    """Reject what was read as a value that the type of the column cannot hold, so that no cell is lost in silence."""
    lost = f"value IS NOT NULL AND reject IS NULL AND ({cast}) IS NULL"
    if _number(db, f"SELECT count(*) FROM {name} WHERE {lost}"):  # noqa: S608 - numbered names
        kinds += [words.TOO_LARGE] if words.TOO_LARGE not in kinds else []
        db.execute(f"UPDATE {name} SET reject = {kinds.index(words.TOO_LARGE) + 1} WHERE {lost}")  # noqa: S608 - as above


def _cast(column: Column, text: str) -> str:
    kind = SQL_TYPES[column.type]
    if kind == "VARCHAR[]":
        return f"string_split({text}, '{LIST_SIGN}')"
    return f"try_cast({text} AS {kind})"


_CARD = " + ".join(f"{weight} * try_cast({{c}}[{n}] AS INT)" for n, weight in enumerate(WEIGHTS, 1))
_PLAIN = {
    "date": r"regexp_full_match({c}, '(19[1-9]|20[0-8])\d-\d\d-\d\d') AND try_cast({c} AS DATE) IS NOT NULL",
    "time": r"regexp_full_match({c}, '(19[1-9]|20[0-8])\d-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?')"
    " AND try_cast({c} AS TIMESTAMP) IS NOT NULL",
    "integer": r"regexp_full_match({c}, '{sign}\d{{1,15}}')",
    "number": r"regexp_full_match({c}, '{sign}\d{{1,15}}(\.\d{{1,20}})?')",
    "person": r"regexp_full_match({c}, '\d{{17}}[\dX]') AND '" + CHECKS + "'[(" + _CARD + ") % 11 + 1] = {c}[18]",
}
"""When a text is plain, so that DuckDB reads it as ``values`` would."""


def _plain(reader: Reader, cell: str) -> tuple[str, str]:
    """Return when a cell is plain, and the expression that reads one that is."""
    column = reader.column
    if column.type == "text" and reader.identity:
        return f"regexp_full_match({cell}, '[0-9A-Z][0-9A-Z/()-]{{3,100}}')", f"r.{cell}"
    odd = f"regexp_matches({cell}, '{_ODD.replace(chr(39), chr(39) * 2)}') OR length({cell}) > 20000"
    if column.type == "text":
        return f"NOT ({odd})", f"nullif(r.{cell}, '')"
    if column.type == "list":
        return (
            f"NOT ({odd} OR regexp_matches({cell}, '[；;、,，/／|\\n\\r]')) AND {cell} <> ''",
            f"list_value(r.{cell})",
        )
    if column.type in _PLAIN and not reader.header_unit and not reader.part:
        sign = "" if is_counted(column.unit) else "-?"
        return _PLAIN[column.type].format(c=cell, sign=sign), _cast(column, f"r.{cell}")
    return "FALSE", "NULL"


def _number(db: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = db.execute(sql).fetchone()
    return int(row[0]) if row else 0
