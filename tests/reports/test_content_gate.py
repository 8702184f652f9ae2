"""The gate lets nothing incomplete or impossible through and says what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from selfaudit.base.problems import Kind, Problem, Severity
from selfaudit.model.progress.standing import Standing
from selfaudit.reports import finding_gate, gate
from selfaudit.reports.build.final import final_report
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.setting import Setting
from selfaudit.word.values import Figure
from tests.reports.content_kit import (
    BODY,
    EVERYBODY,
    FACTS,
    FINDING,
    GAP,
    LAW,
    PLAN,
    complete,
    make_kit,
    make_setting,
    replied,
    waiting,
)

OWN = {**FINDING, "item": "2.2"}
"""A finding on what only people are asked, so that no unit says otherwise."""


def found(standings: Sequence[Standing], setting: Setting | None = None) -> list[Problem]:
    evidence = Evidence(setting or make_setting(), standings)
    return gate.gaps(evidence, final_report(evidence))


def messages(standings: Sequence[Standing], setting: Setting | None = None) -> list[tuple[str, str]]:
    return [(gap.code, gap.message) for gap in found(standings, setting)]


def with_facts(**facts: str) -> Setting:
    return make_setting(facts={**FACTS, **facts})


def test_a_complete_campaign_passes() -> None:
    assert found(complete(Bob={"findings": [OWN]})) == []


def test_a_severity_that_nobody_gave_is_noted_and_printed_as_the_default_of_its_item() -> None:
    standings = complete(Bob={"findings": [{**OWN, "severity": ""}]})
    (gap,) = found(standings)
    assert (gap.code, gate.is_open(gap)) == ("gate.default-severity", False)
    report = final_report(Evidence(make_setting(), standings))
    assert gap.message == f"findings of which nobody said how severe they are: 1 ({report.findings.rows[0].short_id})"
    assert report.findings.rows[0].severity == "Minor (default of the item)"
    assert [(one.title, one.value.value) for one in report.findings.severities] == [("Severe", 0), ("Minor", 1)]


def test_gaps_are_warnings_that_say_what_to_do_and_what_keeps_no_report_from_being_final_is_a_note() -> None:
    kinds = [value for one in (gate, finding_gate) for value in vars(one).values() if isinstance(value, Kind)]
    assert len(kinds) > 10
    assert all(kind.code.startswith("gate.") and kind.hint for kind in kinds)
    assert [kind.code for kind in kinds if kind.severity is not Severity.WARNING] == [
        "gate.profile-ahead",
        "gate.waived",
        "gate.unsupported",
        "gate.outdated",
        "gate.title-year",
        "gate.unverified",
        "gate.approval-void",
        "gate.default-severity",
        "gate.not-closed",
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"overview": ""}, ("gate.profile-empty", "chapter 1 “The body”: not filled in: Overview")),
        ({"total": "about 30"}, ("gate.profile-not-a-number", "“Certificates” is “about 30”, which is not a number")),
        (
            {"total": "31"},
            ("gate.profile-sum", "“Certificates” is 31, but its parts add up to 30: Valid 27, Suspended 3"),
        ),
    ],
)
def test_a_profile_field_must_be_filled_in_rightly(facts: Mapping[str, str], expected: tuple[str, str]) -> None:
    assert messages(complete(), with_facts(**facts)) == [expected]


def test_a_campaign_without_a_profile_lacks_all_of_it() -> None:
    (gap,) = messages(complete(), replace(make_setting(), profile=None))
    assert gap[1].endswith("Overview, Certificates, Valid, Suspended")


def test_a_profile_number_must_agree_with_what_the_campaign_counts() -> None:
    setting = make_setting(counted={"total": 29, "valid": 27})
    assert messages(complete(), setting) == [
        ("gate.profile-counted", "“Certificates” is 30, but the campaign's own data give 29")
    ]


def test_a_report_without_suggestions_and_clues_says_so_and_is_final() -> None:
    assert found(complete(Ann={})) == []


def test_facts_for_the_first_page_and_the_working_group_must_be_there() -> None:
    kit = make_kit(
        {
            "profile": [
                *PLAN["profile"],
                {"id": "number", "title": "Document number", "kind": "line"},
                {"id": "head", "title": "Head of the group", "kind": "line"},
            ],
            "working_group": [{"post": "Head", "members": "1", "duty": "Leads", "named": "head"}],
            "report": {**PLAN["report"], "number": "number"},
        }
    )
    assert messages(complete(), make_setting(kit)) == [
        (
            "gate.first-page-empty",
            "for the first page and the working group, not filled in: Document number, Head of the group",
        )
    ]
    assert found(complete(), make_setting(kit, {**FACTS, "number": "A 3/2023", "head": "Ann"})) == []


def test_without_answers_there_is_nothing_to_report() -> None:
    codes = [code for code, _ in messages([waiting(name) for name in EVERYBODY])]
    assert codes == ["gate.missing"] * 4


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"content": None}, ("gate.missing", "North: 1 not answered: Bob")),
        ({"gaps": (GAP,)}, ("gate.incomplete", "North: 1 answered with gaps: Bob")),
        (
            {"conflict": True},
            ("gate.conflict", "North: 1 with responses that contradict each other: Bob"),
        ),
        (
            {"reopened": ("2.1 a",)},
            ("gate.outdated", "North: 1 answered before questions were reworded or added: Bob"),
        ),
    ],
)
def test_respondents_who_are_not_done_are_named(changes: Mapping[str, Any], expected: tuple[str, str]) -> None:
    standings = [replace(s, **changes) if s.respondent.name == "Bob" else s for s in complete()]
    assert messages(standings) == [expected]


def test_somebody_asked_no_more_is_not_waited_for() -> None:
    standings = [s for s in complete() if s.respondent.name != "Bob"]
    assert found([*standings, waiting("Bob", active=False)]) == []


def test_many_respondents_make_few_lines_that_count_all_of_them() -> None:
    everybody = [
        replace(
            waiting("Bob"),
            respondent=EVERYBODY["Bob"].model_copy(
                update={"key": f"person:{n}", "name": f"B{n}", "unit": f"U{n % 40}", "unit_name": f"Unit {n % 40}"}
            ),
        )
        for n in range(1000)
    ]
    gaps = found([*complete(), *everybody])
    shown = gate.condensed(gaps)
    assert {gap.code for gap in shown} == {"gate.missing"}
    assert len(shown) == 11
    assert sum(gap.args["count"] for gap in shown) == 1000
    assert (
        shown[0].message == "Unit 0: 25 not answered: B0, B40, B80, B120, B160, B200, B240, B280, B320, B360 and others"
    )
    assert shown[-1].message.startswith("other units: 750 not answered: B10, B50, ")
    assert shown[-1].message.endswith(" and others")
    whole = [gap.as_data()["message"] for gap in gaps]
    assert len(whole) == 40
    assert whole[39].startswith("Unit 39: 25 not answered: B39, B79, ")
    assert whole[39].endswith(", B999")


def test_two_of_one_name_are_told_apart() -> None:
    ann = waiting("Ann")
    other = BODY.people[0].model_copy(update={"id": "P77"})
    both = BODY.model_copy(update={"people": (*BODY.people, other)})
    namesake = replace(waiting("Bob"), respondent=ann.respondent.model_copy(update={"key": "person:P77"}))
    setting = make_setting(roster=both)
    told = [message for code, message in messages([*complete(), ann, namesake], setting) if code == "gate.missing"]
    assert told == [f"{ann.respondent.unit_name}: 2 not answered: Ann ({ann.respondent.number}), Ann (P77)"]


def test_findings_that_lack_the_same_fields_are_named_together() -> None:
    bare = {"number": 1, "item": "2.2", "severity": "minor", "fact": "x", "disposition": {"people": "train"}}
    gaps = found(complete(Bob={"findings": [bare, {**bare, "number": 2}]}))
    assert [gap.code for gap in gaps] == ["gate.finding-incomplete"]
    assert gaps[0].message.startswith("findings without cause: 2 (")
    assert gaps[0].message.endswith("-2.2-2)")


def test_a_finding_must_say_how_it_is_handled() -> None:
    open_ended = {key: value for key, value in OWN.items() if key != "disposition"}
    (gap,) = found(complete(Bob={"findings": [open_ended]}))
    assert (gap.code, gap.args["count"]) == ("gate.no-disposition", 1)


def test_no_handling_is_asked_for_where_the_plan_has_none() -> None:
    open_ended = {key: value for key, value in OWN.items() if key != "disposition"}
    setting = make_setting(kit=make_kit({"dispositions": []}))
    assert found(complete(Bob={"findings": [open_ended]}), setting) == []


def test_a_unit_that_conforms_and_a_member_who_reports_a_problem_keep_the_report_open() -> None:
    assert messages(complete(Bob={"findings": [FINDING]})) == [
        ("gate.contradiction", "North: contradictions not settled: 1 (2.1)")
    ]


def test_a_unit_cannot_cover_less_than_one_of_its_people() -> None:
    standings = complete(Bob={"coverage": {"projects": 8}})
    assert messages(standings) == [("coverage.less-than-part", "North says “Projects”: 3, but Bob alone says 8")]


def test_every_unverified_citation_is_named_once_with_those_of_its_source() -> None:
    unverified = {**LAW, "verified": False, "source": ""}
    setting = make_setting(
        kit=make_kit(
            {"legal_basis": ["law-1", "law-2"]}, [unverified, {**unverified, "id": "law-2", "clause": "Art. 2"}]
        )
    )
    said = ("gate.unverified", "not verified, and printed with a mark: Law Art. 1, Art. 2")
    assert messages(complete(), setting) == [said]


def test_numbers_that_do_not_add_up_are_never_let_through() -> None:
    evidence = Evidence(make_setting(), complete())
    report = final_report(evidence)
    wrong = replace(report, conduct=replace(report.conduct, missing=Figure("conduct.missing", 1, "missing")))
    codes = {gap.code for gap in gate.gaps(evidence, wrong)}
    assert codes == {"gate.numbers"}


def test_a_draft_prints_its_gaps_in_the_language_of_the_campaign() -> None:
    setting = make_setting()
    (gap,) = found(complete(), with_facts(overview=""))
    assert gate.printed_gap(gap, setting) == "chapter 1 “The body”: not filled in: Overview"


def test_a_response_of_a_unit_is_waited_for_like_that_of_a_person() -> None:
    standings = [s for s in complete() if s.respondent.name != "South"]
    assert messages([*standings, waiting("South")]) == [("gate.missing", "South: 1 not answered: South")]
    assert found([*standings, replied("South")]) == []


def test_the_number_of_a_finding_does_not_break_over_lines_in_the_list_of_a_draft() -> None:
    lacking = finding_gate.FINDING_INCOMPLETE(count=1, fields=["cause"], ids=["4.2-02"])
    assert "4.2\N{NON-BREAKING HYPHEN}02" in gate.printed_gap(lacking, make_setting())
