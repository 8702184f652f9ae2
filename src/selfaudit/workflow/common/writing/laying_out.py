"""Lays documents out with LibreOffice: a PDF of each, and the page numbers in its table of contents."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, note, warning
from selfaudit.files.atomic import write_bytes
from selfaudit.scans.links import linked_numbers
from selfaudit.word.office.fonts import Lacking, lacking
from selfaudit.word.office.pdf import BATCH, find_office, make_pdfs
from selfaudit.word.page_numbers import entry_count, to_lay_out, with_page_numbers
from selfaudit.workflow.common.listener import Listener

NO_OFFICE = warning(
    "pdf.no-office",
    N_("LibreOffice was not found, so there is no PDF, and the table of contents has no page numbers yet"),
    N_(
        "Install it (Debian and Ubuntu: sudo apt install libreoffice-writer) and run this again, or open the Word file"
        " in Word or WPS, update the table of contents (F9) and save it as PDF."
    ),
)
NO_PDF = warning(
    "pdf.none",
    N_("LibreOffice ({office}) made no PDF of {count} documents"),
    N_(
        "The Word files are there: save them as PDF in Word or WPS. Lists of many thousands of rows take LibreOffice"
        " too long; with “annexes: own” the report itself is quick. If it fails at once: does it start by hand?"
    ),
)
BOXES = warning(
    "pdf.no-glyph",
    N_("no font on this computer has these characters, so that the PDF shows boxes in their place: {characters}"),
    N_("Install a font that has them (Debian and Ubuntu: sudo apt install fonts-noto-cjk) and run this again."),
)
OTHER_FONT = note(
    "pdf.other-font",
    N_("the PDF shows these characters in another font than those beside them: {characters}"),
    N_("Look at them. The fonts of Word have them if they are installed on this computer."),
)
NO_NUMBERS = warning(
    "pdf.no-numbers",
    N_("the page numbers of the table of contents could not be read from the PDF"),
    N_("The PDF has them. In the Word file, update the table of contents (F9)."),
)

_MOST = 10


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A Word file with page numbers in its contents, if they are known, and its PDF, if one could be made."""

    document: bytes
    pdf: bytes | None = None


def lay_out(documents: Sequence[bytes], problems: list[Problem], listener: Listener) -> list[LaidOut]:
    """Return Word files laid out; what could not be done is added to the problems, and the files are as they were."""
    office = find_office()
    if office is None:
        problems.append(NO_OFFICE())
        return [LaidOut(document) for document in documents]
    listener.start("pdf", len(documents))
    with tempfile.TemporaryDirectory(prefix="selfaudit-") as folder:
        paths = [Path(folder) / f"{number}.docx" for number in range(len(documents))]
        for path, document in zip(paths, documents, strict=True):
            path.write_bytes(to_lay_out(document))
        failed = make_pdfs(office, paths, Path(folder), listener.step)
        problems += _told(lacking(documents, Path(folder)))
        if failed:
            problems.append(NO_PDF(office=office, count=len(failed)))
        return [
            LaidOut(document) if path in failed else _laid_out(document, path.with_suffix(".pdf"), problems)
            for path, document in zip(paths, documents, strict=True)
        ]


def lay_out_files(paths: Sequence[Path], problems: list[Problem], listener: Listener) -> list[Path]:
    """Put a PDF beside each Word file, and page numbers into its contents; return the PDF files."""
    made = []
    for start in range(0, len(paths), BATCH):
        some = paths[start : start + BATCH]
        for path, laid_out in zip(some, lay_out([path.read_bytes() for path in some], problems, listener), strict=True):
            if laid_out.pdf:
                write_bytes(path, laid_out.document)
                write_bytes(path.with_suffix(".pdf"), laid_out.pdf)
                made.append(path.with_suffix(".pdf"))
    return made


def _told(found: Lacking) -> Iterator[Problem]:
    """Yield which characters have no glyph, each with where it is."""
    for kind, characters in ((BOXES, found.everywhere), (OTHER_FONT, found.in_chosen)):
        if characters:
            said = tuple(f"{one} U+{ord(one):04X} ({text})" for one, text in characters.items())
            yield kind(characters=Some(said, _MOST))


def _laid_out(document: bytes, pdf: Path, problems: list[Problem]) -> LaidOut:
    data = pdf.read_bytes()
    if count := entry_count(document):
        numbers = linked_numbers(pdf)
        if len(numbers) != count:
            problems.append(NO_NUMBERS())
            return LaidOut(document, data)
        document = with_page_numbers(document, numbers)
    return LaidOut(document, data)
