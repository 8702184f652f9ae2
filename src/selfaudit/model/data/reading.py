"""What came of reading a file for registers: what was understood, set aside, repaired and rejected, and where it is.

All of it can be shown: numbers of persons are masked. The rows themselves are in Parquet files in the folder that the
reader was given; there, numbers of persons are whole, because they are joined on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from selfaudit.base.problems import Kind, Problem

Mapped = Mapping[str, Mapping[str, str | None]]
"""What a person said of columns: by the fingerprint of a header, the name of each to ``register.column``.

It is None for one of which nothing was said.
The column is empty for one that is to be left alone, as in ``certificates.``
"""

By = Literal["", "title", "alias", "span", "mapping", "taken"]
"""How a file column was understood: not at all, by the title of a column, by one of its aliases, as two days in one
cell, by a mapping; or it is known as well, but another file column has its place already."""

Aside = Literal["title", "header", "subtotal", "empty", "same"]
"""Why a row is no row of data: above the header, the header again, a sum or a footer, empty, or a repetition of a row
with the same key and the same content."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file. ``place`` is its letter, ``name`` its header, with a number if that is there twice.

    ``header`` is the header as written, ``columns`` what it was understood as: usually one column, none if it was not.
    ``known_as`` is the title or alias that it matched. ``examples`` are up to three values, ``filled`` is how many rows
    have one.
    """

    place: str
    name: str
    header: str
    columns: tuple[str, ...] = ()
    by: By = ""
    known_as: str = ""
    examples: tuple[str, ...] = ()
    filled: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """Rows of one kind that are no data: their number, and the first of them as the file counts them."""

    kind: Aside
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """Cells of a column that were read otherwise than they are written, with one of them, before and after."""

    kind: Kind
    column: str
    count: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """How many cells of a column do not fit for one reason; ``rows`` says that their rows were rejected with them."""

    kind: Kind
    column: str
    count: int
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A register that a header may belong to: how many of its columns are known, and which required ones are not."""

    register: str
    hits: int
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table of a file as rows of one register. Without ``register``, a person must say which of ``also`` it is.

    ``header`` are the rows with the names of its columns, ``fingerprint`` stands for these names in a mapping. ``also``
    are other registers that the same table fits. ``beside`` is the register that it is read as first, if this one is
    only read from it for want of a table of its own. ``rather`` is the register that it is clearly of, if somebody
    named another and it was therefore not read. ``made`` are columns that were put together from others,
    ``absent`` those that it does not have. ``rows`` of data were read; ``kept`` of them are in ``parquet``, with
    ``source_row`` and every column that is not absent. ``problems`` has one for each of ``rows_rejected`` and
    ``cells_rejected``, up to a number, and warnings of cells that were read although something is wrong with them;
    ``rejects`` is a CSV of all rejected rows as they were, and why, or empty if there are none. Both are names of files
    in the folder that was given.
    """

    sheet: str
    register: str
    fingerprint: str
    header: tuple[int, ...]
    columns: tuple[FileColumn, ...]
    also: tuple[Candidate, ...] = ()
    made: Mapping[str, tuple[str, ...]] | None = None
    absent: tuple[str, ...] = ()
    rows: int = 0
    kept: int = 0
    set_aside: tuple[SetAside, ...] = ()
    repairs: tuple[Repair, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    rows_rejected: int = 0
    cells_rejected: int = 0
    problems: tuple[Problem, ...] = ()
    parquet: str = ""
    rejects: str = ""
    beside: str = ""
    rather: str = ""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What else there is to say of a sheet: whether it has no table, is hidden, or hides rows and columns.

    ``merged`` counts merged cells, a value of which was repeated in the rows they reach over.
    """

    name: str
    rows: int
    table: bool
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    merged: int = 0


@dataclass(frozen=True, slots=True)
class FileRead:
    """What ``checks.importing.reading.read_file(path, kit, work, wanted, mapped)`` made of a file.

    An error among ``problems`` says why nothing was read.

    ``format`` is what the file is, such as ``XLSX`` or ``CSV``; ``encoding`` and ``delimiter`` are of texts only.
    """

    file: str
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[SheetRead, ...] = ()
    tables: tuple[TableRead, ...] = ()
    problems: tuple[Problem, ...] = ()
