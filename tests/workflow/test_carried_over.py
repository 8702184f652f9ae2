"""A form that was issued again: what was answered before under the same words need not be answered once more."""

import sqlite3
from typing import Any

import pytest

from tests.support.campaign import Campaign
from tests.support.filling import FINDING

OLD, NEW = "收费是否公开？", "收费标准是否在网站公开？"
EMPTY = {"answer": "", "projects": ""}


def reworded(campaign: Campaign) -> None:
    campaign.edit("checklists/1-business.yaml", f"ask: {OLD}", f"ask: {NEW}")
    assert campaign.run("issue").code == 0


def collected(campaign: Campaign, name: str, text: str) -> dict[str, Any]:
    """Collect one file; return what is said of it."""
    campaign.receive(name, text)
    (told,) = campaign.run("collect", "--json").data["files"]
    return {"outcome": told["outcome"], **{key: [one["message"] for one in told[key]] for key in ("notes", "gaps")}}


@pytest.fixture
def again(campaign: Campaign) -> Campaign:
    """The campaign after 审核部 answered and one of its two questions was reworded."""
    said = campaign.filled("审核部", by="甲", on="2023-11-05", notes={"2.2": "已核对"}, clues="某公司卖证")
    collected(campaign, "旧.yaml", said)
    reworded(campaign)
    return campaign


def test_places_left_empty_take_over_what_was_said_before_and_a_note_says_so(again: Campaign) -> None:
    new = again.filled("审核部", by="甲", on="2023-11-06", answers={"1.10": "符合"}, **EMPTY)
    told = collected(again, "新.yaml", new)
    assert told["outcome"] == "updated"
    assert told["gaps"] == []
    assert len(told["notes"]) == 1
    assert "carried over from response 1" in told["notes"][0]
    assert "(3): 2.2, 覆盖项目数, 线索" in told["notes"][0]
    assert again.answers("审核部") == {"1.10": "conform", "2.2": "conform"}
    merged = again.merged()["审核部"]
    assert (merged["state"], merged["coverage"], merged["clues"]) == ("complete", {"projects": 3}, "某公司卖证")
    assert merged["items"][1]["note"] == "已核对"
    assert "3 places left empty were answered in response 1" in again.run("status", "--of", "审核部").out


def test_the_order_in_which_the_two_come_does_not_matter(campaign: Campaign) -> None:
    old = campaign.filled("审核部", by="甲", on="2023-11-05")
    reworded(campaign)
    new = campaign.filled("审核部", by="甲", on="2023-11-06", answers={"1.10": "符合"}, **EMPTY)
    assert "not answered: 2.2" in collected(campaign, "新.yaml", new)["gaps"]
    collected(campaign, "旧.yaml", old)
    assert campaign.answers("审核部") == {"1.10": "conform", "2.2": "conform"}
    assert campaign.merged()["审核部"]["state"] == "complete"
    ran = campaign.run("validate")
    assert (ran.code, ran.err) == (0, "")


def test_what_is_answered_now_counts_and_nothing_that_answered_other_words_is_taken(again: Campaign) -> None:
    new = again.filled(
        "审核部", by="甲", on="2023-11-06", answers={"2.2": "不适用"}, notes={"2.2": "无此业务"}, **EMPTY
    )
    told = collected(again, "新.yaml", new)
    assert told["gaps"] == ["not answered: 1.10"]
    assert again.answers("审核部") == {"2.2": "not_applicable"}


def test_what_is_said_once_more_in_full_is_meant_as_it_is(again: Campaign) -> None:
    new = again.filled("审核部", by="甲", on="2023-11-06", projects="4")
    told = collected(again, "新.yaml", new)
    assert not any("carried" in one for one in told["notes"])
    assert "clues" not in again.merged()["审核部"], "they were taken out"


def test_a_response_taken_back_is_carried_over_no_more(again: Campaign) -> None:
    new = again.filled("审核部", by="甲", on="2023-11-06", answers={"1.10": "符合"}, **EMPTY)
    collected(again, "新.yaml", new)
    by = ("--by", "王主任", "--reason", "误交")
    assert again.run("answer", "withdraw", "审核部", "--number", "1", *by).code == 0
    assert again.answers("审核部") == {"1.10": "conform"}
    assert again.merged()["审核部"]["state"] == "incomplete"


def test_who_sends_in_full_what_was_completed_for_them_has_sent_that(again: Campaign) -> None:
    said = {"by": "甲", "on": "2023-11-06", "answers": {"1.10": "符合"}}
    collected(again, "新.yaml", again.filled("审核部", **said, **EMPTY))
    completed = again.rows("SELECT digest FROM shown WHERE respondent = 'unit:A'")
    full = again.filled("审核部", **said, notes={"2.2": "已核对"}, clues="某公司卖证")
    collected(again, "全.yaml", full)
    assert again.rows("SELECT digest FROM shown WHERE respondent = 'unit:A'") == completed
    assert [event["shown"] for event in again.events("审核部")] == [False, False, True]
    ran = again.run("validate")
    assert (ran.code, ran.err) == (0, "")


def test_who_was_complete_only_by_a_response_taken_back_was_not_complete_in_time(again: Campaign) -> None:
    collected(again, "新.yaml", again.filled("审核部", by="甲", on="2023-11-06", answers={"1.10": "符合"}, **EMPTY))
    with sqlite3.connect(again.root / "campaign.db") as db:
        db.execute("UPDATE responses SET received_at = '2023-11-06T08:00:00Z'")
    db.close()
    by = ("--by", "王主任", "--reason", "误交")
    assert again.run("answer", "withdraw", "审核部", "--number", "1", *by).code == 0
    (late,) = (who for who in again.run("status", "--json").data["incomplete"] if who["name"] == "审核部")
    assert late["overdue"]


