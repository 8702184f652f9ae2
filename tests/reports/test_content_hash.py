"""What the final report says has a hash, which knows nothing of how and when it was written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.approval import Approval, Content
from selfaudit.model.progress.milestones import MILESTONE
from selfaudit.reports.build.final import final_report
from selfaudit.reports.content import content_of
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import Decision
from tests.reports.content_kit import PLAN, TODAY, complete, make_kit, make_setting

FINDING = {"number": 1, "item": "2.1", "fact": "left early", "cause": "haste", "severity": "minor"}


def content(setting: Setting, template: str = "one", **said: Mapping[str, Any]) -> Content:
    return content_of(final_report(Evidence(setting, complete(**said))), setting, template, [])


def changed(then: Content, now: Content) -> list[str]:
    return Approval("Approved by", "Ann", "2023-11-14", then).changed(now)


def test_it_is_the_same_on_every_day_and_when_a_milestone_is_entered_as_done() -> None:
    done = Decision(MILESTONE, "back", "Head", "", {"title": "Forms back", "on": "2023-11-07"})
    now = content(make_setting())
    assert content(replace(make_setting(), today=TODAY + timedelta(30))) == now
    assert content(make_setting(decisions=(done,))) == now


def test_a_date_that_the_profile_gives_is_content() -> None:
    plan = {"profile": [{"id": "day", "title": "Day", "kind": "line"}], "report": {**PLAN["report"], "date": "day"}}
    kit = make_kit(plan)
    then, now = (content(with_facts(kit, day=day)) for day in ("2023-11-14", "2023-11-15"))
    assert changed(then, now) == ["first page"]


def with_facts(kit: Kit, **facts: str) -> Setting:
    return make_setting(kit, facts=facts)


def test_another_text_of_a_finding_is_named_by_the_annex_that_prints_it() -> None:
    then, now = (content(make_setting(), Bob={"findings": [{**FINDING, "fact": fact}]}) for fact in ("late", "early"))
    assert changed(then, now) == ["annex: List of findings"]


def test_another_finding_is_named_by_chapters_annexes_and_numbers() -> None:
    then, now = content(make_setting()), content(make_setting(), Bob={"findings": [FINDING]})
    assert changed(then, now) == [
        "2 How it went", "3 Findings", "4 Measures", "annex: List of findings",
        "findings 0 → 1", "Minor 0 → 1", "findings that do not say what is done 0 → 1",
    ]  # fmt: skip


def test_a_suggestion_and_the_words_of_the_template_are_content() -> None:
    then, now = content(make_setting()), content(make_setting(), Ann={"suggestions": {"national": "fewer forms"}})
    assert changed(then, now) == ["5 Suggestions"]
    assert changed(then, content(make_setting(), template="other")) == ["template"]
