"""The page numbers that a table of contents shows in a PDF: the texts of the links that lead to its headings."""

import ctypes
import re
from pathlib import Path
from typing import Any

_NUMBER = re.compile(r"[0-9ivxlcdm]+", re.IGNORECASE)


def linked_numbers(pdf: Path) -> list[str]:
    """Return the numbers that are links to a page of the document itself, in the order in which one reads them."""
    import pypdfium2  # noqa: PLC0415 - rarely needed
    from pypdfium2 import raw  # noqa: PLC0415

    found: list[tuple[int, float, float, str]] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            position, link, place = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
            text: Any = None
            while raw.FPDFLink_Enumerate(page.raw, position, link):
                if raw.FPDFLink_GetDest(document.raw, link) and raw.FPDFLink_GetAnnotRect(link, place):
                    text = text or page.get_textpage()
                    said = text.get_text_bounded(place.left, place.bottom, place.right, place.top).strip()
                    found.append((number, -place.top, place.left, said))
    return [said for *_, said in sorted(found) if _NUMBER.fullmatch(said)]
