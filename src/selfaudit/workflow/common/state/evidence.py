"""Which evidence there is, and for what."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selfaudit.model.evidence import EvidenceAt, Shelf
from selfaudit.model.form.form import Respondent
from selfaudit.store.ledger.evidence import evidence_files
from selfaudit.store.ledger.findings import finding_numbers
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.standings import each_standing
from selfaudit.workflow.common.rounds import RoundForm, round_forms

_NAMES_SOME = '"evidence"'


def contents_with_evidence(ledger: Ledger) -> Iterator[tuple[str, Mapping[str, Any], Sequence[str]]]:
    """Yield the key of everybody whose response names files, with its content and the digests of where that is from."""
    for row in each_standing(ledger):
        if _NAMES_SOME in row.content:
            yield row.respondent.key, json.loads(row.content), (row.response, row.source)


Numbers = Mapping[tuple[str, int], int]
"""The numbers that the campaign gave to findings, by item and number in the form."""


def corrections_with_evidence(ledger: Ledger) -> Iterator[tuple[RoundForm, Mapping[str, Any], Numbers]]:
    """Yield every form for corrections in which files are named, with the findings in it and their numbers.

    The findings have the item and the number of their short ids.
    """
    for one in round_forms(ledger, "corrections"):
        found = []
        for said in (said for content in one.contents for said in content.get("findings", ())):
            item, _, number = said["finding"].rpartition("-")
            files = said.get("evidence", ())
            found.append({"item": "" if item == "0" else item, "number": int(number), "evidence": files})
        if any(finding["evidence"] for finding in found):
            yield one, {"findings": found}, {(one["item"], one["number"]): one["number"] for one in found}


def evidence_of_corrections(ledger: Ledger) -> list[tuple[Respondent, EvidenceAt]]:
    """Return the files that owners name in their forms for corrections, each with the owner."""
    shelf = Shelf(evidence_files(ledger))
    return [
        (one.form.respondent, at)
        for one, content, numbers in corrections_with_evidence(ledger)
        for at in shelf.of(one.owner, content, numbers)
        if not at.by
    ]


def evidence_of(ledger: Ledger) -> dict[str, list[EvidenceAt]]:
    """Return the evidence of every finding that has any, by the short id of the finding; only files that are there."""
    files = evidence_files(ledger)
    if not files:
        return {}
    shelf, numbers = Shelf(files), finding_numbers(ledger)
    # by hash: what is named and assigned is one file
    found: dict[str, dict[str, EvidenceAt]] = {}
    said = ((key, content, numbers.get(key, {}), of) for key, content, of in contents_with_evidence(ledger))
    proposed = ((one.owner, content, own, ()) for one, content, own in corrections_with_evidence(ledger))
    for key, content, own, responses in (*said, *proposed):
        for at in shelf.of(key, content, own, responses):
            if at.finding and at.state == "there":
                found.setdefault(at.finding, {}).setdefault(at.sha256, at)
    # a finding that a person entered is in no response
    for finding, at in shelf.assigned():
        found.setdefault(finding, {}).setdefault(at.sha256, at)
    return {finding: list(files.values()) for finding, files in found.items()}
