"""The sheets of each unit, and of all units, as one PDF file each: to be printed in one go."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from selfaudit.base.i18n import N_, translator
from selfaudit.files.atomic import write_bytes
from selfaudit.model.kit.plan import Language
from selfaudit.scans.joining import joined

MOST = 1000
"""Sheets that go into one file; more of them nobody prints in one go, and the file would be larger than memory."""
ALL = N_("all-signature-sheets")
"""The name of the file with the sheets of all units."""


def forget(sheet: Path, language: Language) -> None:
    """Remove the files that contain a sheet, which is about to change or to go."""
    for path in (_of_unit(sheet.parent), _of_all(sheet.parent.parent, language)):
        path.unlink(missing_ok=True)


def write_together(folder: Path, pdfs: Iterable[Path], language: Language, scratch: Path) -> list[Path]:
    """Write the files that are missing or older than a sheet in them; return all that there are, that of all first.

    ``pdfs`` are those of every sheet, in the order of the roster.
    """
    units: dict[Path, list[Path]] = {}
    for pdf in pdfs:
        units.setdefault(pdf.parent, []).append(pdf)
    for unit, sheets in units.items():
        _write(_of_unit(unit), sheets, scratch)
    every = [pdf for sheets in units.values() for pdf in sheets]
    whole = _of_all(folder, language)
    if len(units) > 1 and len(every) <= MOST:
        _write(whole, every, scratch)
    else:
        whole.unlink(missing_ok=True)
    wanted = [whole, *map(_of_unit, units)]
    for left in _lying(folder, wanted):
        left.unlink()
    return [path for path in wanted if path.is_file()]


def _write(path: Path, sheets: list[Path], scratch: Path) -> None:
    newest = max(sheet.stat().st_mtime_ns for sheet in sheets)
    if len(sheets) <= MOST and not (path.is_file() and path.stat().st_mtime_ns > newest):
        write_bytes(path, joined(sheets), scratch)


def _lying(folder: Path, wanted: list[Path]) -> Iterator[Path]:
    """Yield the files of units that have no sheet any more; whatever else lies there is somebody's own."""
    for path in folder.glob("*.pdf"):
        if path not in wanted and path.with_suffix("").is_dir():
            yield path


def _of_unit(unit: Path) -> Path:
    return unit.with_name(f"{unit.name}.pdf")


def _of_all(folder: Path, language: Language) -> Path:
    return folder / f"{translator(language)(ALL)}.pdf"