def test_what_a_person_decided_against_is_not_carried_over(campaign: Campaign) -> None:
    collected(campaign, "一.yaml", campaign.filled("审核部", by="甲", on="2023-11-05"))
    other = campaign.filled("审核部", by="甲", on="2023-11-07", answers={"2.2": "不适用"}, notes={"2.2": "无此事"})
    collected(campaign, "二.yaml", other)
    by = ("--by", "王主任", "--reason", "第二份填错了")
    assert campaign.run("contradictions", "resolve", "审核部", "--choose", "1", *by).code == 0
    reworded(campaign)
    new = campaign.filled("审核部", by="甲", on="2023-11-08", answers={"1.10": "符合"}, **EMPTY)
    assert "carried over from response 1" in collected(campaign, "三.yaml", new)["notes"][0]
    assert campaign.answers("审核部") == {"1.10": "conform", "2.2": "conform"}


def test_what_another_person_answers_is_completed_once_somebody_accepts_it(again: Campaign) -> None:
    new = again.filled("审核部", by="乙", on="2023-11-06", answers={"1.10": "符合"}, **EMPTY)
    assert collected(again, "新.yaml", new)["outcome"] == "conflict"
    assert again.answers("审核部") == {"2.2": "conform"}
    by = ("--by", "王主任", "--reason", "换人填报")
    assert again.run("contradictions", "resolve", "审核部", "--choose", "2", *by).code == 0
    assert again.answers("审核部") == {"1.10": "conform", "2.2": "conform"}


def test_the_words_of_one_person_are_not_put_into_the_mouth_of_another(campaign: Campaign) -> None:
    finding = {**FINDING, "item": "2.2", "part": ""}
    said = {"answers": {"2.2": "发现问题"}, "notes": {"2.2": "乙让我改的"}, "findings": [finding], "clues": "乙收了钱"}
    collected(campaign, "旧.yaml", campaign.filled("审核部", by="甲", on="2023-11-05", **said))
    reworded(campaign)
    new = campaign.filled("审核部", by="乙", on="2023-11-06", answers={"1.10": "符合"}, **EMPTY)
    collected(campaign, "新.yaml", new)
    by = ("--by", "王主任", "--reason", "换人填报")
    assert campaign.run("contradictions", "resolve", "审核部", "--choose", "2", *by).code == 0
    merged = campaign.merged()["审核部"]
    assert (merged["filled_by"], merged["coverage"], merged["state"]) == ("乙", {"projects": 3}, "incomplete")
    assert campaign.answers("审核部") == {"1.10": "conform"}, "what needs words the next person says"
    assert not {"findings", "clues"} & merged.keys()
    (gap,) = campaign.run("status", "--json").data["incomplete"][0]["gaps"]
    assert gap["message"] == "not answered: 2.2"


def test_an_answer_of_another_person_is_taken_over_without_their_note(again: Campaign) -> None:
    new = again.filled("审核部", by="乙", on="2023-11-06", answers={"1.10": "符合"}, **EMPTY)
    collected(again, "新.yaml", new)
    by = ("--by", "王主任", "--reason", "换人填报")
    assert again.run("contradictions", "resolve", "审核部", "--choose", "2", *by).code == 0
    merged = again.merged()["审核部"]
    assert again.answers("审核部") == {"1.10": "conform", "2.2": "conform"}
    assert "note" not in merged["items"][1]
    assert "clues" not in merged


def test_findings_are_carried_over_with_their_numbers(campaign: Campaign) -> None:
    finding = {**FINDING, "item": "2.2", "part": ""}
    said = campaign.filled("审核部", by="甲", answers={"2.2": "发现问题"}, findings=[finding])
    collected(campaign, "旧.yaml", said)
    (before,) = campaign.run("findings", "list", "--json").data
    reworded(campaign)
    other = {**FINDING, "item": "1.10", "part": "", "fact": "网站没有收费标准"}
    new = campaign.filled("审核部", by="甲", on="2023-11-06", answers={"1.10": "发现问题"}, findings=[other], **EMPTY)
    assert collected(campaign, "新.yaml", new)["gaps"] == []
    found = {one["item"]: one for one in campaign.run("findings", "list", "--json").data}
    assert found["2.2"] == before
    assert found["1.10"]["fact"] == "网站没有收费标准"


def test_a_value_that_cannot_be_read_is_asked_back_and_not_covered_up(again: Campaign) -> None:
    new = again.filled("审核部", by="甲", on="2023-11-06", answers={"1.10": "符合", "2.2": "也许"}, **EMPTY)
    told = collected(again, "新.yaml", new)
    assert any("也许" in one for one in told["gaps"])
    assert again.answers("审核部") == {"1.10": "conform"}


def test_what_is_declared_to_ask_the_same_is_carried_over_too(again: Campaign) -> None:
    new = again.filled("审核部", by="甲", on="2023-11-06", answers={"2.2": "符合"}, **EMPTY)
    collected(again, "新.yaml", new)
    assert again.answers("审核部") == {"2.2": "conform"}
    assert again.run("checklist", "editorial", "1.10", "--by", "王主任", "--reason", "只改错字").code == 0
    assert again.answers("审核部") == {"1.10": "conform", "2.2": "conform"}
    assert again.run("status", "--json").data["incomplete"] == []
