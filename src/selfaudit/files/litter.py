"""What systems, shares and programs leave beside people's files, told apart by name; a hidden file alone is none."""

import re
from collections.abc import Sequence

# no name that somebody could give a folder in which answers are: nobody is told what is passed over
_FOLDERS = frozenset({
    # recycle bins and earlier versions
    "#recycle", "@recycle", "$recycle.bin", ".recycle", ".recycle.bin", ".trash", ".trashes", "network trash folder",
    "#snapshot", ".snapshot", ".snapshots", "@recently-snapshot", ".stversions", "lost+found",
    # what a system, a share or a program keeps for itself
    "@eadir", "@tmp", ".@__thumb", ".@upload_cache", "__macosx", "system volume information", ".spotlight-v100",
    ".fseventsd", ".documentrevisions-v100", ".temporaryitems", ".appledouble", ".appledb",
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


_COPY = re.compile(
    # campaign (1), campaign (PC2's conflicted copy 2023-11-05), campaign（冲突副本）, campaign(PC2 的冲突版本)
    r"(?P<stem>.+?) ?[(（\[](?:[^)）\]]*(?:冲突|副本|conflict|copy)[^)）\]]*|\d+)[)）\]]"
    # campaign - Copy, campaign - 副本 (2), campaign copy, campaign 副本 2
    r"|(?P<stem2>.+?)[ _-]*(?:-|[ _])[ _-]*(?:copy|副本)(?: ?\(?\d+\)?)?"
    # campaign.sync-conflict-20231105-101112-ABCDEFG, campaign_冲突文件_somebody_20231105
    r"|(?P<stem3>.+?)[ _.-](?:sync-)?(?:conflict|冲突).*"
    # campaign-DESKTOP-1A2B3C, as OneDrive calls it
    r"|(?P<stem4>.+?)-(?-i:(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,})"
    # campaign 2, as iCloud calls it
    r"|(?P<stem5>.+) \d{1,2}",
    re.IGNORECASE,
)


def copied_from(name: str) -> list[str]:
    """Return the names of the files of which a sync program may have made this one a copy, as its name tells.

    The nearest comes first: one may be the copy of a copy.
    """
    stem, dot, suffix = name.rpartition(".")
    found = _COPY.fullmatch(stem) if dot else None
    if not found:
        return []
    original = f"{next(filter(None, found.groups()))}.{suffix}"
    return [original, *copied_from(original)]


def may_be_copy(name: str, of: str) -> bool:
    """Return whether a name is that of a file with something behind its stem, as ``campaign-old.db``."""
    stem, _, suffix = of.rpartition(".")
    rest = name.removesuffix(f".{suffix}").removeprefix(stem)
    is_longer = name.startswith(stem) and name.endswith(f".{suffix}") and name != of
    return is_longer and rest != "" and not (rest[0].isascii() and rest[0].isalnum())
