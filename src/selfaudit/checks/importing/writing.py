"""Writes typed rows as Parquet, and the rows and cells that were rejected as a table to send back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from selfaudit.base.i18n import _
from selfaudit.base.mask import masked_within
from selfaudit.base.problems import Kind, Problem, Where
from selfaudit.base.text import masked, shortened
from selfaudit.checks.importing import words
from selfaudit.checks.importing.fits import Fit, Header
from selfaudit.checks.importing.loading import Loaded, Typing
from selfaudit.checks.paths import quoted
from selfaudit.checks.schema import BETWEEN, ROW, part_of_name
from selfaudit.files.sheets.cells import column_name
from selfaudit.files.sheets.writing import write_csv
from selfaudit.model.base import LONGEST_TEXT
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import Rejected
from selfaudit.model.data.register import Register

MOST_PROBLEMS = 200
"""Rejected rows and cells that are told one by one; the table of rejects has all of them."""
_SHOWN = 40
_KEPT = f"FROM typed WHERE {ROW} NOT IN (SELECT rn FROM dropped)"  # noqa: S608 - checked names


@dataclass(slots=True)
class Written:
    """What was written: rows, repetitions, and what was rejected."""

    kept: int = 0
    same: list[int] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rows_rejected: int = 0
    cells_rejected: int = 0
    problems: list[Problem] = field(default_factory=list)


def write(db: duckdb.DuckDBPyConnection, fit: Fit, loaded: Loaded, made: Mapping[str, str], parquet: Path) -> Written:
    """Type the rows, decide which are kept, and write these; ``made`` are columns that are put together, and how."""
    register, written = fit.register, Written()
    _type(db, loaded, made)
    lacking = [one.id for one in register.columns if one.required and (one.id in fit.place or one.id in made)]
    db.execute("CREATE OR REPLACE TABLE dropped (rn BIGINT, why VARCHAR)")
    for column in lacking:
        missing = f"SELECT {ROW}, $column {_KEPT} AND {column} IS NULL"
        db.execute(f"INSERT INTO dropped {missing}", {"column": column})
    _collapse(db, register, [*fit.place, *made], written)
    columns = [one.id for one in register.columns if one.id in fit.place or one.id in made]
    rows = f"SELECT {', '.join([ROW, *columns])} {_KEPT}"
    db.execute(f"COPY ({rows}) TO {quoted(parquet)} (FORMAT parquet)")
    written.kept = _count(db, f"SELECT count(*) {_KEPT}")
    _count_rejected(db, loaded, written)
    return written


def _type(db: duckdb.DuckDBPyConnection, loaded: Loaded, made: Mapping[str, str]) -> None:
    """Make the table ``typed``: the number of each row, its values, and of rejected ones the reason."""
    values = [f"{one.expression} AS {one.column.id}" for one in loaded.typings]
    reasons = [f"m{number}.reject AS x{number}" for number, one in enumerate(loaded.typings) if one.kinds]
    joins = "".join(one.join for one in loaded.typings)
    inner = f"SELECT r.rn AS {ROW}, {', '.join(values + reasons)} FROM data r{joins}"  # noqa: S608 - checked names
    together = "".join(f", {expression} AS {column}" for column, expression in made.items())
    db.execute(f"CREATE OR REPLACE TABLE typed AS SELECT *{together} FROM ({inner})")  # noqa: S608 - checked names


def together(register: Register, parts: Sequence[str], kit: DataKit) -> str:
    """Return the expression of a value that is put together; without one of its parts there is none."""
    return f" || '{BETWEEN}' || ".join(part_of_name(register.column[part], kit.codes, part) for part in parts)


def _collapse(db: duckdb.DuckDBPyConnection, register: Register, columns: list[str], written: Written) -> None:
    """Of rows with the same key that say the same, keep the last; what says something else is for others to join."""
    if not register.key or not set(register.key) <= set(columns):
        return
    names = ", ".join(register.key)
    if _count(db, f"SELECT count(*) - count(DISTINCT ({names},)) {_KEPT}") == 0:
        return
    again = f"row_number() OVER (PARTITION BY {names}, hash({', '.join(columns)}) ORDER BY {ROW} DESC) AS place"
    db.execute(f"CREATE OR REPLACE TABLE again AS SELECT rn FROM (SELECT {ROW} AS rn, {again} {_KEPT}) WHERE place > 1")  # noqa: S608 - checked names
    written.same = [row[0] for row in db.execute("SELECT rn FROM again ORDER BY rn").fetchall()]
    db.execute("INSERT INTO dropped SELECT rn, '' FROM again")


def _count_rejected(db: duckdb.DuckDBPyConnection, loaded: Loaded, written: Written) -> None:
    for column, count in db.execute("SELECT why, count(*) FROM dropped WHERE why <> '' GROUP BY why").fetchall():
        written.rejected.append(Rejected(words.LACKING, column, count, rows=True))
        written.rows_rejected += count
    for number, one in enumerate(loaded.typings):
        if not one.kinds:
            continue
        for reason, count in db.execute(
            f"SELECT x{number}, count(*) FROM typed WHERE x{number} IS NOT NULL GROUP BY x{number} ORDER BY x{number}"  # noqa: S608 - numbered names
        ).fetchall():
            written.rejected.append(Rejected(one.kinds[reason - 1], one.column.id, count))
            written.cells_rejected += count


@dataclass(frozen=True, slots=True)
class Place:
    """Where rejected rows come from: the file and its sheet, its header, and how it was understood."""

    file: str
    sheet: str
    header: Header
    fit: Fit

    def where(self, row: int, at: int) -> Where:
        """Return the place of a cell."""
        cell = f"{column_name(at)}{row}"
        return Where(self.file, cell=f"{self.sheet}!{cell}" if self.sheet else cell)


def write_rejects(db: duckdb.DuckDBPyConnection, place: Place, loaded: Loaded, written: Written, to: Path) -> None:
    """Write every row with something rejected as it was, with its number and the reasons."""
    titles = [name or column_name(at) for at, name in enumerate(place.header.names)]
    write_csv(to, [_("row"), _("why it was rejected"), *titles], _rejects(db, place, loaded, written))


def _rejects(
    db: duckdb.DuckDBPyConnection, place: Place, loaded: Loaded, written: Written
) -> Iterator[list[str | int]]:
    reasons = {number: one for number, one in enumerate(loaded.typings) if one.kinds}
    shown = [f"x{number}" for number in reasons]
    cells = [f"r.c{at}" for at in range(len(place.header.titles))]
    secret = {place.fit.place[one.column.id] for one in loaded.typings if one.column.type == "person"}
    some = " OR ".join(["d.why IS NOT NULL", *(f"t.{one} IS NOT NULL" for one in shown)])
    # the few that were rejected are on the right, where a join takes up rows before it goes through the others
    few = (
        f"SELECT t.{ROW} AS rn, d.why{''.join(f', t.{one}' for one in shown)} FROM typed t"  # noqa: S608 - checked names
        f" LEFT JOIN (SELECT * FROM dropped WHERE why <> '') d ON d.rn = t.{ROW} WHERE {some}"
    )
    rows = db.execute(
        f"SELECT r.rn, b.why, {', '.join([f'b.{one}' for one in shown] + cells)} FROM raw r JOIN ({few}) b"  # noqa: S608 - checked names
        " ON b.rn = r.rn ORDER BY r.rn"
    )
    while batch := rows.fetchmany(1_000):
        for rn, why, *rest in batch:
            texts = list(rest[len(shown) :])
            found = [
                _problem(place, one, one.kinds[reason - 1], rn, texts)
                for one, reason in zip(reasons.values(), rest[: len(shown)], strict=True)
                if reason
            ]
            if why is not None:
                found.insert(0, _row_problem(place, why, rn))
            written.problems += found[: max(0, MOST_PROBLEMS - len(written.problems))]
            hidden = [_shown(text or "", secret=at in secret) for at, text in enumerate(texts)]
            yield [rn, "；".join(one.message for one in found), *hidden]


def tell_doubtful(db: duckdb.DuckDBPyConnection, place: Place, loaded: Loaded, written: Written) -> None:
    """Tell where there are values that were read although something is wrong with them."""
    for one in loaded.typings:
        wrong = dict(one.doubtful)
        found = db.execute(
            f"SELECT rn, {one.cell} FROM data WHERE {one.cell} IN (SELECT unnest($texts)) ORDER BY rn LIMIT $most",  # noqa: S608 - numbered names
            {"texts": list(wrong), "most": max(0, MOST_PROBLEMS - len(written.problems))},
        ).fetchall()
        written.problems += [_problem_of(place, one, wrong[text], row, text) for row, text in found]


def _shown(text: str, *, secret: bool) -> str:
    """Return a cell as others may see it: in a column that was not understood, there may be such a number as well."""
    return masked(text) if secret else masked_within(text)


def _problem(place: Place, typing: Typing, kind: Kind, row: int, texts: list[str | None]) -> Problem:
    return _problem_of(place, typing, kind, row, texts[place.fit.place[typing.column.id]] or "")


def _problem_of(place: Place, typing: Typing, kind: Kind, row: int, text: str) -> Problem:
    at = place.fit.place[typing.column.id]
    value = masked(text) if typing.column.type == "person" else shortened(masked_within(text), _SHOWN)
    unit = typing.column.unit
    return kind(
        place.where(row, at), column=typing.column.title, value=value, unit=unit, most=LONGEST_TEXT, id=typing.column.id
    )


def _row_problem(place: Place, why: str, row: int) -> Problem:
    title = place.fit.register.column[why].title
    return words.LACKING(place.where(row, place.fit.place.get(why, 0)), column=title)


def _count(db: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = db.execute(sql).fetchone()
    return int(row[0]) if row else 0
