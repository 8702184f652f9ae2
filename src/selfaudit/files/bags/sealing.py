"""The seal beside an archive: its SHA-256 as ``sha256sum`` writes and checks it, after a line that it passes over."""

import re
from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.text import on_one_line

_LINE = re.compile(rb"^([0-9a-f]{64}) [ *](.+)$", re.MULTILINE)
_LARGEST = 10_000


def seal_of(archive: Path) -> Path:
    """Return where the seal of an archive lies."""
    return archive.with_name(f"{archive.name}.sha256")


def signature_of(archive: Path) -> Path:
    """Return where the signature of an archive lies, which is one of its seal."""
    return archive.with_name(f"{archive.name}.sig")


@dataclass(frozen=True, slots=True)
class Seal:
    """The SHA-256 of an archive in hexadecimal; empty if the file says none. ``data`` is the file."""

    sha256: str
    data: bytes

    @classmethod
    def made(cls, archive: Path, sha256: str, remark: str) -> "Seal":
        """Return the seal of an archive with a remark in a line of its own."""
        return cls(sha256, f"# {on_one_line(remark)}\n{sha256}  {archive.name}\n".encode())

    @classmethod
    def read(cls, path: Path) -> "Seal":
        """Read a seal, whatever the archive is called by now."""
        with path.open("rb") as stream:
            data = stream.read(_LARGEST)
        found = _LINE.search(data)
        return cls(found[1].decode() if found else "", data)
