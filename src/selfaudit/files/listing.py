"""Lists what is in a folder and below it, and says what a file is called, whatever its name is made of."""

import os
from contextlib import suppress
from pathlib import Path

from selfaudit.base.text import on_one_line
from selfaudit.files.litter import HEAD, is_litter, is_litter_folder, is_written


def is_folder(path: Path) -> bool:
    """Return whether a path is a folder, as far as anybody may know."""
    with suppress(PermissionError):
        return path.is_dir()
    return False


def listed(folder: Path, locked: list[tuple[str, OSError]]) -> list[str]:
    """Return the names of every file in a folder and below it, relative to it and in order; no litter.

    Folders that cannot be listed are added to ``locked``. Paths of as many files as an inbox may hold would take
    several times the memory.
    """
    found: list[tuple[str, ...]] = []
    _list(str(folder), (), found, locked)
    return ["/".join(parts) for parts in sorted(found)]


def _list(folder: str, above: tuple[str, ...], found: list[tuple[str, ...]], locked: list[tuple[str, OSError]]) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not is_litter_folder(entry.name):
                        _list(entry.path, (*above, entry.name), found, locked)
                elif not is_litter(entry.name) or _is_written(entry):
                    found.append((*above, entry.name))
    except OSError as exc:
        locked.append((folder, exc))


def _is_written(entry: os.DirEntry[str]) -> bool:
    """Return whether somebody wrote a file after all, whose name does not look so."""
    if not entry.is_file(follow_symlinks=False):
        return False
    with suppress(OSError), open(entry.path, "rb") as stream:  # noqa: PTH123 - a Path would take its time
        return is_written(stream.read(HEAD))
    return False


def shown_name(path: Path, base: Path) -> str:
    """Return a path as text on one line; a name that is no UTF-8 is from Windows in China."""
    shown = str(path.relative_to(base) if path.is_relative_to(base) else path)
    try:
        shown.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(shown).decode("gb18030", "replace")
    return on_one_line(shown)
