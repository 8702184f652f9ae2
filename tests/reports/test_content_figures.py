"""Every number a document prints can be traced, and whatever people answer, the numbers add up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.form.answers import SAID, Answer
from selfaudit.model.progress.standing import Standing
from selfaudit.reports.build.final import final_report
from selfaudit.reports.build.person import person_report
from selfaudit.reports.build.unit import unit_report
from selfaudit.reports.context.final import FinalReport, PersonReport, UnitReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import explain
from selfaudit.reports.gate import gaps
from selfaudit.reports.reconcile import balances
from selfaudit.word.values import ChartData, Figure
from tests.reports.content_kit import EVERYBODY, FINDING, GAP, complete, make_setting, replied, waiting

Report = FinalReport | UnitReport | PersonReport
ANSWERS = st.sampled_from(list(Answer))
FINDINGS = st.fixed_dictionaries(
    {"item": st.sampled_from(["1.1", "2.1", "2.2", "9.9", ""])},
    optional={
        "part": st.sampled_from(["a", "z"]),
        "severity": st.sampled_from(["severe", "minor", "odd"]),
        "fact": st.just("x"),
        "cause": st.just("y"),
        "disposition": st.dictionaries(st.sampled_from(["certificate", "people", "gone"]), st.just("z"), min_size=1),
    },
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    item = draw(st.sampled_from(["1.1", "1.10", "2.1", "2.2", "9.9"]))
    parts = draw(st.lists(st.sampled_from("abz"), unique=True))
    if parts:
        return {"id": item, "parts": [{"id": part, "answer": draw(ANSWERS)} for part in parts]}
    return {"id": item, "answer": draw(ANSWERS)}


@st.composite
def standing(draw: st.DrawFn, name: str) -> Standing:
    active = draw(st.booleans())
    if draw(st.booleans()):
        return waiting(name, active=active)
    found = draw(st.lists(FINDINGS, max_size=3))
    content = {
        "items": draw(st.lists(items(), max_size=4, unique_by=lambda item: item["id"])),
        "findings": [{**finding, "number": no} for no, finding in enumerate(found, 1)],
        "coverage": draw(st.dictionaries(st.sampled_from(["staff", "projects", "gone"]), st.integers(0, 9))),
        "suggestions": draw(st.dictionaries(st.sampled_from(["national", "gone"]), st.sampled_from(["None", "Pay"]))),
    }
    return replied(
        name,
        content,
        active=active,
        gaps=(GAP,) if draw(st.booleans()) else (),
        received_at=f"2023-11-{draw(st.integers(1, 12)):02}T08:00:00Z",
    )


STANDINGS = st.tuples(*map(standing, EVERYBODY)).map(list)


def printed(value: object) -> Iterator[Figure | int]:
    """Everything numeric in a document, found without the help of the code under test."""
    if isinstance(value, Figure) or type(value) is int:
        yield value
    elif isinstance(value, ChartData):
        yield from (number for _, numbers in value.series for number in numbers)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from printed(entry)
    elif is_dataclass(value):
        for field in fields(value):
            yield from printed(getattr(value, field.name))


def documents(standings: list[Standing]) -> list[Report]:
    setting = make_setting()
    return [
        final_report(Evidence(setting, standings)),
        *(unit_report(setting, unit, standings) for unit in "TNSM"),
        *(person_report(setting, standing) for standing in standings if standing.respondent.answers == "person"),
    ]


@pytest.mark.slow
@settings(max_examples=25)
@given(STANDINGS)
def test_the_numbers_of_the_final_report_add_up_whatever_people_answer(standings: list[Standing]) -> None:
    evidence = Evidence(make_setting(), standings)
    report = final_report(evidence)
    assert [balance for balance in balances(report) if not balance.holds] == []
    assert "gate.numbers" not in {gap.code for gap in gaps(evidence, report)}


@pytest.mark.slow
@settings(max_examples=25)
@given(STANDINGS)
def test_explain_names_every_number_of_every_document_once(standings: list[Standing]) -> None:
    for report in documents(standings):
        explained = explain(report)
        assert max(Counter(e.id for e in explained).values()) == 1
        known = {e.id: e.value for e in explained}
        for found in printed(report):
            if isinstance(found, Figure):
                assert known[found.id] == found.value
            else:
                assert found in known.values()


@pytest.mark.slow
@settings(max_examples=25)
@given(STANDINGS)
def test_a_count_has_as_many_sources_as_it_says(standings: list[Standing]) -> None:
    apart = ("coverage.", "profile.", "answers.")
    for report in documents(standings):
        for figure in explain(report):
            if not figure.id.startswith(apart):
                assert len(list(figure.sources)) == figure.value, figure.id


@pytest.mark.slow
@settings(max_examples=25)
@given(STANDINGS, st.randoms(use_true_random=False))
def test_numbers_do_not_depend_on_the_order_of_arrival(standings: list[Standing], random: Any) -> None:
    def numbers() -> dict[str, int]:
        report = final_report(Evidence(make_setting(), standings))
        return {e.id: e.value for e in explain(report) if not e.id.startswith("suggestions.")}

    before = numbers()
    random.shuffle(standings)
    assert numbers() == before


@pytest.mark.slow
@settings(max_examples=25)
@given(STANDINGS)
def test_every_item_counts_everybody_who_is_asked_it_and_so_does_each_of_its_parts(standings: list[Standing]) -> None:
    setting = make_setting()
    report = final_report(Evidence(setting, standings))
    asked = Counter(i for s in standings if s.active for i in setting.kit.asked_of(s.respondent.roles))
    for row in report.annex_items:
        counted = sum(getattr(row, said).value for said in SAID)
        whole = next(other for other in report.annex_items if other.id == row.id)
        assert counted >= asked[row.id]
        assert counted == sum(getattr(whole, said).value for said in SAID)


@pytest.mark.slow
@settings(max_examples=25)
@given(STANDINGS)
def test_the_areas_add_up_the_items(standings: list[Standing]) -> None:
    report = final_report(Evidence(make_setting(), standings))
    for answer in SAID:
        whole = sum(getattr(row, answer).value for row in report.annex_items if not row.part)
        assert whole == sum(getattr(area, answer).value for area in report.conduct.areas)


@pytest.mark.slow
@settings(max_examples=25)
@given(STANDINGS)
def test_nobody_conforms_who_did_not_say_so(standings: list[Standing]) -> None:
    said = [s for s in standings if any(answer is Answer.CONFORM for _, _, answer, _ in s.answers())]
    report = final_report(Evidence(make_setting(), standings))
    for row in report.annex_items:
        assert {source.partition(" ")[0] for source in row.conform.sources} <= {s.respondent.name for s in said}


@pytest.mark.parametrize(
    ("figure", "chapters"),
    [
        ("profile.total", ("1 The body",)),
        ("conduct.answered", ("2 How it went",)),
        ("findings.total", ("3 Findings",)),
        ("measures.open", ("4 Measures",)),
        ("suggestions.national.1", ("5 Suggestions",)),
        ("item.2.1.problem", ("annex",)),
    ],
)
def test_explain_says_in_which_chapter_a_number_stands(figure: str, chapters: tuple[str, ...]) -> None:
    report = final_report(Evidence(make_setting(), complete()))
    assert {e.id: e.chapters for e in explain(report)}[figure] == chapters


def test_a_source_names_who_said_it_with_which_form_and_when() -> None:
    standings = complete(Ann={"findings": [FINDING]})
    passport = next(s.passport for s in standings if s.respondent.name == "Ann")
    report = final_report(Evidence(make_setting(), standings))
    assert list(report.findings.total.sources) == [
        f"{report.findings.rows[0].id}: Ann ({passport}, received 5 November 2023)"
    ]


def test_a_sum_lists_its_parts_with_their_values() -> None:
    report = final_report(Evidence(make_setting(), complete()))
    people = next(row.value for row in report.conduct.coverage if row.value.id == "coverage.projects.people")
    assert [source.rpartition(": ")[2] for source in people.sources] == ["3"] * 4
    assert list(report.conduct.areas[0].conform.sources) == ["1.1: conform: 3", "1.10: conform: 1"]


def test_ids_of_figures_stay_when_answers_change() -> None:
    none = {e.id for e in explain(final_report(Evidence(make_setting(), [waiting(name) for name in EVERYBODY])))}
    all_of_them = {e.id for e in explain(final_report(Evidence(make_setting(), complete())))}
    assert none <= all_of_them
