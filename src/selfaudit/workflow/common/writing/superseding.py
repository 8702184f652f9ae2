"""Report files that give way to newer ones: somebody may have signed or sent them, so none is overwritten."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path

from selfaudit.files.atomic import write_bytes
from selfaudit.store.layout import Layout

_DATED = ("docProps/core.xml", "word/embeddings/")
"""Parts of a Word file with the moment of writing in them; the numbers of a chart are also in the chart itself."""


def put_in_place(layout: Layout, path: Path, data: bytes) -> Path | None:
    """Write a document; return where the one that was there is now, None if there was none or it said the same.

    A file that says the same stays as it is.
    """
    if path.is_file() and parts_of(path.read_bytes()) == parts_of(data):
        return None
    aside = set_aside(layout, path)
    write_bytes(path, data)
    return aside


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
