"""The files that came back, good or not, as the ledger keeps them."""

from dataclasses import dataclass

from selfaudit.base.clock import now
from selfaudit.store.ledger.ledger import Ledger, values

ACCEPTED, REJECTED = "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A file by its SHA-256 and the name under which it first came; ``problems`` as ``recorded`` writes them.

    ``respondent`` and ``digest`` say whose response is in it and which. Of a rejected file ``respondent`` is whose
    passport is in it, empty if there is none, and ``digest`` is empty.
    """

    sha256: str
    name: str
    size: int
    outcome: str
    respondent: str
    digest: str
    problems: str


_COLUMNS = "sha256, name, size, outcome, respondent, digest, problems"


def original(ledger: Ledger, sha256: str) -> OriginalRow | None:
    """Return a file that came before."""
    row = ledger.db.execute(f"SELECT {_COLUMNS} FROM originals WHERE sha256 = ?", (sha256,)).fetchone()  # noqa: S608 - our own names
    return OriginalRow(*row) if row else None


def name_of_original(ledger: Ledger, sha256: str) -> str:
    """Return the name under which a file first came; the beginning of its hash if it never did."""
    row = ledger.db.execute("SELECT name FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
    return row[0] if row else sha256[:12]


def name_of_response(ledger: Ledger, digest: str) -> str:
    """Return the name of the file in which a response first came; the beginning of its digest if none did."""
    row = ledger.db.execute("SELECT name FROM originals WHERE digest = ? ORDER BY rowid", (digest,)).fetchone()
    return row[0] if row else digest[:12]


def every_sha256(ledger: Ledger) -> set[str]:
    """Return the SHA-256 of every file that ever came."""
    return {sha256 for (sha256,) in ledger.db.execute("SELECT sha256 FROM originals")}


def every_original(ledger: Ledger) -> dict[str, OriginalRow]:
    """Return every file that ever came, by SHA-256, in the order of arrival."""
    rows = ledger.db.execute(f"SELECT {_COLUMNS} FROM originals ORDER BY rowid")  # noqa: S608 - our own names
    return {row[0]: OriginalRow(*row) for row in rows}


def put_original(ledger: Ledger, row: OriginalRow) -> None:
    """Enter a file; its first arrival counts, what became of it is the newest."""
    ledger.db.execute(
        f"INSERT INTO originals ({_COLUMNS}, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own names
        " ON CONFLICT (sha256) DO UPDATE SET outcome = excluded.outcome, respondent = excluded.respondent,"
        " digest = excluded.digest, problems = excluded.problems",
        (*values(row), now()),
    )


def rejected_files(ledger: Ledger) -> list[tuple[OriginalRow, bool]]:
    """Return the files that could not be used, each with whether a good one of the same name came since.

    Left out are those whose respondent, as far as it is known, has sent a good one since, and what is evidence.
    """
    # names have no index: looking each of them up took time that grew with the square of their number
    columns = ", ".join(f"o.{name}" for name in _COLUMNS.split(", "))
    good = "(SELECT {0}, max(rowid) AS last FROM originals WHERE outcome = ?2 GROUP BY {0})"
    rows = ledger.db.execute(
        f"SELECT coalesce(same.last, 0) > o.rowid, {columns} FROM originals o"  # noqa: S608 - our own names
        f" LEFT JOIN {good.format('name')} same ON same.name = o.name"
        f" LEFT JOIN {good.format('respondent')} theirs ON theirs.respondent = o.respondent AND o.respondent <> ''"
        " WHERE o.outcome = ?1 AND coalesce(theirs.last, 0) < o.rowid"
        " AND o.sha256 NOT IN (SELECT id FROM records WHERE kind = 'evidence') ORDER BY o.rowid",
        (REJECTED, ACCEPTED),
    )
    return [(OriginalRow(*row), bool(replaced)) for replaced, *row in rows]


def is_made_good(ledger: Ledger, sha256: str) -> bool:
    """Tell whether a good file came from the respondent of a rejected one after it."""
    row = ledger.db.execute(
        "SELECT EXISTS (SELECT * FROM originals o JOIN originals good USING (respondent)"
        " WHERE o.sha256 = ?1 AND respondent <> '' AND good.outcome = ?2 AND good.rowid > o.rowid)",
        (sha256, ACCEPTED),
    ).fetchone()
    return bool(row[0])
