"""A question that is reworded after it was answered: what was said to the old words is never printed under the new."""

import re

import docx
import pytest

from tests.support.campaign import Campaign
from tests.support.filling import FINDING

OLD, NEW = "收费是否公开？", "收费标准是否在网站公开？"


def reword(campaign: Campaign) -> None:
    campaign.edit("checklists/1-business.yaml", f"ask: {OLD}", f"ask: {NEW}")


def answered(campaign: Campaign, *names: str) -> None:
    for name in names:
        campaign.receive(f"{name}.yaml", campaign.filled(name, by="甲"))
    assert campaign.run("collect").code == 0


def printed(campaign: Campaign, name: str) -> list[list[str]]:
    """Return the rows of all tables of a report."""
    (path,) = campaign.root.glob(f"reports/**/*{name}*.docx")
    return [[cell.text for cell in row.cells] for table in docx.Document(str(path)).tables for row in table.rows]


def test_after_an_edit_status_says_that_forms_have_to_be_issued_again_and_for_whom(campaign: Campaign) -> None:
    answered(campaign, "审核部", "技术部")
    reword(campaign)
    ran = campaign.run("status")
    assert "Forms to be issued, because they are new or ask something else now (2): 审核部, 北京分公司" in ran.out
    assert "Next: issue the forms" in ran.out
    assert "the question was reworded since it was answered: 1.10" in ran.out
    state = campaign.run("status", "--json").data
    assert (state["outdated"], [who["name"] for who in state["incomplete"]]) == (["审核部"], ["审核部"])


