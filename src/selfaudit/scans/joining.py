"""Several PDF files as one, to be printed in one go."""

import io
from collections.abc import Iterable
from pathlib import Path


def joined(paths: Iterable[Path]) -> bytes:
    """Return the pages of PDF files that we made, one after the other, as one PDF file."""
    import pypdfium2  # noqa: PLC0415 - takes long to import, and most commands need none of it

    buffer = io.BytesIO()
    with pypdfium2.PdfDocument.new() as whole:
        for path in paths:
            with pypdfium2.PdfDocument(path) as part:
                whole.import_pages(part)
        whole.save(buffer)
    return buffer.getvalue()
