"""What of a campaign folder goes into an archive, and what is left out and why."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.base.text import on_one_line
from selfaudit.files.bags.writing import is_carried
from selfaudit.files.litter import HEAD, is_litter, is_litter_folder, is_written
from selfaudit.store.ledger.ledger import head_of
from selfaudit.store.workspace import Workspace

OWN = N_("locks and files that were being written")
PICTURES = N_("small pictures of scanned pages, made again when needed")
ARCHIVE = N_("an archive contains no other archive")
LITTER = N_("left by the system or by an office program")
UNFINISHED = N_("half of a file, left by a command that was interrupted")
LINK = N_("a link; only what it leads to could be archived")
SPECIAL = N_("a pipe or a device")
NO_NAME = N_("its name is no text in UTF-8; a copy that was taken in is in received/")
NOT_CARRIED = N_(
    "not all programs read its name alike (a space at its end, a backslash, the end of a line, or %25, %0A or %0D)"
)
BAD_NAMES = (NO_NAME, NOT_CARRIED)
LOCKED = N_("no permission to read it")
GONE = N_("it could not be opened any more")
HARMLESS = (OWN, PICTURES, ARCHIVE, LITTER, UNFINISHED)
"""What nobody misses; anything else is pointed out."""

_UNFINISHED = ".part-"
_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file or folder that is not in an archive, by its name in the campaign; the reason is a message id.

    ``count`` is how many files a folder has, if the reason says so.
    """

    name: str
    reason: str
    count: int = 0

    def why(self, say: Callable[[str], str]) -> str:
        """Return the reason in the language into which ``say`` translates."""
        return say(self.reason).format(count=self.count)


@dataclass(frozen=True, slots=True)
class Contents:
    """The names of the files of a campaign, without its ledger, in order; and what is left out."""

    files: list[str]
    left_out: list[LeftOut]


def contents(workspace: Workspace) -> Contents:
    """List everything in the campaign folder, whatever folders there are."""
    found = Contents([], [])
    ledger = workspace.ledger_file.name
    passed = {ledger, head_of(workspace.ledger_file).name, *(f"{ledger}{suffix}" for suffix in _LOGS)}
    for name, reason in _walk(workspace, str(workspace.root), ""):
        if reason:
            found.left_out.append(LeftOut(on_one_line(name), reason))
        elif name not in passed:
            found.files.append(name)
    found.files.sort()
    found.left_out.sort(key=lambda one: one.name)
    return found


def _walk(workspace: Workspace, folder: str, above: str) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder with the reason for which each is left out, which may be empty."""
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError:
        yield above, LOCKED
        return
    for entry in entries:
        name = f"{above}{entry.name}"
        reason = _reason(workspace, entry, name)
        if entry.is_dir(follow_symlinks=False):
            if reason:
                yield f"{name}/", reason
            else:
                yield from _walk(workspace, entry.path, f"{name}/")
        else:
            yield name, reason


def _reason(workspace: Workspace, entry: os.DirEntry[str], name: str) -> str:
    if not _is_text(name):
        return NO_NAME
    if entry.is_symlink():
        return LINK
    if entry.is_dir():
        whole = {workspace.own: OWN, workspace.archives: ARCHIVE, workspace.pictures: PICTURES}
        unfinished = UNFINISHED if entry.name.startswith(_UNFINISHED) else ""
        return whole.get(workspace.path(name), LITTER if is_litter_folder(entry.name) else unfinished)
    if not entry.is_file():
        return SPECIAL
    if entry.name.startswith(_UNFINISHED):
        return UNFINISHED
    if not os.access(entry.path, os.R_OK):
        return LOCKED
    if is_litter(entry.name) and not _is_written(entry.path):
        return LITTER
    return "" if is_carried(name) else NOT_CARRIED


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_written(path: str) -> bool:
    """Return whether somebody wrote a file after all, whose name does not look so."""
    with suppress(OSError), open(path, "rb") as stream:  # noqa: PTH123 - as ``os.scandir`` names it
        return is_written(stream.read(HEAD))
    return False
