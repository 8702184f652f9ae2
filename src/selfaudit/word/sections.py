"""The sections of a document, each with its own paper and footers."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

_CONTENT = ("w:t", "w:drawing", "w:tbl", "w:pict", "w:object", "w:fldChar", "w:fldSimple")


def end_is_empty(document: Document) -> bool:
    """Return whether the last section of a document has no content."""
    return not any(True for block in _last_blocks(document) for tag in _CONTENT for _ in block.iter(qn(tag)))


def drop_end(document: Document) -> None:
    """Remove the last section, which would be an empty page; the section before becomes the last one."""
    body = document.element.body
    last, blocks = body.find(qn("w:sectPr")), _last_blocks(document)
    before = (blocks[-1] if blocks else last).getprevious()
    ending = None if before is None else before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if ending is not None:
        for empty in (last, *blocks):
            body.remove(empty)
        ending.getparent().remove(ending)
        body.append(ending)


def _last_blocks(document: Document) -> list[Any]:
    """Return the paragraphs and tables of the last section, last one first."""
    last = document.element.body.find(qn("w:sectPr"))
    blocks = []
    for block in [] if last is None else last.itersiblings(preceding=True):
        if block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            break
        blocks.append(block)
    return blocks
