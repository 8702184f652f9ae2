"""Opens a workbook that came from anywhere and returns its sheets as plain grids of what stands in the cells.

calamine reads the cells; nothing in the workbook is run. It is given the parts that hold text, unpacked here once, so
that nothing is larger than it says. It takes memory for the whole rectangle up to the last cell, so this is looked for
first. And what it would lose is mended: it shows an error such as #REF! as an empty cell, and in OpenDocument it drops
tabs, and a formula that nobody computed as one too.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error, note
from selfaudit.files.encodings import EXCEL, LOCKED, zip_names
from selfaudit.files.sheets.bounds import MOST_CELLS, farthest, texts_too_large
from selfaudit.files.sheets.package import DAMAGE, DEFLATED, STORED, Part, stored, unpacked, zipped

LARGEST = 64 * 1024 * 1024
"""Bytes of everything in a workbook; an issued form has a tenth of one MiB."""
MOST_PARTS = 1000

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
_OFFICE_NAMES, _NAME_AT = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/"), 30
"""What the first name in a workbook usually is, and where it stands."""
_OTHER_PARTS = (b"word/document", b"ppt/presentation")
_NO_WORKBOOK = "Cannot detect file format"
_MEANS = re.compile(r"xl/(comments|threadedComments|media/|charts/)", re.IGNORECASE)
_ODS_MEANS = re.compile(rb"<(office:annotation|draw:frame|draw:custom-shape)\b")
_ERROR = re.compile(rb'(<(?:\w+:)?c\s[^<>]{0,300}?\bt=)"e"')
_UNCOMPUTED = re.compile(
    rb"<((?:\w{1,20}:)?)c\b([^<>]{0,300})><\1f\b[^<>]{0,300}(?:/>|>([^<]*)</\1f>)(?:<\1v\s?/>|<\1v></\1v>)?</\1c>"
)
_TYPE = re.compile(rb'\st="\w*"')
_NOTE_OPENED, _NOTE_CLOSED = b"<office:annotation", b"</office:annotation>"
_TEXT_BOX = b"\xb6\x01\x12\x00"
"""Begins the text of a comment or text box in an old workbook."""
_SMALL = 1e-9
_WITHOUT_TEXT = re.compile(
    "(docProps|customXml|Pictures|Thumbnails|xl/(theme|media|drawings|charts|embeddings|printerSettings))/"
)


@dataclass(slots=True)
class Grid:
    """The cells of one sheet from A1 on; an empty one is an empty text."""

    name: str
    rows: list[list[Any]]
    hidden: bool = False


@dataclass(slots=True)
class Opened:
    """The sheets of a workbook, and what there is to say about it; without sheets, an error says why."""

    grids: list[Grid] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_workbook(data: bytes) -> bool:
    """Tell a workbook of any kind, whole or damaged, from other files."""
    if data.startswith(_ZIP):
        if _ODS in data[:200]:
            return True
        names = data if data.startswith(_OFFICE_NAMES, _NAME_AT) else zip_names(data)
        return b"xl/" in names and not any(name in data for name in _OTHER_PARTS)
    if data.startswith(_OLE):
        return any(name in data for name in _STREAMS) and not any(name in data for name in _OTHER_STREAMS)
    return False


def open_workbook(data: bytes, file: str) -> Opened:
    """Return every sheet of a workbook."""
    where = Where(file)
    try:
        if data.startswith(_ZIP):
            return _unzipped(data, where)
        return _grids(data, where, [UNREAD_MEANS(where)] if _TEXT_BOX in data else [])
    except DAMAGE as exc:
        return Opened(problems=[DAMAGED(where, detail=str(exc))])


def _unzipped(data: bytes, where: Where) -> Opened:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if refused := _refused(archive, where):
            return Opened(problems=[refused])
        infos = {info.filename: info for info in archive.infolist()}
        parts = {name: unpacked(archive, data, info) for name, info in infos.items() if not _WITHOUT_TEXT.match(name)}
        means = any(_unread(archive, name) for name in infos)
    if far := farthest(parts):
        return Opened(problems=[TOO_FAR(where, cell=far)])
    if texts_too_large(parts):
        return Opened(problems=[TOO_LARGE(where, limit=LARGEST >> 20, parts=MOST_PARTS)])
    means = means or _ODS_MEANS.search(_content(parts)) is not None
    whole = zipped(_mended(name, part) for name, part in parts.items())
    return _grids(whole, where, [UNREAD_MEANS(where)] if means else [])


def _unread(archive: zipfile.ZipFile, name: str) -> bool:
    """Tell a part that says something to people; LibreOffice adds drawings with nothing in them."""
    if name.startswith("xl/drawings/drawing"):
        return b"Anchor" in archive.read(name)
    return _MEANS.match(name) is not None


def _grids(data: bytes, where: Where, problems: list[Problem]) -> Opened:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - not at every start

    try:
        with CalamineWorkbook.from_object(io.BytesIO(data)) as book:
            grids, cells = list[Grid](), 0
            for sheet in (sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet):
                rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                cells += len(rows) * len(rows[0]) if rows else 0
                if cells > MOST_CELLS:
                    return Opened(problems=[TOO_FAR(where, cell=f"{sheet.name}!{len(rows)}")])
                grids.append(Grid(sheet.name, rows, sheet.visible != SheetVisibleEnum.Visible))
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
    for info in infos:
        if info.compress_type not in (STORED, DEFLATED):
            return DAMAGED(where, detail=info.filename)
    return LOCKED(where) if any(info.flag_bits & 1 for info in infos) else None


def _content(parts: Mapping[str, Part]) -> bytes:
    """Return the cells of an OpenDocument."""
    return parts["content.xml"].packed if "content.xml" in parts else b""


def _mended(name: str, part: Part) -> Part:
    """Return a part with everything calamine would lose written so that it does not."""
    cells = part.packed
    if name == "content.xml":
        cells = re.sub(rb"<text:tab\s?/>", b"\t", cells)
        cells = _without_notes(cells).replace(b' office:string-value=""', b"")
    elif b"sheetData" in cells:
        if b't="e"' in cells:
            cells = _ERROR.sub(rb'\1"str"', cells)
        if any(opened in cells for opened in (b"<f>", b"<f ", b":f>", b":f ")):
            cells = _UNCOMPUTED.sub(_as_text, cells)
    return part if cells is part.packed else stored(name, cells)


def _as_text(cell: re.Match[bytes]) -> bytes:
    prefix, attributes, formula = cell.groups(b"")
    kept = _TYPE.sub(b"", attributes)
    return b'<%bc%b t="str"><%bv>=%b</%bv></%bc>' % (prefix, kept, prefix, formula, prefix, prefix)


def _without_notes(cells: bytes) -> bytes:
    kept, at = [], 0
    while (start := cells.find(_NOTE_OPENED, at)) >= 0 and (end := cells.find(_NOTE_CLOSED, start)) >= 0:
        kept.append(cells[at:start])
        at = end + len(_NOTE_CLOSED)
    return b"".join([*kept, cells[at:]])


def text_of(value: Any) -> str:
    """Return what a cell shows: a whole number without a point, a day as 2023-11-05."""
    if isinstance(value, str):  # nearly always
        return value.replace("\x0b", "\n") if "\x0b" in value else value
    match value:
        case bool():
            return str(value).upper()
        case float():
            return _number(value)
        case datetime():
            return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
    return str(value)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    # a very small number is no zero
    return f"{value:.12f}".rstrip("0") if abs(value) > _SMALL else f"{Decimal(repr(value)):f}"
