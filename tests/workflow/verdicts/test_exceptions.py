"""``exceptions.yaml``: what a body excepts is counted, comes back in time, and a mistake in it stops the run."""

from datetime import date
from pathlib import Path

import pytest

from selfaudit.base.problems import UserError
from selfaudit.model.data.verdict import counted
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.workflow.verdicts.data import ran, say, signal, state

HEAD = "format: selfaudit/exceptions/1\nexceptions:\n"
OF_ONE = "  - check: D2\n    key: P1\n    reason: 经主管部门同意\n    by: 陈静\n"
OF_SOME = "  - check: D2\n    where: {days: '2'}\n    reason: 合并审核\n    by: 陈静\n    until: 2026-07-01\n"


@pytest.fixture
def campaign(issued: Campaign, tmp_path: Path) -> Campaign:
    return issued.copy(tmp_path / "campaign")


def test_excepted_signals_are_counted_and_come_back_when_the_term_is_over(campaign: Campaign) -> None:
    several = [
        signal(key, check="D2", days=days, severity="minor") for key, days in (("P1", "1"), ("P2", "2"), ("P3", "3"))
    ]
    workspace = ran(campaign, *several, check="D2")
    plant(campaign.root, {"exceptions.yaml": HEAD + OF_ONE + OF_SOME})
    assert counted(state(workspace).standings) == {"open": 1, "excepted": 2}
    later = state(workspace, date(2026, 7, 2)).standings
    assert [one.state for one in later] == ["excepted", "open", "open"]
    assert later[1].over is not None
    assert later[1].over.reason == "合并审核"


def test_facts_that_change_are_looked_at_again_and_what_excepts_nothing_is_noted(campaign: Campaign) -> None:
    light = {"check": "D2", "severity": "minor"}
    workspace = ran(campaign, signal("P1", **light), check="D2")
    say(workspace, "P1", check="D2", said="explained")
    old = OF_SOME.replace("2026-07-01", "2020-07-01")
    plant(campaign.root, {"exceptions.yaml": HEAD + OF_ONE + OF_ONE.replace("P1", "P9") + old})
    ran(campaign, signal("P1", days="3", **light), check="D2")
    assert [one.state for one in state(workspace).standings] == ["reopened"]
    said = campaign.run("validate").err
    assert "exceptions.yaml:8:10: note: this excepts no signal that D2 found when it last ran" in said
    assert "exceptions.yaml:15:12: note: this exception of D2 held until 2020-07-01" in said


def test_a_severe_signal_is_excepted_by_two_persons_only(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1", check="D2"), check="D2")
    plant(campaign.root, {"exceptions.yaml": HEAD + OF_ONE})
    assert counted(state(workspace).standings) == {"open": 1}
    plant(campaign.root, {"exceptions.yaml": HEAD + OF_ONE + "    seconded: 王五\n"})
    assert counted(state(workspace).standings) == {"excepted": 1}


def test_a_second_person_is_another_person_also_where_none_is_needed(campaign: Campaign) -> None:
    workspace = ran(campaign, check="D2")
    one = "  - {check: D2, key: P1, reason: x, by: %s, seconded: %s}\n"
    pairs = (
        ("陈静", "陈静"),
        ("陈静", "陈 静"),
        ("王五", "P3"),
        ("陈静", "-"),
        ("北京分公司", "王五"),
        ("王五", "陈静"),
    )
    plant(campaign.root, {"exceptions.yaml": HEAD + "".join(one % pair for pair in pairs)})
    with pytest.raises(UserError) as stopped:
        state(workspace)
    places = [(str(one.where), one.code) for one in stopped.value.problems]
    assert [where.split(":")[1] for where, _ in places] == ["3", "4", "5", "6", "7"]
    assert [code for _, code in places] == [
        "verdicts.second-same",
        "verdicts.second-same",
        "verdicts.second-same",
        "verdicts.second-unclear",
        "exceptions.by-unclear",
    ]
    said = campaign.run("validate").err
    assert "“P3” and “王五” may be one person, and whoever agrees is a second one" in said
    with pytest.raises(UserError):
        say(ran(campaign, signal("P1", check="D2", severity="minor"), check="D2"), "P1", check="D2", said="explained")


def test_all_mistakes_of_the_file_stop_the_run_at_once(campaign: Campaign) -> None:
    workspace = ran(campaign, check="D2")
    text = (
        HEAD
        + "  - {check: D9, key: P1, reason: x, by: 陈静}\n"
        + "  - {check: D2, where: {colour: 红}, reason: x, by: 陈静}\n"
        + "  - {check: D2, reason: x, by: 陈静}\n"
        + "  - {check: D1, key: P1, reason: x, by: 陈静}\n"
        + "  - {check: D1, key: P1, by: 陈静, seconded: 王五}\n"
    )
    plant(campaign.root, {"exceptions.yaml": text})
    with pytest.raises(UserError) as stopped:
        state(workspace)
    assert [(str(one.where), one.code) for one in stopped.value.problems] == [
        ("exceptions.yaml:7:5", "model.missing-key"),
        ("exceptions.yaml:3:13", "exceptions.no-check"),
        ("exceptions.yaml:4:33", "exceptions.no-column"),
        ("exceptions.yaml:5:5", "exceptions.of-all"),
        ("exceptions.yaml:6:5", "exceptions.not-seconded"),
    ]


def test_a_broken_file_stops_check_before_it_runs_and_is_told_by_validate(campaign: Campaign) -> None:
    ran(campaign, check="D2")
    plant(campaign.root, {"exceptions.yaml": HEAD + OF_ONE.replace("D2", "D9")})
    for command in ("check", "validate"):
        said = campaign.run(command)
        assert said.code == 3
        assert "exceptions.yaml:3:12: error: there is no data check “D9”" in said.err
