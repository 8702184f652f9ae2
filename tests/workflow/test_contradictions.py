"""``contradictions``: what cannot both be right, and who decided what and why."""

import json

import pytest

from tests.support.campaign import Campaign
from tests.support.filling import FINDING


@pytest.fixture
def disputed(campaign: Campaign) -> Campaign:
    """A campaign in which two people filled in the form of one unit differently."""
    first = {"by": "甲", "on": "2023-11-05", "answers": {"1.2": "不适用"}, "notes": {"1.2": "无此业务"}}
    campaign.receive("1.yaml", campaign.filled("技术部", **first))
    campaign.receive("2.yaml", campaign.filled("技术部", by="乙", on="2023-11-06"))
    assert campaign.run("collect").code == 1
    return campaign


def test_without_anything_contradictory_the_list_says_so(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("张三"))
    campaign.run("collect")
    ran = campaign.run("contradictions", "list")
    assert (ran.code, ran.out, ran.err) == (0, "No contradictions.\n", "")


def test_a_conflict_is_listed_with_both_responses_and_the_command_that_settles_it(disputed: Campaign) -> None:
    ran = disputed.run("contradictions", "list")
    assert ran.code == 1
    assert ran.out.startswith("技术部  [unit:T]\n  1. conflicting: filled in by 甲 on 2023-11-05")
    assert "\n  2. current: filled in by 乙 on 2023-11-06" in ran.out
    assert "1.2: not applicable; in the current one: conform" in ran.out
    assert "selfaudit contradictions resolve unit:T --choose N --reason …" in ran.out


def test_a_choice_settles_the_conflict_and_deletes_nothing(disputed: Campaign) -> None:
    originals = disputed.received()
    ran = disputed.run(
        "contradictions", "resolve", "技术部", "--choose", "1", "--by", "总经理", "--reason", "乙没有看档案"
    )
    assert ran.code == 0
    assert "  1. current: filled in by 甲" in ran.out
    assert "  2. history: filled in by 乙" in ran.out
    assert disputed.run("contradictions", "list").out == "No contradictions.\n"
    assert disputed.run("status", "--json").data["conflicts"] == []
    assert disputed.received() == originals
    assert len(disputed.events("技术部")) == 2


def test_who_decided_what_and_why_is_in_the_journal(disputed: Campaign) -> None:
    disputed.run("contradictions", "resolve", "unit:T", "--choose", "1", "--by", "总经理", "--reason", "乙没有看档案")
    what, detail = disputed.journal()[-1]
    assert what == "resolve"
    assert (detail["respondent"], detail["by"], detail["reason"]) == ("unit:T", "总经理", "乙没有看档案")
    assert detail["digest"] == disputed.events("技术部")[0]["digest"]
    assert detail["considered"] == [event["digest"] for event in disputed.events("技术部")]


def test_after_a_choice_merged_yaml_and_every_export_hold_what_was_chosen(disputed: Campaign) -> None:
    assert disputed.merged()["技术部"]["filled_by"] == "乙"
    disputed.run("contradictions", "resolve", "技术部", "--choose", "1", "--by", "总经理", "--reason", "核对过")
    assert disputed.merged()["技术部"]["filled_by"] == "甲"
    disputed.run("export", "--format", "json", "-o", "all.json")
    (response,) = json.loads((disputed.root / "all.json").read_text(encoding="utf-8"))["responses"]
    assert response["filled_by"] == "甲"


def test_a_choice_holds_when_everything_is_collected_again(disputed: Campaign) -> None:
    disputed.run("contradictions", "resolve", "技术部", "--choose", "1", "--by", "总经理", "--reason", "核对过")
    assert disputed.run("collect").code == 0
    assert disputed.run("contradictions", "list").code == 0


def test_a_response_that_comes_after_the_choice_contests_it(disputed: Campaign) -> None:
    disputed.run("contradictions", "resolve", "技术部", "--choose", "1", "--by", "总经理", "--reason", "核对过")
    disputed.receive(
        "3.yaml",
        disputed.filled("技术部", by="丙", on="2023-11-07", answers={"1.1 a": "不适用"}, notes={"1.1 a": "无"}),
    )
    assert disputed.run("collect").code == 1
    ran = disputed.run("contradictions", "list")
    assert ran.code == 1
    assert "conflicting: filled in by 甲" in ran.out
    assert "current: filled in by 丙" in ran.out


def test_a_choice_can_be_made_anew(disputed: Campaign) -> None:
    for number in ("1", "2"):
        disputed.run("contradictions", "resolve", "技术部", "--choose", number, "--by", "总经理", "--reason", "核对过")
    assert [event["shown"] for event in disputed.events("技术部")] == [False, True]
    assert [what for what, _ in disputed.journal()].count("resolve") == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["技术部", "--choose", "3", "--by", "甲", "--reason", "乙"], "技术部 has no response number 3"),
        (["技术部", "--choose", "0", "--by", "甲", "--reason", "乙"], "Numbers: 1, 2."),
        (["技木部", "--choose", "1", "--by", "甲", "--reason", "乙"], "nobody on the roster is called “技木部”"),
        (["技术部", "--choose", "1", "--by", "甲", "--reason", ""], "a decision needs a reason"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_and_changes_nothing(disputed: Campaign, args: list[str], says: str) -> None:
    before = disputed.ledger(), disputed.journal()
    ran = disputed.run("contradictions", "resolve", *args)
    assert ran.code == 3
    assert says in ran.err
    assert (disputed.ledger(), disputed.journal()) == before


def test_items_on_which_respondents_disagree_are_listed_by_name(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("contradictions", "list")
    assert ran.code == 1
    said = "2.1 到场\n  report a problem: 张三 (审核部)\n  say that it conforms: 李四 (北京分公司)\nNext: "
    assert ran.out.startswith(said)


def test_json_holds_conflicts_and_disputes(disputed: Campaign) -> None:
    for name, said in (("张三", {"answers": {"2.1 a": "发现问题"}, "findings": [FINDING]}), ("李四", {})):
        disputed.receive(f"{name}.yaml", disputed.filled(name, **said))
    disputed.run("collect")
    data = disputed.run("contradictions", "list", "--json").data
    assert [(one["name"], [event["filled_by"] for event in one["events"]]) for one in data["conflicts"]] == [
        ("技术部", ["甲", "乙"])
    ]
    assert data["disputes"] == [
        {"item": "2.1", "title": "到场", "conform": ["李四 (北京分公司)"], "problem": ["张三 (审核部)"]}
    ]
