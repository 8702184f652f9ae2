"""What became of files that were read before: whether they are still there, out of reach, or there again."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from selfaudit.files.hashing import sha256_of
from selfaudit.files.listing import is_folder, listed, shown_name
from selfaudit.files.litter import not_here_yet


def still_there(names: Iterable[str], folder: Path, base: Path) -> list[str]:
    """Return the names, as ``incoming`` gave them, of files that still lie in a folder or elsewhere, zips included."""
    inside = {shown_name(folder / name, base) for name in listed(folder, [])} if is_folder(folder) else set()
    return [
        name
        for name in names
        if any(str(path) in inside or _is_file(base / path) for path in (Path(name), *Path(name).parents))
    ]


def _is_file(path: Path) -> bool:
    """Return whether a file is there; one in a folder that may not be read is taken to be."""
    try:
        return path.is_file()
    except PermissionError:
        return True


def out_of_reach(folder: Path, base: Path) -> Iterator[str]:
    """Yield the names of what lies in a folder and cannot be read now: locked folders and files, placeholders."""
    locked: list[tuple[str, OSError]] = []
    names = listed(folder, locked) if is_folder(folder) else []
    yield from (shown_name(Path(path), base) for path, _ in locked)
    for name in names:
        if not_here_yet(name.rpartition("/")[2]) or not os.access(folder / name, os.R_OK):
            yield shown_name(folder / name, base)


def copies_of(contents: Mapping[str, int], folder: Path, base: Path) -> Iterator[tuple[str, str]]:
    """Yield the files in a folder with these contents, given by SHA-256 and size, each with its name and SHA-256."""
    sizes = set(contents.values())
    for name in listed(folder, []) if sizes else ():
        path = folder / name
        with suppress(OSError):
            # a pipe has no size, and would be waited for
            same_size = path.is_file() and path.stat().st_size in sizes
            if same_size and (sha256 := sha256_of(path)) in contents:
                yield shown_name(path, base), sha256
