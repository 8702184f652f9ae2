"""How much the cells of a workbook would take in memory, judged by its parts before any of them is read.

calamine takes room for the whole rectangle up to the last cell of a sheet, and for a copy of a shared text in every
cell that shows it; where there is not enough, the whole process ends.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from selfaudit.files.sheets.cells import column_name, column_number
from selfaudit.files.zips import Part

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a workbook may be that is read: bytes of the file, bytes and number of its parts, cells of its sheets.

    ``texts`` are the bytes of all texts, each counted as often as it may be shown.
    """

    packed: int = 20 * MIB
    unpacked: int = 64 * MIB
    parts: int = 1_000
    cells: int = 4_000_000
    texts: int = 512 * MIB


DEFAULT = Limits()
"""A form has a tenth of one MiB and a roster of 20,000 people about two, so this is plenty for both."""
REGISTER = Limits(200 * MIB, 1024 * MIB, 1_000, 16_000_000, 1024 * MIB)
"""A register of 100,000 rows and 59 columns has 5.9 million cells, which take 0.3 GiB unpacked."""
LARGEST_TABLE = 2048 * MIB
"""Bytes of the largest file that is read as a register, and of its texts: three million rows have about 0.3 GiB."""
MOST_COLUMNS = 1_000
"""Columns of a register as a file has it; the longest has about 70, and a system adds some of its own."""

_UPPER, _LOWER, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz", b"0123456789"
_SHAPE = bytes.maketrans(_UPPER + _LOWER + _DIGITS, b"A" * 52 + b"0" * 10)
_FAR = (b"AA0", b"A00000")
"""What places such as AB7 and B10000 have in common once every letter is A and every digit 0."""
_ATTRIBUTES = rb"""((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)"""
_OPENED = re.compile(rb"<(?:[^\s<>/:]{1,99}:)?(?:c|row)(?=[\s/>])", re.IGNORECASE)
_CELL = re.compile(rb"<(?:[^\s<>/:]{1,99}:)?(c|row)(?=[\s/>])" + _ATTRIBUTES + rb">(</)?", re.IGNORECASE)
_PLAIN = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: [\w:]{1,30}="[^"<>]*")*+ ?(/>|></|>)')
_ATTRIBUTE = re.compile(rb"""([^\s=]+)\s*=\s*["']([^"']*)["']""")
_SHARED = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")? t="s"><v>(\d{1,9})</v>')
_NUMBER = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")?><v>')
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_CELL_NAME = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_LARGE = 4 * MIB
"""Bytes of a sheet that hardly ends before Z9999."""
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384

_ODS_OPENED = re.compile(rb"<table:(?:table|table-row|(?:covered-)?table-cell)(?=[\s/>])")
_ODS_CELL = re.compile(rb"<table:(table|table-row|(?:covered-)?table-cell)(?=[\s/>])" + _ATTRIBUTES + rb">(</)?")
_ODS_REPEATED = re.compile(rb"""-repeated\s*=\s*["']\s*\+?0*(\d{1,9})""")


def farthest(parts: Mapping[str, Part], limits: Limits = DEFAULT) -> str:
    """Return a cell that is too far away for its sheet to be read, if there is one.

    Any part may be a sheet, wherever it lies and whatever it is called. Raise ``ValueError`` if cells are unclear.
    """
    for name, part in parts.items():
        if name == "content.xml":
            cells, last = _repeated(part.packed, limits.cells)
        elif b"sheetData" in part.packed and not _surely(part.packed, limits.cells):
            cells, last = _rectangle(part.packed, limits.cells)
        else:
            continue
        if cells > limits.cells:
            return last
    return ""


def _surely(sheet: bytes, most: int) -> bool:
    """Recognise a sheet that surely is not too large; which look is the cheaper one depends on its size."""
    return _within(sheet, most) if len(sheet) > _LARGE else _near(sheet) or _within(sheet, most)


def _near(sheet: bytes) -> bool:
    """Recognise, at the price of a look, a sheet that surely stays within Z9999."""
    start, end = sheet.find(b"sheetData"), sheet.rfind(b"sheetData")
    cells = sheet[start:end] if sheet[end - 1 : end] == b"/" else sheet[start:]
    if b":c" in cells or cells.count(b"<c") != cells.count(b'<c r="'):
        return False
    shape = cells.translate(_SHAPE)
    return not any(far in shape for far in _FAR)


