"""The one opener of workbooks that came from anywhere (.xlsx, .xls, .ods): their sheets as plain grids of cells.

calamine reads the cells; nothing in the workbook is run. It gets the parts that contain text, unpacked here once, so
that nothing is larger than it says. It takes memory for the whole rectangle up to the last cell, so this is looked for
first; ``mending`` has what it would lose. A damaged old workbook can still bring the whole process down: call this
in a process that may die.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, Where, error, errors, note
from selfaudit.base.trouble import reason_of
from selfaudit.files.kinds import XLS, Family, kind_of
from selfaudit.files.sheets.beside import Hidden, beside_cells, hidden_in
from selfaudit.files.sheets.bounds import DEFAULT, Limits, farthest, texts_too_large
from selfaudit.files.sheets.cells import DAY_0, DAY_0_OF_MACS, cell_name
from selfaudit.files.sheets.mending import CONTENT, mended
from selfaudit.files.zips import DAMAGE, DEFLATED, STORED, Part, unpacked, write_zip, zipped

_SAVE_NEW = N_("Open it in Excel or WPS and save it as a new .xlsx.")
_INTO_CELLS = N_("Write what they say into the cells.")
_SMALLER = N_("Remove pictures and sheets that are not needed, and save it again.")
UNREADABLE = error(
    "workbook.unreadable", N_("the file cannot be opened: {detail}"), N_("Check the path; close it in Excel or WPS.")
)
NO_WORKBOOK = error("workbook.none", N_("this is not a workbook"), _SAVE_NEW)
FOREIGN = error(
    "workbook.foreign",
    N_("this is {what}, not a workbook"),
    N_("Use the workbook itself, as Excel or WPS saves it (.xlsx)."),
)
LOCKED = error("workbook.locked", N_("the workbook is locked with a password"), N_("Save a copy without a password."))
DAMAGED = error("workbook.damaged", N_("the workbook is damaged: {detail}"), _SAVE_NEW)
FILE_TOO_LARGE = error(
    "workbook.file-too-large", N_("{size} MiB is too large for a workbook (at most {limit} MiB)"), _SMALLER
)
TOO_LARGE = error(
    "workbook.too-large", N_("the workbook would unpack to more than {limit} MiB or {parts} parts"), _SMALLER
)
TOO_FAR = error(
    "workbook.too-far",
    N_("a sheet reaches as far as cell {cell}"),
    N_("Press Ctrl+End in each sheet, delete the rows and columns after the last one that is filled in, and save it."),
)
UNREAD_MEANS = note(
    "workbook.unread-means",
    N_("comments, pictures, text boxes or objects in the workbook are not read"),
    _INTO_CELLS,
)
UNREAD_AT = note(
    "workbook.unread-at", N_("what comments, pictures, text boxes or objects say is not read, at {cells}"), _INTO_CELLS
)
MOST_NAMED = 10
"""Cells with something unread that are named."""

_BOOK = "xl/workbook.xml"
_MEANS = re.compile(r"xl/(comments|threadedComments|media/|charts/|embeddings/|activeX/|ctrlProps/)", re.IGNORECASE)
_ODS_MEANS = re.compile(rb"<(office:annotation|draw:frame|draw:custom-shape)\b")
_TEXT_BOX = b"\xb6\x01\x12\x00"
"""Begins the text of a comment or text box in an old workbook."""
_WITHOUT_TEXT = re.compile(
    "(docProps|customXml|Pictures|Thumbnails|xl/(theme|media|drawings|charts|embeddings|printerSettings))/"
)

_COUNTS_FROM_1904 = re.compile(rb"""<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true|on)["']""")
_XLS_COUNTS_FROM_1904 = b"\x22\0\x02\0\x01\0"

Merged = tuple[tuple[int, int], tuple[int, int]]
"""A merged cell: row and column of its first corner and of its last."""


@dataclass(slots=True)
class Grid:
    """The cells of one sheet from A1 on; an empty one is an empty text, a merged one has its value in the first corner.

    ``hidden`` marks a sheet that people do not see; ``day_0`` is the day from which the workbook counts days.
    ``formulas`` are the cells with a formula, such as ``B2``, where somebody asked for them.
    """

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    merged: list[Merged] = field(default_factory=list)
    day_0: date = DAY_0
    formulas: set[str] = field(default_factory=set)

    def where(self, file: str, row: int, column: int) -> Where:
        """Return the place of a cell, row and column from 0, as users know it."""
        return Where(file, cell=f"{self.name}!{cell_name(row, column)}")

    def repeat_merged(self) -> None:
        """Repeat a value merged over rows in each row that says something itself; over columns, it is a title."""
        used = [any(value != "" for value in row) for row in self.rows]
        for (top, left), (bottom, _) in self.merged:
            for n in range(top + 1, min(bottom + 1, len(self.rows))):
                if used[n] and left < len(self.rows[n]):
                    self.rows[n][left] = self.rows[top][left]


@dataclass(slots=True)
class Workbook:
    """The sheets with cells, and what there is to say about the workbook; without sheets, an error says why."""

    grids: list[Grid] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_workbook(data: bytes) -> bool:
    """Recognise a workbook of any kind, whole or damaged."""
    kind = kind_of(data)
    return kind is not None and kind.family is Family.WORKBOOK


def open_file(path: Path, file: str, limits: Limits = DEFAULT) -> Workbook:
    """Return every sheet of a workbook on disk; ``file`` is its name as the user knows it."""
    where = Where(file)
    try:
        size = path.stat().st_size
        if size > limits.packed:
            refused = FILE_TOO_LARGE(where, size=round(size / 2**20, 1), limit=limits.packed >> 20)
            return Workbook(problems=[refused])
        data = path.read_bytes()
    except OSError as exc:
        return Workbook(problems=[UNREADABLE(where, detail=reason_of(exc))])
    return open_workbook(data, file, limits)


