"""What persons decided is told in the final report, one sentence for each kind."""

import pytest

from selfaudit.model.progress.approval import APPROVE
from selfaudit.model.progress.milestones import MILESTONE
from selfaudit.reports.build.final import final_report
from selfaudit.reports.decisions import SENTENCES, sentence
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.decisions import Decision
from tests.reports.content_kit import complete, make_setting

WAIVED = Decision("waive", "person:P1", "Head", "left, see 13812345678", at="2023-11-09T20:00:00Z")

DATA = {
    "respondent": "person:P1",
    "number": 1,
    "filled_by": "Ann",
    "filled_on": "2023-11-09",
    "differ": ["2.1", "2.2"],
    "problems": ["2.1"],
    "place": "2.1",
    "answer": "conform",
    "told_on": "2023-11-09",
    "file": "Ann.pdf",
    "page": 3,
    "title": "Ann",
    "on": "2023-11-09",
    "before": "Ann: minor",
    "after": "Ann: major",
    "check": "C08",
    "key": "P1",
    "n": 3,
}
"""What some kinds say beyond what a decision is about."""


def test_a_decision_is_printed_with_who_made_it_why_and_when() -> None:
    report = final_report(Evidence(make_setting(decisions=(WAIVED,)), complete()))
    (row,) = report.decisions
    assert row.what == "Ann: no answer required"
    assert (row.by, row.reason, row.on) == ("Head", "left, see 138****5678", "9 November 2023")
    assert (report.conduct.decisions.value, list(report.conduct.decisions.sources)) == (1, [row.what])


def test_a_kind_that_has_no_sentence_is_printed_all_the_same() -> None:
    made = Decision("from-elsewhere", "2.1", "Head", "so", at="2023-11-09T20:00:00Z")
    (row,) = final_report(Evidence(make_setting(decisions=(made,)), complete())).decisions
    assert row.what == "from-elsewhere: 2.1"


@pytest.mark.parametrize("kind", sorted(SENTENCES.keys() - {MILESTONE, APPROVE}))
def test_every_kind_has_a_sentence_in_chinese(kind: str) -> None:
    words = {"whose": "person:P1", "place": "2.1", "old": "Does Ann know?", "new": "Does Ann know it?"}
    made = Decision(kind, "person:P1", "Head", "so", DATA | words)
    said = sentence(made, Wording("zh_CN"), Evidence(make_setting(), complete()).name_of)
    assert "Ann" in said
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said)
