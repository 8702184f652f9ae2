"""What became of a finding between the form for corrections and what comes back in it."""

from pathlib import Path
from typing import Any

import pytest

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.state.respondents import Selection
from selfaudit.workflow.issue.corrections import Corrections
from selfaudit.workflow.issue.outbox import write_form
from selfaudit.workflow.issue.rounds import issue_round
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.workflow.collect.test_corrections import SAID, collect, filled, forms, show
from tests.workflow.collect.test_corrections import campaign as campaign  # noqa: PLC0414 - a fixture


def test_nothing_is_entered_for_a_finding_that_somebody_else_owns_by_now(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    assert campaign.run("findings", "assign", "2.1-01", "--to", "张三").code == 0
    assert "0 owners have findings to correct" in campaign.run("status").out
    assert campaign.run("remind", "--round", "corrections").out == "Nobody needs a reminder.\n"
    told = collect(campaign, "整改.yaml", filled(form, cause="别的原因", **SAID))
    assert "2.1-01 is no more theirs: by now its owner is “张三”" in told["gaps"][0]["message"]
    after = show(campaign)
    assert (after["state"], after["version"], after["cause"]) == ("analysed", 2, "排期冲突")


def closed_and_reopened(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    collect(campaign, "一.yaml", filled(form, **SAID))
    for step in (("verify", "--who", "张三", "--on", "2023-11-21"), ("close",), ("reopen", "--reason", "没改好")):
        assert campaign.run("findings", step[0], "2.1-01", *step[1:]).code == 0


def test_a_reopened_finding_gets_a_new_form_whose_answers_count(campaign: Campaign) -> None:
    (old,) = forms(campaign)
    closed_and_reopened(campaign)
    ran = campaign.run("issue", "--round", "corrections", "--format", "yaml", "--json")
    assert (ran.data["changed"], ran.data["unchanged"]) == (1, 0)
    (form,) = forms(campaign)
    assert form != old
    again = {**SAID, "correction": "补审第二次", "corrected_on": "2023-11-24"}
    told = collect(campaign, "二.yaml", filled(form, on="2023-11-25", **again))
    assert (told["outcome"], told["gaps"]) == ("updated", [])
    after = show(campaign)
    assert (after["state"], after["correction"]) == ("corrected", "补审第二次")
    assert after["register"]["corrected_on"] == "2023-11-24"
    assert campaign.run("issue", "--round", "corrections", "--format", "yaml", "--json").data["changed"] == 0


def test_a_form_that_went_out_before_its_finding_was_reopened_does_not_correct_it(campaign: Campaign) -> None:
    (form,) = forms(campaign)
    late = filled(form, on="2023-11-22", **SAID)
    closed_and_reopened(campaign)
    told = collect(campaign, "晚.yaml", late)
    assert "2.1-01 was reopened after this form went out" in told["gaps"][0]["message"]
    assert told["gaps"][0]["hint"] == "Send the owner a new form: selfaudit issue --round corrections"
    assert show(campaign)["state"] == "reopened"


def test_two_forms_of_one_day_that_differ_leave_what_was_there_in_whatever_order_they_come(
    campaign: Campaign, tmp_path: Path
) -> None:
    (form,) = forms(campaign)
    texts = {"甲": filled(form, cause="甲因", **{**SAID, "correction": "甲"}), "乙": filled(form, correction="乙")}
    seen = []
    for order in ("甲乙", "乙甲"):
        copy = campaign.copy(tmp_path / order)
        first, second = order
        assert collect(copy, f"{first}.yaml", texts[first])["outcome"] == "new"
        told = collect(copy, f"{second}.yaml", texts[second])
        assert told["outcome"] == "conflict"
        (told,) = [gap["message"] for gap in told["gaps"] if gap["code"] == "collect.same-day-corrections"]
        assert "2.1-01, correction: two forms of one day (2023-11-20) do not say the same" in told
        assert f"“{first}” and “{second}”; neither is entered" in told
        seen.append({key: show(copy)[key] for key in ("cause", "correction", "similar", "state")})
        assert show(copy)["register"]["corrected_by"] == "李四"
        later = collect(copy, "后.yaml", filled(form, on="2023-11-21", correction="丙"))
        assert (later["outcome"], show(copy)["correction"]) == ("updated", "丙")
    assert seen[0] == seen[1] == {"cause": "甲因", "correction": "", "similar": "查了全部项目", "state": "corrected"}


@pytest.mark.parametrize("otherwise", [True, False])
def test_an_owners_form_does_not_confirm_that_a_person_saw_what_is_reported_by_now(
    campaign: Campaign,
    *,
    otherwise: bool,
) -> None:
    (form,) = forms(campaign)
    said: dict[str, Any] = (
        {"answers": {"2.1 a": "发现问题"}, "findings": [{**FINDING, "fact": "另一件事"}]} if otherwise else {}
    )
    collect(campaign, "更正.yaml", campaign.filled("张三", on="2023-11-08", **said))
    wanted = "findings reported otherwise since" if otherwise else "and no answer reports any more"
    assert wanted in campaign.run("report", "--draft").err
    assert collect(campaign, "整改.yaml", filled(form, **SAID))["outcome"] == "new"
    assert show(campaign)["state"] == "corrected"
    assert wanted in campaign.run("report", "--draft").err


def test_a_round_that_was_stopped_while_its_forms_were_written_is_completed_by_the_next(
    answered_campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = answered_campaign
    campaign.run("findings", "assign", "2.1-01", "--to", "李四")

    def stopped(*args: Any) -> None:
        write_form(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr("selfaudit.workflow.issue.rounds.write_form", stopped)
    with pytest.raises(KeyboardInterrupt):
        issue_round(Workspace.find(campaign.root), Corrections(), Selection(), ("yaml",), Silent())
    (form,) = forms(campaign)
    assert collect(campaign, "整改.yaml", filled(form, **SAID))["outcome"] == "new"
    form.unlink()
    ran = campaign.run("issue", "--round", "corrections", "--format", "yaml", "--json")
    assert ran.data["rewritten"] == 1
    assert forms(campaign) == [form]