def open_workbook(data: bytes, file: str, limits: Limits = DEFAULT) -> Workbook:
    """Return every sheet of a workbook."""
    safe = checked(data, file, limits)
    if errors(safe.problems):
        return Workbook(problems=safe.problems)
    return _grids(safe, Where(file), limits)


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook that calamine may open, and the day from which it counts days; an error says why it may not.

    ``data`` is empty if it was written to a file instead; ``hidden`` are the rows and columns that people do not see.
    """

    data: bytes = b""
    day_0: date = DAY_0
    problems: list[Problem] = field(default_factory=list)
    hidden: Hidden = field(default_factory=dict)


def checked(data: bytes, file: str, limits: Limits, to: Path | None = None) -> Checked:
    """Look for what is not safe to read in a workbook, and mend what would be lost.

    A large workbook goes to a file, ``to``, which takes half the memory.
    """
    where, kind = Where(file), kind_of(data)
    if kind is None:
        return Checked(problems=[NO_WORKBOOK(where)])
    if kind.family is Family.LOCKED:
        return Checked(problems=[LOCKED(where)])
    if kind.family is not Family.WORKBOOK:
        return Checked(problems=[FOREIGN(where, what=Term(kind.family))])
    try:
        if kind is XLS:
            day_0 = DAY_0_OF_MACS if _XLS_COUNTS_FROM_1904 in data else DAY_0
            if to:
                to.write_bytes(data)
            return Checked(data, day_0, [UNREAD_MEANS(where)] if _TEXT_BOX in data else [])
        return _unzipped(data, where, limits, to)
    except DAMAGE as exc:
        return Checked(problems=[DAMAGED(where, detail=str(exc))])


def _unzipped(data: bytes, where: Where, limits: Limits, to: Path | None) -> Checked:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if refused := _refused(archive, where, limits):
            return Checked(problems=[refused])
        infos = {info.filename: info for info in archive.infolist()}
        parts = {name: unpacked(archive, data, info) for name, info in infos.items() if not _WITHOUT_TEXT.match(name)}
        means = any(_unread(archive, name) for name in infos)
        cells = beside_cells(archive) if means else []
        hidden = hidden_in(archive, lambda part: parts[part].packed) if to else {}
    if far := farthest(parts, limits):
        return Checked(problems=[TOO_FAR(where, cell=far)])
    if texts_too_large(parts, limits):
        return Checked(problems=[_too_large(where, limits)])
    means = means or _ODS_MEANS.search(_content(parts)) is not None
    book = parts[_BOOK].packed if _BOOK in parts else b""
    day_0 = DAY_0_OF_MACS if _COUNTS_FROM_1904.search(book) else DAY_0
    unread = [UNREAD_AT(where, cells=Some(cells, MOST_NAMED))] if cells else [UNREAD_MEANS(where)] if means else []
    whole = (mended(name, parts.pop(name)) for name in list(parts))
    if to is None:
        return Checked(zipped(whole), day_0, unread)
    with to.open("wb") as stream:
        write_zip(whole, stream)
    return Checked(b"", day_0, unread, hidden)


def _unread(archive: zipfile.ZipFile, name: str) -> bool:
    """Recognise a part that says something to people; LibreOffice adds drawings with nothing in them."""
    if name.startswith("xl/drawings/drawing"):
        return b"Anchor" in archive.read(name)
    return _MEANS.match(name) is not None


def _grids(safe: Checked, where: Where, limits: Limits) -> Workbook:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - not at every start

    try:
        with CalamineWorkbook.from_object(io.BytesIO(safe.data)) as book:
            grids, cells = list[Grid](), 0
            for known in (sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet):
                sheet = book.get_sheet_by_name(known.name)
                rows = sheet.to_python(skip_empty_area=False)
                cells += len(rows) * len(rows[0]) if rows else 0
                if cells > limits.cells:
                    return Workbook(problems=[TOO_FAR(where, cell=f"{known.name}!{len(rows)}")])
                hidden = known.visible != SheetVisibleEnum.Visible
                grids.append(Grid(known.name, rows, hidden, sheet.merged_cell_ranges or [], safe.day_0))
    except CalamineError as exc:
        return Workbook(problems=[DAMAGED(where, detail=str(exc))])
    except BaseException as exc:
        # a damaged old workbook can make calamine panic, which is no Exception
        if type(exc).__name__ != "PanicException":
            raise
        return Workbook(problems=[DAMAGED(where, detail=str(exc))])
    return Workbook(grids, safe.problems)


def _refused(archive: zipfile.ZipFile, where: Where, limits: Limits) -> Problem | None:
    infos = archive.infolist()
    if len(infos) > limits.parts or sum(info.file_size for info in infos) > limits.unpacked:
        return _too_large(where, limits)
    for info in infos:
        if info.compress_type not in (STORED, DEFLATED):
            return DAMAGED(where, detail=info.filename)
    return LOCKED(where) if any(info.flag_bits & 1 for info in infos) else None


def _too_large(where: Where, limits: Limits) -> Problem:
    return TOO_LARGE(where, limit=limits.unpacked >> 20, parts=limits.parts)


def _content(parts: Mapping[str, Part]) -> bytes:
    """Return the cells of an OpenDocument."""
    return parts[CONTENT].packed if CONTENT in parts else b""
