"""Reads the sheets with an entry a row: items and findings."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from selfaudit.files.sheets.cells import day_of, text_of
from selfaudit.files.sheets.workbook import Grid
from selfaudit.forms.keys import Path
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.reading.cells import Part
from selfaudit.forms.xlsx.reading.columns import Sheet
from selfaudit.model.finding import FINDING_FIELDS
from selfaudit.model.rectification.fields import REGISTER_FIELDS

_PLACE = re.compile(r"(\S+)\s+([a-z0-9]{1,3})")
_NUMBER = frozenset({"number"})
_SAID = ("ask", "answer", "note", layout.FILES)
_DAYS = [field.key for field in (*FINDING_FIELDS, *REGISTER_FIELDS) if field.kind == "date"]


def read_items(sheets: Iterable[Sheet]) -> Part:
    """Return what is said about items, a part below its item, wherever both are."""
    part = Part()
    heads: dict[str, int] = {}
    for sheet in sheets:
        part.cells.setdefault(("items",), (sheet.number, max(0, sheet.first - 1), 0))
        _items(part, heads, sheet)
    return part


def _items(part: Part, heads: dict[str, int], sheet: Sheet) -> None:
    entries: list[dict[str, Any]] = part.data.setdefault("items", [])
    n, columns = sheet.number, _inside(sheet.grid, sheet.columns)
    wanted = [(key, columns[key]) for key in _SAID if key in columns]
    named, numbered, lost = columns.get("id", -1), columns.get("number", -1), dict.fromkeys(_SAID, "")
    read = {column for _, column in wanted} | {named}
    for row, values in enumerate(sheet.grid.rows[sheet.first :], sheet.first):
        said = {key: text_of(values[column]) for key, column in wanted}
        if len(said) < len(lost):
            said = lost | said
        name = text_of(values[named]) if named >= 0 else ""
        said["evidence"] = said.pop(layout.FILES)
        item, part_id = _item_and_part(name or (text_of(values[numbered]) if numbered >= 0 else ""))
        if item or said["answer"]:
            part.rows[_entry(entries, heads, item, part_id, said)] = n, row, columns
            part.read[n, row] = read if name else {*read, numbered}
            if not name:
                _note_number(part, sheet, row, numbered, item)


def _entry(entries: list[dict[str, Any]], heads: dict[str, int], item: str, part: str, said: Mapping[str, str]) -> Path:
    """Add the entry of a row and return its path; a part goes into the entry of its item."""
    if not part:
        heads.setdefault(item, len(entries))
        entries.append({"id": item, **said})
        return "items", len(entries) - 1
    if item not in heads:
        heads[item] = len(entries)
        entries.append({"id": item})
    head = heads[item]
    parts = entries[head].setdefault("parts", [])
    parts.append({"id": part, **said})
    return "items", head, "parts", len(parts) - 1


def read_findings(sheets: Iterable[Sheet]) -> Part:
    """Return the findings; a row with nothing but its number is none."""
    part = Part()
    for sheet in sheets:
        part.cells.setdefault(("findings",), (sheet.number, max(0, sheet.first - 1), 0))
        _findings(part, sheet)
    return part


def _findings(part: Part, sheet: Sheet) -> None:
    entries: list[dict[str, Any]] = part.data.setdefault("findings", [])
    n, columns = sheet.number, _inside(sheet.grid, sheet.columns)
    filled, read = tuple(columns.items()), set(columns.values())
    for row, values in enumerate(sheet.grid.rows[sheet.first :], sheet.first):
        said = {key: text for key, at in filled if (value := values[at]) != "" and (text := text_of(value).strip())}
        if said:
            part.read[n, row] = read
        if said.keys() <= _NUMBER:
            continue
        said.update({key: day_of(said[key], sheet.grid.day_0) for key in _DAYS if key in said})
        part.rows["findings", len(entries)] = n, row, columns
        if layout.FILES in said:
            said["evidence"] = said.pop(layout.FILES)
        handled = {key: said.pop(key) for key in list(said) if key.startswith(layout.DISPOSITION)}
        disposition = {key.removeprefix(layout.DISPOSITION): text for key, text in handled.items()}
        entries.append({**said, "disposition": disposition} if disposition else said)
        _note_number(part, sheet, row, columns.get("item", -1), said.get("item", ""))


def _note_number(part: Part, sheet: Sheet, row: int, column: int, item: str) -> None:
    """Remember the name of an item that was typed as a number."""
    if item and isinstance(sheet.grid.rows[row][column], float):
        part.numbers.append(((sheet.number, row, column), item))


def _inside(grid: Grid, columns: Mapping[str, int]) -> Mapping[str, int]:
    """Return the columns that the sheet reaches to; after the last one with a text there is nothing."""
    width = len(grid.rows[0]) if grid.rows else 0
    return {key: column for key, column in columns.items() if column < width}


@lru_cache(4096)
def _item_and_part(text: str) -> tuple[str, str]:
    """Return item and part of ``2.1/a``, or of what people see, ``2.1 a``."""
    item, slash, part = text.strip().partition(layout.HEAD_OF_PARTS)
    if slash:
        return item, part
    found = _PLACE.fullmatch(item)
    return (found[1], found[2]) if found else (item, "")
