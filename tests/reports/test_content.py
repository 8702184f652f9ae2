"""What the reports say, on a small campaign."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from selfaudit.model.form.answers import Answer
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.progress.holding import Former
from selfaudit.model.progress.standing import Standing, Waiver
from selfaudit.model.roster import Roster
from selfaudit.reports.build.final import as_draft, final_report
from selfaudit.reports.build.person import person_report
from selfaudit.reports.build.unit import unit_report
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.gate import gaps
from selfaudit.reports.reconcile import balances
from selfaudit.reports.setting import Setting
from tests.reports.content_kit import (
    BEIJING,
    FINDING,
    GAP,
    LAW,
    PLAN,
    ROSTER,
    TINY,
    complete,
    make_kit,
    make_setting,
    replied,
    reviewed,
    waiting,
)

PROBLEM: dict[str, Any] = {
    "items": [{"id": "2.1", "answer": "problem", "note": "call 13812345678"}, {"id": "2.2", "answer": "conform"}],
    "findings": [FINDING],
}


def final(standings: list[Standing], **changes: Any) -> FinalReport:
    return final_report(Evidence(make_setting(**changes), standings))


def test_everybody_asked_is_either_answered_or_missing() -> None:
    conduct = final([replied("Ann"), replied("Bob", gaps=(GAP,)), waiting("Cid"), waiting("North")]).conduct
    said = {name: getattr(conduct, name).value for name in ("issued", "answered", "complete", "incomplete", "missing")}
    assert said == {"issued": 4, "answered": 2, "complete": 1, "incomplete": 1, "missing": 2}
    assert (conduct.units_asked.value, conduct.people_asked.value) == (1, 3)


def test_somebody_asked_no_more_is_not_counted_but_what_he_said_is() -> None:
    report = final([replied("Ann", PROBLEM, active=False), waiting("Bob", active=False), replied("Cid")])
    conduct = report.conduct
    assert (conduct.issued.value, conduct.inactive.value, conduct.gone.value) == (1, 1, 1)
    assert len(report.annex_respondents) == 3
    assert [row.reporter for row in report.findings.rows] == ["Ann"]
    assert [row.state for row in report.annex_respondents][:2] == [
        "complete (no longer asked)",
        "not answered (no longer asked)",
    ]


def test_a_form_that_comes_back_after_midnight_of_the_due_day_is_late_where_the_body_is() -> None:
    standing = replied("Ann", received_at="2023-11-07T17:00:00Z")
    assert final([standing]).conduct.late.value == 0
    late = final([standing], zone=BEIJING)
    assert late.conduct.late.value == 1
    assert late.conduct.first_received == "8 November 2023"


def test_units_stand_in_the_order_of_the_roster_with_their_people() -> None:
    rows = final(complete(Ann=PROBLEM)).conduct.units
    assert [(row.name, row.issued.value, row.problems.value) for row in rows] == [
        ("Technical", 1, 0),
        ("North", 3, 1),
        ("South", 2, 0),
        ("Board", 1, 0),
    ]


def test_what_units_and_people_cover_is_never_added_up() -> None:
    coverage = final(complete()).conduct.coverage
    assert {row.value.id: row.value.value for row in coverage} == {
        "coverage.staff": 4,
        "coverage.projects": 9,
        "coverage.projects.people": 12,
    }


@pytest.mark.parametrize(("total", "printed"), [("sum", 10 + 2), ("count", 2)])
def test_what_a_branch_covers_includes_its_departments(total: str, printed: int) -> None:
    desk = {"id": "ND", "name": "North desk", "kind": "department", "parent": "N"}
    roster = Roster.model_validate({**ROSTER, "units": [*ROSTER["units"], desk]})
    kit = make_kit({"coverage": [{"id": "projects", "title": "Projects", "answers": ["unit"], "total": total}]})
    north, south = (replied(name, {"coverage": {"projects": n}}) for name, n in (("North", 10), ("South", 2)))
    of_desk = north.respondent.model_copy(update={"key": "unit:ND", "name": "North desk", "unit": "ND"})
    inside = replace(replied("North", {"coverage": {"projects": 4}}), respondent=of_desk)
    (projects,) = final([north, south, inside], kit=kit, roster=roster).conduct.coverage
    assert projects.value.value == printed
    (alone,) = final([waiting("North"), south, inside], kit=kit, roster=roster).conduct.coverage
    assert alone.value.value == (4 + 2 if total == "sum" else 2)


def test_a_number_that_nobody_gave_is_not_printed_as_zero() -> None:
    (staff,) = final([waiting("North"), replied("Ann", {"coverage": {}})]).conduct.coverage
    assert staff.value.id == "coverage.staff"
    assert person_report(make_setting(), waiting("Ann")).coverage == ()


COUNTED = [
    {"id": "people", "title": "People", "counted": "people", "answers": ["unit"]},
    {"id": "posts", "title": "Posts", "counted": "posts", "answers": ["unit"]},
    {"id": "auditors", "title": "Auditors", "counted": "auditor", "answers": ["unit"]},
    {"id": "items", "title": "Items", "counted": "items"},
]


def test_what_the_program_knows_is_counted_and_not_asked() -> None:
    kit = make_kit({"coverage": COUNTED})
    setting, standings = make_setting(kit), complete()
    assert FormBuilder(kit).questions(standings[1].respondent).coverage == ()
    covered = final_report(Evidence(setting, standings)).conduct.coverage
    assert [row.value.value for row in covered] == [4, 2, 4, 4]
    assert list(covered[1].value.sources) == ["auditor", "driver"]
    own = unit_report(setting, "N", standings).coverage
    assert [(row.title, row.value.value) for row in own] == [("People", 2), ("Posts", 2), ("Auditors", 2), ("Items", 2)]
    assert [row.value.value for row in person_report(setting, replied("Ann")).coverage] == [2]


def test_what_is_counted_covers_nobody_who_did_not_answer() -> None:
    setting = make_setting(make_kit({"coverage": COUNTED}))
    waived = waiting("Bob", waiver=Waiver("Eve", "ill", "2023-11-06T08:00:00Z"))
    standings = [replied("North"), replied("Ann"), waived, waiting("Cid"), replied("Dot")]
    covered = final_report(Evidence(setting, standings)).conduct.coverage
    assert [row.value.value for row in covered] == [2, 1, 2, 4]
    assert list(covered[0].value.sources) == ["Ann (P1)", "Dot (P4)"]
    own = unit_report(setting, "N", [replied("North"), waiting("Ann"), waived]).coverage
    assert [(row.title, row.value.value) for row in own] == [("People", 1), ("Posts", 1), ("Auditors", 1), ("Items", 2)]


@pytest.mark.parametrize(("total", "printed"), [("sum", [6, 7]), ("count", [2, 2]), ("none", [])])
def test_a_kit_says_how_a_number_adds_up(total: str, printed: list[int]) -> None:
    said = {"North": 4, "South": 2, "Ann": 3, "Bob": 4, "Cid": 0}
    kit = make_kit({"coverage": [{"id": "projects", "title": "Projects", "total": total}]})
    standings = [replied(name, {"coverage": {"projects": number}}) for name, number in said.items()]
    report = final_report(Evidence(make_setting(kit), standings))
    assert [row.value.value for row in report.conduct.coverage] == printed


def test_every_area_is_listed_even_without_findings() -> None:
    areas = final(complete(Ann=PROBLEM)).findings.areas
    assert [(area.id, area.count.value) for area in areas] == [("business", 0), ("conduct", 1)]
    assert [severity.value.value for severity in areas[1].severities] == [0, 1]


def test_a_finding_that_fits_nowhere_any_more_is_still_listed() -> None:
    stray = {**FINDING, "item": "9.9", "severity": "odd", "disposition": {"gone": "x"}}
    report = final([replied("Ann", {"findings": [stray]})])
    assert [(area.id, area.count.value) for area in report.findings.areas][-1] == ("-", 1)
    assert (report.findings.rows[0].area, report.findings.rows[0].severity) == ("Other", "odd")
    assert [(kind.id, len(kind.rows)) for kind in report.measures.classes][-1] == ("-", 1)


def test_findings_follow_the_items_not_the_respondents() -> None:
    two, one = {**FINDING, "item": "2.2"}, {**FINDING, "item": "1.1", "part": "b"}
    report = final([replied("Ann", {"findings": [two]}), replied("North", {"findings": [one]})])
    assert [row.item for row in report.findings.rows] == ["1.1 b", "2.2"]


def test_handling_is_listed_by_class_and_open_until_nothing_is_lacking() -> None:
    bare = {"number": 2, "item": "2.2", "fact": "a gift"}
    measures = final([replied("Ann", {"findings": [FINDING, bare]})]).measures
    assert [(kind.title, kind.count.value) for kind in measures.classes] == [("Certificates", 1), ("People", 1)]
    assert (measures.open.value, measures.handled.value) == (1, 1)
    assert measures.rows[0].disposition == "Certificates: keep; People: train"


def test_a_finding_is_only_said_to_be_dealt_with_where_somebody_wrote_what_is_done() -> None:
    kit = make_kit({"dispositions": [], "finding_required": ["fact"]})
    bare = {key: FINDING[key] for key in ("number", "item", "fact", "cause")}
    told = {**bare, "number": 2, "correction": "called back"}
    measures = final(complete(Ann={"findings": [told, bare]}), kit=kit).measures
    assert (measures.handled.value, measures.open.value, measures.asked) == (1, 1, True)


@pytest.mark.parametrize(
    ("named", "who"), [((), ["", ""]), (("clues",), ["", ""]), (("suggestions",), ["Ann, Bob", "Cid"])]
)
def test_the_same_suggestion_is_printed_once_and_who_made_it_only_where_the_kit_says_so(
    named: tuple[str, ...], who: list[str]
) -> None:
    said = {
        name: {"suggestions": {"national": text}}
        for name, text in {"Ann": "None", "Bob": "none ", "Cid": "Pay"}.items()
    }
    outline = TINY.plan.report.model_copy(update={"named": named})
    kit = TINY.model_copy(update={"plan": TINY.plan.model_copy(update={"report": outline})})
    (box,) = final(complete(**said), kit=kit).suggestions
    assert [(row.text, row.count.value) for row in box.rows] == [("None", 2), ("Pay", 1)]
    assert [row.who for row in box.rows] == who
    assert [source.partition(" ")[0] for source in box.rows[0].count.sources] == ["Ann", "Bob"]


def test_an_item_shows_how_many_say_what_and_who_reports_a_problem() -> None:
    rows = {(row.id, row.part): row for row in final(complete(Ann=PROBLEM)).annex_items}
    presence = rows["2.1", ""]
    assert (presence.overall, presence.problem.value, presence.conform.value) == ("problem", 1, 5)
    assert presence.note == "5 conform, 1 problem (Ann)"
    assert rows["1.1", "a"].conform.value == rows["1.1", ""].conform.value == 3


def test_who_returned_nothing_is_counted_apart_and_does_not_decide_what_all_say_together() -> None:
    everybody = [s for s in complete() if s.respondent.name != "Ann"]
    report = final([*everybody, waiting("Ann", waiver=Waiver("Bob", "ill", "2023-11-07T00:00:00Z"))])
    rows = {(row.id, row.part): row for row in report.annex_items}
    for place in (("2.1", ""), ("1.1", ""), ("1.1", "a")):
        row = rows[place]
        assert (row.overall, row.unchecked.value) == ("conform", 0)
    presence = rows["2.1", ""]
    assert (presence.conform.value, presence.missing.value) == (5, 1)
    assert [source.partition(" ")[0] for source in presence.missing.sources] == ["Ann"]
    assert sum(area.unchecked.value for area in report.conduct.areas) == 0
    assert sum(area.missing.value for area in report.conduct.areas) > 0
    assert report.charts.answers_by_area.series[-1][0] == "not returned"


def test_where_nobody_returned_a_form_no_answer_is_said_to_be_given() -> None:
    rows = {(row.id, row.part): row for row in final([waiting("Ann"), waiting("Bob")]).annex_items}
    assert (rows["2.1", ""].overall, rows["2.1", ""].missing.value, rows["2.1", ""].note) == ("not returned", 2, "")


def test_an_item_without_its_parts_answered_is_unchecked() -> None:
    half = {"items": [{"id": "1.1", "parts": [{"id": "a", "answer": "conform"}]}]}
    rows = {(row.id, row.part): row for row in final([replied("North", half)]).annex_items}
    assert [rows["1.1", part].overall for part in ("", "a", "b")] == ["unchecked", "conform", "unchecked"]
    assert rows["1.10", ""].note == "Nobody was asked."


def test_an_answer_whose_question_is_gone_is_kept() -> None:
    former = (
        Former("1.1", "", "All fine?", Answer.PROBLEM, "as a whole"),
        Former("2.1", "z", "Were they there?", Answer.CONFORM, ""),
    )
    old = replied("North", {"items": [{"id": "9.9", "note": "only a note"}]}, former=former)
    report = final([old])
    assert [(row.id, row.ask, row.answer, row.note) for row in report.dropped] == [
        ("1.1", "All fine?", "problem", "as a whole"),
        ("2.1 z", "Were they there?", "conform", ""),
        ("9.9", "", "unchecked", "only a note"),
    ]
    rows = unit_report(make_setting(), "N", [old]).items
    assert [row.ask for row in rows if "removed or changed" in row.ask] == [
        "All fine? (question removed or changed since)",
        "Were they there? (question removed or changed since)",
        "(question removed or changed since)",
    ]


def test_what_people_answer_now_is_not_counted_beside_words_of_before() -> None:
    former = (Former("2.1", "", "Were they there?", Answer.CONFORM, ""),)
    rows = unit_report(make_setting(), "N", [replied("North", {}, former=former), replied("Ann")]).items
    now, before = [row for row in rows if row.id == "2.1"]
    assert "conform 1" in now.people
    assert (before.ask, before.people, before.said) == ("Were they there? (question removed or changed since)", "", ())


def test_profile_facts_stand_in_their_chapter_and_numbers_name_their_field() -> None:
    chapter = final([], facts={"overview": "", "total": "30", "valid": "about 3"}).chapters[0]
    assert [fact.text for fact in chapter.facts] == ["[to be filled in]", "", "about 3", "[to be filled in]"]
    number = chapter.facts[1].number
    assert number is not None
    assert (number.id, number.value, list(number.sources)) == ("profile.total", 30, ["profile.yaml: total"])


def test_a_citation_nobody_verified_bears_a_mark() -> None:
    kit = make_kit(citations=[{**LAW, "verified": False, "source": ""}])
    assert final([], kit=kit).legal_basis == ("Law Art. 1 [to be verified]",)


def test_only_a_draft_lists_what_is_missing() -> None:
    setting = make_setting()
    evidence = Evidence(setting, [waiting("Ann")])
    report = final_report(evidence)
    assert (report.draft, report.gaps) == (False, ())
    draft = as_draft(report, gaps(evidence, report), setting)
    assert draft.draft
    assert "North: 1 not answered: Ann" in draft.gaps


def test_numbers_of_people_are_masked_unless_asked_for() -> None:
    standings = [replied("Ann", PROBLEM)]
    assert person_report(make_setting(), standings[0]).items[0].note == "call 138****5678"
    assert person_report(make_setting(masked=False), standings[0]).items[0].note == "call 13812345678"


def test_a_person_report_holds_all_that_was_asked_and_said() -> None:
    report = person_report(
        make_setting(), replied("Ann", {**PROBLEM, "clues": "see X", "filled_on": "2023-11-05T14:30"})
    )
    assert [(row.id, row.answer) for row in report.items] == [("2.1", "problem"), ("2.2", "conform")]
    assert (report.counts.items.value, report.counts.problem.value, report.counts.conform.value) == (2, 1, 1)
    assert report.respondent.filled_on == "5 November 2023 14:30"
    assert (report.clues, report.declared) == ("see X", True)
    assert list(report.counts.problem.sources)[1:] == ["2.1"]


def test_a_unit_is_asked_for_its_seal_where_its_role_says_so_in_the_words_of_the_kit() -> None:
    roles = [{**role, "seal": role["id"] == "branch"} for role in PLAN["roles"]]
    setting = make_setting(make_kit({"roles": roles, "seal": "(Stamp for test reports)"}))
    branch = unit_report(setting, "N", complete())
    assert (branch.seal, branch.campaign.seal) == (True, "(Stamp for test reports)")
    assert not unit_report(setting, "T", complete()).seal


def test_templates_can_print_item_by_item_what_was_asked_noted_and_is_to_be_shown() -> None:
    said = {
        "items": [{"id": "2.1", "answer": "conform", "note": "Three files drawn."}, {"id": "2.2", "answer": "conform"}]
    }
    row = next(row for row in final(complete(Ann=said)).annex_items if (row.id, row.part) == ("2.1", ""))
    assert [(note.who, note.unit, note.answer, note.note) for note in row.notes] == [
        ("Ann", "North", "conform", "Three files drawn.")
    ]
    own = person_report(make_setting(), replied("Ann", said)).items[0]
    assert (row.ask, row.evidence, row.basis) == (own.ask, own.evidence, own.basis)
    assert row.ask
    assert row.evidence


def test_of_whoever_returned_nothing_it_is_not_said_that_they_checked_nothing() -> None:
    report = person_report(make_setting(), waiting("Ann"))
    assert {row.answer for row in report.items} == {"not returned"}
    counts = report.counts
    assert counts.missing.value == counts.items.value > 0 == counts.unchecked.value
    assert (report.respondent.state, report.declared) == ("not answered", False)


def test_the_report_of_the_unit_that_collects_reviews_has_a_row_for_each_reviewer_and_none_for_a_file() -> None:
    said = [reviewed("Fox", "conform"), reviewed("Eva", "conform"), reviewed("Eva", "problem", "P2")]
    report = unit_report(make_setting(), "T", [replied("Technical"), *said])
    assert (report.members, report.member_counts.asked.value, report.review_counts.complete.value) == ((), 0, 3)
    assert [(row.name, row.asked.value, row.answered.value, row.problems.value) for row in report.reviewers] == [
        ("Eva", 2, 2, 1),
        ("Fox", 1, 1, 0),
    ]


def test_a_unit_report_adds_what_its_people_say() -> None:
    report = unit_report(make_setting(), "N", [*complete(Ann=PROBLEM), waiting("Dot")])
    assert not report.seal
    assert [(row.name, row.posts, row.problems.value) for row in report.members] == [
        ("Ann", "auditor", 1),
        ("Bob", "auditor, driver", 0),
    ]
    assert (report.member_counts.asked.value, report.member_counts.answered.value) == (2, 2)
    rows = {row.id: row for row in report.items}
    assert (rows["2.1"].answer, rows["2.1"].people) == ("conform", "conform 1, problem 1")
    assert (rows["2.2"].answer, rows["2.2"].people) == ("", "conform 2")
    assert report.findings_total.value == 1


def with_a_desk() -> tuple[Setting, list[Standing]]:
    """A branch that has a department, one of whose people reports a problem."""
    desk = {"id": "ND", "name": "North desk", "kind": "department", "parent": "N"}
    eve = {"id": "P5", "name": "Eve", "unit": "ND", "posts": ["auditor"]}
    roster = Roster.model_validate({**ROSTER, "units": [*ROSTER["units"], desk], "people": [*ROSTER["people"], eve]})
    ann = replied("Ann", {"findings": [FINDING], "items": [{"id": "2.1", "answer": "problem"}]})
    somebody = ann.respondent.model_copy(
        update={"key": "person:P5", "name": "Eve", "unit": "ND", "unit_name": "North desk"}
    )
    return make_setting(roster=roster), [*complete(), replace(ann, respondent=somebody)]


def test_the_report_of_a_branch_includes_its_departments() -> None:
    setting, standings = with_a_desk()
    report = unit_report(setting, "N", standings)
    assert [row.name for row in report.members] == ["Ann", "Bob", "Eve (North desk)"]
    assert (report.member_counts.asked.value, report.findings_total.value) == (3, 1)
    presence = next(row for row in report.items if row.id == "2.1")
    assert presence.people == "conform 2, problem 1"
    assert [row.name for row in unit_report(setting, "ND", standings).members] == ["Eve"]


def test_a_branch_counts_its_departments_once_in_the_final_report() -> None:
    setting, standings = with_a_desk()
    report = final_report(Evidence(setting, standings))
    rows = {row.name: (row.issued.value, row.problems.value) for row in report.conduct.units}
    assert rows == {"Technical": (1, 0), "North (with its sub-units)": (4, 1), "South": (2, 0), "Board": (1, 0)}
    assert all(balance.holds for balance in balances(report))


def test_a_branch_contradicts_somebody_in_its_departments() -> None:
    setting, standings = with_a_desk()
    assert [one.key for one in Evidence(setting, standings).contradictions] == ["2.1/N"]


def test_what_people_suggest_or_point_at_stays_out_of_the_report_of_their_unit() -> None:
    report = unit_report(make_setting(), "N", complete(Ann={"clues": "my boss", "suggestions": {"national": "Go."}}))
    assert (report.clues, [box.text for box in report.suggestions]) == ("", [""])


def test_a_unit_without_a_form_of_its_own_has_a_report_of_its_people() -> None:
    report = unit_report(make_setting(), "M", complete())
    assert (report.respondent.name, report.respondent.passport, report.counts.items.value) == ("Board", "", 0)
    assert [row.name for row in report.members] == ["Dot"]


def test_the_report_speaks_chinese_when_the_campaign_does() -> None:
    report = final(complete(), kit=make_kit({"language": "zh_CN"}), today=date(2023, 11, 7))
    assert report.printed_on == "2023年11月7日"
    assert [chapter.number for chapter in report.chapters] == ["一", "二", "三", "四", "五"]
    assert report.annex_items[0].overall == "符合"
    assert PLAN["title"] == report.campaign.title


def test_somebody_who_answered_in_time_and_corrects_it_later_is_not_late() -> None:
    corrected = replied("Ann", completed_at="2023-11-03T08:00:00Z", received_at="2023-11-10T08:00:00Z")
    conduct = final([corrected]).conduct
    assert (conduct.late.value, conduct.first_received) == (0, "3 November 2023")
    (row,) = final([corrected]).annex_respondents
    assert row.received == "3 November 2023 (last corrected 10 November 2023)"
    late = replied("Ann", completed_at="2023-11-09T08:00:00Z", received_at="2023-11-10T08:00:00Z")
    assert final([late]).conduct.late.value == 1
