"""What stands before a signature stays on its page: nobody signs a page on which there is nothing else."""

from typing import Any

from docx.oxml.ns import qn


def keep_before(body: Any) -> None:
    """Keep what is before an empty line that is kept with the next one on the page of that line.

    Templates put such lines above signatures; what is before them is only known once loops are done.
    """
    # from the end, so that of several empty lines each one holds the one before
    for line in reversed(list(body.iterchildren(qn("w:p")))):
        before = line.getprevious()
        if before is not None and _is_kept(line) and _is_empty(line):
            for paragraph in _last_of(before):
                paragraph.get_or_add_pPr().get_or_add_keepNext().val = True


def _is_kept(paragraph: Any) -> bool:
    return paragraph.pPr is not None and paragraph.pPr.keepNext is not None and paragraph.pPr.keepNext.val


def _is_empty(paragraph: Any) -> bool:
    return not paragraph.text and not paragraph.xpath(".//w:drawing | .//w:pict | .//w:sectPr")


def _last_of(before: Any) -> list[Any]:
    """Return the paragraphs by which a paragraph or the last row of a table is kept with what follows it."""
    if before.tag == qn("w:p"):
        return [before]
    last = before[-1] if before.tag == qn("w:tbl") and len(before) else None
    return list(last.iter(qn("w:p"))) if last is not None and last.tag == qn("w:tr") else []
