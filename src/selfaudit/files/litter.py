"""What systems, shares and programs leave beside people's files, told apart by name; a hidden file alone is none."""

import re
from collections.abc import Sequence

_FOLDERS = frozenset({
    # recycle bins and earlier versions
    "#recycle", "@recycle", "$recycle.bin", "recycler", "recycled", ".recycle", ".recycle.bin", ".trash", ".trashes",
    "network trash folder", "#snapshot", ".snapshot", ".snapshots", "@recently-snapshot", ".stversions", "lost+found",
    "lost.dir", "found.000",
    # what a system, a share or a program keeps for itself
    "@eadir", "@tmp", ".@__thumb", ".@upload_cache", "__macosx", "system volume information", ".spotlight-v100",
    ".fseventsd", ".documentrevisions-v100", ".temporaryitems", "temporary items", ".appledouble", ".appledb",
    ".appledesktop", ".stfolder", ".sync", ".dropbox.cache", ".tmp.drivedownload", ".tmp.driveupload", ".git", ".svn",
    ".thumbnails", ".cache", ".selfaudit", ".pictures",
})  # fmt: skip
_FILES = frozenset({
    "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "autorun.inf", "zbthumbnail.info", "picasa.ini",
    ".picasa.ini", ".ds_store", ".localized", ".directory", ".apdisk", ".volumeicon.icns", ".bridgesort",
    ".com.apple.timemachine.donotpresent", ".com.apple.timemachine.supported", ".dropbox", ".dropbox.attr", ".nomedia",
    ".owncloudsync.log", ".csync_journal.db", "aquota.user", ".gitignore", ".gitkeep", ".keep", ".stignore", "icon\r",
})  # fmt: skip
_BEGINS = (
    "._",
    ".trash-",
    ".nfs",
    ".fuse_hidden",
    ".smbdelete",
    ".~lock.",
    ".syncthing.",
    "~syncthing~",
    ".sync_",
    ".afpdeleted",
)
_ENDS = (":zone.identifier", ".zone.identifier", "@synoeastream", "@synoresource", ".swp")
_LOCKS = ("~$", ".~")
"""How the files begin by which office programs mark a document as open."""
_WRITTEN = tuple("selfaudit".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
HEAD = 4_096
"""The first bytes of a file that tell whether somebody wrote it, whatever it is called."""
_PLACEHOLDER = re.compile(r"\.(?P<name>.+)\.icloud", re.IGNORECASE)
_PARTIAL = re.compile(
    r"(?P<name>.+?)\.(?:baiduyun\.(?:p\.)?downloading|crdownload|opdownload|ucdownload|part|partial|filepart|download"
    r"|downloading|xltd|td|td\.cfg|xltd\.cfg|aria2|bc!|!ut|!qb|nextcloud|owncloud|cloud)"
)


def is_litter(name: str) -> bool:
    """Return whether a file of this name is one that nobody wrote; see ``is_written`` for those that only look so."""
    lower = name.lower()
    return lower in _FILES or lower.startswith((*_BEGINS, *_LOCKS)) or lower.endswith(_ENDS)


def is_written(head: bytes) -> bool:
    """Return whether a file that begins so is somebody's form or workbook after all."""
    return head.startswith(b"PK\x03\x04") or any(mark in head for mark in _WRITTEN)


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
