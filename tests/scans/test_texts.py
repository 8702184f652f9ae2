"""The text of a PDF is that of its pages; a page without text is never taken for one with nothing on it."""

import pytest

from selfaudit.scans.texts import pdf_text


def pdf(*pages: str) -> bytes:
    """A PDF with so many pages, each with a line of text; an empty one has none."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, text in enumerate(pages):
        drawn = f"BT /F1 12 Tf 20 700 Td ({text}) Tj ET" if text else ""
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * n} 0 R{RESOURCES}>>"
        parts += [page, f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream"]
    return "\n".join(["%PDF-1.4", *(f"{n} 0 obj\n{part}\nendobj" for n, part in enumerate(parts, 1)), TRAILER]).encode()


RESOURCES = "/Resources<</Font<</F1 3 0 R>>>>"
TRAILER = "trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
"""Without the places of the objects, which a reader then looks for."""


LINE = "The temperature records of the workshop were seen"


def test_pages_are_told_by_their_numbers() -> None:
    made = pdf_text(pdf(LINE, "Second: " + LINE), "case.pdf")
    assert made.problem is None
    assert made.text.split("\n") == [LINE, "Second: " + LINE, ""]
    assert made.place(made.text.index("Second"), str) == "page 2"


def test_a_scan_is_not_comparable_and_not_clean() -> None:
    made = pdf_text(pdf("", "3"), "case.pdf")
    assert (made.text, made.problem and made.problem.message) == (
        "",
        "it is a scan: none of its 2 pages has any text",
    )


def test_pages_that_were_scanned_among_others_are_told() -> None:
    made = pdf_text(pdf(LINE, "", ""), "case.pdf")
    assert made.text.startswith(LINE)
    assert made.problem
    assert made.problem.message == "2 of its 3 pages have no text, and were not compared"


@pytest.mark.parametrize("data", [pdf(LINE)[:60], b"%PDF-1.7", b"%PDF-" + bytes(range(256)) * 9])
def test_a_broken_pdf_says_so(data: bytes) -> None:
    made = pdf_text(data, "case.pdf")
    assert made.problem
    assert made.problem.code == "text.damaged"