def _within(sheet: bytes, most: int) -> bool:
    """Recognise, at the price of a look, a large sheet that surely has not too many rows and columns."""
    start, end = sheet.find(b"sheetData"), sheet.rfind(b"sheetData")
    end = end if sheet[end - 1 : end] == b"/" else len(sheet)
    rows = max(map(int, _ROW.findall(sheet)), default=0)
    if not 0 < rows <= most or (sheet.find(b":", start, end) >= 0 and sheet.find(b":c", start, end) >= 0):
        return False
    columns = column_name(min(most // rows, _LAST_COLUMN) - 1)
    beyond = _above(columns, "A", "Z").encode(), _above(str(rows), "0", "9").encode()
    far = re.compile(rb'<c(?! r="[A-Z]{1,3}[0-9]{1,7}")|<c r="(?:(?:%b)\d|[A-Z]+(?:%b)")' % beyond)
    return far.search(sheet, start, end) is None


def _above(name: str, first: str, last: str) -> str:
    """Return a pattern of the names of columns, or numbers, that come after one."""
    signs = f"[{first}-{last}]"
    longer = [f"{signs}{{{len(name) + 1},}}"]
    same = [
        f"{name[:at]}[{chr(ord(sign) + 1)}-{last}]{signs}{{{len(name) - at - 1}}}"
        for at, sign in enumerate(name)
        if sign != last
    ]
    return "|".join(longer + same)


def _rectangle(sheet: bytes, most: int) -> tuple[int, str]:
    """Return the number of cells up to the last one that contains something, and its name."""
    rows, columns, last = 0, 0, ""
    for letters, row in _plain(sheet) or _named(sheet):
        column = _column(letters)
        if not (0 < row <= _LAST_ROW and column <= _LAST_COLUMN):
            return most + 1, f"{letters.decode()}{row}"
        if row > rows or column > columns:
            rows, columns, last = max(row, rows), max(column, columns), f"{letters.decode()}{row}"
    return rows * columns, last


def _plain(sheet: bytes) -> list[tuple[bytes, int]]:
    """Return the place of every cell that contains something, provided all are written as office programs do."""
    cells = _PLAIN.findall(sheet)
    rows = sheet.count(b"<row>") + sheet.count(b"<row ")
    if len(cells) + rows != len(_OPENED.findall(sheet)):
        return []
    return [(letters, int(digits)) for letters, digits, end in cells if end == b">"]


def _named(sheet: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the place of every cell that has content, however it is written; without a name it is the next one."""
    found = _CELL.findall(sheet)
    if len(found) != len(_OPENED.findall(sheet)):
        msg = "<c"
        raise ValueError(msg)
    row = column = 0
    for tag, attributes, ends in found:
        name = next((value for key, value in _ATTRIBUTE.findall(attributes) if key.lower() == b"r"), None)
        if tag.lower() == b"row":
            row, column = row + 1 if name is None else int(name), 0
            continue
        letters, digits = column_name(column).encode(), row
        if name is not None:
            place = _CELL_NAME.fullmatch(name.upper())
            if place is None:
                msg = repr(name)
                raise ValueError(msg)
            letters, digits = place[1], int(place[2])
        column = _column(letters)
        if not ends and not attributes.endswith(b"/"):
            yield letters, digits


def _column(letters: bytes) -> int:
    """Return the number of a column from 1."""
    return column_number(letters.decode()) + 1


def _repeated(content: bytes, most: int) -> tuple[int, str]:
    """Return the number of cells of all sheets of an OpenDocument file, each up to the last one with content."""
    found = _ODS_CELL.findall(content)
    if len(found) != len(_ODS_OPENED.findall(content)):
        msg = "<table:table-cell"
        raise ValueError(msg)
    cells = rows = columns = last_row = last_column = 0
    for tag, attributes, ends in found:
        times = int(again[1]) if (again := _ODS_REPEATED.search(attributes)) else 1
        if tag == b"table":
            cells += last_row * last_column
            rows = columns = last_row = last_column = 0
        elif tag == b"table-row":
            rows, columns = rows + times, 0
        else:
            columns += times
            # what comes after the last one with content costs nothing
            if not ends and not attributes.endswith(b"/"):
                last_row, last_column = rows, max(columns, last_column)
                if cells + last_row * last_column > most:
                    break
    return cells + last_row * last_column, f"({last_column} × {last_row})"


def texts_too_large(parts: Mapping[str, Part], limits: Limits = DEFAULT) -> bool:
    """Recognise shared texts that would take too much memory, each in every cell that shows it."""
    texts = next((part.packed for name, part in parts.items() if name.lower() == "xl/sharedstrings.xml"), b"")
    if not texts:
        return False
    sheets = [part.packed for part in parts.values() if b"sheetData" in part.packed]
    shown = sum(sheet.count(b"<v") + sheet.count(b":v") for sheet in sheets)
    if len(texts) * shown <= limits.texts:
        return False
    lengths = _lengths(texts)
    return max(lengths) * shown > limits.texts and _shown(sheets, lengths, shown) > limits.texts


def _shown(sheets: Sequence[bytes], lengths: Sequence[int], shown: int) -> int:
    """Return the bytes of all texts that cells show; a cell written in another way may show the longest."""
    total = 0
    for sheet in sheets:
        for index, times in Counter(_SHARED.findall(sheet)).items():
            total += times * lengths[min(int(index), len(lengths) - 1)]
            shown -= times
        shown -= len(_NUMBER.findall(sheet))
    return total + max(0, shown) * max(lengths)


def _lengths(texts: bytes) -> list[int]:
    """Return the length of each shared text; raise ``ValueError`` if they cannot be distinguished."""
    lengths, parser = list[int](), expat.ParserCreate(namespace_separator=" ")

    def started(name: str, _: object) -> None:
        if name.rpartition(" ")[2] == "si":
            lengths.append(0)

    def said(text: str) -> None:
        if lengths:
            lengths[-1] += len(text.encode())

    parser.StartElementHandler, parser.CharacterDataHandler, parser.buffer_text = started, said, True
    try:
        parser.Parse(texts, True)  # noqa: FBT003 - takes no names
    except expat.ExpatError as exc:
        raise ValueError(str(exc)) from exc
    return lengths or [0]
