"""Ends what takes too long in a database of this process, and says of what there was too little."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import duckdb

LIMIT = 60.0
"""Seconds that the question of a check may take before it is interrupted."""
GRACE = 5.0
"""Seconds after which its process is ended, if it does not let itself be interrupted."""
_AGAIN = 0.1


@contextmanager
def short_of_memory(*, own_files: bool = False) -> Iterator[None]:
    """Raise ``MemoryError`` where DuckDB says in its own way that memory is not enough.

    Where all files are our own, the same goes for what cannot be written: there is no space on the disk.
    """
    try:
        yield
    except duckdb.OperationalError as exc:
        if own_files or isinstance(exc, duckdb.OutOfMemoryException):
            raise MemoryError(str(exc)) from None
        raise


@contextmanager
def within(db: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[Event]:
    """Let what is asked inside take so many seconds together; then interrupt it, and whatever is asked after it.

    The event says whether that happened.
    """
    done, late = Event(), Event()

    def watch() -> None:
        if done.wait(seconds):
            return
        late.set()
        # each interrupt ends one question, and the next may take as long
        while not done.wait(_AGAIN):
            db.interrupt()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield late
    finally:
        done.set()
        watcher.join()
