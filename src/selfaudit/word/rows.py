"""Long tables: Word and LibreOffice lay out many short tables far faster than one of thousands of rows."""

from copy import deepcopy
from itertools import takewhile
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

LONGEST_TABLE = 200
"""Rows of the longest table, its header included."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Adjacent tables would run together; a paragraph of one point keeps them apart without a visible gap.
_GAP = (
    f'<w:p {_W}><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)


def tidy_tables(root: Any) -> None:
    """Split every table of more than ``LONGEST_TABLE`` rows; each piece repeats the header rows and column widths.

    A table whose first row a loop over columns has made wider or narrower shares its width among the new columns.
    """
    for table in list(root.iter(qn("w:tbl"))):
        rows = table.findall(qn("w:tr"))
        grid = table.find(qn("w:tblGrid"))
        if rows and grid is not None:
            _fit_grid(grid, rows)
        if len(rows) > LONGEST_TABLE:
            _split(table, rows)


def _fit_grid(grid: Any, rows: list[Any]) -> None:
    count = sum(_span(cell) for cell in rows[0].iterchildren(qn("w:tc")))
    columns = list(grid)
    # a first row that begins or ends short of the others leaves columns out on purpose
    short = any(next(rows[0].iter(qn(name)), None) is not None for name in ("w:gridBefore", "w:gridAfter"))
    if count in {0, len(columns)} or short:
        return
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
    size = LONGEST_TABLE - len(header)
    last = table
    for start in range(len(header) + size, len(rows), size):
        piece = etree.SubElement(table.getparent(), table.tag)
        piece.extend(deepcopy([*frame, *header]))
        piece.extend(rows[start : start + size])
        gap = parse_xml(_GAP)
        last.addnext(gap)
        gap.addnext(piece)
        last = piece


def _is_header(row: Any) -> bool:
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false", "off"}
