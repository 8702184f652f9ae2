"""The outline of the final report: sections with headings only where they help, from what the kit says and asks."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from selfaudit.reports.build.final import final_report
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.context.outline import ChapterInfo
from selfaudit.reports.evidence import Evidence
from tests.reports.content_kit import FACTS, FINDING, PLAN, complete, make_kit, make_setting

CHAPTERS: Sequence[Mapping[str, Any]] = PLAN["report"]["chapters"]
SEVERE = {**FINDING, "number": 2, "item": "2.2", "severity": "severe", "fact": "a gift"}


def made(plan: Mapping[str, Any] | None = None, report: Mapping[str, Any] | None = None, **changes: Any) -> FinalReport:
    kit = make_kit({**(plan or {}), "report": {**PLAN["report"], **(report or {})}})
    standings = complete(Ann={"findings": [FINDING, SEVERE]})
    return final_report(Evidence(make_setting(kit, **changes), standings))


def chapter(report: FinalReport, name: str) -> ChapterInfo:
    return next(chapter for chapter in report.chapters if chapter.id == name)


def sections(report: FinalReport, name: str) -> list[tuple[str, str, bool]]:
    return [(section.kind, section.title, section.deep) for section in chapter(report, name).sections]


def holding(*blocks: str) -> dict[str, Any]:
    """An outline whose chapter on how it went has these blocks."""
    return {"chapters": [{**c, "holds": blocks} if c["id"] == "conduct" else c for c in CHAPTERS]}


def test_a_chapter_with_one_text_has_no_heading_below_its_title() -> None:
    text = {"id": "closing", "title": "Conclusion", "chapter": "end"}
    chapters = {"chapters": [*CHAPTERS, {"id": "end", "title": "Conclusion", "holds": ["text"]}]}
    report = made({"profile": [*PLAN["profile"], text]}, chapters)
    assert sections(report, "end") == [("text", "", False)]
    assert chapter(report, "end").sections[0].facts[0].title == "Conclusion"


def test_the_parts_of_a_plan_that_is_alone_in_its_chapter_move_up() -> None:
    assert sections(made(report=holding("plan")), "conduct") == [
        ("legal_basis", "Basis of the self-audit", False),
        ("scope", "Scope of the self-audit", False),
        ("working_group", "Working group", False),
        ("phases", "Phases", False),
        ("milestones", "Milestones", False),
    ]
    beside = sections(made(report=holding("plan", "conduct")), "conduct")
    assert (beside[0], beside[1]) == (
        ("heading", "Plan of the self-audit", False),
        ("legal_basis", "Basis of the self-audit", True),
    )
    assert beside[-1] == ("conduct", "How the self-audit was carried out", False)


def test_facts_are_printed_as_lines_then_texts_then_numbers() -> None:
    lines = [{"id": "seat", "title": "Seat", "kind": "line", "chapter": "basics"}]
    basics = sections(made({"profile": [*PLAN["profile"], *lines]}), "basics")
    assert basics == [
        ("particulars", "Particulars", False),
        ("text", "Overview", False),
        ("numbers", "Key figures", False),
    ]


def test_what_is_not_asked_has_no_heading_and_a_chapter_of_it_no_number() -> None:
    report = made({"suggestions": [], "clues": "", "dispositions": [], "handling": []})
    assert [(c.number, c.id) for c in report.chapters] == [
        ("1", "basics"), ("2", "conduct"), ("3", "findings"), ("4", "measures"),
    ]  # fmt: skip
    assert sections(report, "measures") == [("corrections", "", False)]


def test_headings_and_titles_of_charts_are_those_of_the_kit() -> None:
    mine = {"overview": "What we saw", "answers_chart": "Replies", "annex_items": "All replies"}
    report = made(report={"headings": mine})
    assert sections(report, "findings")[0] == ("overview", "What we saw", False)
    assert (report.charts.answers_by_area.title, report.charts.findings_by_area.title) == (
        "Replies",
        "Findings by area and severity",
    )
    assert [(annex.number, annex.title) for annex in report.annexes] == [
        ("1", "List of findings"), ("2", "All replies"), ("3", "List of respondents"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("least", "told"), [("", ["a gift"]), ("severe", ["a gift"]), ("minor", ["a gift", "left early"])]
)
def test_findings_are_told_in_full_from_the_severity_the_kit_says(least: str, told: list[str]) -> None:
    findings = made(report={"in_full": least}).findings
    assert [row.fact for row in findings.in_full] == told
    assert findings.in_full_count.value == len(told)
    assert [row.fact for row in findings.rows] == ["left early", "a gift"]


def test_without_grades_no_finding_is_more_severe_than_others() -> None:
    report = made({"severities": [{"id": "minor", "title": "Minor"}]})
    assert report.findings.in_full == ()
    assert sections(report, "findings") == [("overview", "", False)]


def test_a_kit_that_does_not_ask_what_is_done_has_no_chapter_of_it() -> None:
    found = {key: FINDING[key] for key in ("number", "item", "fact", "cause")}
    plan = {"dispositions": [], "handling": [], "finding_fields": [{"id": "cause"}]}
    report = final_report(Evidence(make_setting(make_kit(plan)), complete(Ann={"findings": [found]})))
    assert not report.measures.asked
    assert "measures" not in [chapter.id for chapter in report.chapters]


def test_an_area_says_what_was_asked_who_answered_and_on_what_there_are_findings() -> None:
    conduct = made().findings.areas[1]
    assert (conduct.items.value, conduct.units.value, conduct.people.value) == (2, 2, 4)
    assert [(item.id, item.title, item.count.value) for item in conduct.by_item] == [
        ("2.1", "Presence", 1),
        ("2.2", "Gifts", 1),
    ]


def test_handling_is_counted_by_the_usual_ways_which_begin_what_was_written() -> None:
    usual = [{"id": "certificate", "title": "Certificates", "actions": ["Keep", "Suspend"]}]
    said = [FINDING, {**SEVERE, "disposition": {"certificate": "Withdraw at once"}}]
    kit = make_kit({"dispositions": usual})
    measures = final_report(Evidence(make_setting(kit), complete(Ann={"findings": said}))).measures
    assert [(action.title, action.value.value) for action in measures.classes[0].actions] == [("Keep", 1), ("Other", 1)]


def test_the_first_page_has_number_date_and_what_identifies_the_body() -> None:
    lines = [{"id": name, "title": name.title(), "kind": "line"} for name in ("number", "day", "approval", "other")]
    report = {"number": "number", "date": "day", "cover": ["approval", "other"]}
    facts = {**FACTS, "number": "A 3", "day": "2023-11-14", "approval": "11010519491231002X", "other": "none"}
    page = made({"profile": [*PLAN["profile"], *lines]}, report, facts=facts).first_page
    assert (page.number, page.date) == ("A 3", "14 November 2023")
    # neither masked as an identity card nor printed where there is none
    assert [(line.title, line.text) for line in page.lines] == [("Approval", "11010519491231002X")]


def test_the_usual_three_sign_unless_the_kit_says_otherwise() -> None:
    def titles(**report: object) -> list[str]:
        return [one.title for one in made(report=report).signatories]

    assert titles() == ["Prepared by", "Reviewed by", "Approved by"]
    assert titles(signatories=["Owner"]) == ["Owner"]
    assert titles(signatories=[]) == []


def test_the_working_group_is_named_where_the_kit_asks_for_names() -> None:
    group = [
        {"post": "Head", "members": "1", "duty": "Leads", "named": "head"},
        {"post": "Others", "members": "all units", "duty": "Check"},
    ]
    head = {"id": "head", "title": "Head of the group", "kind": "line"}
    plan = {"working_group": group, "profile": [*PLAN["profile"], head]}
    named = made(plan, facts={**FACTS, "head": "Ann Lee"}).plan.working_group
    assert [row.members for row in named] == ["Ann Lee", "all units"]
    assert made(plan).plan.working_group[0].members == "[to be filled in]"


def test_what_is_said_of_a_finding_stands_with_its_label_first_of_the_fact_then_of_the_handling() -> None:
    (row, _) = made().findings.rows
    assert [(line.title, line.text) for line in row.found] == [("Cause", "haste")]
    assert [(line.title, line.text) for line in row.done] == [("Handling", "Certificates (keep); People (train)")]
