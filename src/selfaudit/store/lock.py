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


@contextmanager
def writing(path: Path, waiting: Callable[[], None], patience: float = PATIENCE) -> Iterator[None]:
    """Hold the campaign's lock file; calls ``waiting`` once if another process has it."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
        deadline = time.monotonic() + patience
        told = False
        while True:
            try:
                lock.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as exc:
                if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
            if time.monotonic() > deadline:
                raise UserError(BUSY(seconds=round(patience)))
            if not told:
                waiting()
                told = True
            time.sleep(0.1)
        yield
