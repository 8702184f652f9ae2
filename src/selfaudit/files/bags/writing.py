"""Writes a bag straight into a zip, every file read once: hashed, packed and listed in the manifests on the way.

The bagit library makes bags of folders: everything would be copied into one, hashed there and packed from there. The
tests hold what is written here against it.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from selfaudit.files import packing
from selfaudit.files.zips import DEFLATED, STORED

PAYLOAD = "data/"
DECLARATION, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
OXUM = "Payload-Oxum"
"""The entry of ``bag-info.txt`` that says how many bytes and files the payload has."""

_NEVER = re.compile(r"\\|%(?:25|0[AD])", re.IGNORECASE)
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
# packing again what is packed already takes time and saves nothing
_PACKED = frozenset({
    ".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".wps", ".et", ".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".gif",
    ".webp", ".heic", ".heif", ".gz", ".7z", ".rar", ".mp4", ".mp3",
})  # fmt: skip
_LEVEL = 3
"""How hard texts are packed: the usual 6 takes nearly twice as long for a thirtieth of the size."""
_PIECE = 1 << 20
_MOST_PACKED = 250
"""How many times its size in the zip a file may have; texts and ledgers get no further than fifty."""
_SMALL = 1 << 20
"""Bytes up to which a file may be packed as well as can be."""
_REGULAR = 0o100644 << 16


def is_carried(name: str) -> bool:
    """Return whether every program that reads bags and zips reads a name alike.

    They differ in which codes of a manifest stand for a character, where a line ends, whether white space at its end
    belongs to the name, and in what a backslash is.
    """
    return not _NEVER.search(name) and name == name.rstrip() and name.splitlines() == [name]


def is_bomb(size: int, packed: int) -> bool:
    """Return whether a file of a bag is packed to a size from which it is not unpacked again."""
    return size > max(_SMALL, _MOST_PACKED * packed)


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of a bag by its name in it: its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


class BagWriter:
    """A bag that is being written into a zip, within one folder; ``finish`` makes it complete."""

    def __init__(self, stream: IO[bytes], folder: str, moment: datetime) -> None:
        """Take the file to write, the name of the folder, and the moment that every file in the zip bears."""
        self._zip = zipfile.ZipFile(stream, "w")
        self._folder, self._time = folder, moment.timetuple()[:6]
        self._files: list[Packed] = []
        self.add(DECLARATION, _DECLARED)

    def __enter__(self) -> Self:
        """Let go of the zip at the end of a ``with`` block, complete or not, as long as its file is open."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """End the zip."""
        self._zip.close()

    def add(self, name: str, data: bytes) -> Packed:
        """Add a file; what begins with ``data/`` is the payload, anything else is about it."""
        entry = self._entry(name)
        _, packed, entry.file_size, entry.CRC, _ = packing.packed(name, data, _LEVEL if entry.compress_type else 0)
        if is_bomb(len(data), len(packed)):
            entry.compress_type, packed = STORED, data
        entry.compress_size = len(packed)
        self._put(entry, packed)
        return self._list(name, len(data), hashlib.sha256(data).hexdigest())

    def _put(self, entry: zipfile.ZipInfo, packed: bytes) -> None:
        """Add what is packed already, as ``ZipFile.mkdir`` adds a folder.

        ``writestr`` takes three times as long for a small file: it writes the head of each twice.
        """
        archive: Any = self._zip
        entry.header_offset = archive.start_dir
        archive.fp.seek(archive.start_dir)
        archive.fp.write(entry.FileHeader() + packed)
        archive.start_dir = archive.fp.tell()
        archive.filelist.append(entry)
        archive.NameToInfo[entry.filename] = entry
        archive._didModify = True  # noqa: SLF001 - nothing else tells it to write its directory

    def add_file(self, name: str, path: Path) -> Packed:
        """Do the same with a file on the disk, however large it is."""
        with path.open("rb") as source:
            piece = source.read(_PIECE)
            if len(piece) < _PIECE:
                return self.add(name, piece)
            entry = self._entry(name)
            # known beforehand, it decides whether the entry must be able to be larger than 4 GiB
            entry.file_size = path.stat().st_size
            size, sha256 = self._stream(entry, piece, source)
            if is_bomb(size, entry.compress_size):
                again = self._instead_of(entry, size)
                source.seek(0)
                size, sha256 = self._stream(again, source.read(_PIECE), source)
        return self._list(name, size, sha256)

    def _stream(self, entry: zipfile.ZipInfo, piece: bytes, source: IO[bytes]) -> tuple[int, str]:
        """Add a piece of a file and what follows; return its size and SHA-256."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w") as target:
            while piece:
                digest.update(piece)
                target.write(piece)
                size += len(piece)
                piece = source.read(_PIECE)
        return size, digest.hexdigest()

    def _instead_of(self, entry: zipfile.ZipInfo, size: int) -> zipfile.ZipInfo:
        """Return an entry that is not packed, to be written over the last one, which takes less room."""
        archive: Any = self._zip
        archive.filelist.remove(entry)
        del archive.NameToInfo[entry.filename]
        archive.start_dir = entry.header_offset
        again = self._entry(entry.filename.partition("/")[2])
        again.compress_type, again.file_size = STORED, size
        return again

    def finish(self, info: Iterable[tuple[str, str]]) -> None:
        """Write what is said of the bag, and the manifests."""
        payload = [file for file in self._files if file.name.startswith(PAYLOAD)]
        oxum = f"{sum(file.size for file in payload)}.{len(payload)}"
        lines = [f"{key}: {' '.join(value.split())}\n" for key, value in (*info, (OXUM, oxum))]
        self.add(INFO, "".join(lines).encode())
        self.add(MANIFEST, _manifest(payload))
        self.add(TAG_MANIFEST, _manifest(file for file in self._files if not file.name.startswith(PAYLOAD)))

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(f"{self._folder}/{name}", self._time)
        entry.external_attr = _REGULAR
        entry.compress_type = STORED if Path(name).suffix.lower() in _PACKED else DEFLATED
        entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # noqa: SLF001 - ``open`` takes none
        return entry

    def _list(self, name: str, size: int, sha256: str) -> Packed:
        made = Packed(name, size, sha256)
        self._files.append(made)
        return made


def _manifest(files: Iterable[Packed]) -> bytes:
    return "".join(f"{file.sha256}  {file.name}\n" for file in files).encode()