def test_no_document_prints_the_old_answer_under_the_new_words(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    assert campaign.run("report", "unit", "审核部").code in (0, 1)
    rows = [row for row in printed(campaign, "审核部") if any(NEW in cell for cell in row)]
    assert rows
    assert not any("符合" in cell for row in rows for cell in row)
    (before,) = [row for row in printed(campaign, "审核部") if any(OLD in cell for cell in row)]
    assert "符合" in before
    figures = campaign.run("report", "--explain", "--json").data
    (conform,) = [one for one in figures if one["id"] == "item.1.10.conform"]
    assert (conform["value"], conform["sources"]) == (0, [])


def test_the_history_shows_what_was_said_with_the_words_it_was_said_to(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    said = campaign.run("status", "--of", "审核部").out
    assert f"1.10 does not count any more: “{OLD}” was answered with conform" in said


def test_the_form_is_issued_again_to_those_alone_who_have_something_to_answer(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    ran = campaign.run("issue")
    assert "0 new, 2 changed, 0 rewritten, 4 unchanged" in ran.out
    assert campaign.run("status", "--json").data["to_issue"] == []
    assert "1.10" not in campaign.answers("审核部"), "merged.yaml counts it no more"
    assert campaign.merged()["审核部"]["state"] == "incomplete"
    assert campaign.merged()["审核部"]["former"][0]["ask"] == OLD
    answered(campaign, "审核部")
    assert campaign.run("status", "--json").data["outdated"] == []
    assert campaign.answers("审核部")["1.10"] == "conform"


def test_a_question_that_is_taken_out_is_asked_of_nobody_again(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    text = (campaign.root / "checklists" / "1-business.yaml").read_text(encoding="utf-8")
    item = text[text.index('  - id: "1.10"') :]
    campaign.edit("checklists/1-business.yaml", item, "")
    assert "0 new, 1 changed, 0 rewritten, 5 unchanged" in campaign.run("issue").out, "who has not answered"
    assert campaign.run("status", "--json").data["outdated"] == []
    assert [who["name"] for who in campaign.run("status", "--json").data["incomplete"]] == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("declaration: 以上内容真实完整。", "declaration: 以上内容真实、完整、准确。", "declaration"),
        ("title: 覆盖项目数", "title: 覆盖证书数", "覆盖证书数"),
        ("clues: 线索", "clues: 虚假认证线索", "虚假认证线索"),
        ("title: 对国家的建议", "title: 对主管部门的建议", "对主管部门的建议"),
    ],
)
def test_whatever_else_is_asked_in_other_words_is_open_again(
    campaign: Campaign, old: str, new: str, place: str
) -> None:
    answered(campaign, "审核部")
    campaign.edit("campaign.yaml", old, new)
    assert f"the question was reworded since it was answered: {place}" in campaign.run("status").out


def test_a_severity_under_another_name_is_that_of_no_finding(campaign: Campaign) -> None:
    finding = {**FINDING, "item": "2.2", "part": ""}
    text = campaign.filled("审核部", by="甲", answers={"2.2": "发现问题"}, findings=[finding])
    campaign.receive("审核部.yaml", text)
    assert campaign.run("collect").code == 0
    campaign.edit("campaign.yaml", "title: 严重", "title: 轻微")
    (found,) = campaign.run("findings", "list", "--json").data
    assert found["severity"] == "minor", "that of its item"
    assert "reworded since it was answered: 轻微" in campaign.run("status").out


def test_a_restructured_item_keeps_no_answer_to_it_as_a_whole(campaign: Campaign) -> None:
    text = campaign.filled("审核部", by="甲", answers={"1.10": "发现问题"})
    campaign.receive("审核部.yaml", text)
    campaign.run("collect")
    parts = "    parts:\n      - id: a\n        ask: 是否上墙？\n"
    campaign.edit("checklists/1-business.yaml", f"    ask: {OLD}\n", f"    ask: {OLD}\n{parts}")
    figures = {one["id"]: one["value"] for one in campaign.run("report", "--explain", "--json").data}
    assert figures["item.1.10.problem"] == figures["item.1.10:a.problem"] == 0
    assert "asked only since the answers came: 1.10 a" in campaign.run("status").out


def test_an_extended_deadline_is_used_at_once(campaign: Campaign) -> None:
    campaign.edit("checklists/1-business.yaml", "due: 2023-11-07\n", "")
    campaign.edit("campaign.yaml", "to: 2023-11-10", "to: 2099-12-20")
    state = campaign.run("status", "--json").data
    dues = {who["name"]: (who["due"], who["overdue"]) for who in state["missing"]}
    assert dues["技术部"] == ("2099-12-20", False)
    assert state["to_issue"] == []


DECIDED = ("--by", "王主任", "--reason", "只改错字")


def test_the_words_before_and_now_are_listed_with_how_many_answers_they_concern(campaign: Campaign) -> None:
    assert "No question was reworded" in campaign.run("checklist", "editorial").out
    answered(campaign, "审核部")
    reword(campaign)
    said = campaign.run("checklist", "editorial").out
    assert "1.10: responses to the words before: 1" in said
    assert f"before: {OLD}" in said
    assert f"now: {NEW}" in said
    assert "the answers do not count" in said


def test_words_that_are_declared_to_ask_the_same_keep_their_answers(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    ran = campaign.run("checklist", "editorial", "1.10", *DECIDED)
    assert ran.code == 0
    assert "declared to ask the same, by 王主任: 只改错字" in ran.out
    state = campaign.run("status", "--json").data
    assert (state["outdated"], state["to_issue"], state["incomplete"]) == ([], [], [])
    assert campaign.run("issue", "--json").data["changed"] == 0, "nor has anybody else to get another form"
    assert campaign.answers("审核部")["1.10"] == "conform"
    figures = {one["id"]: one["value"] for one in campaign.run("report", "--explain", "--json").data}
    assert figures["item.1.10.conform"] == 1
    assert ("editorial", "1.10") in [(what, detail.get("about")) for what, detail in campaign.journal()]
    campaign.run("report", "--draft")
    (row,) = [row for row in printed(campaign, "草稿") if "只改错字" in row]
    assert OLD in row[0]
    assert NEW in row[0]


def test_a_declaration_ends_when_the_words_change_once_more(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    campaign.run("checklist", "editorial", "1.10", *DECIDED)
    campaign.edit("checklists/1-business.yaml", NEW, "收费是否合理？")
    assert campaign.run("status", "--json").data["outdated"] == ["审核部"]
    campaign.run("report", "--draft")
    assert not any("只改错字" in cell for row in printed(campaign, "草稿") for cell in row)
    # and if these ask the same as well, so do the first ones
    campaign.run("checklist", "editorial", "1.10", *DECIDED)
    assert campaign.run("status", "--json").data["outdated"] == []


def test_a_declaration_can_be_taken_back(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    campaign.run("checklist", "editorial", "1.10", *DECIDED)
    ran = campaign.run("checklist", "editorial", "1.10", "--undo", "--by", "王主任", "--reason", "问的不是一回事")
    assert "the answers do not count" in ran.out
    assert campaign.run("status", "--json").data["outdated"] == ["审核部"]
    assert campaign.merged()["审核部"]["state"] == "complete", "merged.yaml goes by what was issued"


def test_only_what_was_reworded_can_be_declared_and_only_with_a_reason(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    ran = campaign.run("checklist", "editorial", "2.2", *DECIDED)
    assert (ran.code, "“2.2” was not reworded" in ran.err, "Reworded were: 1.10" in ran.err) == (3, True, True)
    assert "a decision needs a reason" in campaign.run("checklist", "editorial", "1.10", "--by", "王主任").err


def test_a_declaration_of_an_item_is_one_of_all_its_parts(campaign: Campaign) -> None:
    answered(campaign, "技术部")
    campaign.edit("checklists/1-business.yaml", "ask: 资质是否有效？", "ask: 资质是否都有效？")
    ran = campaign.run("checklist", "editorial", "1.1", *DECIDED, "--json")
    assert [one["place"] for one in ran.data] == ["1.1 a", "1.1 b"]
    assert campaign.run("status", "--json").data["outdated"] == []
    campaign.edit("campaign.yaml", "declaration: 以上内容真实完整。", "declaration: 以上内容真实、完整。")
    assert campaign.run("checklist", "editorial", "declaration", *DECIDED).code == 0
    assert campaign.run("status", "--json").data["outdated"] == []


def test_a_form_issued_before_something_beside_its_questions_changed_is_read_without_remarks(
    campaign: Campaign,
) -> None:
    text = campaign.filled("审核部", by="甲")
    campaign.edit("checklists/1-business.yaml", "how: 查看公示。", "how: 查看网站公示。")
    assert "2 rewritten" in campaign.run("issue").out
    campaign.receive("审核部.yaml", text)
    (told,) = campaign.run("collect", "--json").data["files"]
    assert (told["outcome"], told["notes"]) == ("new", [])


def test_the_report_tells_a_rewording_for_good_with_how_many_answered_which_words(campaign: Campaign) -> None:
    answered(campaign, "审核部", "北京分公司")
    reword(campaign)
    campaign.run("issue")
    answered(campaign, "审核部")
    campaign.run("report")
    ((item, before, _, _, told),) = [row for row in printed(campaign, "草稿") if row[1:2] == [OLD] and not row[2]]
    assert (item, before) == ("1.10", OLD)
    assert re.fullmatch(rf"\d+年\d+月\d+日起改为“{NEW}”\n对原问题作出答复的：2；对现问题作出答复的：1", told), told
    answered(campaign, "北京分公司")
    campaign.run("report")
    assert any(row[-1].endswith("对原问题作出答复的：2；对现问题作出答复的：2") for row in printed(campaign, "草稿"))


def test_words_that_are_declared_to_ask_the_same_are_told_as_a_decision_alone(campaign: Campaign) -> None:
    answered(campaign, "审核部")
    reword(campaign)
    campaign.run("checklist", "editorial", "1.10", *DECIDED)
    campaign.run("report")
    rows = printed(campaign, "草稿")
    assert not any("对原问题作出答复的" in cell for row in rows for cell in row)
    assert any(OLD in row[0] and row[1] == "王主任" for row in rows)
