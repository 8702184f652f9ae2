"""Folders as data, zips, and processes that are gone."""

import io
import os
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

Tree = Mapping[str, str | bytes]


def plant(folder: Path, tree: Tree) -> Path:
    """Write a folder described as path → text or bytes; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def leaves(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder as path → bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of some members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ended(process: int) -> bool:
    """Return whether a process is gone soon, or only waits for somebody to ask how it ended."""
    for _ in range(1000):
        status = Path(f"/proc/{process}/status")
        if not _exists(process) or (status.is_file() and "State:\tZ" in status.read_text(encoding="utf-8")):
            return True
        time.sleep(0.01)
    return False


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
