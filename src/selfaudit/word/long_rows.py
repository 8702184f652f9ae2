"""The rows of long tables never become a tree: they stay text while everything else is tidied, and are written as it.

A processing instruction stands in for each run of rows; a table can be cut anywhere in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.parsers import expat

from docx.oxml.parser import parse_xml
from lxml import etree

FEWEST = 100
"""Rows of a run that is worth the trouble."""

_NAME = "long-rows"
_MARK = f"<?{_NAME}".encode()
_STAND_IN = re.compile(rf"<\?{_NAME} (\d+) (\d+) (\d+)\?>".encode())
_ROW, _ROW_END = b"<w:tr", b"</w:tr>"
_ROW_ENDS = re.compile(_ROW_END)
# looked at in the tree: tables inside a row, the mark of header rows, which are repeated, and what may load something
_LOOKED_AT = re.compile(rb"<w:tbl|fldChar|instrText|fldSimple|src|href|embeddedHtml")
_TEXT = rb"[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*+(?:&(?:amp|lt|gt|quot);[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*+)*+"
_TEXTS = re.compile(rb"(?<=<w:t>)[^<]*|(?<=<w:t xml:space=\"preserve\">)[^<]*")
_MOST_SHAPES = 50


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows next to each other, as text, and where each begins; last where the last one ends."""

    rows: bytes
    ends: list[int]

    def text(self, first: int, last: int) -> bytes:
        """Return some of the rows."""
        return self.rows[self.ends[first] : self.ends[last]]


class LongRows:
    """The rows that were taken out of one document."""

    def __init__(self) -> None:
        """Begin with none."""
        self._runs: list[_Run] = []

    def take_out(self, xml: bytes) -> bytes:
        """Return the text of a part with a stand-in in place of each long run of rows.

        Rows that are not well-formed are left where they are, so that the reader of the text says what is wrong.
        """
        kept: list[bytes] = []
        done = 0
        few = sum(1 for _row in islice(_ROW_ENDS.finditer(xml), FEWEST)) < FEWEST
        if not few and _MARK not in xml:
            for start, ends in _runs(xml):
                rows = xml[start : ends[-1]]
                kept += xml[done:start], f"<?{_NAME} {len(self._runs)} 0 {len(ends)}?>".encode()
                self._runs.append(_Run(rows, [0, *(end - start for end in ends)]))
                done = ends[-1]
        return b"".join([*kept, xml[done:]]) if kept else xml

    @staticmethod
    def stands_in(node: Any) -> bool:
        """Return whether a node of the tree stands in for rows."""
        return node.tag is etree.ProcessingInstruction and node.target == _NAME

    @staticmethod
    def count(node: Any) -> int:
        """Return for how many rows a node stands, one for a row itself."""
        if not LongRows.stands_in(node):
            return 1
        _, first, last = map(int, node.text.split())
        return last - first

    @staticmethod
    def cut(node: Any, count: int) -> Any:
        """Leave so many of its rows to a stand-in; return another one for the others."""
        run, first, last = map(int, node.text.split())
        node.text = f"{run} {first} {first + count}"
        return etree.ProcessingInstruction(_NAME, f"{run} {first + count} {last}")

    def bring_back(self, table: Any) -> None:
        """Put the rows of a table back into the tree."""
        spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in table.nsmap.items() if prefix)
        for node in [child for child in table if self.stands_in(child)]:
            run, first, last = map(int, node.text.split())
            rows = parse_xml(f"<rows {spaces}>".encode() + self._runs[run].text(first, last) + b"</rows>")
            for row in list(rows):
                node.addprevious(row)
            table.remove(node)

    def put_back(self, xml: bytes) -> bytes:
        """Return the text of a part with the rows in place of their stand-ins."""

        def rows(found: re.Match[bytes]) -> bytes:
            run, first, last = map(int, found.groups())
            return self._runs[run].text(first, last)

        return _STAND_IN.sub(rows, xml) if self._runs else xml


def _runs(xml: bytes) -> Iterator[tuple[int, list[int]]]:
    """Yield where each long run of well-formed rows begins, and where each of its rows ends."""
    shapes = _Shapes()
    at = xml.find(_ROW)
    while at >= 0:
        start, ends = at, []
        while end := shapes.end(xml, at):
            ends.append(end)
            at = end
        if len(ends) >= FEWEST:
            yield start, ends
        at = xml.find(_ROW, at + 1)


class _Shapes:
    """Rows of a loop differ in their texts only, so a row of a shape that was checked once needs no second look."""

    def __init__(self) -> None:
        self._known: list[re.Pattern[bytes]] = []

    def end(self, xml: bytes, at: int) -> int:
        """Return where the well-formed row that begins at a place ends, 0 if there is none or it is better left."""
        for number, shape in enumerate(self._known):
            if found := shape.match(xml, at):
                # the next row is most likely like this one
                self._known.insert(0, self._known.pop(number))
                return found.end()
        end = xml.find(_ROW_END, at) + len(_ROW_END)
        row = xml[at:end]
        if not row.startswith((_ROW + b">", _ROW + b" ")) or not _well_formed(row):
            return 0
        if _LOOKED_AT.search(b"".join(_TEXTS.split(row))):
            return 0
        if len(self._known) < _MOST_SHAPES:
            self._known.append(re.compile(_TEXT.join(map(re.escape, _TEXTS.split(row)))))
        return end


def _well_formed(row: bytes) -> bool:
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(row, True)  # noqa: FBT003 - expat's own way to say that this is all
    except expat.ExpatError:
        return False
    return True
