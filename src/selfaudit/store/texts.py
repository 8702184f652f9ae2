"""The cache of the texts of case files: one SQLite file of the campaign, which may be deleted at any time.

It has what was read by the content of files, so that no file is read twice, and what a comparison wants to find again.
It is for the user alone, and no part of what the campaign keeps: from the case files all of it can be made anew.
"""

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from selfaudit.base.problems import Problem, kind_of_code
from selfaudit.files.extracting.extracted import Extracted, Mark
from selfaudit.store.ledger.problems import recorded, unrecorded

VERSION = 1
"""Of the tables, and of how texts are extracted: what another version wrote is made anew."""
_PATIENCE = 30.0
_AT_EASE = "PRAGMA synchronous = OFF;"
"""Nobody waits for the disk: what a power cut damages is made anew."""
_TABLES = """
CREATE TABLE files (name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, documents TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE texts (digest TEXT PRIMARY KEY, characters INTEGER NOT NULL, unit TEXT NOT NULL, text BLOB NOT NULL,
    marks BLOB NOT NULL, problems TEXT NOT NULL);
CREATE TABLE sketches (digest TEXT PRIMARY KEY, keys BLOB NOT NULL);
CREATE TABLE kept (name TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
"""


class TextsDamagedError(Exception):
    """The cache is damaged, and was removed: what needs it can begin again."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document found in a file: the file itself, or of a zip the member ``/name``; ``digest`` is its SHA-256.

    A problem, instead of a digest, says why it could not even be opened.
    """

    name: str
    digest: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the text of a document without reading it: its characters, and what there is to say of it."""

    characters: int
    problem: Problem | None


class Texts:
    """The cache, open; ``rebuilt`` says that it was there, but damaged or of another version, and is empty now."""

    def __init__(self, path: Path, db: sqlite3.Connection, *, rebuilt: bool) -> None:
        """Take the file, and the database in it."""
        self._path, self._db, self.rebuilt = path, db, rebuilt

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the cache, or begin a new one."""
        there = path.exists()
        if there and (db := _usable(path)):
            return cls(path, db, rebuilt=False)
        _remove(path)
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        db = sqlite3.connect(path, timeout=_PATIENCE)
        db.executescript(f"{_AT_EASE} BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        return cls(path, db, rebuilt=there)

    def __enter__(self) -> Self:
        """Keep what is written in a ``with`` block, also if it is left early: what was read is true."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Save and close; damage that came to light is said, once the file is out of the way."""
        with suppress(sqlite3.Error):
            self._db.commit()
        self._db.close()
        # its subclasses are about locks, full disks and our own mistakes
        if kind in (sqlite3.DatabaseError, zlib.error):
            _remove(self._path)
            raise TextsDamagedError from exc

    def save(self) -> None:
        """Keep what was written until now, whatever happens next."""
        self._db.commit()

    # -- files ------------------------------------------------------------------------------------------------

    def documents(self, name: str, size: int, changed: int) -> list[Document] | None:
        """Return what a file had in it when it was this large and last changed at this moment; None if not known."""
        row = self._db.execute(
            "SELECT documents FROM files WHERE name = ? AND size = ? AND changed = ?", (name, size, changed)
        ).fetchone()
        return list(_documents(row[0])) if row else None

    def put_documents(self, name: str, size: int, changed: int, documents: Iterable[Document]) -> None:
        """Remember what a file has in it."""
        told = [[one.name, one.digest, recorded([one.problem] if one.problem else [])] for one in documents]
        row = (name, size, changed, json.dumps(told, ensure_ascii=False))
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", row)

    def keep_only(self, names: Collection[str], digests: Collection[str]) -> None:
        """Forget the files that are not among these, and texts without these digests: nobody shall find them here."""
        self._db.execute("CREATE TEMP TABLE alive (name TEXT PRIMARY KEY)")
        for column, tables, alive in (("name", ("files",), names), ("digest", ("texts", "sketches"), digests)):
            self._db.execute("DELETE FROM alive")
            self._db.executemany("INSERT OR IGNORE INTO alive VALUES (?)", ((one,) for one in alive))
            for table in tables:
                self._db.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT name FROM alive)")  # noqa: S608 - our own names
        self._db.execute("DROP TABLE alive")

    # -- texts ------------------------------------------------------------------------------------------------

    def known(self, digest: str) -> Known | None:
        """Return what is known of a text, None if it was never read."""
        row = self._db.execute("SELECT characters, problems FROM texts WHERE digest = ?", (digest,)).fetchone()
        return Known(row[0], _problem(row[1])) if row else None

    def put(self, digest: str, made: Extracted) -> None:
        """Keep a text."""
        marks = json.dumps([[one.at, one.place] for one in made.marks], ensure_ascii=False)
        problems = recorded([made.problem] if made.problem else [])
        text, packed = zlib.compress(made.text.encode("utf-8", "replace")), zlib.compress(marks.encode())
        row = (digest, len(made.text), made.unit, text, packed, problems)
        self._db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?, ?)", row)

    def text(self, digest: str) -> str:
        """Return a text that is known; empty for one that is not."""
        row = self._db.execute("SELECT text FROM texts WHERE digest = ?", (digest,)).fetchone()
        return zlib.decompress(row[0]).decode() if row else ""

    def extracted(self, digest: str) -> Extracted | None:
        """Return a text with the places where it stood, None if it is not known."""
        query = "SELECT text, unit, marks, problems FROM texts WHERE digest = ?"
        row = self._db.execute(query, (digest,)).fetchone()
        if row is None:
            return None
        marks = tuple(Mark(at, place) for at, place in json.loads(zlib.decompress(row[2])))
        return Extracted(zlib.decompress(row[0]).decode(), row[1], marks, _problem(row[3]))

    # -- what a comparison keeps ------------------------------------------------------------------------------

    def sketch(self, digest: str) -> bytes | None:
        """Return the sketch of a text."""
        row = self._db.execute("SELECT keys FROM sketches WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def put_sketch(self, digest: str, keys: bytes) -> None:
        """Keep the sketch of a text."""
        self._db.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?)", (digest, keys))

    def forget_sketches(self) -> None:
        """Forget all sketches, which were made with other settings."""
        self._db.execute("DELETE FROM sketches")

    def kept(self, name: str) -> bytes:
        """Return what was kept under a name; empty for nothing."""
        row = self._db.execute("SELECT data FROM kept WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def keep(self, name: str, data: bytes) -> None:
        """Keep something under a name."""
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, data))


def _usable(path: Path) -> sqlite3.Connection | None:
    """Return the database, unless it is none, or of another version."""
    db = sqlite3.connect(path, timeout=_PATIENCE)
    with suppress(sqlite3.DatabaseError):
        if db.execute("PRAGMA user_version").fetchone() == (VERSION,):
            db.execute(_AT_EASE)
            return db
    db.close()
    return None


def _remove(path: Path) -> None:
    for left in (path, path.with_name(f"{path.name}-journal")):
        left.unlink(missing_ok=True)


def _documents(told: str) -> Iterator[Document]:
    for name, digest, problems in json.loads(told):
        yield Document(name, digest, _problem(problems))


def _problem(told: str) -> Problem | None:
    return next(iter(unrecorded(told, kind_of_code)), None)
