"""Writes every register as the file in which a body has it, messy as these are."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfaudit.demo.registers.export.packages import Rows, Sheet, column, ods, xlsx
from selfaudit.demo.registers.export.spelling import Cell, spelled
from selfaudit.demo.registers.texts import ExportFile
from selfaudit.demo.registers.world import Row, World
from selfaudit.files.atomic import write_bytes
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Column, Register

TWO_LINES = ">"
"""Between the two lines of a header."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """The headers of a file and the column of the register that each one is; None for one that a body leaves empty."""

    file: ExportFile
    headers: tuple[str, ...]
    columns: tuple[Column | None, ...]


def write_files(world: World, kit: DataKit, folder: Path) -> list[Path]:
    """Write all files into a folder and return them."""
    written = []
    for file in world.texts.files:
        layout = _layout(file, kit.registers[file.register_], world.rows[file.register_])
        path = folder / file.name
        write_bytes(path, _bytes(layout, kit, world.rows[file.register_]))
        written.append(path)
    return written


def _layout(file: ExportFile, register: Register, rows: Sequence[Row]) -> _Layout:
    filled = {name for row in rows for name, value in row.items() if value is not None}
    headers = file.headers or tuple(one.title for one in register.columns if one.id in filled)
    known: dict[str, Column] = {}
    for one in register.columns:
        for title in one.headers:
            known.setdefault(title, one)
    taken: list[Column | None] = []
    for header in headers:
        found = known.get(header.replace(TWO_LINES, ""))
        taken.append(None if found in taken else found)
    return _Layout(file, headers, tuple(taken))


def _bytes(layout: _Layout, kit: DataKit, rows: Sequence[Row]) -> bytes:
    file = layout.file
    body = list(_spelled(layout, kit, rows))
    if file.format == "xlsx":
        return xlsx(list(_sheets(layout, rows, body)))
    table = [*_above(layout), *_repeating(layout, body), *_below(layout, body)]
    return ods(file.register_, table) if file.format == "ods" else _csv(table, file.encoding)


def _spelled(layout: _Layout, kit: DataKit, rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """Yield the rows as the file has them, those that cannot be read at the end."""
    file = layout.file
    for number, row in enumerate([*rows, *(rows[-1] for _ in file.rejects)]):
        style = file.dates[number % len(file.dates)]
        cells = [spelled(kit, one, row.get(one.id), file, style) if one else "" for one in layout.columns]
        if number >= len(rows):
            for header, text in file.rejects[number - len(rows)].row.items():
                cells[layout.headers.index(header)] = text
        yield cells


def _above(layout: _Layout) -> Rows:
    """Return what stands above the data: a title, and the header in one line or two."""
    title: list[list[Cell]] = [[layout.file.title]] if layout.file.title else []
    if not any(TWO_LINES in one for one in layout.headers):
        return [*title, list(layout.headers)]
    parts = [one.partition(TWO_LINES) for one in layout.headers]
    upper = [first if n == 0 or first != parts[n - 1][0] else "" for n, (first, _, _) in enumerate(parts)]
    return [*title, upper, [second for _, _, second in parts]]


def _below(layout: _Layout, body: Rows) -> Rows:
    if not layout.file.total:
        return []
    sums: list[Cell] = [layout.file.total, *[""] * (len(layout.headers) - 1)]
    for n, one in enumerate(layout.columns):
        if n and one and one.type in ("integer", "number") and one.id not in ("recertifications", "surveillances"):
            sums[n] = round(sum(row[n] for row in body if not isinstance(row[n], str)), 2)  # type: ignore[misc]
    return [sums]


def _repeating(layout: _Layout, body: Rows) -> Iterator[Sequence[Cell]]:
    every = layout.file.repeated
    for number, row in enumerate(body):
        if every and number and number % every == 0:
            yield list(layout.headers)
        yield row


def _sheets(layout: _Layout, rows: Sequence[Row], body: Rows) -> Iterator[Sheet]:
    above, file = _above(layout), layout.file
    merged = (f"A1:{column(len(layout.headers) - 1)}1",) if file.title else ()
    if not file.by_year:
        yield Sheet("Sheet1", [*above, *body, *_below(layout, body)], merged=merged)
        return
    column_of = next(one.id for one in layout.columns if one and file.by_year in one.headers)
    years: dict[Any, list[Sequence[Cell]]] = {}
    for row, cells in zip([*rows, *(rows[-1] for _ in file.rejects)], body, strict=True):
        years.setdefault(row[column_of].year, []).append(cells)
    for year, own in sorted(years.items()):
        hidden = range(len(above) + 2, len(above) + 2 + file.hidden)
        yield Sheet(f"{year}年", [*above, *own], hidden, merged)


def _csv(rows: Rows, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)
