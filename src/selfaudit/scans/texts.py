"""The text layer of a PDF, page by page; a page without one is a picture, which nobody has read."""

from pathlib import Path
from typing import Any

from selfaudit.base.problems import Where
from selfaudit.files.extracting.extract import checked
from selfaudit.files.extracting.extracted import Builder, Extracted
from selfaudit.files.extracting.problems import DAMAGED, LOCKED, SCANNED, SCANNED_IN_PART
from selfaudit.scans.pages import MOST_PAGES, PASSWORD_NEEDED, TOO_MANY_PAGES

_FEW = 20
"""Characters of a page that has no more than the number of it, or what a scanner stamps on it."""


def pdf_text(data: bytes | Path, file: str) -> Extracted:
    """Return the text of a PDF; call it in a process that may die."""
    import pypdfium2  # noqa: PLC0415 - only the reading process needs it

    where, built, scanned = Where(file), Builder("page"), 0
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
            if pages > MOST_PAGES:
                return Extracted(problem=TOO_MANY_PAGES(where, pages=pages, limit=MOST_PAGES))
            if document.get_formtype():
                document.init_forms()
            for number in range(pages):
                text = _page(document, number)
                scanned += len("".join(text.split())) <= _FEW
                built.mark(str(number + 1))
                built.add(text + "\n")
    except pypdfium2.PdfiumError as exc:
        problem = LOCKED(where) if exc.err_code == PASSWORD_NEEDED else DAMAGED(where, detail="PDF")
        return Extracted(problem=problem)
    if scanned == pages:
        return Extracted(problem=SCANNED(where, pages=pages))
    return checked(built.done(SCANNED_IN_PART(where, scanned=scanned, pages=pages) if scanned else None), where)


def _page(document: Any, number: int) -> str:
    """Return the text of a page; what fields of a form say is part of it."""
    from pypdfium2.raw import FLAT_NORMALDISPLAY, FPDFPage_Flatten  # noqa: PLC0415 - as above

    page = document[number]
    if document.formenv:
        FPDFPage_Flatten(page, FLAT_NORMALDISPLAY)
        page = document[number]
    return str(page.get_textpage().get_text_range()).replace("\r\n", "\n")
