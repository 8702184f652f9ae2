"""Opens a workbook that came from anywhere and returns its sheets as plain grids of what stands in the cells.

calamine reads the cells; nothing in the workbook is run. It is given the parts that hold text, unpacked here once, so
that nothing is larger than it says. It takes memory for the whole rectangle up to the last cell, so this is looked for
first. And what it would lose is mended: it shows an error such as #REF! as an empty cell, and in OpenDocument it drops
tabs.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from selfaudit.base.codec import EXCEL, LOCKED
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error, note
from selfaudit.forms.xlsx_zip import DAMAGE, Part, stored, unpacked, zipped

LARGEST = 64 * 1024 * 1024
"""Bytes of everything in a workbook; an issued form has a tenth of one MiB."""
MOST_PARTS = 1000
MOST_CELLS = 4_000_000

_SAVE_NEW = N_("Open it in Excel or WPS and save it as a new .xlsx.")
DAMAGED = error("workbook.damaged", N_("the workbook is damaged: {detail}"), _SAVE_NEW)
TOO_LARGE = error(
    "workbook.too-large",
    N_("the workbook would unpack to more than {limit} MiB or {parts} parts"),
    N_("Ask for the issued form, filled in, without pictures and other sheets."),
)
TOO_FAR = error(
    "workbook.too-far",
    N_("a sheet reaches as far as cell {cell}"),
    N_("Press Ctrl+End in each sheet, delete the rows and columns behind the form, and save it."),
)
UNREAD_MEANS = note(
    "workbook.unread-means",
    N_("comments, pictures or text boxes in the workbook are not read"),
    N_("Write what they say into the cells."),
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_OTHER_STREAMS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "EncryptedPackage", "PowerPoint"))
_OTHER_PARTS = (b"word/document", b"ppt/presentation")
_NO_WORKBOOK = "Cannot detect file format"
_CELLS = re.compile(r"(xl/worksheets/[^/]+\.xml|content\.xml)$", re.IGNORECASE)
_MEANS = re.compile(r"xl/(comments|threadedComments|media/|charts/)", re.IGNORECASE)
_ODS_MEANS = re.compile(rb"<(office:annotation|draw:frame|draw:custom-shape)\b")
_ERROR = re.compile(rb'(<(?:\w+:)?c\s[^>]*?\bt=)"e"')
_WITHOUT_TEXT = re.compile(
    "(docProps|customXml|Pictures|Thumbnails|xl/(theme|media|drawings|charts|embeddings|printerSettings))/"
)
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_SHAPE = bytes.maketrans(_LETTERS + _DIGITS + b"'", b"A" * len(_LETTERS) + b"0" * len(_DIGITS) + b'"')
_FAR = (b'r="AAA', b"A00000")
"""What places such as XFD7 and B10000 have in common once every letter is A and every digit 0."""
_FILLED = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*?\br=["']([A-Z]{1,9})(\d{1,18})["'])[^>]*(?<!/)>(?!</)""")
_REPEATED = re.compile(
    rb'<table:table-(?:row|cell)\b[^>]*-repeated="(\d{4,})"[^>]*(?<!/)>(?!<table:table-cell[^>]*/></)'
)


@dataclass(slots=True)
class Grid:
    """The cells of one sheet from A1 on; an empty one is an empty text."""

    name: str
    rows: list[list[Any]]


@dataclass(slots=True)
class Opened:
    """The sheets of a workbook, and what there is to say about it; without sheets, an error says why."""

    grids: list[Grid] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_workbook(data: bytes) -> bool:
    """Tell a workbook of any kind, whole or damaged, from other files."""
    if data.startswith(_ZIP):
        return _ODS in data[:200] or (b"xl/" in data and not any(name in data for name in _OTHER_PARTS))
    if data.startswith(_OLE):
        return any(name in data for name in _STREAMS) and not any(name in data for name in _OTHER_STREAMS)
    return False


