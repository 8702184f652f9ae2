"""One writer at a time. SQLite holds the lock: on every system, and it goes with the process however that ends."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error

BUSY = error(
    "lock.busy",
    N_("another selfaudit command is writing to this campaign and did not finish within {seconds} seconds"),
    N_("Wait for it, then run this command again: it continues where it stopped."),
)

PATIENCE = 60.0
"""Seconds to wait for another writer."""


_POLL = 0.1
"""Seconds between two tries."""


@contextmanager
def writing(path: Path, waiting: Callable[[], None], patience: float = PATIENCE) -> Iterator[None]:
    """Hold the campaign's lock file; calls ``waiting`` once if another process has it.

    The way to the lock leads through a second one, which is held only while its holder waits. Who lets the lock go
    and wants it again at once therefore comes after those who have been waiting.
    """
    pauses = _pauses(waiting, patience)
    with closing(_opened(path)) as lock:
        with closing(_opened(path.with_name(f"{path.name}-queue"))) as queue:
            _take(queue, pauses)
            _take(lock, pauses)
        yield


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=0, isolation_level=None)


def _take(lock: sqlite3.Connection, pauses: Iterator[None]) -> None:
    """Lock a file as soon as nobody else has it."""
    while True:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as exc:
            if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            next(pauses)
        else:
            return


def _pauses(waiting: Callable[[], None], patience: float) -> Iterator[None]:
    """Pause before every further try, after saying so once; raise ``UserError`` when the patience is at an end."""
    deadline = time.monotonic() + patience
    if patience > 0:
        waiting()
    while time.monotonic() < deadline:
        time.sleep(_POLL)
        yield
    raise UserError(BUSY(seconds=round(patience)))
