"""Answers that were carried over into a form issued again can be corrected and taken back like any other."""

import pytest
from docx import Document

from tests.support.campaign import Campaign

WHY = ("--by", "王主任", "--reason", "来电")


@pytest.fixture
def carried(answered_campaign: Campaign) -> Campaign:
    """A campaign in which 李四 answered only the one question that was reworded; the rest is carried over."""
    answered_campaign.edit("checklists/2-conduct.yaml", "是否没有利益冲突？", "是否没有任何利益冲突？")
    assert answered_campaign.run("issue").code == 0
    again = answered_campaign.filled("李四", on="2023-11-06", answer="", answers={"2.2": "不适用"}, notes={"2.2": "无"})
    answered_campaign.receive("李四 2.yaml", again)
    answered_campaign.run("collect")
    assert [event["carried"] for event in answered_campaign.events("李四")][1]
    return answered_campaign


def test_one_answer_is_entered_into_all_that_is_carried_over(carried: Campaign) -> None:
    before = carried.answers("李四")
    ran = carried.run("answer", "set", "李四", "2.1", "b", "不适用", "--note", "无记录", *WHY)
    assert ran.code == 0, ran.said
    assert carried.answers("李四") == {**before, "2.1 b": "not_applicable"}
    assert carried.run("status", "--json").data["conflicts"] == []
    assert carried.run("answer", "set", "李四", "2.1", "a", "不适用", "--note", "请假", *WHY).code == 0
    carried.run("--lang", "zh_CN", "report", "person")
    assert carried.run("validate").code == 0
    assert carried.run("answer", "withdraw", "李四", *WHY).code == 0
    assert carried.answers("李四") == {**before, "2.1 b": "not_applicable"}


def test_the_one_with_what_is_carried_over_is_withdrawn_as_it_came(carried: Campaign) -> None:
    assert carried.run("answer", "withdraw", "李四", *WHY).code == 0
    first, second = carried.events("李四")
    assert (first["shown"], second["shown"], bool(second["withdrawn"])) == (True, False, True)
    assert carried.run("answer", "withdraw", "李四", "--undo", *WHY).code == 0
    assert [event["shown"] for event in carried.events("李四")] == [False, True]


def test_what_was_entered_before_the_form_was_issued_again_stays_marked(answered_campaign: Campaign) -> None:
    told = (*WHY, "--told-on", "2023-11-05")
    assert answered_campaign.run("answer", "set", "李四", "2.1", "a", "不适用", "--note", "请假", *told).code == 0
    answered_campaign.edit("checklists/2-conduct.yaml", "是否没有利益冲突？", "是否没有任何利益冲突？")
    answered_campaign.run("issue")
    again = answered_campaign.filled("李四", on="2023-11-06", answer="", answers={"2.2": "不适用"}, notes={"2.2": "无"})
    answered_campaign.receive("李四 2.yaml", again)
    answered_campaign.run("collect")
    assert "由王主任根据2023年11月5日告知代为录入" in printed(answered_campaign)
    assert answered_campaign.run("answer", "set", "李四", "2.1", "b", "不适用", "--note", "无", *WHY).code == 0
    assert printed(answered_campaign).count("王主任根据") == 2, "each in its own row"


def test_a_number_told_by_telephone_stays_marked_when_it_is_carried_over(answered_campaign: Campaign) -> None:
    told = (*WHY, "--told-on", "2023-11-05")
    assert answered_campaign.run("answer", "set", "李四", "覆盖项目数", "9", *told).code == 0
    answered_campaign.edit("checklists/2-conduct.yaml", "是否没有利益冲突？", "是否没有任何利益冲突？")
    answered_campaign.run("issue")
    empty = {"answer": "", "projects": ""}
    again = answered_campaign.filled("李四", on="2023-11-06", answers={"2.2": "不适用"}, notes={"2.2": "无"}, **empty)
    answered_campaign.receive("李四 2.yaml", again)
    answered_campaign.run("collect")
    answered_campaign.run("report", "person")
    (path,) = (answered_campaign.root / "reports").glob("*/李四_P2.docx")
    cells = [cell.text for table in Document(str(path)).tables for row in table.rows for cell in row.cells]
    assert "李四（覆盖项目数：由王主任根据2023年11月5日告知代为录入）" in cells


def printed(campaign: Campaign) -> str:
    """Return every cell of the answers in the person report of 李四."""
    campaign.run("report", "person")
    (path,) = (campaign.root / "reports").glob("*/李四_P2.docx")
    rows = [row for table in Document(str(path)).tables for row in table.rows]
    return "\n".join(cell.text for row in rows for cell in row.cells if row.cells[0].text.startswith("2."))
