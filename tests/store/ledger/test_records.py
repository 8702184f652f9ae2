"""Records that people keep up to date: every version is kept, and nobody overwrites what they have not seen."""

import json
from pathlib import Path

import pytest

from selfaudit.base.problems import UserError
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, every_version, history, record, records


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger with two records."""
    made = Ledger.open(tmp_path / "campaign.db")
    first = [Edit("finding", "2.5-01", 0, {"owner": "甲"}), Edit("finding", "2.5-02", 0, {})]
    assert edit(made, "finding-set", first, by="王主任", file="台账.xlsx") == 2
    return made


def test_every_version_is_kept_with_who_made_it_and_why(ledger: Ledger) -> None:
    edit(ledger, "finding-set", [Edit("finding", "2.5-01", 1, {"owner": "乙"}, "甲已离职")], by="李主任")
    now = records(ledger, "finding")
    assert [(one.id, one.version, one.data) for one in now.values()] == [
        ("2.5-01", 2, {"owner": "乙"}),
        ("2.5-02", 1, {}),
    ]
    assert [(one.data["owner"], one.by, one.reason) for one in history(ledger, "finding", "2.5-01")] == [
        ("甲", "王主任", ""),
        ("乙", "李主任", "甲已离职"),
    ]
    assert [(one.id, one.version) for one in every_version(ledger)] == [("2.5-01", 1), ("2.5-01", 2), ("2.5-02", 1)]
    assert [row.entry.what for row in ledger.journal()] == ["finding-set", "finding-set"]
    assert record(ledger, "finding", "9.9-01") is None


def test_who_saw_an_older_version_changes_nothing_of_what_they_meant_to_change(ledger: Ledger) -> None:
    edit(ledger, "finding-set", [Edit("finding", "2.5-01", 1, {"owner": "乙"})], by="李主任")
    late = [Edit("finding", "2.5-02", 1, {"owner": "丙"}), Edit("finding", "2.5-01", 1, {"owner": "丙"})]
    with pytest.raises(UserError, match=r"2\.5-01 .*version 1.*version 2.*李主任"):
        edit(ledger, "finding-set", late, by="丙")
    assert records(ledger, "finding")["2.5-02"].version == 1


def test_a_change_to_what_is_there_already_adds_no_version_and_no_journal_row(ledger: Ledger) -> None:
    assert edit(ledger, "finding-set", [Edit("finding", "2.5-01", 1, {"owner": "甲"})], by="李主任") == 0
    assert len(ledger.journal()) == 1


def test_every_version_is_sealed(ledger: Ledger) -> None:
    sealed = [entry[:-1] for row in ledger.journal() for entry in json.loads(row.entry.detail)["rows"]]
    assert sealed == [["records", "finding", "2.5-01", 1], ["records", "finding", "2.5-02", 1]]
