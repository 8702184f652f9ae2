"""Decisions of persons in the ledger."""

from pathlib import Path

from selfaudit.store.ledger.decisions import Decision, decide, decisions
from selfaudit.store.ledger.ledger import Ledger


def test_the_newest_decision_on_a_matter_counts_and_the_journal_keeps_those_before_it(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "campaign.db") as ledger:
        decide(ledger, Decision("waive", "person:P01", "王主任", "病假"))
        decide(ledger, Decision("waive", "person:P01", "李主任", "已离职", {"until": "2024-03-01"}))
        decide(ledger, Decision("editorial", "2.5", "王主任", "改正错字"))
        (waived,) = decisions(ledger, "waive").values()
        assert (waived.by, waived.reason, waived.data) == ("李主任", "已离职", {"until": "2024-03-01"})
        assert waived.at
        assert list(decisions(ledger, "editorial")) == ["2.5"]
        assert [row.entry.what for row in ledger.journal()] == ["waive", "waive", "editorial"]
        assert "病假" in ledger.journal()[0].entry.detail
