"""The files of evidence, as the ledger keeps them: records by SHA-256."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from selfaudit.model.evidence import EvidenceFile
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, records

EVIDENCE = "evidence"
"""The kind of the records."""


def evidence_files(ledger: Ledger) -> dict[str, EvidenceFile]:
    """Return every file that is kept, by its SHA-256."""
    return {sha256: EvidenceFile.model_validate(dict(row.data)) for sha256, row in records(ledger, EVIDENCE).items()}


_MOST_NAMES = 5
"""Names of files that a journal row lists."""


class Made(NamedTuple):
    """What is done with files, as the journal calls it, by whom, why, and to what."""

    what: str
    by: str
    reason: str = ""
    to: str = ""


def put_evidence(ledger: Ledger, made: Made, files: Mapping[str, EvidenceFile], touched: Iterable[str]) -> int:
    """Enter files with one journal row; return how many are new or changed.

    ``touched`` are the keys of the respondents whose evidence it is, for what is merged of them.
    """
    versions = {sha256: row.version for sha256, row in records(ledger, EVIDENCE).items() if sha256 in files}
    edits = [
        Edit(EVIDENCE, sha256, versions.get(sha256, 0), file.model_dump(mode="json"), made.reason)
        for sha256, file in sorted(files.items())
    ]
    names = [file.name for file in files.values()]
    said = {"reason": made.reason, "to": made.to}
    some = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    whom = sorted(touched)
    detail = {"files": some, "whom": whom, **{key: text for key, text in said.items() if text}}
    with ledger.together():
        changed = edit(ledger, made.what, edits, by=made.by, **detail)
        for key in whom if changed else ():
            ledger.db.execute(
                "INSERT INTO unmerged SELECT key FROM respondents WHERE key = ? AND key NOT IN unmerged", (key,)
            )
    return changed
