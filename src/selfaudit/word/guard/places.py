"""Where in Word something is: the paragraph or the cell of a table in which people find it."""

from collections.abc import Iterator
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


def places(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield every paragraph of a part with its place; one in a table has that of its cell."""
    name = _PARTS.get(etree.QName(root).localname)
    head = [_(name)] if name else []
    tables = {table: number for number, table in enumerate(root.iter(qn("w:tbl")), start=1)}
    number = 0
    for paragraph in root.iter(qn("w:p")):
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        if cell is None:
            number += 1
            yield paragraph, ", ".join([*head, _("paragraph {number}").format(number=number)])
            continue
        row = next(cell.iterancestors(qn("w:tr")))
        table = next(row.iterancestors(qn("w:tbl")))
        at = [1 + sum(1 for _before in child.itersiblings(child.tag, preceding=True)) for child in (row, cell)]
        where = _("table {table}, row {row}, column {column}").format(table=tables[table], row=at[0], column=at[1])
        yield paragraph, ", ".join([*head, where])


def place_of(element: Any) -> str:
    """Return the place of an element: that of its paragraph with its text, or of the first paragraph inside it."""
    paragraph = next(
        (found for found in (element, *element.iterancestors(), *element.iter()) if found.tag == qn("w:p")), None
    )
    if paragraph is None:
        return ""
    root = paragraph.getroottree().getroot()
    place = next(place for found, place in places(root) if found is paragraph)
    return with_text(place, paragraph)


def with_text(place: str, paragraph: Any) -> str:
    """Return a place with the beginning of the text there; a cell of a table is found without."""
    text = "".join(t.text or "" for t in texts_of(paragraph))
    in_cell = next(paragraph.iterancestors(qn("w:tc")), None) is not None
    return f"{place} “{excerpt(text)}”" if text and not in_cell else place
