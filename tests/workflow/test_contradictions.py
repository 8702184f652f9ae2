"""``contradictions``: what cannot both be right, and who decided what and why."""

import json
import re

import pytest

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.standings import standing_of
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


def test_before_any_answer_the_list_says_so_and_what_to_do(campaign: Campaign) -> None:
    ran = campaign.run("contradictions", "list")
    assert ran.code == 0
    assert ran.out == "No answers have come in yet, so there is nothing to compare. Next: selfaudit collect\n"


def test_a_conflict_is_listed_with_both_responses_and_the_command_that_settles_it(disputed: Campaign) -> None:
    ran = disputed.run("contradictions", "list")
    assert ran.code == 1
    assert ran.out.startswith("技术部  [unit:T]\n  1. conflicting: filled in by 甲 on 2023-11-05")
    assert "\n  2. shown: filled in by 乙 on 2023-11-06" in ran.out
    assert "1.2: not applicable; in the one shown: conform" in ran.out
    assert "selfaudit contradictions resolve unit:T --choose NUMBER --reason …" in ran.out


def test_what_somebody_said_stays_said_of_the_unit_in_which_they_answered(campaign: Campaign) -> None:
    campaign.receive("李四.yaml", campaign.filled("李四"))
    campaign.run("collect")
    campaign.edit("roster.yaml", "name: 李四\n    unit: B", "name: 李四\n    unit: A")
    campaign.run("issue")
    with Workspace(campaign.root).reading() as ledger:
        moved = standing_of(ledger, "person:P2")
    assert (moved.respondent.unit, moved.answered_in) == ("A", "B")


def test_two_different_forms_of_one_person_and_day_are_told_as_such_when_they_come_together(campaign: Campaign) -> None:
    first = {"by": "甲", "on": "2023-11-05", "answers": {"1.2": "不适用"}, "notes": {"1.2": "无此业务"}}
    campaign.receive("1.yaml", campaign.filled("技术部", **first))
    campaign.receive("2.yaml", campaign.filled("技术部", by="甲", on="2023-11-05"))
    ran = campaign.run("collect")
    assert ran.code == 1
    assert "two different forms that “甲” filled in on the same day (2023-11-05) have come" in ran.out
    assert "selfaudit contradictions resolve unit:T --choose NUMBER" in ran.out
    assert "filled in by “甲”, but" not in ran.out


def test_a_choice_settles_the_conflict_and_deletes_nothing(disputed: Campaign) -> None:
    originals = disputed.received()
    ran = disputed.run(
        "contradictions", "resolve", "技术部", "--choose", "1", "--by", "总经理", "--reason", "乙没有看档案"
    )
    assert ran.code == 0
    assert "  1. shown: filled in by 甲" in ran.out
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


def test_the_report_lists_who_chose_between_responses_and_why(disputed: Campaign) -> None:
    disputed.run("contradictions", "resolve", "技术部", "--choose", "1", "--by", "总经理", "--reason", "乙没有看档案")
    explained = disputed.run("--lang", "zh_CN", "report", "--explain").out
    assert "技术部：几份填报表互相矛盾，选定第1份（由甲填写，2023年11月5日）为准" in explained


def test_a_conflict_of_somebody_who_is_asked_no_more_is_still_open(campaign: Campaign) -> None:
    for by, said in (("张三", {}), ("乙", {"answers": {"2.3": "不适用"}, "notes": {"2.3": "无"}})):
        campaign.receive(f"{by}.yaml", campaign.filled("张三", by=by, **said))
    campaign.run("collect")
    campaign.edit("roster.yaml", "    name: 张三\n", "    name: 张三\n    left: 2023-11-01\n")
    campaign.run("issue")
    state = campaign.run("status", "--json").data
    assert state["dropped"] == state["conflicts"] == ["张三"]


