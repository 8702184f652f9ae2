"""What is done with registers in a worker: only there the library for tables is loaded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.model.data.assembled import Assembled, Change, Unmatched
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import FileRead, Mapped
from selfaudit.model.data.register import Register

PATIENCE = 1200
"""Seconds that a file with hundreds of thousands of rows may take on a slow computer."""


def read(path: Path, name: str, kit: DataKit, work: Path, meant: tuple[tuple[str, ...], Mapped]) -> FileRead:
    """Read a file for registers, as one of a name that the user knows.

    ``meant`` is which registers are wanted, and what people said of headers.
    """
    from selfaudit.checks.importing.reading import read_file  # noqa: PLC0415 - as the module says

    made = read_file(path, kit, work, *meant)
    tables = (replace(table, problems=_named(table.problems, name)) for table in made.tables)
    return replace(made, file=name, tables=tuple(tables), problems=_named(made.problems, name))


def _named(problems: Iterable[Problem], name: str) -> tuple[Problem, ...]:
    return tuple(replace(one, where=replace(one.where, file=name)) for one in problems)


def assemble(register: Register, parts: Sequence[Path], before: Path | None, path: Path, *, merge: bool) -> Assembled:
    """Put a register together."""
    from selfaudit.checks import assembling  # noqa: PLC0415 - as the module says

    return assembling.assemble(register, parts, before, path, merge=merge)


def unmatched(registers: Mapping[str, Register], tables: Mapping[str, Path]) -> list[Unmatched]:
    """Return which references between registers lead nowhere."""
    from selfaudit.checks import assembling  # noqa: PLC0415 - as the module says

    return assembling.unmatched(registers, tables)


def compare(register: Register, before: Path | None, path: Path) -> Change:
    """Return how two versions of a register differ."""
    from selfaudit.checks import assembling  # noqa: PLC0415 - as the module says

    return assembling.compare(register, before, path)


def look(register: Register, path: Path, rows: int) -> tuple[dict[str, list[Any]], list[list[Any]]]:
    """Return examples of each column, and the first rows."""
    from selfaudit.checks import assembling  # noqa: PLC0415 - as the module says

    return assembling.examples(register, path, _EXAMPLES), assembling.first_rows(register, path, rows) if rows else []


_EXAMPLES = 3
