"""The ledger: what was issued, what came back and who did what when, in one SQLite file.

Every change is one transaction with its journal row. The journal is a chain: each row holds the hash of the one before.
"""

import getpass
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error
from selfaudit.model.form import Form, Questions, Respondent, canonical_json
from selfaudit.store.ledger.schema import VERSIONS

NEWER = error(
    "ledger.other-version",
    N_("campaign.db was written by another version of selfaudit (format {found}, this one writes {known})"),
    N_("Use the newer version; nothing was changed."),
)
DAMAGED = error(
    "ledger.damaged",
    N_("campaign.db cannot be read: {detail}"),
    N_(
        "Move it away, run selfaudit issue, then selfaudit collect received: received/ holds every original;"
        " decisions must be entered again."
    ),
)
NOTHING_ISSUED = error(
    "ledger.nothing-issued", N_("no form of this campaign has been issued yet"), N_("Run selfaudit issue first.")
)
FORMAT = len(VERSIONS)


def user() -> str:
    """Return the name of whoever runs the command, as far as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


class Ledger:
    """An open ledger. Reading needs nothing; writing happens inside ``change``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use ``Ledger.open`` instead."""
        self.db = connection
        self._questions: dict[str, Questions] = {}

    @classmethod
    def open(cls, path: Path, *, writable: bool = True) -> Self:
        """Open the ledger; a writable one is created when there is none, a read-only one is then empty."""
        try:
            return cls(_writable(path) if writable else _readable(path))
        except sqlite3.DatabaseError as exc:
            # a full disk or a locked file is no reason to move the ledger away
            if exc.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            raise UserError(DAMAGED(Where(path.name), detail=exc)) from exc

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Self:
        """Close at the end of a ``with`` block."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def change(self, what: str, **detail: Any) -> Iterator[dict[str, Any]]:
        """Run a transaction that ends with a journal row; the block may still add to ``detail``.

        The row is left out when the block sets ``detail`` to nothing (``detail.clear()``): nothing changed.
        """
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield detail
            if detail:
                self._journal(what, detail)
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def _journal(self, what: str, detail: dict[str, Any]) -> None:
        last = self.db.execute("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        previous = last[0] if last else ""
        row = (now(), user(), what, json.dumps(detail, ensure_ascii=False, sort_keys=True), previous)
        self.db.execute(
            "INSERT INTO journal (at, who, what, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?)",
            (*row, journal_hash(row)),
        )

    def last_change(self) -> int:
        """Return the number of the newest journal row."""
        return int(self.db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])

    def journal(self) -> list[tuple[Any, ...]]:
        """Return every journal row: seq, at, who, what, detail, previous, hash."""
        return self.db.execute("SELECT * FROM journal ORDER BY seq").fetchall()

    # -- forms -------------------------------------------------------------------------------------------------

    def issued(self) -> dict[str, tuple[str, ...]]:
        """Return the files, relative to the campaign, of every form issued, by passport; one for each format."""
        rows = self.db.execute("SELECT passport, file FROM forms")
        return {passport: tuple(files.split("\n")) for passport, files in rows}

    def latest_forms(self) -> dict[str, str]:
        """Return the passport of the form issued last to every respondent."""
        return dict(self.db.execute("SELECT respondent, passport FROM forms ORDER BY serial"))

    def respondents(self) -> dict[str, tuple[Respondent, bool]]:
        """Return everybody who was ever asked, in the order of the roster, and whether he still is."""
        rows = self.db.execute("SELECT key, data, active FROM respondents ORDER BY position, key")
        return {key: (Respondent.model_validate_json(data), bool(active)) for key, data, active in rows}

    def dues(self) -> dict[str, str]:
        """Return the last day, in ISO form, by which everybody who is asked must answer."""
        return dict(self.db.execute("SELECT key, due FROM respondents WHERE active"))

    def put_respondents(self, everybody: Iterable[tuple[str, Form]]) -> None:
        """Write who must answer, in order, each with his code and form; whoever is not among them becomes inactive."""
        self.db.execute("UPDATE respondents SET active = 0")
        self.db.executemany(
            "INSERT INTO respondents VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (key) DO UPDATE"
            " SET position = excluded.position, active = 1, due = excluded.due, data = excluded.data",
            (
                (f.respondent.key, code, n, f.questions.due.isoformat(), _dump(f.respondent))
                for n, (code, f) in enumerate(everybody)
            ),
        )

    def put_forms(self, forms: Iterable[tuple[Form, Iterable[str]]], issued_at: str) -> None:
        """Enter issued forms, each with the files that hold it."""
        serial = self.db.execute("SELECT coalesce(max(serial), 0) FROM forms").fetchone()[0]
        for n, (form, files) in enumerate(forms, serial + 1):
            asked = form.questions
            if asked.digest not in self._questions:
                self._questions[asked.digest] = asked
                row = (asked.digest, _dump(asked))
                self.db.execute("INSERT OR IGNORE INTO questions VALUES (?, ?)", row)
            self.db.execute(
                "INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (passport) DO UPDATE"
                " SET serial = excluded.serial, issued_at = excluded.issued_at, file = excluded.file",
                (form.passport, form.respondent.key, asked.digest, n, issued_at, "\n".join(files)),
            )

    def form(self, passport: str) -> Form | None:
        """Return an issued form."""
        row = self.db.execute(
            "SELECT r.data, f.questions FROM forms f JOIN respondents r ON r.key = f.respondent WHERE f.passport = ?",
            (passport,),
        ).fetchone()
        if row is None:
            return None
        respondent = Respondent.model_validate_json(row[0])
        return Form.model_construct(passport=passport, respondent=respondent, questions=self.questions(row[1]))

    def asked(self) -> dict[str, Questions]:
        """Return the questions issued last to every respondent; those with the same questions share them."""
        rows = self.db.execute("SELECT respondent, questions FROM forms ORDER BY serial")
        return {key: self.questions(digest) for key, digest in dict(rows).items()}

    def questions(self, digest: str) -> Questions:
        """Return the questions of a form, by their digest."""
        if digest not in self._questions:
            row = self.db.execute("SELECT data FROM questions WHERE digest = ?", (digest,)).fetchone()
            self._questions[digest] = Questions.model_validate_json(row[0])
        return self._questions[digest]

    # -- originals and responses -------------------------------------------------------------------------------

    def original(self, sha256: str) -> tuple[str, str] | None:
        """Return outcome and respondent of a file that came before."""
        row: tuple[str, str] | None = self.db.execute(
            "SELECT outcome, respondent FROM originals WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return row

    def put_original(self, *values: str | int) -> None:
        """Enter a file: sha256, name, size, outcome, respondent, digest, problems as JSON; the first arrival counts."""
        sha256, name, size, *rest = values
        self.db.execute(
            "INSERT INTO originals VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET"
            " outcome = excluded.outcome, respondent = excluded.respondent, digest = excluded.digest,"
            " problems = excluded.problems",
            (sha256, name, size, now(), *rest),
        )

    def responses(self, respondent: str) -> list[sqlite3.Row]:
        """Return every different response of one respondent with the serial of its form, in the order of arrival."""
        cursor = self.db.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(
            "SELECT r.*, f.serial FROM responses r JOIN forms f USING (passport)"
            " WHERE r.respondent = ? ORDER BY r.rowid",
            (respondent,),
        ).fetchall()

    def put_response(self, *values: str) -> None:
        """Enter a response: respondent, digest, passport, filled_by, filled_on, content, gaps, received_at, sha256."""
        self.db.execute("INSERT INTO responses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def keep_fewer_gaps(self, respondent: str, digest: str, gaps: str) -> None:
        """Of two files that say the same, let the one count in which less was unreadable, whichever came first."""
        self.db.execute(
            "UPDATE responses SET gaps = ?3 WHERE respondent = ?1 AND digest = ?2"
            " AND (length(?3), ?3) < (length(gaps), gaps)",
            (respondent, digest, gaps),
        )

    def choice(self, respondent: str) -> tuple[str, frozenset[str]] | None:
        """Return what a person chose for a respondent, and among which digests."""
        row = self.db.execute("SELECT digest, considered FROM choices WHERE respondent = ?", (respondent,)).fetchone()
        return (row[0], frozenset(json.loads(row[1]))) if row else None

    def put_choice(self, respondent: str, digest: str, considered: Iterable[str], by: str, reason: str) -> None:
        """Enter a person's choice."""
        row = (respondent, digest, json.dumps(sorted(considered)), by, reason, now())
        self.db.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?, ?, ?)", row)

    def put_shown(self, respondent: str, digest: str, rivals: Iterable[str]) -> None:
        """Enter which response is shown for a respondent, and which ones contest it."""
        row = (respondent, digest, json.dumps(sorted(rivals)))
        self.db.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?)", row)

    def shown(self, respondent: str) -> tuple[str, list[str]] | None:
        """Return which response is shown for a respondent, and which ones contest it."""
        row = self.db.execute("SELECT digest, rivals FROM shown WHERE respondent = ?", (respondent,)).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def rejected_for(self, sha256: str) -> str | None:
        """Return the reasons, as entered, for which a file was rejected."""
        row = self.db.execute(
            "SELECT problems FROM originals WHERE sha256 = ? AND outcome = 'rejected'", (sha256,)
        ).fetchone()
        return row[0] if row else None

    def rejected_files(self) -> list[str]:
        """Return the names of the files that could not be used and were not replaced by good ones of the same name."""
        rows = self.db.execute(
            "SELECT name FROM originals o WHERE outcome = 'rejected' AND NOT EXISTS (SELECT 1 FROM originals n"
            " WHERE n.name = o.name AND n.rowid > o.rowid AND n.outcome = 'accepted') ORDER BY rowid"
        )
        return [name for (name,) in rows]

    def original_name(self, sha256: str) -> str:
        """Return the name under which a file first came."""
        row = self.db.execute("SELECT name FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
        return row[0] if row else ""

    def meta(self, key: str) -> str:
        """Return a fact about the campaign that the ledger keeps, or an empty text."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def require_issued(self) -> None:
        """Stop the command if nothing has been issued yet."""
        if not self.meta("code"):
            raise UserError(NOTHING_ISSUED())

    def put_meta(self, key: str, value: str) -> None:
        """Keep a fact about the campaign."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def each_standing(self, respondent: str = "") -> Iterator[tuple[Any, ...]]:
        """Yield where everybody stands, or one respondent, in the order of the roster.

        Respondent data, active, passport, issued_at, due, content, digest, received_at, gaps, number of responses,
        rivals; from content on None, or 0, when nothing came back.
        """
        yield from self.db.execute(
            """
            SELECT r.data, r.active, coalesce(f.passport, ''), coalesce(f.issued_at, ''), r.due,
                   p.content, p.digest, p.received_at, p.gaps,
                   (SELECT count(*) FROM responses x WHERE x.respondent = r.key), s.rivals
            FROM respondents r
            LEFT JOIN forms f ON f.respondent = r.key
                AND f.serial = (SELECT max(serial) FROM forms y WHERE y.respondent = r.key)
            LEFT JOIN shown s ON s.respondent = r.key
            LEFT JOIN responses p ON p.respondent = r.key AND p.digest = s.digest
            WHERE ?1 IN ('', r.key)
            ORDER BY r.position, r.key
            """,
            (respondent,),
        )


def _writable(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=30)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute("PRAGMA foreign_keys=ON")
    _bring_up(db)
    return db


def _readable(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path if path.is_file() else ":memory:", timeout=30)
    version = _version(db)
    if 0 < version < FORMAT:
        # whoever only reads needs the new tables as well
        _writable(path).close()
    elif not version:
        # there is none, or another command has only just begun to write it
        db.close()
        db = sqlite3.connect(":memory:")
    _bring_up(db)
    db.execute("PRAGMA query_only=ON")
    return db


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _bring_up(db: sqlite3.Connection) -> None:
    """Add what a ledger of an earlier version lacks; a new one lacks everything."""
    version = _version(db)
    if not 0 <= version <= FORMAT:
        raise UserError(NEWER(found=version, known=FORMAT))
    if version < FORMAT:
        scripts = " ".join(VERSIONS[version:])
        db.executescript(f"BEGIN IMMEDIATE; {scripts} PRAGMA user_version={FORMAT}; COMMIT;")


def journal_hash(row: Iterable[str]) -> str:
    """Return the hash of a journal row: SHA-256 over the JSON list of at, who, what, detail, previous."""
    return hashlib.sha256(canonical_json(list(row))).hexdigest()


def _dump(model: Questions | Respondent) -> str:
    return model.model_dump_json(exclude_defaults=True)