def open_workbook(data: bytes, file: str) -> Opened:
    """Return every sheet of a workbook."""
    where = Where(file)
    try:
        return _unzipped(data, where) if data.startswith(_ZIP) else _grids(data, where, [])
    except DAMAGE as exc:
        return Opened(problems=[DAMAGED(where, detail=str(exc))])


def _unzipped(data: bytes, where: Where) -> Opened:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if refused := _refused(archive, where):
            return Opened(problems=[refused])
        infos = {info.filename: info for info in archive.infolist()}
        parts = {name: unpacked(archive, data, info) for name, info in infos.items() if not _WITHOUT_TEXT.match(name)}
        means = any(_unread(archive, name) for name in infos)
    if far := _farthest(parts):
        return Opened(problems=[TOO_FAR(where, cell=far)])
    means = means or _ODS_MEANS.search(_content(parts)) is not None
    whole = zipped(_mended(name, part) for name, part in parts.items())
    return _grids(whole, where, [UNREAD_MEANS(where)] if means else [])


def _unread(archive: zipfile.ZipFile, name: str) -> bool:
    """Tell a part that says something to people; LibreOffice adds drawings with nothing in them."""
    if name.startswith("xl/drawings/drawing"):
        return b"Anchor" in archive.read(name)
    return _MEANS.match(name) is not None


def _grids(data: bytes, where: Where, problems: list[Problem]) -> Opened:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415 - not at every start

    try:
        with CalamineWorkbook.from_object(io.BytesIO(data)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            grids = [Grid(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    except CalamineError as exc:
        kind = EXCEL if _NO_WORKBOOK in str(exc) else DAMAGED
        return Opened(problems=[kind(where, detail=str(exc))])
    except BaseException as exc:
        # a damaged old workbook can make calamine panic, which is no Exception
        if type(exc).__name__ != "PanicException":
            raise
        return Opened(problems=[DAMAGED(where, detail=str(exc))])
    return Opened(grids, problems)


def _refused(archive: zipfile.ZipFile, where: Where) -> Problem | None:
    infos = archive.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST:
        return TOO_LARGE(where, limit=LARGEST >> 20, parts=MOST_PARTS)
    return LOCKED(where) if any(info.flag_bits & 1 for info in infos) else None


def _content(parts: Mapping[str, Part]) -> bytes:
    """Return the cells of an OpenDocument."""
    return parts["content.xml"].packed if "content.xml" in parts else b""


def _farthest(parts: Mapping[str, Part]) -> str:
    """Return the last cell that holds something, if it is too far away to be read."""
    for cells in (part.packed for name, part in parts.items() if _CELLS.match(name)):
        shape = cells.translate(_SHAPE)
        if any(far in shape for far in _FAR):
            rows, columns, last = 0, 0, ""
            for letters, digits in _FILLED.findall(cells):
                row, column = int(digits), _column(letters)
                if row > rows or column > columns:
                    rows, columns, last = max(row, rows), max(column, columns), f"{letters.decode()}{digits.decode()}"
            if rows * columns > MOST_CELLS:
                return last
    for times in _REPEATED.findall(_content(parts)):
        if int(times) > MOST_CELLS // 100:
            return f"(×{int(times)})"
    return ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _mended(name: str, part: Part) -> Part:
    """Return a part with everything calamine would lose written so that it does not."""
    cells = part.packed
    if name == "content.xml":
        cells = re.sub(rb"<text:tab\s*/>", b"\t", cells)
        cells = re.sub(rb"<office:annotation\b.*?</office:annotation>", b"", cells, flags=re.DOTALL)
        cells = cells.replace(b' office:string-value=""', b"")
    elif _CELLS.match(name) and b't="e"' in cells:
        cells = _ERROR.sub(rb'\1"str"', cells)
    return part if cells is part.packed else stored(name, cells)


def text_of(value: Any) -> str:
    """Return what a cell shows: a whole number without a point, a day as 2023-11-05."""
    if isinstance(value, str):  # nearly always
        return value.replace("\x0b", "\n") if "\x0b" in value else value
    match value:
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.0f}" if value.is_integer() else f"{value:.12f}".rstrip("0")
        case datetime():
            return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
    return str(value)
