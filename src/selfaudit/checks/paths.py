"""Paths in the SQL of DuckDB, which takes some of their signs for patterns and some folders for values of columns."""

import re
from pathlib import Path

_PATTERN = re.compile(r"[*?\[]")


def quoted(path: Path | str) -> str:
    """Return the path of a file to be written as SQL has it."""
    return "'" + str(path).replace("'", "''") + "'"


def one_file(path: Path | str) -> str:
    """Return the path of this one file to be read as SQL has it: in a folder ``a*b`` or ``camp[1]``, too."""
    return quoted(_PATTERN.sub(r"[\g<0>]", str(path)))


def parquet(*paths: Path | str, numbered: bool = False) -> str:
    """Return what to select from to have the rows of these files, ``numbered`` with ``file_row_number``.

    A folder called ``year=2023`` makes no column.
    """
    more = ", file_row_number=true" if numbered else ""
    return f"read_parquet([{', '.join(map(one_file, paths))}], hive_partitioning=false{more})"
