"""Opens a workbook that came from anywhere and returns its sheets as plain grids.

calamine reads the cells; nothing in the workbook is run. What it leaves open is done here: it takes memory for the
whole rectangle up to the last cell, so that one stray cell far away would end the program; it shows an error such as
#N/A as an empty cell; and a merged cell has its value in the first cell only.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible
from xlsxwriter.utility import xl_cell_to_rowcol

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error
from selfaudit.files.sheets.bounds import farthest
from selfaudit.files.sheets.package import DAMAGE, unpacked

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024

UNREADABLE = error(
    "roster.unreadable", N_("the file cannot be opened: {detail}"), N_("Check the path; close it in Excel or WPS.")
)
TOO_LARGE = error(
    "roster.too-large",
    N_("{size} MiB is too large for a roster (at most {limit} MiB)"),
    N_("Keep only the three sheets of the roster, without pictures."),
)
NOT_A_WORKBOOK = error(
    "roster.not-a-workbook", N_("this is no Excel workbook"), N_("Open it in Excel or WPS and save it as .xlsx.")
)
OLD_FORMAT = error(
    "roster.old-format",
    N_("this file has the old format of Office (.xls)"),
    N_("Open it in Excel or WPS and save it as .xlsx."),
)
PASSWORD = error("roster.password", N_("the workbook is locked with a password"), N_("Save a copy without a password."))
DAMAGED = error(
    "roster.damaged", N_("the workbook is damaged: {detail}"), N_("Open it in Excel or WPS and save it as a new .xlsx.")
)
TOO_FAR = error(
    "roster.too-far",
    N_("one of its sheets reaches as far as cell {cell}"),
    N_("Press Ctrl+End in each sheet and delete the rows and columns behind the roster."),
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s(?=[^<>]{0,300}?\bt=["']e["'])[^<>]{0,300}?\br=["']([A-Z]{1,3}[0-9]{1,7})["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Broken(Enum):
    """The value of a cell that shows an error such as #N/A."""

    CELL = "#"


@dataclass(slots=True)
class Grid:
    """The cells of one sheet from A1 on; an empty one is an empty text."""

    name: str
    rows: list[list[Any]]


@dataclass(slots=True)
class Book:
    """A workbook: the names of the sheets people see, and every sheet when it is asked for."""

    visible: list[str]
    names: list[str]
    _workbook: CalamineWorkbook
    _broken: dict[str, list[tuple[int, int]]]

    def grid(self, name: str) -> Grid:
        """Return one sheet; raises ``CalamineError`` if it is damaged."""
        sheet = self._workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        for row, column in self._broken.get(name, ()):
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = Broken.CELL  # type: ignore[call-overload]
        _fill_merged(sheet, rows)
        return Grid(name, rows)


def _fill_merged(sheet: CalamineSheet, rows: list[list[Any]]) -> None:
    """Repeat a value merged over rows in each row that says something itself; values merged over columns are titles."""
    used = [any(value != "" for value in row) for row in rows]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for n in range(top + 1, min(bottom + 1, len(rows))):
            if used[n] and left < len(rows[n]):
                rows[n][left] = rows[top][left]


def open_book(path: Path, file: str) -> Book | Problem:
    """Return the workbook, or why it cannot be read."""
    where = Where(file)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return TOO_LARGE(where, size=round(size / 2**20, 1), limit=LARGEST >> 20)
        data = path.read_bytes()
    except OSError as exc:
        return UNREADABLE(where, detail=exc.strerror or exc)
    try:
        return _open(data, where)
    except (CalamineError, etree.XMLSyntaxError, *DAMAGE) as exc:
        return DAMAGED(where, detail=exc)


def _open(data: bytes, where: Where) -> Book | Problem:
    if data.startswith(_OLE):
        # a damaged one takes the whole program down inside calamine
        return PASSWORD(where) if _ENCRYPTED in data else OLD_FORMAT(where)
    if not data.startswith(_ZIP):
        return NOT_A_WORKBOOK(where)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if refused := _refused(archive, data):
            kind, args = refused
            return kind(where, **args)
        broken = _broken_cells(archive)
    workbook = CalamineWorkbook.from_object(io.BytesIO(data))
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == Visible.Visible]
    return Book(visible, [sheet.name for sheet in sheets], workbook, broken)


def _refused(archive: zipfile.ZipFile, data: bytes) -> tuple[Kind, dict[str, Any]] | None:
    infos = archive.infolist()
    if "xl/workbook.xml" not in archive.NameToInfo:
        return NOT_A_WORKBOOK, {}
    if any(info.flag_bits & 1 for info in infos):
        return PASSWORD, {}
    size = sum(info.file_size for info in infos)
    if size > LARGEST_UNPACKED:
        return TOO_LARGE, {"size": size >> 20, "limit": LARGEST_UNPACKED >> 20}
    for info in infos:
        if far := farthest({info.filename: unpacked(archive, data, info)}):
            return TOO_FAR, {"cell": far}
    return None


def _broken_cells(archive: zipfile.ZipFile) -> dict[str, list[tuple[int, int]]]:
    """Return the cells of each sheet that show an error."""
    found = {}
    for name, part in _parts(archive):
        cells = _ERROR.findall(archive.read(part)) if part in archive.NameToInfo else []
        found[name] = [xl_cell_to_rowcol(cell.decode()) for cell in cells]
    return found


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part of the archive that holds it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    except KeyError:
        return
    target = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in etree.fromstring(archive.read("xl/workbook.xml"), parser).iterfind(".//{*}sheet"):
        part = target.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), part.removeprefix("/") if part.startswith("/") else f"xl/{part}"
