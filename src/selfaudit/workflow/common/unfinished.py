"""Folders for what is not yet complete, where no lock of the campaign is held: what a killed command left goes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from selfaudit.base.problems import UserError
from selfaudit.store.lock import writing

_PREFIX, _LOCK = ".part-selfaudit-", "lock"
_YOUNG = 3600.0
"""Seconds in which nobody else touches a folder."""


@contextmanager
def unfinished(beside: Path | None = None) -> Iterator[Path]:
    """Yield an empty folder, for nobody else to look into; it is gone after the block.

    It lies in ``beside``, by default where temporary files go. Folders that killed commands of this user left there
    an hour ago or more are removed, those of commands that still run are not.
    """
    with TemporaryDirectory(prefix=_PREFIX, dir=beside) as folder:
        made = Path(folder)
        with writing(made / _LOCK, lambda: None):
            for other in made.parent.glob(f"{_PREFIX}*"):
                if other != made and not other.is_symlink():
                    # it may be gone by now, or be somebody else's
                    with suppress(OSError):
                        _clear(other, made.stat().st_uid)
            inside = made / "inside"
            inside.mkdir()
            yield inside


def _clear(folder: Path, owner: int) -> None:
    # a young one may be just made, or just removed by its own command
    if folder.stat().st_uid != owner or time() - folder.stat().st_mtime < _YOUNG:
        return
    # the lock goes with the process that holds it
    with suppress(UserError):
        with writing(folder / _LOCK, lambda: None, patience=0):
            pass
        shutil.rmtree(folder, ignore_errors=True)
