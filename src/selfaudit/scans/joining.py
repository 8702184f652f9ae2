"""Several PDF files as one, to be printed in one go."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error
from selfaudit.scans.pages import as_pdf

BROKEN = error(
    "print.broken-pdf",
    N_("this PDF cannot be read"),
    N_("Remove it and print again; if it comes again, LibreOffice on this computer does not make PDF files."),
)


def joined_scans(paths: Sequence[Path]) -> bytes:
    """Return the pages of PDF files and pictures that came from outside as one PDF, in a process that may die of it."""
    with tempfile.TemporaryDirectory() as folder:
        parts = [Path(folder) / f"{number}.pdf" for number in range(len(paths))]
        for part, path in zip(parts, paths, strict=True):
            part.write_bytes(as_pdf(path))
        return joined(parts)


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
