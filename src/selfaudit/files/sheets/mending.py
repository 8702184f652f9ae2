"""What calamine would lose of a workbook, written so that it does not.

It shows an error such as #REF! as an empty cell, and a formula that nobody computed as one too; in OpenDocument it
drops tabs, and reads a comment as text of the cell.
"""

import re

from selfaudit.files.zips import Part, stored

CONTENT = "content.xml"
"""The part of an OpenDocument file that contains its cells."""

_ERROR = re.compile(rb'(<(?:\w+:)?c\s[^<>]{0,300}?\bt=)"e"')
_PICTURE = re.compile(
    rb'(<(?:\w+:)?c\b(?=[^<>]{0,300}\bvm=)(?=[^<>]{0,300}\bt="e")[^<>]{0,300}><(?:\w+:)?v>)#VALUE!(</(?:\w+:)?v>)'
)
"""A picture in a cell, for programs that show none."""
_UNCOMPUTED = re.compile(
    rb"<((?:\w{1,20}:)?)c\b([^<>]{0,300})><\1f\b[^<>]{0,300}(?:/>|>([^<]*)</\1f>)(?:<\1v\s?/>|<\1v></\1v>)?</\1c>"
)
_TYPE = re.compile(rb'\st="\w*"')
_NOTE_OPENED, _NOTE_CLOSED = b"<office:annotation", b"</office:annotation>"


def mended(name: str, part: Part) -> Part:
    """Return a part of a workbook with nothing in it that would be lost."""
    cells = part.packed
    if name == CONTENT:
        cells = re.sub(rb"<text:tab\s?/>", b"\t", cells)
        cells = _without_notes(cells).replace(b' office:string-value=""', b"")
    elif b"sheetData" in cells:
        if b"#VALUE!" in cells and b" vm=" in cells:
            cells = _PICTURE.sub(rb"\1=IMAGE()\2", cells)
        if b't="e"' in cells:
            cells = _ERROR.sub(rb'\1"str"', cells)
        if _has_formula(cells):
            cells = _UNCOMPUTED.sub(_as_text, cells)
    return part if cells is part.packed else stored(name, cells)


def _has_formula(cells: bytes) -> bool:
    """Look for formulas; a large sheet is mostly without, so one look at it comes first."""
    if b"<f" in cells and (b"<f>" in cells or b"<f " in cells):
        return True
    # one sign is found ten times as fast as two
    return cells.find(b":", cells.find(b"sheetData")) >= 0 and (b":f>" in cells or b":f " in cells)


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
