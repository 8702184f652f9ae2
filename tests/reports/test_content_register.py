"""What the final report says of the handling of findings, and what the gate asks about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from selfaudit.model.rectification.rectification import Made, Rectification
from selfaudit.model.rectification.register import Entry, Register
from selfaudit.reports import gate
from selfaudit.reports.build.final import final_report
from selfaudit.reports.build.paper import paper_sheet
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.reconcile import balances
from tests.reports.content_kit import EVERYBODY, FINDING, complete, make_setting, replied

DAY = date(2023, 11, 20)
MADE = Made(on=DAY, by="Eve", reason="seen")
NUMBERS = {("2.1", 1): 1, ("2.1", 2): 2, ("2.1", 3): 3}
REPORTED = [{**FINDING, "number": n, "fact": f"fact {n}"} for n in (1, 2, 3)]


def entry(**handled: Any) -> Entry:
    return Entry(Rectification.model_validate({"about": EVERYBODY["Ann"].key, "reported": REPORTED[0], **handled}), 1)


HANDLED = {
    "2.1-01": entry(
        said={"owner": "Ann", "due": "2023-11-25"},
        corrected_on=DAY,
        corrected_by="Ann",
        verified_on=DAY,
        verified_by="Bob",
        verification="seen",
        similar_scope="all",
    ),
    "2.1-02": entry(reported=REPORTED[1], merged=MADE, merged_into="2.1-01"),
    "2.1-03": entry(reported=REPORTED[2], said={"owner": "Cid", "due": "2023-11-01"}),
    "2.2-01": entry(reported=None, source="entered", entered=MADE, origin="inspection", said={"fact": "a gift"}),
}


def evidence(entries: Mapping[str, Entry] = HANDLED) -> Evidence:
    standings = [
        replied("Ann", {"findings": REPORTED}, finding_numbers=NUMBERS) if one.respondent.name == "Ann" else one
        for one in complete()
    ]
    return Evidence(replace(make_setting(), register=Register(entries), today=date(2023, 11, 30)), standings)


def report(entries: Mapping[str, Entry] = HANDLED) -> FinalReport:
    return final_report(evidence(entries))


def test_findings_are_counted_by_state_and_everything_adds_up() -> None:
    made = report()
    assert made.findings.total.value == 3
    states = [(one.title, one.value.value) for one in made.measures.states]
    assert states == [("open", 1), ("cause known", 1), ("verified", 1)]
    assert made.measures.overdue.value == 1
    assert [one.total.id for one in balances(made) if not one.holds] == []


def test_the_register_says_who_is_responsible_who_corrected_and_who_verified_it_and_what_is_late() -> None:
    first, third, entered = report().annex_register
    assert (first.id, first.owner, first.due, first.state) == ("2.1-01", "Ann", "25 November 2023", "verified")
    assert (first.corrected, first.verified) == ("Ann (20 November 2023)", "Bob (20 November 2023)")
    assert (third.id, third.state) == ("2.1-03", "cause known (overdue)")
    assert (entered.id, entered.fact) == ("2.2-01", "a gift")


def test_what_a_unit_reported_stands_apart_from_what_data_checks_and_others_found_about_it() -> None:
    signalled = entry(reported=None, source="signal", entered=MADE, origin="C08 P1", said={"fact": "too short"})
    made = evidence({**HANDLED, "2.2-02": signalled})
    (unit,) = [row for row in final_report(made).conduct.units if row.name == "North"]
    assert unit.problems.value == 2
    assert [(one.title, one.value.value) for one in unit.elsewhere] == [
        ("found by data checks", 1),
        ("found by others", 1),
    ]
    assert [one.total.id for one in balances(final_report(made)) if not one.holds] == []
    (entered,) = [gap for gap in gate.gaps(made, final_report(made)) if gap.code == "gate.entered-incomplete"]
    assert entered.message.endswith("(2.2-01, 2.2-02)")
    assert "selfaudit findings set 2.2-01 FIELD=TEXT" in entered.hint


def test_a_finding_tells_its_progress_and_how_it_came_about() -> None:
    rows = {row.short_id: row for row in report().findings.rows}
    progress = {line.title: line.text for line in rows["2.1-01"].progress}
    assert progress["Verified by"] == "Bob (20 November 2023)"
    assert progress["The same findings"] == "2.1-02"
    assert rows["2.2-01"].found[0].text == "entered by Eve on 20 November 2023; inspection"


def test_what_does_not_count_is_listed_with_who_decided_it_and_why() -> None:
    made = report({**HANDLED, "2.1-03": entry(reported=REPORTED[2], withdrawn=MADE)})
    assert [(row.id, row.became, row.by, row.reason, row.reporter) for row in made.annex_aside] == [
        ("2.1-02", "the same as 2.1-01", "Eve", "seen", "Ann"),
        ("2.1-03", "withdrawn", "Eve", "seen", "Ann"),
    ]
    assert {"register", "aside"} <= {annex.kind for annex in made.annexes}


def test_without_a_register_nothing_is_said_of_it() -> None:
    made = report({})
    assert (made.measures.states, made.annex_register, made.annex_aside) == ((), (), ())
    assert all(row.progress == () for row in made.findings.rows)
    assert {"register", "aside"}.isdisjoint(annex.kind for annex in made.annexes)


def test_what_somebody_signs_is_what_they_reported() -> None:
    ann = replied("Ann", {"findings": REPORTED}, finding_numbers=NUMBERS, digest="ab" * 32)
    assert len(paper_sheet(make_setting(), ann).findings) == len(REPORTED)


def test_corrections_under_way_are_noted_and_what_is_reported_otherwise_is_open() -> None:
    changed = {**HANDLED, "2.1-01": entry(reported=FINDING)}
    found = evidence(changed)
    told = {gap.code: (gap.message, gate.is_open(gap)) for gap in gate.gaps(found, final_report(found))}
    message, is_open = told["gate.not-closed"]
    assert message == "findings not closed: 3; of these overdue: 1 (2.1-03, 2.1-01, 2.2-01)"
    assert not is_open
    assert told["gate.reported-otherwise"][1]
    gone = evidence({"2.1-09": entry()})
    assert "gate.reported-no-more" in {gap.code for gap in gate.gaps(gone, final_report(gone))}
