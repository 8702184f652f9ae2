"""Who answered an older form can tell the rest by telephone: it is entered in the form issued last."""

import pytest

from tests.support.campaign import Campaign
from tests.support.filling import FINDING

WHY = ("--by", "王主任", "--reason", "来电")
NEW = """\
  - id: "1.11"
    title: 退费
    ask: 退费是否及时？
    how: 抽查。
    evidence: [凭证]
    roles: [audit]
    severity: minor
  - id: "1.10"
"""


def entered(campaign: Campaign, *args: str) -> None:
    ran = campaign.run("answer", "set", *args, *WHY)
    assert ran.code == 0, ran.said


def incomplete(campaign: Campaign) -> list[str]:
    return [who["name"] for who in campaign.run("status", "--json").data["incomplete"]]


@pytest.fixture
def reworded(answered_campaign: Campaign) -> Campaign:
    """A campaign in which one of the questions that 李四 and 张三 have answered was reworded."""
    answered_campaign.edit("checklists/2-conduct.yaml", "是否没有利益冲突？", "是否没有任何利益冲突？")
    assert answered_campaign.run("issue").code == 0
    assert "李四" in incomplete(answered_campaign)
    return answered_campaign


def test_the_answer_to_a_reworded_question_completes_the_others(reworded: Campaign) -> None:
    before = reworded.answers("李四")
    entered(reworded, "李四", "2.2", "不适用", "--note", "无此业务")
    assert reworded.answers("李四") == {**before, "2.2": "not_applicable"}
    assert "李四" not in incomplete(reworded)
    first, second = reworded.events("李四")
    assert (first["shown"], second["shown"], first["passport"] == second["passport"]) == (False, True, False)
    status = reworded.run("status", "--json").data
    assert (status["conflicts"], [who for who in status["outdated"] if who == "李四"]) == ([], [])
    ran = reworded.run("validate")
    assert (ran.code, ran.err) == (0, "")


def test_withdrawn_the_answers_to_the_older_form_count_again_as_far_as_they_did(reworded: Campaign) -> None:
    before = reworded.merged()["李四"]
    entered(reworded, "李四", "2.2", "符合")
    entered(reworded, "李四", "2.1", "b", "不适用", "--note", "无记录")
    for _ in range(2):
        assert reworded.run("answer", "withdraw", "李四", *WHY).code == 0
    assert reworded.merged()["李四"] == before


def test_another_answer_is_entered_into_all_that_still_counts(reworded: Campaign) -> None:
    entered(reworded, "张三", "2.3", "不适用", "--note", "不了解")
    said = reworded.answers("张三")
    assert (said["2.1 a"], said["2.3"], "2.2" in said) == ("problem", "not_applicable", False)
    (gap,) = [who["gaps"] for who in reworded.run("status", "--json").data["incomplete"] if who["name"] == "张三"]
    assert [one["message"] for one in gap] == ["not answered: 2.2"]
    assert len(reworded.merged()["张三"]["findings"]) == 1


def test_a_question_that_was_added_is_answered(answered_campaign: Campaign) -> None:
    answered_campaign.edit("checklists/1-business.yaml", '  - id: "1.10"\n', NEW)
    assert answered_campaign.run("issue").code == 0
    entered(answered_campaign, "审核部", "1.11", "符合")
    assert answered_campaign.answers("审核部") == {"1.10": "conform", "1.11": "conform", "2.2": "conform"}
    assert "审核部" not in incomplete(answered_campaign)


def test_a_finding_on_what_is_asked_no_more_stays(answered_campaign: Campaign) -> None:
    said = {"answers": {"2.2": "发现问题"}, "findings": [{**FINDING, "item": "2.2", "part": ""}]}
    answered_campaign.receive("审核部 2.yaml", answered_campaign.filled("审核部", by="经办人", on="2023-11-06", **said))
    answered_campaign.run("collect")
    before = answered_campaign.run("findings", "list", "--json").data
    assert len(before) == 2
    answered_campaign.edit("checklists/2-conduct.yaml", "roles: [auditor, audit]", "roles: [auditor]")
    answered_campaign.edit("checklists/1-business.yaml", "ask: 收费是否公开？", "ask: 收费标准是否公开？")
    assert answered_campaign.run("issue").code == 0
    entered(answered_campaign, "审核部", "1.10", "不适用", "--note", "不收费")
    assert answered_campaign.answers("审核部") == {"1.10": "not_applicable"}
    assert answered_campaign.run("findings", "list", "--json").data == before


def test_the_declaration_is_made_again_in_its_new_words(answered_campaign: Campaign) -> None:
    answered_campaign.edit(
        "campaign.yaml", "declaration: 以上内容真实完整。", "declaration: 以上内容真实、完整、准确。"
    )
    assert answered_campaign.run("issue").code == 0
    entered(answered_campaign, "李四", "declaration", "同意")
    assert "李四" not in incomplete(answered_campaign)
