"""What a workbook shows otherwise than in its cells: comments, pictures, text boxes, what is hidden, and where."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from html import unescape

from selfaudit.files.sheets.cells import cell_name, column_name
from selfaudit.files.zips import DAMAGE

Hidden = dict[str, tuple[list[str], list[str]]]
"""The hidden rows and columns of each sheet, as ``7`` and ``C``."""

_BOOK, _BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LINK = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_HIDDEN = re.compile(rb"""hidden\s*=\s*["'](?:1|true)["']""")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_FORMULA = re.compile(
    r"""<(?:\w+:)?c\b[^<>]{0,300}?\br\s*=\s*["']([A-Z]{1,3}\d{1,7})["'][^<>]{0,300}>\s{0,20}<(?:\w+:)?f\b"""
)
_COMMENT = re.compile(r"""<(?:\w+:)?(?:comment|threadedComment)\b[^>]*\bref\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")
_ANCHOR = re.compile(
    r"<(?:\w+:)?from>\s*<(?:\w+:)?col>(\d{1,5})</(?:\w+:)?col>.{0,200}?<(?:\w+:)?row>(\d{1,7})</(?:\w+:)?row>",
    re.DOTALL,
)


def beside_cells(archive: zipfile.ZipFile) -> list[str]:
    """Return the cells with a comment and those from which a picture or box reaches, as ``sheet!J6``, each once."""
    try:
        return list(dict.fromkeys(_found(archive)))
    except DAMAGE:
        return []


def hidden_places(data: bytes) -> Hidden:
    """Return the hidden rows and columns of each sheet of an .xlsx, by the sheet's name; a filter hides rows."""
    with suppress(*DAMAGE), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return hidden_in(archive, archive.read)
    return {}


def hidden_in(archive: zipfile.ZipFile, read: Callable[[str], bytes]) -> Hidden:
    """Return the same of a workbook of which the parts are unpacked already."""
    found = {}
    for name, part in _sheets(archive):
        hidden = list(_hidden(read(part)))
        rows = [row["r"] for tag, row in hidden if tag == "row" and "r" in row]
        columns = [column_name(int(one["min"]) - 1) for tag, one in hidden if tag == "col" and "min" in one]
        found[name] = rows, columns
    return found


def formula_cells(data: bytes) -> dict[str, set[str]]:
    """Return the cells of each sheet of an .xlsx that contain a formula, by the sheet's name."""
    with suppress(*DAMAGE), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: set(_FORMULA.findall(_text(archive, part))) for name, part in _sheets(archive)}
    return {}


def _hidden(cells: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield name and attributes of every element that is hidden; there are few, so the others are not looked at."""
    for found in _HIDDEN.finditer(cells):
        start, end = cells.rfind(b"<", 0, found.start()), cells.find(b">", found.end())
        element = cells[start + 1 : end].decode("utf-8", "replace")
        yield element.split(None, 1)[0].rpartition(":")[2], _attributes(element)


def _found(archive: zipfile.ZipFile) -> Iterator[str]:
    known = set(archive.namelist())
    for name, part in _sheets(archive):
        links = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        for _, target in _links(archive, links) if links in known else ():
            if target in known:
                yield from (f"{name}!{cell}" for cell in _cells(archive, target))
        # objects of other programs and buttons to tick are placed in the sheet itself
        yield from (f"{name}!{cell}" for cell in _anchored(_text(archive, part)))


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of every sheet with the part that has its cells."""
    known = set(archive.namelist())
    targets = dict(_links(archive, _BOOK_LINKS)) if _BOOK_LINKS in known else {}
    for sheet in map(_attributes, _SHEET.findall(_text(archive, _BOOK)) if _BOOK in known else ()):
        part = targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
        if part in known:
            yield unescape(sheet.get("name", "")), part


def _cells(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """Yield the cells that a part with comments or drawings names."""
    if "omment" in part:
        yield from _COMMENT.findall(_text(archive, part))
    elif "/drawings/drawing" in part:
        yield from _anchored(_text(archive, part))


def _anchored(text: str) -> Iterator[str]:
    return (cell_name(int(row), int(column)) for column, row in _ANCHOR.findall(text))


def _links(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """Yield id and target of each relationship of a part."""
    folder = posixpath.dirname(posixpath.dirname(part))
    for link in map(_attributes, _LINK.findall(_text(archive, part))):
        target = link.get("Target", "")
        yield link.get("Id", ""), posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def _text(archive: zipfile.ZipFile, part: str) -> str:
    return archive.read(part).decode("utf-8", "replace")


def _attributes(text: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(text))
