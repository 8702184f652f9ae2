"""What the program wrote, so that what was changed in it by hand is not taken for that."""

from selfaudit.store.ledger.ledger import Ledger

_WHAT = "report"
_NEWEST = (
    "SELECT detail ->> '$.sha256' FROM journal WHERE what = ? AND detail ->> '$.file' = ? ORDER BY seq DESC LIMIT 1"
)


def written(ledger: Ledger, file: str) -> str:
    """Return the SHA-256 of a document, by its name relative to the campaign, as it was written last; else empty."""
    row = ledger.db.execute(_NEWEST, (_WHAT, file)).fetchone()
    return str(row[0]) if row else ""


def note_written(ledger: Ledger, file: str, sha256: str) -> None:
    """Note in the journal that a document was written, unless it says already that it is as it is."""
    if written(ledger, file) != sha256:
        with ledger.change(_WHAT, file=file, sha256=sha256):
            pass
