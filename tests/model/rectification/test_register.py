"""How a finding is handled: its state, what it needs to be closed, and what the register does to what was reported."""

from datetime import date
from typing import Any

import pytest

from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.closing import missing_to_close
from selfaudit.model.rectification.rectification import Made, Rectification, State, again, state_of
from selfaudit.model.rectification.register import Entry, Register, joined
from tests.reports.content_kit import EVERYBODY, FINDING, TINY, replied

DAY = date(2023, 11, 20)
MADE = Made(on=DAY, by="Eve", reason="looked at it")
CORRECTED = {"corrected_on": DAY, "corrected_by": "Bob"}
VERIFIED = {**CORRECTED, "verified_on": DAY, "verified_by": "Eve"}
DONE = {**VERIFIED, "no_evidence": "a talk", "similar_scope": "all branches", "similar_found": "none"}
SAID = {"cause": "haste", "correction": "a talk", "owner": "Ann", "similar": "asked everybody"}


@pytest.mark.parametrize(
    ("handled", "cause", "state"),
    [
        ({}, "", "open"),
        ({}, "haste", "analysed"),
        ({"reopened": MADE}, "haste", "reopened"),
        ({"corrected_on": DAY}, "haste", "analysed"),
        ({**CORRECTED, "reopened": MADE}, "haste", "corrected"),
        (VERIFIED, "haste", "verified"),
        ({**VERIFIED, "closed": MADE}, "haste", "closed"),
        ({**VERIFIED, "closed": MADE, "merged": MADE, "merged_into": "2.1-01"}, "haste", "merged"),
        ({"withdrawn": MADE, "closed": MADE}, "haste", "withdrawn"),
    ],
)
def test_the_state_is_what_happened_last(handled: dict[str, Any], cause: str, state: State) -> None:
    assert state_of(Rectification.model_validate(handled), cause) == state


def test_nothing_is_missing_once_everything_is_said() -> None:
    assert missing_to_close(SAID, Rectification.model_validate(DONE), 0) == []
    everything = ["cause", "correction", "owner", "corrected", "evidence", "similar", "similar_scope", "similar_found"]
    assert missing_to_close({}, Rectification(), 0) == [*everything, "verified"]


def test_a_file_bound_to_it_is_evidence_as_well_as_a_reason_why_there_is_none() -> None:
    bare = Rectification.model_validate({**DONE, "no_evidence": ""})
    assert missing_to_close(SAID, bare, 0) == ["evidence"]
    assert missing_to_close(SAID, bare, 1) == []


@pytest.mark.parametrize(
    ("owner", "handled", "independent"),
    [
        ("Ann", {"verified_by": "Eve"}, True),
        ("Ann", {"verified_by": "ａｎｎ "}, False),
        ("Ann、Eve", {"verified_by": "Eve"}, False),
        ("Eve (P5)", {"verified_by": "Eve"}, False),
        ("Ann", {"verified_by": "Eve", "corrected_by": "Eve"}, False),
        ("Ann", {"verified_by": "-"}, False),
        ("Ann and Eve from Leeds", {"verified_by": "Eve"}, False),
        ("Ann", {"verified_by": "Ann", "verified_key": "person:P9", "owner_key": "person:P1"}, True),
        ("Anne", {"verified_by": "Ann", "verified_key": "person:P1", "owner_key": "person:P1"}, False),
    ],
)
def test_who_owns_or_corrected_it_cannot_verify_it(owner: str, handled: dict[str, Any], independent: bool) -> None:  # noqa: FBT001 - a value of the table
    made = Rectification.model_validate({**DONE, **handled})
    assert ("independent" not in missing_to_close({**SAID, "owner": owner}, made, 0)) is independent


def test_who_owns_or_corrected_what_was_merged_into_it_cannot_verify_it() -> None:
    made = Rectification.model_validate({**DONE, "corrected_by": "Ann"})
    same = Rectification(corrected_by="Tom")
    for owner, independent in (("Eve", False), ("Tom", True)):
        gates = missing_to_close(SAID, made, 0, [(owner, same)])
        assert ("independent" not in gates) is independent


def test_reopening_takes_back_correction_and_verification_of_what_was_closed() -> None:
    closed = Rectification.model_validate({**DONE, "closed": MADE, "said": SAID})
    opened = again(closed, MADE)
    assert state_of(opened, "haste") == "reopened"
    assert (opened.said, opened.similar_scope, opened.verified_by) == (SAID, "all branches", "")


def test_reopening_what_was_only_withdrawn_keeps_what_was_done_before() -> None:
    withdrawn = Rectification.model_validate({**CORRECTED, "withdrawn": MADE})
    assert state_of(again(withdrawn, MADE), "haste") == "corrected"


def found(register: Register, *said: dict[str, Any]) -> list[FindingRecord]:
    ann = replied("Ann", {"findings": said}, finding_numbers={("2.1", 1): 1, ("2.1", 2): 2})
    return register.findings(ann, TINY)


def entry(**handled: Any) -> Entry:
    return Entry(Rectification.model_validate({"about": EVERYBODY["Ann"].key, **handled}), 3)


def test_the_register_shows_what_it_says_over_what_was_reported() -> None:
    said = {"cause": "no plan", "severity": "major", "disposition": {"people": "", "certificate": "suspend"}}
    (record,) = found(Register({"2.1-01": entry(said=said, reported=FINDING)}), FINDING)
    assert (record.data["cause"], record.data["fact"], record.severity) == ("no plan", "left early", "major")
    assert record.data["disposition"] == {"certificate": "suspend"}
    assert (record.version, record.state, record.reported_otherwise) == (3, "analysed", False)
    assert record.reported == FINDING


def test_a_report_that_changes_after_the_register_was_edited_is_told_and_overwrites_nothing() -> None:
    now = {**FINDING, "cause": "sloth", "fact": "never came"}
    (record,) = found(Register({"2.1-01": entry(said={"cause": "no plan"}, reported=FINDING)}), now)
    assert record.reported_otherwise
    assert (record.data["cause"], record.data["fact"]) == ("no plan", "never came")


def test_a_finding_that_nobody_reports_any_more_is_still_known() -> None:
    (record,) = found(Register({"2.1-01": entry(said={"cause": "no plan"}, reported=FINDING)}))
    assert record.reported_no_more
    assert (record.short_id, record.place, record.data["fact"]) == ("2.1-01", "2.1", "left early")


def test_a_finding_entered_by_hand_stands_beside_those_of_whom_it_is_about() -> None:
    made = entry(source="entered", entered=MADE, said={"fact": "seen by the inspector", "part": "a"})
    first, second = found(Register({"2.1-07": made}), FINDING)
    assert (first.short_id, first.source) == ("2.1-01", "answer")
    assert (second.short_id, second.place, second.source, second.severity) == ("2.1-07", "2.1 a", "entered", "minor")
    assert not second.reported_no_more


def test_merged_and_withdrawn_findings_do_not_count_and_are_kept() -> None:
    same = entry(merged=MADE, merged_into="2.1-01", reported=FINDING)
    evidence = {"2.1-01": 1, "2.1-02": 2}
    several = found(Register({"2.1-02": same}, evidence), FINDING, {**FINDING, "number": 2})
    counted, aside = joined(several)
    assert [(one.short_id, [m.short_id for m in one.merged], one.evidence) for one in counted] == [
        ("2.1-01", ["2.1-02"], 3)
    ]
    assert [one.short_id for one in aside] == ["2.1-02"]
