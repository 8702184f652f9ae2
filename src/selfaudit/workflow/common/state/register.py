"""Loads the register of findings from the ledger."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.rectification.rectification import FINDING, Rectification
from selfaudit.model.rectification.recurrence import Previous
from selfaudit.model.rectification.register import Entry, Register
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import history, records
from selfaudit.workflow.common.state.evidence import evidence_of
from selfaudit.workflow.common.state.standings import standings

PREVIOUS = "previous"
"""The fact of the ledger that has the closed findings of the campaign before, as ``issue`` entered them."""


def register(ledger: Ledger) -> Register:
    """Return how findings are handled, how many files show it, and what was closed before."""
    kept, before = records(ledger, FINDING), ledger.meta(PREVIOUS)
    return Register(
        {id_: Entry(Rectification.model_validate(one.data), one.version) for id_, one in kept.items()},
        {id_: len(files) for id_, files in evidence_of(ledger).items()},
        Previous.model_validate_json(before) if before else None,
    )


def every_finding(ledger: Ledger, kit: Kit, everybody: Iterable[Standing] | None = None) -> Iterator[FindingRecord]:
    """Yield every finding as it is known now, those of one respondent after another, in the order of the roster."""
    known = register(ledger)
    for standing in standings(ledger, kit) if everybody is None else everybody:
        yield from known.findings(standing, kit)


def counting(ledger: Ledger, short_id: str) -> str:
    """Return the finding that counts for one: itself, or into which it was merged; empty if that was withdrawn."""
    kept, passed = records(ledger, FINDING), set[str]()
    while short_id in kept and short_id not in passed:
        handled = Rectification.model_validate(kept[short_id].data)
        if handled.withdrawn:
            return ""
        passed.add(short_id)
        short_id = handled.merged_into if handled.merged else short_id
    return short_id


def reopened_in(ledger: Ledger, finding: FindingRecord) -> int:
    """Return in which version of its record a finding was reopened last, 0 if it never was."""
    if not finding.rectification.reopened:
        return 0
    versions = history(ledger, FINDING, finding.short_id)
    handled = pairwise(Rectification.model_validate(one.data) for one in versions)
    reopened = (old.settled > now.settled or old.corrected > now.corrected for old, now in handled)
    return max((new.version for new, so in zip(versions[1:], reopened, strict=True) if so), default=0)
