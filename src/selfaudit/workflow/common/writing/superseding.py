"""Report files that give way to newer ones: somebody may have signed or sent them, so none is overwritten."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path

from selfaudit.files.atomic import write_bytes
from selfaudit.store.layout import Layout
from selfaudit.word.page_numbers import has_page_numbers, without_page_numbers

_DATED = ("docProps/core.xml", "word/embeddings/")
"""Parts of a Word file with the moment of writing in them; the numbers of a chart are also in the chart itself."""


def put_in_place(layout: Layout, path: Path, data: bytes) -> list[Path]:
    """Write a document; return where the one that was there is now, with its PDF, if there was one.

    A file that says the same stays as it is, but for page numbers in its table of contents, which are put into it.
    """
    before, now = parts_of(path.read_bytes()) if path.is_file() else {}, parts_of(data)
    if before == now or (without_page_numbers(before) == without_page_numbers(now) and not has_page_numbers(now)):
        return []
    if without_page_numbers(before) == without_page_numbers(now):
        aside = [*filter(None, [set_aside(layout, path.with_suffix(".pdf"))])]
    else:
        aside = set_both_aside(layout, path)
    write_bytes(path, data)
    return aside


def write_over(layout: Layout, path: Path, data: bytes) -> None:
    """Write a document that may be overwritten, such as a draft; a PDF that is of another text is moved away."""
    if path.is_file() and without_page_numbers(parts_of(path.read_bytes())) != without_page_numbers(parts_of(data)):
        set_aside(layout, path.with_suffix(".pdf"))
    write_bytes(path, data)


def set_both_aside(layout: Layout, path: Path) -> list[Path]:
    """Move a Word file and its PDF to those that were superseded; return where they are now."""
    return [*filter(None, (set_aside(layout, path), set_aside(layout, path.with_suffix(".pdf"))))]


def set_aside(layout: Layout, path: Path) -> Path | None:
    """Move a file to those that were superseded, with the day on which it was written; return where it is now."""
    if not path.is_file():
        return None
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone().date()
    names = (f"{path.stem} {day}{'' if n == 1 else f' ({n})'}{path.suffix}" for n in count(1))
    target = next(place for name in names if not (place := layout.superseded_reports / name).exists())
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    return target


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return what a Word file or a workbook consists of, but for when it was written; any other file is one part."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return {name: packed.read(name) for name in packed.namelist() if not name.startswith(_DATED)}
    except (zipfile.BadZipFile, LookupError, OSError, NotImplementedError):
        return {"": data}
