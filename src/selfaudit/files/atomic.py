"""Writing files so that a reader never sees half of one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def replacing(path: Path, scratch: Path | None = None, most: int = 0o666) -> Iterator[IO[bytes]]:
    """Open a temporary file, to be read as well, that takes the place of ``path`` when the block ends without an error.

    It lies in ``scratch``, a folder on the same file system, or beside ``path``. ``most`` are the rights that it may
    get at most; the user's umask takes away from them.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=scratch or path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w+b") as stream:
                yield stream
            temporary.chmod(most & ~_umask())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as exc:
        # the user knows the file they asked for, not the temporary one
        exc.filename, exc.filename2 = str(path), None
        raise


def _umask() -> int:
    """Return which rights the user does not want to give; a temporary file is made with none for others at all."""
    # there is no way to ask but to set it
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_bytes(path: Path, data: bytes, scratch: Path | None = None) -> None:
    """Write a whole file at once."""
    with replacing(path, scratch) as stream:
        stream.write(data)


def write_text(path: Path, text: str) -> None:
    """Write a whole UTF-8 file with LF line ends at once."""
    write_bytes(path, text.encode())


def write_private(path: Path, text: str) -> None:
    """Do the same with a file that nobody but its owner may read."""
    with replacing(path, most=0o600) as stream:
        stream.write(text.encode())


def write_named(path: Path, data: bytes, scratch: Path) -> None:
    """Write a whole file at once under a name that stands for its content.

    It is for the holder of a lock: nobody else may write a file of this name in ``scratch``. It takes half the time of
    ``write_bytes``, which looks for a name that is free.
    """
    temporary = scratch / path.name
    try:
        temporary.write_bytes(data)
        try:
            temporary.replace(path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(path)
    except BaseException as exc:
        temporary.unlink(missing_ok=True)
        if isinstance(exc, OSError):
            exc.filename, exc.filename2 = str(path), None
        raise
