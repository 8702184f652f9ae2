"""Reads a file for registers: finds its tables, types their rows, and tells everything that was done with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from selfaudit.base.i18n import N_
from selfaudit.base.mask import masked_within
from selfaudit.base.problems import Some, Where, error, errors
from selfaudit.base.text import loose, masked, shortened
from selfaudit.checks.importing.codes import CodeList
from selfaudit.checks.importing.fits import Fit, Header, also, file_columns, header_unit
from selfaudit.checks.importing.headers import Finder, is_data
from selfaudit.checks.importing.loading import Loaded, database, load, load_raw
from selfaudit.checks.importing.sources import Source, Sources, sources
from selfaudit.checks.importing.values import LIST_SIGN, Reader
from selfaudit.checks.importing.words import LACKING
from selfaudit.checks.importing.writing import Place, tell_doubtful, together, write, write_rejects
from selfaudit.checks.patience import short_of_memory
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import FileColumn, FileRead, Mapped, Repair, SetAside, TableRead
from selfaudit.model.data.register import Column

NO_HEADER = error(
    "register.no-header",
    N_("no row among the first 30 has headers that are known here; the first row with several texts says: {cells}"),
    N_("Name the columns as “selfaudit register template” does, or say with “selfaudit register map” what they are."),
)
UNREADABLE_TABLE = error(
    "register.table-unreadable", N_("the table cannot be read: {detail}"), N_("Save it as .xlsx and import that.")
)
_MOST_CELLS = 8
_SHOWN = 40


def read_file(
    path: Path,
    kit: DataKit,
    work: Path,
    wanted: tuple[str, ...] = (),
    mapped: Mapped | None = None,
) -> FileRead:
    """Read a file into Parquet files in ``work``, a private and empty folder.

    ``wanted`` are the registers as which it is read, all that fit if there are none; ``mapped`` is what a person said
    of columns. ``OSError`` is raised for a file that cannot be opened, ``MemoryError`` for one that takes too much.
    """
    finder, about, file = Finder(kit.registers, mapped or {}, _words(kit)), Sources(), path.name
    tables, first = list[TableRead](), list[str]()
    read = FileRead(file)
    try:
        with short_of_memory():
            for source in sources(path, work, finder.known, about):
                header = finder.find(source.head, wanted, path.stem, source.read.name)
                first = first or _first_cells(source.head)
                read = replace(read, sheets=(*read.sheets, replace(source.read, table=header is not None)))
                if header is not None:
                    tables += _tables(_Job(kit, source, header, file, work, len(tables)))
                _remove(source)
    except duckdb.Error as exc:
        about.problems.append(UNREADABLE_TABLE(Where(file), detail=str(exc).splitlines()[0]))
        tables = []
    if not tables and not errors(about.problems):
        about.problems.append(NO_HEADER(Where(file), cells=Some(first, _MOST_CELLS)))
    return replace(
        read,
        format=about.format,
        encoding=about.encoding,
        delimiter=about.delimiter,
        tables=tuple(_own(tables, wanted)),
        problems=tuple(about.problems),
    )


def _words(kit: DataKit) -> frozenset[str]:
    """Return every word that stands for a code."""
    codes = [(id_, code) for several in kit.codes.values() for id_, code in several.items()]
    return frozenset(loose(text) for id_, code in codes for text in (id_, code.title, *code.aliases))


def _own(tables: Sequence[TableRead], wanted: Sequence[str]) -> Iterator[TableRead]:
    """Yield tables without those of another register than the one that somebody named.

    One is read as that register all the same if they named both, and no other table is clearly of it.
    """
    own = {one.register for one in tables if not one.rather}
    for table in tables:
        if not table.rather or (table.rather in wanted and table.register not in own):
            yield replace(table, rather="")
        elif not any(one.sheet == table.sheet and one.register == table.rather for one in tables):
            yield TableRead(table.sheet, "", table.fingerprint, table.header, table.columns, rather=table.rather)


@dataclass(frozen=True, slots=True)
class _Job:
    """What the tables of a sheet are read with: the sheet, its header, the file, the folder, tables before it."""

    kit: DataKit
    source: Source
    header: Header
    file: str
    work: Path
    before: int


def _beside(table: TableRead, first: TableRead) -> TableRead:
    """Return a table as one that is read beside the first; what was told of the same columns is not told twice.

    A row that says nothing for this register is counted, and nobody is asked to put it right.
    """
    used, told = {one.place for one in first.columns if one.columns}, {one.where for one in first.problems}
    own = {id_ for one in table.columns if one.place not in used for id_ in one.columns}
    new = tuple(one for one in table.problems if one.where not in told and one.kind is not LACKING)
    return replace(
        table,
        beside=first.register,
        problems=new,
        rejects=table.rejects if new else "",
        rejected=tuple(one for one in table.rejected if one.rows or one.column in own),
        repairs=tuple(one for one in table.repairs if one.column in own),
    )


def _tables(job: _Job) -> list[TableRead]:
    """Read a sheet as every register that was chosen for it; without one, say which ones it may be."""
    if not job.header.chosen:
        return [_table(job, None)]
    with database(job.source, job.work) as db:
        load_raw(db, job.source)
        fits = enumerate((*job.header.chosen, *job.header.beside), job.before)
        tables = [_read_as(db, job, fit, f"{n}-{fit.register.id}") for n, fit in fits]
    first, own = tables[0], len(job.header.chosen)
    return [*tables[:own], *(_beside(one, first) for one in tables[own:])]


def _table(job: _Job, fit: Fit | None) -> TableRead:
    header, head = job.header, job.source.head
    rows, register = tuple(row + 1 for row in header.rows), fit.register.id if fit else ""
    columns = tuple(_with_examples(file_columns(header, fit), head[header.rows[-1] + 1 :], _secret(header)))
    rather, sheet = header.rather.get(register, ""), job.source.read.name
    return TableRead(sheet, register, header.fingerprint, rows, columns, also(header, fit), rather=rather)


def _read_as(db: duckdb.DuckDBPyConnection, job: _Job, fit: Fit, name: str) -> TableRead:
    header, register = job.header, fit.register
    readers = [_reader(job, fit, one) for one in register.columns if one.id in fit.place]
    loaded = load(db, job.source, header, fit, readers)
    made = {column.id: parts for column in register.columns if (parts := fit.made(column.id))}
    expressions = {column: together(register, parts, job.kit) for column, parts in made.items()}
    parquet, rejects = f"{name}.parquet", f"{name}-rejects.csv"
    written = write(db, fit, loaded, expressions, job.work / parquet)
    refused = written.rows_rejected or written.cells_rejected
    place = Place(job.file, job.source.read.name, header, fit)
    if refused:
        write_rejects(db, place, loaded, written, job.work / rejects)
    tell_doubtful(db, place, loaded, written)
    same = [SetAside("same", len(written.same), tuple(written.same[:50]))] if written.same else []
    return replace(
        _table(job, fit),
        columns=tuple(_filled(register.column, file_columns(header, fit), loaded)),
        made=made,
        absent=tuple(one.id for one in register.columns if one.id not in fit.place and one.id not in made),
        rows=loaded.rows,
        kept=written.kept,
        set_aside=(*loaded.set_aside, *same),
        repairs=tuple(_discreet(register.column, loaded.repairs)),
        rejected=tuple(written.rejected),
        rows_rejected=written.rows_rejected,
        cells_rejected=written.cells_rejected,
        problems=tuple(written.problems),
        parquet=parquet,
        rejects=rejects if refused else "",
    )


def _reader(job: _Job, fit: Fit, column: Column) -> Reader:
    codes = CodeList(job.kit.codes.get(column.codes, {})) if column.codes else None
    unit = header_unit(job.header, fit, column.id)
    identity, part = column.id in _identities(job.kit), fit.parts.get(column.id)
    return Reader(column, codes, identity, job.source.day_0, unit, part=part)


def _identities(kit: DataKit) -> set[str]:
    """Return the columns by which registers are joined; they are compared without regard to spaces and case."""
    keys = {column for register in kit.registers.values() for column in register.key}
    joined = (one for register in kit.registers.values() for one in register.references)
    return keys | {column for one in joined for column in one.columns}


def _filled(columns: Mapping[str, Column], shown: Sequence[FileColumn], loaded: Loaded) -> Iterator[FileColumn]:
    for at, one in enumerate(shown):
        examples = loaded.examples[at]
        # any other column may have numbers of persons as well, where cells have shifted
        secret = any(columns[id_].type == "person" for id_ in one.columns)
        examples = [masked(text) if secret else masked_within(text) for text in examples]
        yield replace(one, examples=tuple(shortened(text, _SHOWN) for text in examples), filled=loaded.filled[at])


def _secret(header: Header) -> set[int]:
    """Return the columns that have numbers of persons in any register that comes into question."""
    return {at for fit in header.fits for id_, at in fit.place.items() if fit.register.column[id_].type == "person"}


def _with_examples(
    shown: Sequence[FileColumn], rows: Sequence[Sequence[str]], secret: set[int]
) -> Iterator[FileColumn]:
    for at, one in enumerate(shown):
        examples = list(dict.fromkeys(row[at].strip() for row in rows if at < len(row) and row[at].strip()))[:3]
        examples = [masked(text) if at in secret else masked_within(text) for text in examples]
        yield replace(one, examples=tuple(shortened(text, _SHOWN) for text in examples))


def _discreet(columns: Mapping[str, Column], repairs: Sequence[Repair]) -> Iterator[Repair]:
    for one in repairs:
        secret = columns[one.column].type == "person"
        before, after = (masked(text) if secret else masked_within(text) for text in (one.before, one.after))
        yield replace(
            one,
            before=shortened(before, _SHOWN),
            after=shortened(after.removesuffix(" 00:00:00").replace(LIST_SIGN, "；"), _SHOWN),
        )


def _first_cells(head: Sequence[Sequence[str]]) -> list[str]:
    several = (row for row in head if sum(1 for cell in row if cell.strip()) > 1)
    cells = [cell.strip() for cell in next(several, head[0] if head else ()) if cell.strip()]
    return [masked(cell) if is_data(cell) else cell for cell in cells]


def _remove(source: Source) -> None:
    if not source.types:
        source.path.unlink(missing_ok=True)
