"""The files that came back, good or not, as the ledger keeps them."""

from dataclasses import dataclass

from selfaudit.base.clock import now
from selfaudit.store.ledger.ledger import Ledger, values

ACCEPTED, REJECTED = "accepted", "rejected"


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """A file by its SHA-256 and the name under which it first came; ``problems`` as ``recorded`` writes them.

    ``respondent`` and ``digest`` say whose response is in it and which; both are empty if it was rejected.
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


def rejected_contents(ledger: Ledger) -> dict[str, int]:
    """Return the SHA-256 of everything that could not be used, with its size in bytes."""
    return dict(ledger.db.execute("SELECT sha256, size FROM originals WHERE outcome = ?", (REJECTED,)))


def rejected_files(ledger: Ledger) -> list[str]:
    """Return the names of the files that could not be used and were not replaced by good ones of the same name."""
    # names have no index: looking each of them up took time that grew with the square of their number
    rows = ledger.db.execute(
        "SELECT o.name FROM originals o LEFT JOIN (SELECT name, max(rowid) AS last FROM originals WHERE outcome = ?2"
        " GROUP BY name) good ON good.name = o.name"
        " WHERE o.outcome = ?1 AND coalesce(good.last, 0) < o.rowid ORDER BY o.rowid",
        (REJECTED, ACCEPTED),
    )
    return [name for (name,) in rows]
