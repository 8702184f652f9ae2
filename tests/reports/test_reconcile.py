"""Numbers of the final report that do not agree keep it from being final, whoever got them wrong."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from selfaudit.reports.build.final import final_report
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.gate import gaps, is_open
from selfaudit.reports.reconcile import left_out
from selfaudit.store.ledger.decisions import Decision
from tests.reports.content_kit import complete, make_setting

WAIVED = Decision("waive", "person:P9", "Head", "left", at="2023-11-09T20:00:00Z")
MINOR = {"number": 1, "item": "2.1", "fact": "left early", "cause": "haste", "severity": "minor"}
SEVERE = {"number": 2, "item": "2.2", "fact": "a gift", "cause": "habit", "severity": "severe"}
HANDLED = {"number": 3, "item": "2.2", "fact": "a meal", "cause": "habit", "disposition": {"certificate": "Keep"}}
EVIDENCE = Evidence(make_setting(decisions=(WAIVED,)), complete(Bob={"findings": [MINOR, SEVERE, HANDLED]}))
REPORT = final_report(EVIDENCE)


def told(report: FinalReport) -> list[str]:
    return [gap.message for gap in gaps(EVIDENCE, report) if gap.code == "gate.numbers" and is_open(gap)]


def of_findings(**changes: Any) -> FinalReport:
    return replace(REPORT, findings=replace(REPORT.findings, **changes))


def without_a_row() -> FinalReport:
    return of_findings(rows=REPORT.findings.rows[:-1])


def one_twice() -> FinalReport:
    first, second, _ = REPORT.findings.rows
    return of_findings(rows=(first, second, second))


def in_another_area() -> FinalReport:
    first, *others = REPORT.findings.rows
    return of_findings(rows=(replace(first, area="Business"), *others))


def fewer_answers() -> FinalReport:
    first, *others = REPORT.annex_items
    fewer = replace(first, conform=replace(first.conform, value=first.conform.value - 1))
    return replace(REPORT, annex_items=(fewer, *others))


def another_chart() -> FinalReport:
    chart = REPORT.charts.findings_by_area
    (name, (one, two)), *others = chart.series
    chart = replace(chart, series=((name, (one, two + 1)), *others))
    return replace(REPORT, charts=replace(REPORT.charts, findings_by_area=chart))


def no_decision() -> FinalReport:
    return replace(REPORT, decisions=())


def fewer_measures() -> FinalReport:
    return replace(REPORT, measures=replace(REPORT.measures, rows=REPORT.measures.rows[1:]))


def a_unit_less() -> FinalReport:
    return replace(REPORT, conduct=replace(REPORT.conduct, units=REPORT.conduct.units[1:]))


def a_suggestion_less() -> FinalReport:
    chapters = [
        replace(chapter, sections=tuple(replace(one, voices=()) for one in chapter.sections))
        for chapter in REPORT.chapters
    ]
    return replace(REPORT, chapters=tuple(chapters))


def test_a_report_as_it_is_made_agrees_with_itself() -> None:
    assert told(REPORT) == []


@pytest.mark.parametrize(
    ("tampered", "said"),
    [
        (without_a_row, "“findings” is 3, but its parts add up to 2: List of findings 2"),
        (one_twice, "“findings” is 3, but its parts add up to 2: List of findings 2"),
        (in_another_area, "“Conduct” is 3, but its parts add up to 2: List of findings 2"),
        (fewer_answers, "“conform” is {n}, but its parts add up to {m}: Answers item by item {m}"),
        (another_chart, "“Conduct: Severe” is 1, but its parts add up to 2: Findings by area and severity 2"),
        (no_decision, "“decisions of persons” is 1, but its parts add up to 0: Record of decisions 0"),
        (fewer_measures, "“findings” is 3, but its parts add up to 2: List of findings 2"),
        (a_unit_less, "“forms issued” is 7, but its parts add up to 6: "),
        (a_suggestion_less, "“Suggestions” is 1, but its parts add up to 0: To the national authority 0"),
    ],
)
def test_a_number_that_does_not_fit_is_named_with_the_place_that_says_otherwise(
    tampered: Callable[[], FinalReport], said: str
) -> None:
    answers = sum(row.conform.value for row in REPORT.conduct.areas)
    messages = told(tampered())
    assert any(one.startswith(said.format(n=answers, m=answers - 1)) for one in messages), messages


def test_rows_that_a_template_leaves_out_of_a_list_are_named() -> None:
    rows = [row.short_id for row in REPORT.findings.rows]
    people = {row.name for row in REPORT.annex_respondents}
    items = {row.id for row in REPORT.annex_items}
    assert left_out(REPORT, {*rows, *people, *items}) == {}
    assert left_out(REPORT, {f"No. {rows[0]}: late", rows[1], *people, *items}) == {"findings": (rows[2:], 3)}
    assert left_out(REPORT, {*rows, *people} - {"Dot"}) == {"respondents": (["Dot"], 7)}, "and no list of items at all"
    in_full = [row.short_id for row in REPORT.findings.in_full]
    assert left_out(REPORT, {*in_full, *people}) == {}, "told in full is not listed"
