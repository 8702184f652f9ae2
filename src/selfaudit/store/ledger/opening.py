"""Opens the ledger's file: for the one writer, and for readers who may not be allowed to write anything.

A writer works with a write-ahead log, so that others can read meanwhile; when it closes, the file is complete in itself
again. It is the writer, too, who brings a ledger of an earlier version up to date.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.store.ledger.schema import VERSIONS

NEWER = error(
    "ledger.other-version",
    N_("campaign.db was written by another version of selfaudit (format {found}, this one writes {known})"),
    N_("Use the newer version; nothing was changed."),
)
FORMAT = len(VERSIONS)
PATIENCE = 30.0
"""Seconds to wait for somebody else's transaction."""
_LOG_PATIENCE = 1.0
"""Seconds to wait for a reader in order to begin a write-ahead log."""

_LOG = "-wal"
_COMPANIONS = ("", _LOG, "-journal")
"""The files that together are the ledger while a writer has it, or after one was killed."""
_LOGGED = 2
"""The format number in the head of a file with a write-ahead log."""
_TRIES, _MOMENT = 5, 0.05
"""How often a reader tries to open a ledger that a writer is only just opening or closing, and the seconds between."""
_STEPS, _PAUSES, _BYTES_A_PAUSE = 1_000_000, 1_000, 500
"""Steps of SQLite's machine between two pauses, how many pauses reading may take, and one more for so many bytes.

No reader comes near: going through a table takes some ten steps a row.
"""
_UNREADABLE_IN_PLACE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def open_writable(path: Path) -> sqlite3.Connection:
    """Open or create the ledger for the holder of the lock, in the newest format."""
    db = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)
    try:
        _known_version(db)
        db.execute(f"PRAGMA synchronous={'NORMAL' if _logs(db) else 'FULL'}")
        db.execute("PRAGMA foreign_keys=ON")
        _migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _logs(db: sqlite3.Connection) -> bool:
    """Begin a write-ahead log, unless somebody is still reading: then a change waits until that reader is done."""
    db.execute(f"PRAGMA busy_timeout={_LOG_PATIENCE * 1000:.0f}")
    try:
        db.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as exc:
        if exc.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")
    return True


def close_writable(db: sqlite3.Connection) -> None:
    """Close a ledger so that everything is in its one file, unless somebody still reads it."""
    db.execute("PRAGMA busy_timeout=0")
    with suppress(sqlite3.OperationalError):
        # a reader keeps the log now; what is in it goes into the file all the same
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")
        db.execute("PRAGMA journal_mode=DELETE")
    db.close()


def copy_to(db: sqlite3.Connection, path: Path) -> None:
    """Copy a ledger, as it is at this moment, into a new file that is complete in itself, row by row at its place."""
    with closing(sqlite3.connect(path)) as copy:
        db.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def open_readable(path: Path) -> sqlite3.Connection:
    """Open the ledger for reading only; nothing is written, neither into its folder nor into an old ledger."""
    db = _in_place_soon(path) or _aside(path)
    try:
        _guard(db, path)
        version = _known_version(db)
        if version < FORMAT:
            # without a version there is none, or another command has only just begun to write it
            old, db = db, _in_memory(db) if version else sqlite3.connect(":memory:")
            old.close()
            _guard(db, path)
            _migrate(db)
        db.execute("PRAGMA query_only=ON")
    except BaseException:
        db.close()
        raise
    return db


def _guard(db: sqlite3.Connection, path: Path) -> None:
    """Stop what has no end, such as a view that somebody put in the place of a table."""
    size = path.stat().st_size if path.is_file() else 0
    left = iter(range(_PAUSES + size // _BYTES_A_PAUSE))
    db.set_progress_handler(lambda: next(left, None) is None, _STEPS)


def _in_place_soon(path: Path) -> sqlite3.Connection | None:
    """Open the file where it lies, also if a writer is only just beginning or ending its log."""
    for _ in range(_TRIES):
        if db := _in_place(path):
            return db
        time.sleep(_MOMENT)
    return None


def _in_place(path: Path) -> sqlite3.Connection | None:
    """Open the file where it lies, None if that is not possible without writing beside it."""
    if not path.is_file():
        return sqlite3.connect(":memory:")
    if _is_logged(path) and not path.with_name(path.name + _LOG).exists():
        return None
    db = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=PATIENCE)
    try:
        db.execute("BEGIN")
        db.execute("PRAGMA user_version").fetchone()
        if os.access(path.parent, os.W_OK):
            db.execute("COMMIT")
            return db
        # a writer may begin or end its log between any two reads, and only who may write here can follow that
        with closing(db):
            return _in_memory(db)
    except sqlite3.DatabaseError as exc:
        db.close()
        if exc.sqlite_errorcode & 0xFF not in _UNREADABLE_IN_PLACE:
            raise
        return None


def _is_logged(path: Path) -> bool:
    """Return whether SQLite needs a log beside the file to read it, as after a killed command."""
    with path.open("rb") as stream:
        return stream.read(20)[18:19] == bytes([_LOGGED])


def _aside(path: Path) -> sqlite3.Connection:
    """Return the ledger in memory, read from a copy beside which SQLite may write."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for suffix in _COMPANIONS:
            with suppress(FileNotFoundError):
                shutil.copyfile(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
        with closing(sqlite3.connect(copy)) as db:
            return _in_memory(db)


def _in_memory(db: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    db.backup(copy)
    return copy


def _known_version(db: sqlite3.Connection) -> int:
    """Return the format number of a ledger, 0 if there is nothing in it; refuse those that we do not know."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if not 0 <= version <= FORMAT:
        raise UserError(NEWER(found=version, known=FORMAT))
    return version


def _migrate(db: sqlite3.Connection) -> None:
    """Add what a ledger of an earlier version lacks; a new one lacks everything."""
    version = _known_version(db)
    if version < FORMAT:
        scripts = " ".join(VERSIONS[version:])
        db.executescript(f"BEGIN IMMEDIATE; {scripts} PRAGMA user_version={FORMAT}; COMMIT;")
