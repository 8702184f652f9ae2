"""The ledger: what was issued, what came back and who did what when, in one SQLite file.

Every change is one transaction with its journal row. The journal is a chain: each row has the hash of the one before.
The tables are in modules of their own, by family; their functions take an open ledger.
"""

import getpass
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from selfaudit.base.canonical import canonical_json
from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.opening import close_writable, copy_to, open_readable, open_writable
from selfaudit.store.ledger.sealing import sealed_now, seals, touch_all, watch

DAMAGED = error(
    "ledger.damaged",
    N_("campaign.db cannot be read: {detail}"),
    N_(
        "Move it away, run selfaudit issue, then selfaudit collect received; received/ contains every original."
        " Decisions must be entered again."
    ),
)
UNREADABLE = sqlite3.DatabaseError
"""What reading a ledger raises that is damaged somewhere inside."""
NOTHING_ISSUED = error(
    "ledger.nothing-issued", N_("no form of this campaign has been issued yet"), N_("Run selfaudit issue first.")
)


def values(row: Any) -> tuple[Any, ...]:
    """Return the values of a row, a dataclass with slots, in their order; ``astuple`` would copy each of them."""
    return tuple([getattr(row, name) for name in row.__slots__])


def user() -> str:
    """Return the name of the person who runs the command, as far as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


CUT = "cut"
"""A journal row: the journal had ended with another row, as the file beside it says, before the next command wrote."""
SEALED = "seal"
"""A journal row: everything that was in the ledger before it began to seal its rows."""


def head_of(path: Path) -> Path:
    """Return the file in which the end of the journal is noted, given that of the ledger."""
    return path.with_name(f"{path.name}-head")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says of one change; ``detail`` is JSON, ``previous`` the hash of the row before."""

    at: str
    who: str
    what: str
    detail: str
    previous: str

    @property
    def hash(self) -> str:
        """The hash that the row must have: SHA-256 over the JSON list of its fields."""
        return hashlib.sha256(canonical_json(list(values(self)))).hexdigest()


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A row of the journal: its number, what it says, and the hash that was written with it."""

    seq: int
    entry: Entry
    hash: str


@dataclass(slots=True)
class Change:
    """What the journal is going to say of a change that is being made."""

    detail: dict[str, Any] = field(default_factory=dict)
    journalled: bool = True

    def note(self, **detail: Any) -> None:
        """Add to what the journal says."""
        self.detail |= detail

    def unchanged(self) -> None:
        """Say that there was nothing to change after all: the journal gets no row, unless a sealed row did change."""
        self.journalled = False


class Ledger:
    """An open ledger. Reading needs nothing; writing happens inside ``change``."""

    def __init__(self, db: sqlite3.Connection, *, path: Path | None = None, person: Callable[[], str] = str) -> None:
        """Use ``Ledger.open`` instead; ``path`` is the file of a writable one."""
        self.db = db
        self._path = path
        self._find_person = person
        if path:
            watch(db)
            self._take_over(path)

    @classmethod
    def open(cls, path: Path, *, writable: bool = True, person: Callable[[], str] = str) -> Self:
        """Open the ledger.

        A writable one is for the holder of the campaign's lock; it is created when there is none, and brought up to
        date. A read-only one needs nothing but the right to read the file; it is empty when there is none. ``person``
        returns the name of who uses it, empty if it is not known.
        """
        try:
            return cls(open_writable(path), path=path, person=person) if writable else cls(open_readable(path))
        except sqlite3.DatabaseError as exc:
            # a full disk or a locked file is no reason to move the ledger away
            if exc.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            raise UserError(DAMAGED(Where(path.name), detail=exc)) from exc

    def close(self) -> None:
        """Close the file; what was written is then all in it, so that the file alone may be copied."""
        if self._path:
            head = self.head()
            close_writable(self.db)
            # not before the rows themselves are in the file for certain
            if head != Head.read(head_of(self._path)):
                head.write(head_of(self._path))
        else:
            self.db.close()

    def __enter__(self) -> Self:
        """Close at the end of a ``with`` block."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Run several changes as one transaction, all of them or none."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    @contextmanager
    def change(self, what: str, **detail: Any) -> Iterator[Change]:
        """Run a transaction that ends with a journal row; the block may add to what that says, or call it off."""
        made = Change(detail)
        with self.together():
            yield made
            rows = sealed_now(self.db)
            if made.journalled or rows:
                self._journal(what, made.detail | ({"rows": rows} if rows else {}))

    def _journal(self, what: str, detail: dict[str, Any]) -> None:
        said = json.dumps(detail, ensure_ascii=False, sort_keys=True)
        entry = Entry(now(), self._who, what, said, self.head().hash)
        self.db.execute(
            "INSERT INTO journal (at, who, what, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
            (*values(entry), entry.hash),
        )

    @cached_property
    def person(self) -> str:
        """Who uses the ledger: the name given or configured, else that of the login."""
        return self._find_person() or user()

    @cached_property
    def _who(self) -> str:
        """What the journal says of it: the name with the login, so that one cannot pass for the other."""
        login = user()
        return login if self.person == login else f"{self.person} ({login})"

    def last_moment(self) -> str:
        """Return when the newest change was made, empty if there is none."""
        row = self.db.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        return row[0] if row else ""

    def last_change(self) -> int:
        """Return the number of the newest journal row."""
        return self.head().seq

    def head(self) -> Head:
        """Return the end of the journal."""
        row = self.db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        return Head(*row) if row else Head()

    def contains(self, head: Head) -> bool:
        """Return whether the journal once ended so."""
        row = self.db.execute("SELECT hash FROM journal WHERE seq = ?", (head.seq,)).fetchone()
        return not head.seq or (row is not None and row[0] == head.hash)

    def _take_over(self, path: Path) -> None:
        """Enter what the journal lost since it was written last, and seal a ledger of the time before seals."""
        noted = Head.read(head_of(path))
        if not self.contains(noted):
            with self.change(CUT, seq=noted.seq, hash=noted.hash, left=self.head().seq):
                pass
        query = "SELECT EXISTS (SELECT * FROM journal WHERE what <> ? AND json_type(detail, '$.rows') IS NOT NULL)"
        if not self.db.execute(query, (CUT,)).fetchone()[0] and any(seals(self.db)):
            with self.change(SEALED):
                touch_all(self.db)

    def journal(self) -> list[JournalRow]:
        """Return every journal row."""
        rows = self.db.execute("SELECT seq, at, who, what, detail, previous, hash FROM journal ORDER BY seq")
        return [JournalRow(seq, Entry(*said), digest) for seq, *said, digest in rows]

    def copy(self, path: Path) -> Head:
        """Write the ledger as it is now into a new file, and the end of its journal beside that; return this end."""
        copy_to(self.db, path)
        head = self.head()
        head.write(head_of(path))
        return head

    def meta(self, key: str) -> str:
        """Return a fact about the campaign that the ledger keeps, or an empty text."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def put_meta(self, key: str, value: str) -> None:
        """Keep a fact about the campaign."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def require_issued(self) -> None:
        """Stop the command if nothing has been issued yet."""
        if not self.meta("code"):
            raise UserError(NOTHING_ISSUED())
