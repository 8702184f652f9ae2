"""Folders for what is not yet complete, where no lock of the campaign is held: what a killed command left goes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from selfaudit.base.problems import UserError
from selfaudit.store.lock import writing

_PREFIX, _LOCK, _INSIDE = ".part-selfaudit-", "lock", "inside"


@contextmanager
def unfinished(beside: Path | None = None) -> Iterator[Path]:
    """Yield an empty folder, for nobody else to look into; it is gone after the block.

    It lies in ``beside``, by default where temporary files go. Folders that killed commands of this user left there
    are removed, those of commands that still run are not.
    """
    with TemporaryDirectory(prefix=_PREFIX, dir=beside) as folder:
        made = Path(folder)
        with writing(made / _LOCK, lambda: None):
            for other in made.parent.glob(f"{_PREFIX}*"):
                if other != made and not other.is_symlink():
                    # it may be gone by now, or be somebody else's
                    with suppress(OSError):
                        _clear(other, made.stat().st_uid)
            inside = made / _INSIDE
            inside.mkdir()
            yield inside


def _clear(folder: Path, owner: int) -> None:
    # one without it is being made, and its command has not taken the lock yet
    if folder.stat().st_uid != owner or not (folder / _INSIDE).is_dir():
        return
    # the lock goes with the process that holds it
    with suppress(UserError):
        with writing(folder / _LOCK, lambda: None, patience=0):
            pass
        shutil.rmtree(folder, ignore_errors=True)
