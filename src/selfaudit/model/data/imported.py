"""What is kept of a register: its table, the files of which it was made, and how people's headers are understood."""

from datetime import date
from typing import Literal

from selfaudit.model.base import Model
from selfaudit.model.data.register import Name

REGISTER, MAPPING = "register", "mapping"
"""The kinds of the records: of each register by its name, of mappings by the fingerprint of a header."""


class RegisterFile(Model):
    """A file of which a register was made: its name as people know it, where it is kept, and its SHA-256."""

    name: str
    file: str
    sha256: str


class Imported(Model):
    """A register as it is after an import; every import that changes something is a version of its record.

    ``file`` is the table, a Parquet by its name relative to the campaign, with its SHA-256. ``filled`` says how many of
    the ``rows`` have a value, of each column that has any. ``files`` are those of this import, ``mode`` says what it
    did with the rows there were. ``beside`` says that it had no table of its own, and was read from those of another.
    ``newest`` is the last day that its rows are of, as far as that is past at the import; None if they have none.
    """

    file: str
    sha256: str
    rows: int
    filled: dict[Name, int]
    files: tuple[RegisterFile, ...]
    mode: Literal["replace", "merge"]
    beside: bool = False
    newest: date | None = None


class HeaderMapping(Model):
    """What the columns of a file stand for, as a person said; the record's id is the fingerprint of its header.

    ``columns`` has, by the name of a column of the file, a column of the register, or an empty text for none.
    ``headers`` are the names of all its columns, by which a header is known that differs a little.
    """

    register_: Name
    columns: dict[str, str]
    headers: tuple[str, ...] = ()
