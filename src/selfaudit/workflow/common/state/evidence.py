"""Which evidence there is, and for what."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from selfaudit.model.evidence import EvidenceAt, Shelf
from selfaudit.store.ledger.evidence import evidence_files
from selfaudit.store.ledger.findings import finding_numbers
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.standings import each_standing

_NAMES_SOME = '"evidence"'


def contents_with_evidence(ledger: Ledger) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the key of everybody whose response names files, with its content."""
    for row in each_standing(ledger):
        if _NAMES_SOME in row.content:
            yield row.respondent.key, json.loads(row.content)


def evidence_of(ledger: Ledger) -> dict[str, list[EvidenceAt]]:
    """Return the evidence of every finding that has any, by the short id of the finding; only files that are there."""
    files = evidence_files(ledger)
    shelf, numbers = Shelf(files), finding_numbers(ledger) if files else {}
    found: dict[str, list[EvidenceAt]] = {}
    for key, content in contents_with_evidence(ledger) if files else ():
        for at in shelf.of(key, content, numbers.get(key, {})):
            if at.finding and at.state == "there" and not at.by:
                found.setdefault(at.finding, []).append(at)
    # a finding that a person entered is in no response
    for finding, at in shelf.assigned():
        found.setdefault(finding, []).append(at)
    return found
