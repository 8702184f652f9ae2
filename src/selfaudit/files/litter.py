"""What systems, shares and programs leave beside people's files, told apart by name; a hidden file alone is none."""

import re
from collections.abc import Sequence

_FOLDERS = frozenset({
    # recycle bins and earlier versions
    "#recycle", "@recycle", "$recycle.bin", "recycler", "recycled", ".trash", ".trashes", "#snapshot", ".snapshot",
    ".snapshots", "@recently-snapshot", ".stversions", "lost+found", "found.000",
    # what a system, a share or a program keeps for itself
    "@eadir", "__macosx", "system volume information", ".spotlight-v100", ".fseventsd", ".documentrevisions-v100",
    ".temporaryitems", ".appledouble", ".stfolder", ".sync", ".dropbox.cache", ".tmp.drivedownload", ".tmp.driveupload",
    ".git", ".svn", ".thumbnails", ".cache", ".selfaudit", ".pictures",
})  # fmt: skip
_FILES = frozenset({
    "thumbs.db", "ehthumbs.db", "desktop.ini", "autorun.inf", ".ds_store", ".localized", ".directory", ".apdisk",
    ".volumeicon.icns", ".com.apple.timemachine.donotpresent", ".dropbox", ".dropbox.attr", ".nomedia", ".gitignore",
    ".gitkeep", ".keep", ".stignore", "icon\r",
})  # fmt: skip
_BEGINS = ("._", ".trash-", ".nfs", ".fuse_hidden", ".smbdelete", ".~lock.", ".syncthing.", ".sync_", ".afpdeleted")
_ENDS = (":zone.identifier", ".zone.identifier", "@synoeastream", "@synoresource")
_LOCKS, _LARGEST_LOCK = ("~$", ".~"), 1_024
"""How the files begin by which office programs mark a document as open, and the bytes that they have at most."""
_PLACEHOLDER = re.compile(r"\.(?P<name>.+)\.icloud", re.IGNORECASE)
_PARTIAL = re.compile(
    r"(?P<name>.+?)\.(?:baiduyun\.p\.downloading|crdownload|part|partial|download|downloading|xltd|td)"
)


def is_litter(name: str, size: int = 0) -> bool:
    """Return whether a file of this name and so many bytes is what nobody wrote."""
    lower = name.lower()
    if lower.startswith(_LOCKS) and size > _LARGEST_LOCK:
        return False
    return lower in _FILES or lower.startswith((*_BEGINS, *_LOCKS)) or lower.endswith(_ENDS)


def is_litter_folder(name: str) -> bool:
    """Return whether nothing in a folder of this name is what somebody sent."""
    lower = name.lower()
    return lower in _FOLDERS or lower.startswith(".trash-")


def in_litter_folder(folders: Sequence[str]) -> bool:
    """Return whether any of these folders, the one in the other, is such a folder."""
    return any(map(is_litter_folder, folders))


def not_here_yet(name: str) -> str:
    """Return the name of the file for which a placeholder or half a download stands; empty for any other file."""
    found = _PLACEHOLDER.fullmatch(name) or _PARTIAL.fullmatch(name.lower())
    return name[found.start("name") : found.end("name")] if found else ""
