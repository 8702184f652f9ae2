"""Long tables: Word and LibreOffice lay out many short tables far faster than one of thousands of rows."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import takewhile
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from selfaudit.word.long_rows import LongRows

LONGEST_TABLE = 200
"""Rows of the longest table, its header included."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Adjacent tables would run together; a paragraph of one point keeps them apart without a visible gap.
_GAP = (
    f'<w:p {_W}><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)


def tidy_tables(root: Any, long_rows: LongRows) -> None:
    """Split every table of more than ``LONGEST_TABLE`` rows; each piece repeats the header rows and column widths.

    A table whose first row a loop over columns has made wider or narrower shares its width among the new columns.
    """
    for table in list(root.iter(qn("w:tbl"))):
        grid, first = table.find(qn("w:tblGrid")), table.find(qn("w:tr"))
        if first is not None and grid is not None and _is_misfit(grid, first):
            long_rows.bring_back(table)
            _fit_grid(grid, table.findall(qn("w:tr")))
        rows = [child for child in table if child.tag == qn("w:tr") or LongRows.stands_in(child)]
        if sum(map(LongRows.count, rows)) > LONGEST_TABLE:
            _split(table, rows)


def _is_misfit(grid: Any, first: Any) -> bool:
    # a first row that begins or ends short of the others leaves columns out on purpose
    short = any(next(first.iter(qn(name)), None) is not None for name in ("w:gridBefore", "w:gridAfter"))
    return _width(first) not in {0, len(grid)} and not short


def _width(row: Any) -> int:
    return sum(_span(cell) for cell in row.iterchildren(qn("w:tc")))


def _fit_grid(grid: Any, rows: list[Any]) -> None:
    columns, count = list(grid), _width(rows[0])
    width = sum(int(column.get(qn("w:w"), "0")) for column in columns) // count
    for column in columns:
        grid.remove(column)
    for _ in range(count):
        etree.SubElement(grid, qn("w:gridCol"), {qn("w:w"): str(width)})
    for cell in (cell for row in rows for cell in row.iterchildren(qn("w:tc"))):
        for mark in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:tcW')}"):
            mark.set(qn("w:w"), str(width * _span(cell)))


def _span(cell: Any) -> int:
    mark = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if mark is None else int(mark.get(qn("w:val")))


def _split(table: Any, rows: list[Any]) -> None:
    header = list(takewhile(_is_header, rows))[: LONGEST_TABLE // 2]
    frame = [deepcopy(child) for child in table.iterchildren(qn("w:tblPr"), qn("w:tblGrid"))]
    parent, last = table.getparent(), table
    spaces = {prefix: uri for prefix, uri in table.nsmap.items() if parent.nsmap.get(prefix) != uri}
    _, *others = _pieces(rows[len(header) :], LONGEST_TABLE - len(header))
    for body in others:
        piece = etree.SubElement(parent, table.tag, nsmap=spaces)
        piece.extend(deepcopy([*frame, *header]))
        piece.extend(body)
        gap = parse_xml(_GAP)
        last.addnext(gap)
        gap.addnext(piece)
        last = piece


def _pieces(rows: list[Any], size: int) -> Iterator[list[Any]]:
    """Yield the rows, and the stand-ins for some, in pieces of so many rows."""
    piece: list[Any] = []
    room = size
    for row in rows:
        rest = row
        while (count := LongRows.count(rest)) > room:
            taken, rest = rest, LongRows.cut(rest, room)
            yield [*piece, taken]
            piece, room = [], size
        piece.append(rest)
        room -= count
        if not room:
            yield piece
            piece, room = [], size
    if piece:
        yield piece


def _is_header(row: Any) -> bool:
    mark = None if LongRows.stands_in(row) else row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false", "off"}
