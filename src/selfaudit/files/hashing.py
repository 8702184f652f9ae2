"""What tells files apart by their content."""

from hashlib import file_digest
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def is_intact(path: Path, sha256: str) -> bool:
    """Return whether a file is there and as it was kept."""
    return path.is_file() and sha256_of(path) == sha256