def test_a_choice_or_answer_that_was_withdrawn_is_listed_only_as_withdrawn(disputed: Campaign) -> None:
    why = ("--by", "总经理", "--reason", "核对过")
    disputed.run("contradictions", "resolve", "技术部", "--choose", "2", *why)
    assert disputed.run("answer", "set", "技术部", "1.2", "符合", *why).code == 3
    assert disputed.run("answer", "set", "技术部", "1.2", "不适用", "--note", "无", *why).code == 0
    for number in ("3", "2"):
        assert disputed.run("answer", "withdraw", "技术部", "--number", number, *why).code == 0
    explained = disputed.run("--lang", "zh_CN", "report", "--explain", "--json").data
    said = next(figure["sources"] for figure in explained if figure["id"] == "conduct.decisions")
    assert len(said) == 2
    assert all("撤回" in one or "withdrawn" in one for one in said), said


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
    assert "shown: filled in by 甲" in ran.out
    assert "conflicting: filled in by 丙" in ran.out


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


def test_that_one_person_found_a_problem_and_another_did_not_is_no_contradiction(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("contradictions", "list")
    assert (ran.code, ran.out) == (0, "No contradictions.\n")


PROBLEM = {"answers": {"2.2": "发现问题"}, "findings": [{**FINDING, "item": "2.2", "part": ""}]}


@pytest.fixture
def opposed(campaign: Campaign) -> Campaign:
    """A campaign in which a unit says that it conforms and one of its people reports a problem."""
    for name, said in (("审核部", {}), ("张三", PROBLEM), ("李四", PROBLEM)):
        campaign.receive(f"{name}.yaml", campaign.filled(name, **said))
    assert campaign.run("collect").code == 0
    return campaign


def test_a_unit_that_conforms_and_a_member_who_reports_a_problem_contradict_each_other(opposed: Campaign) -> None:
    ran = opposed.run("contradictions", "list")
    assert ran.code == 1
    assert ran.out.startswith(
        "2.2/A  2.2 公正\n  According to 审核部, 审核部 conforms; according to 张三, there is a problem.\n"
        "    张三: “2023-05-06 项目 C-17 末次会议缺席”\nNext: "
    )
    assert opposed.run("status", "--json").data["contradictions"] == ["2.2 审核部"]


def test_two_units_contradict_each_other_only_about_the_body(campaign: Campaign) -> None:
    about_body = "    roles: [audit, branch]\n    subject: body\n"
    campaign.edit("checklists/1-business.yaml", "    roles: [audit, branch]\n", about_body)
    campaign.receive("1.yaml", campaign.filled("审核部"))
    problem = {"answers": {"1.10": "发现问题"}, "findings": [{**FINDING, "item": "1.10", "part": ""}]}
    campaign.receive("2.yaml", campaign.filled("北京分公司", **problem))
    campaign.run("collect")
    (found,) = campaign.run("contradictions", "list", "--json").data["contradictions"]
    assert (found["key"], found["about"]) == ("1.10/body", "某认证公司")
    assert (found["conform"], found["problem"]) == (["审核部"], ["北京分公司"])
    campaign.edit("checklists/1-business.yaml", about_body, "    roles: [audit, branch]\n")
    assert campaign.run("contradictions", "list").code == 0


def test_a_settled_contradiction_is_listed_no_more_and_shown_with_who_decided_and_why(opposed: Campaign) -> None:
    ran = opposed.run("contradictions", "settle", "2.2/A", "--by", "总经理", "--reason", "个别情况")
    assert (ran.code, ran.out) == (0, "Settled: 2.2/A. Still open: 0.\n")
    assert (opposed.run("contradictions", "list").code, opposed.run("contradictions", "list", "--all").code) == (0, 0)
    assert opposed.run("contradictions", "list").out == "No contradictions.\n"
    assert re.search(
        r"2\.2/A .*\n.*\n.*\n  settled by 总经理 on .*: 个别情况", opposed.run("contradictions", "list", "--all").out
    )
    assert opposed.run("status", "--json").data["contradictions"] == []
    what, detail = opposed.journal()[-1]
    assert (what, detail["about"], detail["by"], detail["reason"]) == ("settle", "2.2/A", "总经理", "个别情况")


@pytest.mark.parametrize("side", ["unit", "member"])
def test_what_was_settled_is_open_again_when_a_side_says_something_else(opposed: Campaign, side: str) -> None:
    opposed.run("contradictions", "settle", "2.2/A", "--by", "总经理", "--reason", "个别情况")
    opposed.receive("again.yaml", opposed.filled("王五"))
    opposed.run("collect")
    assert opposed.run("contradictions", "list").code == 0
    changed = {**PROBLEM, "findings": [{**FINDING, "item": "2.2", "part": "", "fact": "另有一次。"}]}
    name, said = ("审核部", {"notes": {"2.2": "复核过"}}) if side == "unit" else ("张三", changed)
    opposed.receive("later.yaml", opposed.filled(name, on="2023-11-06", **said))
    opposed.run("collect")
    assert opposed.run("contradictions", "list").code == 1


def test_only_what_the_list_shows_can_be_settled(opposed: Campaign) -> None:
    before = opposed.ledger()
    ran = opposed.run("contradictions", "settle", "2.2/A", "2.2/B", "--by", "总经理", "--reason", "个别情况")
    assert (ran.code, "there is no contradiction “2.2/B”" in ran.err) == (3, True)
    assert opposed.ledger() == before


def test_the_report_waits_for_contradictions_and_lists_those_that_were_settled(opposed: Campaign) -> None:
    for name in ("技术部", "北京分公司", "王五"):
        opposed.receive(f"{name}.yaml", opposed.filled(name))
    opposed.run("collect")
    assert "审核部: contradictions not settled: 1 (2.2)" in opposed.run("report").said
    opposed.run("contradictions", "settle", "2.2/A", "--by", "总经理", "--reason", "个别情况")
    ran = opposed.run("report")
    assert "contradictions not settled" not in ran.said
    explained = opposed.run("--lang", "zh_CN", "report", "--explain").out
    assert "审核部的自查项2.2：有的填报“符合”，有的填报“发现问题”，矛盾已经认定" in explained


def test_json_has_conflicts_and_contradictions(disputed: Campaign) -> None:
    for name, said in (("张三", PROBLEM), ("审核部", {})):
        disputed.receive(f"{name}.yaml", disputed.filled(name, **said))
    disputed.run("collect")
    data = disputed.run("contradictions", "list", "--json").data
    assert [(one["name"], [event["filled_by"] for event in one["events"]]) for one in data["conflicts"]] == [
        ("技术部", ["甲", "乙"])
    ]
    (found,) = data["contradictions"]
    assert (found["key"], found["place"], found["title"], found["about"]) == ("2.2/A", "2.2", "公正", "审核部")
    assert (found["conform"], found["problem"], found["settled"]) == (["审核部"], ["张三"], None)


def test_the_final_report_says_which_response_was_chosen_and_what_that_left_out(campaign: Campaign) -> None:
    problem = {"by": "甲", "on": "2023-11-05", "answers": {"1.2": "发现问题", "1.1 a": "不适用"}}
    campaign.receive("1.yaml", campaign.filled("技术部", findings=[FINDING], **problem))
    campaign.receive("2.yaml", campaign.filled("技术部", by="乙", on="2023-11-06"))
    campaign.run("collect")
    campaign.run("contradictions", "resolve", "技术部", "--choose", "2", "--by", "总经理", "--reason", "甲看错了")
    explained = campaign.run("--lang", "zh_CN", "report", "--explain", "--json").data
    (said,) = next(figure["sources"] for figure in explained if figure["id"] == "conduct.decisions")
    assert "选定第2份（由乙填写，2023年11月6日）为准" in said
    assert "答复不同之处：2（1.1 a、1.2）" in said.replace("1.2、1.1 a", "1.1 a、1.2")
    assert "其中报告了问题的：1（1.2）" in said
    journal = campaign.run("journal", "list").out
    assert "response of 技术部 chosen among several" in journal
