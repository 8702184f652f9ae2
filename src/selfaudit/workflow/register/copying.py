"""The files that somebody names, copied where nobody else may look, so that what is read is what is kept."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error, note
from selfaudit.files.hashing import is_intact
from selfaudit.files.listing import shown_name
from selfaudit.files.sheets.bounds import LARGEST_TABLE
from selfaudit.store.workspace import Workspace

NOT_THERE = error("register.not-there", N_("there is no such file"), N_("Check the path."))
NO_FILE = error(
    "register.no-file",
    N_("this is a folder, not a file"),
    N_("Name the files in it, such as {folder}/*.xlsx; unpack a zip first."),
)
TOO_LARGE = error(
    "register.too-large",
    N_("{size} MiB is too large (at most {limit} MiB)"),
    N_("Split it, for example by year, and import the parts in one call."),
)
TWICE = note("register.twice", N_("this is the same file as {first}, so it is read once"))

_PIECE = 1024**2
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Copied:
    """A file: its name as the user knows it, the private copy, the folder beside it for what is made of it."""

    name: str
    path: Path
    work: Path
    sha256: str

    @property
    def suffix(self) -> str:
        """How its name ends, with the dot; empty if that is nothing that a suffix looks like."""
        suffix = self.path.suffix.lower()
        return suffix if _SUFFIX.fullmatch(suffix) else ""


def copied(workspace: Workspace, files: Iterable[Path], folder: Path) -> Iterator[Copied | Problem]:
    """Yield a copy of each file, or why there is none."""
    seen: dict[str, str] = {}
    for number, file in enumerate(files):
        name = shown_name(file, workspace.root)
        if problem := _refused(file, name):
            yield problem
            continue
        work = folder / str(number)
        path = folder / f"{number}-file" / file.name
        work.mkdir()
        path.parent.mkdir()
        sha256 = _copy(file, path)
        if first := seen.get(sha256):
            yield TWICE(Where(name), first=first)
            continue
        seen[sha256] = name
        yield Copied(name, path, work, sha256)


def _refused(file: Path, name: str) -> Problem | None:
    if file.is_dir():
        return NO_FILE(Where(name), folder=name)
    if not file.is_file():
        return NOT_THERE(Where(name))
    size = file.stat().st_size
    return TOO_LARGE(Where(name), size=size >> 20, limit=LARGEST_TABLE >> 20) if size > LARGEST_TABLE else None


def _copy(file: Path, to: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream, to.open("wb") as copy:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
    return digest.hexdigest()


def put_in_place(made: Path, to: Path, sha256: str) -> None:
    """Move a file under the name of its content; a damaged one that is there gives way. For the holder of the lock."""
    if is_intact(to, sha256):
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    made.replace(to)
