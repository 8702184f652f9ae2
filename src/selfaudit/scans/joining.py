"""Several PDF files as one, to be printed in one go."""

import io
from collections.abc import Iterable
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error

BROKEN = error(
    "print.broken-pdf",
    N_("this PDF cannot be read"),
    N_("Remove it and print again; if it comes again, LibreOffice on this computer does not make PDF files."),
)


def joined(paths: Iterable[Path]) -> bytes:
    """Return the pages of PDF files, one after the other, as one PDF file; raise ``UserError`` for one that is none."""
    import pypdfium2  # noqa: PLC0415 - takes long to import, and most commands need none of it

    buffer = io.BytesIO()
    with pypdfium2.PdfDocument.new() as whole:
        for path in paths:
            try:
                with pypdfium2.PdfDocument(path) as part:
                    whole.import_pages(part)
            except pypdfium2.PdfiumError as exc:
                raise UserError(BROKEN(Where(path.name))) from exc
        whole.save(buffer)
    return buffer.getvalue()
