"""Where in Word something is: the paragraph or the cell of a table in which people find it."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from selfaudit.base.i18n import N_, _
from selfaudit.word.package import excerpt, texts_of

_PARTS = {
    "hdr": N_("header"),
    "ftr": N_("footer"),
    "footnotes": N_("footnote"),
    "endnotes": N_("endnote"),
    "glossaryDocument": N_("building block"),
}
_TABLE, _ROW, _CELL, _PARAGRAPH = qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:p")


def places(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield every paragraph of a part with its place; one in a table has that of its cell."""
    name = _PARTS.get(etree.QName(root).localname)
    head = [_(name)] if name else []
    numbers: dict[Any, int] = {}
    counted: Counter[tuple[Any, str]] = Counter()
    for element in root.iter(_TABLE, _ROW, _CELL, _PARAGRAPH):
        row, table = _row_and_table(element)
        # tables and paragraphs are counted in the whole part, rows and cells where they are
        key = (element.getparent() if element.tag in {_ROW, _CELL} else None, element.tag)
        if element.tag != _PARAGRAPH or table is None:
            counted[key] += 1
            numbers[element] = counted[key]
        if element.tag != _PARAGRAPH:
            continue
        if table is None:
            where = _("paragraph {number}").format(number=numbers[element])
        else:
            cell = next(element.iterancestors(_CELL))
            at = {"table": numbers[table], "row": numbers[row], "column": numbers[cell]}
            where = _("table {table}, row {row}, column {column}").format(**at)
        yield element, ", ".join([*head, where])


def _row_and_table(element: Any) -> tuple[Any, Any]:
    """Return the row and the table of the cell in which a paragraph is, if it is in one."""
    cell = next(element.iterancestors(_CELL), None) if element.tag == _PARAGRAPH else None
    row = next(cell.iterancestors(_ROW), None) if cell is not None else None
    return row, next(row.iterancestors(_TABLE), None) if row is not None else None


class Places:
    """Where the elements of a part are; its paragraphs are counted once, and only if somebody asks."""

    def __init__(self, root: Any) -> None:
        """Take the root element of the part, which must not change any more."""
        self._root = root
        self._shown: dict[Any, str] = {}

    @cached_property
    def _places(self) -> dict[Any, str]:
        return dict(places(self._root))

    def of(self, element: Any) -> str:
        """Return the place of an element: that of its paragraph with its text, or of the first paragraph inside it."""
        around = chain((element,), element.iterancestors(), element.iter())
        paragraph = next((found for found in around if found.tag == _PARAGRAPH), None)
        if paragraph is None:
            return ""
        if paragraph not in self._shown:
            self._shown[paragraph] = with_text(self._places[paragraph], paragraph)
        return self._shown[paragraph]


def with_text(place: str, paragraph: Any) -> str:
    """Return a place with the beginning of the text there; a cell of a table is found without."""
    text = "".join(t.text or "" for t in texts_of(paragraph))
    in_cell = next(paragraph.iterancestors(_CELL), None) is not None
    return f"{place} “{excerpt(text)}”" if text and not in_cell else place
