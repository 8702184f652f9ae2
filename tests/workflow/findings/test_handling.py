"""From finding to closure, as a person does it at the console: what is refused, what it leads to, and what is kept."""

from typing import Any

import docx
import pytest
from docx import Document

from tests.support.campaign import Campaign
from tests.support.filling import FINDING

SAID = ("cause=急", "correction=补审", "owner=张三", "similar=查了全部项目", "similar_scope=2023年", "similar_found=无")


@pytest.fixture
def found(answered_campaign: Campaign) -> Campaign:
    """A campaign with the finding 2.1-01, on 2.1 a, reported by 张三."""
    return answered_campaign


def show(campaign: Campaign, finding: str = "2.1-01") -> dict[str, Any]:
    return dict(campaign.run("findings", "show", finding, "--json").data)


def do(campaign: Campaign, *args: str) -> str:
    ran = campaign.run("findings", *args)
    assert ran.code == 0, ran.said
    return ran.out


def verified(campaign: Campaign) -> None:
    do(campaign, "set", "2.1-01", *SAID)
    do(campaign, "correct", "2.1-01", "--who", "张三", "--on", "2023-11-20", "--no-evidence", "当面谈话")
    do(campaign, "verify", "2.1-01", "--who", "李四", "--on", "2023-11-21")


def closed(campaign: Campaign) -> None:
    verified(campaign)
    do(campaign, "close", "2.1-01", "--reason", "已查看")


def test_a_finding_goes_from_report_to_closure_and_its_history_tells_every_step(found: Campaign) -> None:
    assert show(found)["state"] == "analysed"
    assert "2.1-01 cause: “排期冲突” → “急”" in do(found, "set", "2.1-01", *SAID)
    do(found, "correct", "2.1-01", "--who", "张三", "--on", "2023年11月20日", "--no-evidence", "当面谈话")
    assert show(found)["state"] == "corrected"
    do(found, "verify", "2.1-01", "--who", "李四", "--on", "2023-11-21", "--how", "看了记录")
    do(found, "close", "2.1-01", "--reason", "已查看")
    told = found.run("findings", "show", "2.1-01").out
    assert "State: closed" in told
    assert "To be closed it needs" not in told
    assert "   who verified it: “” → “李四”" in told
    assert told.splitlines()[-1].endswith("经办人: closed (已查看)")
    lines = found.run("journal", "list").out
    assert "findings closed: 1 (2.1-01) – reason: 已查看" in lines
    assert found.run("journal", "verify").code == 0


def test_closing_is_refused_with_every_gate_and_what_mends_it(found: Campaign) -> None:
    ran = found.run("findings", "close", "2.1-01", "7.7-01")
    assert ran.code == 3
    for said in (
        "there is no finding “7.7-01”",
        "not known: the correction, who is responsible, the search for similar cases",
        "selfaudit findings set 2.1-01 correction=TEXT owner=TEXT similar=TEXT similar_scope=TEXT similar_found=TEXT",
        "selfaudit findings correct 2.1-01",
        "nothing shows the correction",
        "selfaudit findings verify 2.1-01",
    ):
        assert said in ran.err
    assert show(found)["version"] == 0


@pytest.mark.parametrize("who", ["张三", "A01"])
def test_the_owner_cannot_verify_under_a_name_or_a_number(found: Campaign, who: str) -> None:
    number = next(one["respondent"] for one in [show(found)]).partition(":")[2]
    do(found, "assign", "2.1-01", "--to", number)
    do(found, "correct", "2.1-01", "--who", "李四", "--on", "2023-11-20")
    ran = found.run("findings", "verify", "2.1-01", "--who", number if who == "A01" else who)
    assert ran.code == 3
    assert "张三 owns or corrected it, and so cannot verify it" in ran.err
    assert show(found)["owner"] == "张三"


def test_an_owner_whom_an_answer_reports_by_number_cannot_verify_it_by_name(found: Campaign) -> None:
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [{**FINDING, "owner": "P1"}]}
    found.receive("number.yaml", found.filled("张三", on="2023-11-07", **said))
    found.run("collect")
    do(found, "correct", "2.1-01", "--who", "外聘专家", "--on", "2023-11-20")
    assert "张三 owns or corrected it" in found.run("findings", "verify", "2.1-01", "--who", "张三").err
    assert (
        "“-” is not one person who can have verified it" in found.run("findings", "verify", "2.1-01", "--who", "-").err
    )
    fields = (
        "correction=补",
        "corrected_by=外聘",
        "corrected_on=2023-11-20",
        "verified_by=P1",
        "verified_on=2023-11-21",
    )
    args = ("add", "--item", "2.1", "--about", "张三", "--fact", "另一件", *fields, "owner=张三和李四")
    assert "P1 owns or corrected it" in found.run("findings", *args).err


def test_who_owned_a_finding_cannot_verify_the_one_into_which_it_was_merged(found: Campaign) -> None:
    args = ("--item", "2.1", "--about", "张三", "--fact", "同一件", "owner=李四", "corrected_by=李四")
    do(found, "add", *args, "corrected_on=2023-11-20")
    do(found, "set", "2.1-01", "owner=张三")
    do(found, "merge", "2.1-02", "2.1-01", "--reason", "同一件事")
    assert "张三 owns or corrected it" in found.run("findings", "verify", "2.1-02", "--who", "张三").err


def test_nothing_is_verified_before_it_is_corrected_or_in_the_future(found: Campaign) -> None:
    assert "who corrected it and when" in found.run("findings", "verify", "2.1-01", "--who", "李四").err
    do(found, "correct", "2.1-01", "--who", "张三", "--on", "2023-11-20")
    ran = found.run("findings", "verify", "2.1-01", "--who", "李四", "--on", "2023-11-19")
    assert "verified on 2023-11-19, before it was corrected on 2023-11-20" in ran.err
    assert "is yet to come" in found.run("findings", "correct", "2.1-01", "--who", "张三", "--on", "2099-01-01").err


def test_nothing_of_a_closed_finding_changes_until_it_is_reopened(found: Campaign) -> None:
    closed(found)
    ran = found.run("findings", "set", "2.1-01", "cause=x")
    assert ran.code == 3
    assert "selfaudit findings reopen 2.1-01 --reason TEXT" in ran.err
    do(found, "reopen", "2.1-01", "--reason", "又发生了")
    told = show(found)
    assert (told["state"], told["cause"]) == ("reopened", "急")
    assert told["missing_to_close"] == ["corrected", "verified"]
    assert "is reopened: there is nothing" in found.run("findings", "reopen", "2.1-01", "--reason", "x").err


def test_what_is_wrong_with_any_field_is_told_at_once_and_nothing_is_changed(found: Campaign) -> None:
    ran = found.run("findings", "set", "2.1-01", "due=明天", "severity=超重", "colour=red", "cause=y", "fact=z")
    assert ran.code == 3
    assert ", Cause (cause), " in ran.err
    for said in ("“明天” is no day", "“超重” is no severity", "“colour” is no field", "is what 张三 reported"):
        assert said in ran.err
    assert show(found)["version"] == 0


LONG, BELL = "长" * 25_000, "a\x07b"


@pytest.mark.parametrize(
    "args",
    [
        ("set", "2.1-01", "disposition.people={}"),
        ("add", "--item", "2.1", "--about", "张三", "--fact", "{}"),
        ("add", "--item", "2.1", "--about", "张三", "--fact", "x", "--source", "{}"),
        ("assign", "2.1-01", "--to", "{}"),
    ],
)
def test_every_text_is_refused_that_is_too_long_or_has_control_characters(
    found: Campaign, args: tuple[str, ...]
) -> None:
    for text, said in ((LONG, "the text has 25000 characters, the limit is 20000"), (BELL, "a control character")):
        ran = found.run("findings", *(arg.format(text) for arg in args))
        assert (ran.code, said in ran.err) == (3, True), ran.said


def test_a_withdrawn_finding_that_is_reported_as_something_else_is_told(found: Campaign) -> None:
    do(found, "withdraw", "2.1-01", "--reason", "重复")
    other = {**FINDING, "fact": "伪造了整套审核记录"}
    found.receive("y.yaml", found.filled("张三", on="2023-11-08", answers={"2.1 a": "发现问题"}, findings=[other]))
    found.run("collect")
    assert found.run("status", "--json").data["findings"]["otherwise"] == ["2.1-01"]
    assert "findings reported otherwise since the register was edited: 1 (2.1-01)" in found.run("report", "--draft").err
    (paper,) = (found.root / "reports").glob("*.docx")
    cells = {cell.text for table in Document(str(paper)).tables for row in table.rows for cell in row.cells}
    printed = "\n".join(cells)
    assert str(FINDING["fact"]) in printed, "the annex has the fact as it was when somebody decided"
    assert str(other["fact"]) not in printed


def test_fields_have_chinese_names_and_a_disposition_is_set_class_by_class(found: Campaign) -> None:
    fields = ("原因分析=急", "整改期限=2023/12/1", "disposition.people=培训", "严重程度=一般")
    do(found, "set", "2.1-01", *fields, "--reason", "x")
    told = show(found)
    assert (told["cause"], told["due"], told["severity"]) == ("急", "2023-12-01", "minor")
    assert told["disposition"] == {"certificate": "保持", "people": "培训"}


def test_a_finding_entered_by_hand_has_a_number_of_the_same_series_and_survives_collecting(found: Campaign) -> None:
    args = ("--item", "2.1 b", "--about", "张三", "--fact", "现场无记录", "--source", "监管检查", "cause=漏记")
    assert "Entered as 2.1-02, on 2.1 b" in do(found, "add", *args)
    second = {**FINDING, "number": "9", "fact": "另一件"}
    found.receive(
        "again.yaml", found.filled("张三", answers={"2.1 a": "发现问题"}, findings=[FINDING, second], on="2023-11-09")
    )
    found.run("collect")
    facts = {one["short_id"]: one["fact"] for one in found.run("findings", "list", "--json").data}
    assert facts == {"2.1-01": FINDING["fact"], "2.1-02": "现场无记录", "2.1-03": "另一件"}
    told = found.run("findings", "show", "2.1-02").out
    assert "Entered by 经办人" in told
    assert "source: 监管检查" in told


def test_merged_and_withdrawn_findings_stay_in_the_list_with_their_state(found: Campaign) -> None:
    for fact in ("甲", "乙"):
        do(found, "add", "--item", "2.1 a", "--about", "张三", "--fact", fact)
    do(found, "merge", "2.1-01", "2.1-02", "--reason", "同一件事")
    do(found, "withdraw", "2.1-03", "--reason", "查无此事", "--by", "总经理")
    states = {one["short_id"]: one["state"] for one in found.run("findings", "list", "--json").data}
    assert states == {"2.1-01": "analysed", "2.1-02": "merged", "2.1-03": "withdrawn"}
    assert "Merged into it: 2.1-02" in found.run("findings", "show", "2.1-01").out
    assert "总经理: withdrawn (查无此事)" in found.run("findings", "show", "2.1-03").out
    ran = found.run("findings", "withdraw", "2.1-01", "--reason", "x")
    assert "others were merged into it (2.1-02)" in ran.err
    do(found, "reopen", "2.1-02", "--reason", "两件事")
    assert show(found, "2.1-02")["state"] == "reopened"


def test_a_later_report_never_overwrites_what_the_register_says_and_is_told(found: Campaign) -> None:
    do(found, "set", "2.1-01", "cause=急")
    said = {"answers": {"2.1 a": "发现问题"}, "on": "2023-11-09"}
    found.receive("b.yaml", found.filled("张三", findings=[{**FINDING, "cause": "忘了", "fact": "早退"}], **said))
    found.run("collect")
    told = show(found)
    assert (told["cause"], told["fact"]) == ("急", "早退")
    assert "Reported otherwise since the register was edited" in found.run("findings", "show", "2.1-01").out
    do(found, "set", "2.1-01", "cause=急")
    assert "Reported otherwise" not in found.run("findings", "show", "2.1-01").out


def test_a_finding_that_vanishes_from_a_newer_response_is_still_in_the_register(found: Campaign) -> None:
    do(found, "set", "2.1-01", "cause=急")
    found.receive("b.yaml", found.filled("张三", answers={"2.1 a": "符合"}, on="2023-11-09"))
    found.run("collect")
    assert "Reported no more since" in found.run("findings", "show", "2.1-01").out
    do(found, "set", "2.1-01", "owner=李四")
    told = found.run("findings", "show", "2.1-01").out
    assert "Reported no more" not in told
    assert str(FINDING["fact"]) in told


def test_findings_are_listed_by_state_owner_and_whether_they_are_overdue(found: Campaign) -> None:
    do(found, "add", "--item", "1.2", "--about", "技术部", "--fact", "甲")
    do(found, "assign", "2.1-01", "--to", "李四", "--due", "2023-11-01")

    def ids(*args: str) -> list[str]:
        return [one["short_id"] for one in found.run("findings", "list", "--json", *args).data]

    assert ids("--owner", "李四") == ids("--overdue") == ids("--state", "cause known") == ["2.1-01"]
    assert ids("--state", "待分析") == ["1.2-01"]
    assert "2023-11-01 (overdue)" in found.run("findings", "list").out
    assert "nothing is called “done”" in found.run("findings", "list", "--state", "done").err


def test_status_counts_findings_by_state_and_names_what_is_overdue(found: Campaign) -> None:
    do(found, "assign", "2.1-01", "--to", "李四", "--due", "2023-11-01")
    do(found, "add", "--item", "1.2", "--about", "技术部", "--fact", "缺档")
    told = found.run("status").out
    assert "Findings (2): open: 1, cause known: 1" in told
    assert "Corrections overdue (1): 2.1-01 李四 2023-11-01" in told


def test_a_file_assigned_to_a_finding_is_the_evidence_that_it_needs(found: Campaign) -> None:
    found.receive("照片.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    found.run("collect")
    (kept,) = found.run("evidence", "list", "--unassigned", "--json").data["unassigned"]
    assert "evidence" in show(found)["missing_to_close"]
    ran = found.run("evidence", "assign", kept["sha256"], "--to", "2.1-01", "--reason", "整改照片")
    assert ran.code == 0, ran.said
    told = show(found)
    assert (told["evidence_files"], "evidence" in told["missing_to_close"]) == (1, False)
    assert "Files bound to it: 1" in found.run("findings", "show", "2.1-01").out


@pytest.mark.parametrize(
    "change",
    ["correction=另一办法", "similar_found=3个", "corrected_by=王五", "corrected_on=2023-11-22", "severity=一般"],
)
def test_whoever_changes_what_was_verified_ends_the_verification(found: Campaign, change: str) -> None:
    verified(found)
    told = do(found, "set", "2.1-01", change, "--reason", "改正")
    assert "the verification by 李四 lapses, as what was verified changes: 2.1-01" in told
    assert show(found)["state"] == "corrected"
    assert "nobody has verified the correction" in found.run("findings", "close", "2.1-01").err
    do(found, "verify", "2.1-01", "--who", "李四", "--on", "2023-11-23")
    do(found, "close", "2.1-01")


def test_a_verification_stays_where_nothing_of_what_was_verified_changes(found: Campaign) -> None:
    verified(found)
    assert "lapses" not in do(found, "set", "2.1-01", "due=2023-12-30", "correction=补审")
    assert show(found)["state"] == "verified"


def test_an_answer_that_reports_otherwise_what_was_verified_has_to_be_verified_again(found: Campaign) -> None:
    verified(found)
    said = {"answers": {"2.1 a": "发现问题"}, "on": "2023-11-29"}
    found.receive("b.yaml", found.filled("张三", findings=[{**FINDING, "fact": "另有三个项目早退"}], **said))
    found.run("collect")
    assert show(found)["state"] == "corrected"
    assert "nobody has verified the correction" in found.run("findings", "close", "2.1-01").err


def test_a_verification_is_taken_back_with_a_reason(found: Campaign) -> None:
    verified(found)
    do(found, "reopen", "2.1-01", "--reason", "验证有误")
    told = show(found)
    assert (told["state"], told["missing_to_close"]) == ("reopened", ["corrected", "verified"])
    do(found, "correct", "2.1-01", "--who", "张三", "--on", "2023-11-22")
    do(found, "reopen", "2.1-01", "--reason", "未整改")
    assert show(found)["state"] == "reopened"


def test_every_step_names_the_findings_and_a_merge_the_one_that_stays(found: Campaign) -> None:
    verified(found)
    assert "1 finding; closed: 1 (2.1-01)" in do(found, "close", "--ready")
    for fact in ("甲", "乙"):
        do(found, "add", "--item", "2.1 a", "--about", "张三", "--fact", fact)
    told = do(found, "merge", "2.1-02", "2.1-03", "--reason", "同一件事")
    assert "merged: 1 (2.1-03)" in told
    assert "Merged into 2.1-02, which stays." in told


def test_what_the_register_says_completes_a_form_and_the_sheet_has_what_was_reported(campaign: Campaign) -> None:
    lacking = {key: text for key, text in FINDING.items() if key != "cause"}
    said = {"answers": {"2.1 a": "发现问题"}, "findings": [lacking]}
    campaign.receive("张三.yaml", campaign.filled("张三", **said))
    assert campaign.run("collect").code == 1

    def asked_again() -> list[str]:
        status = campaign.run("status", "--json").data
        return [one["name"] for one in status["incomplete"]]

    assert asked_again() == ["张三"]
    assert "1 answered with gaps: 张三" in campaign.run("report", "--draft").err
    do(campaign, "set", "2.1-01", "cause=急")
    assert asked_again() == []
    assert campaign.run("remind", "--only", "张三", "--json").data["reminders"] == []
    assert "answered with gaps" not in campaign.run("report", "--draft").err
    campaign.run("collect")
    assert campaign.merged()["张三"]["state"] == "complete"
    campaign.run("paper", "print", "--only", "张三")
    (sheet,) = campaign.root.glob("reports/papers/**/张三*.docx")
    assert "急" not in "".join(cell.text for table in docx.Document(str(sheet)).tables for cell in table._cells)
    do(campaign, "set", "2.1-01", "cause=")
    assert asked_again() == ["张三"]


def test_another_severity_needs_a_reason_and_is_listed_among_the_decisions(found: Campaign) -> None:
    ran = found.run("findings", "set", "2.1-01", "severity=一般")
    assert ran.code == 3
    assert "2.1-01: it is not said why the severity changes from “严重” to “一般”" in ran.err
    do(found, "set", "2.1-01", "severity=一般", "--reason", "未造成后果", "--by", "总经理")
    lines = found.run("journal", "list").out
    assert "finding 2.1-01: severity changed from “严重” to “一般” – reason: 未造成后果" in lines
    assert "总经理" in lines
    assert found.run("journal", "verify").code == 0
    do(found, "set", "2.1-01", "severity=严重", "--reason", "复核")
    assert found.rows("SELECT about FROM decisions WHERE kind = 'severity'") == []


def test_a_finding_about_somebody_who_left_or_was_never_asked_belongs_to_their_unit(found: Campaign) -> None:
    gone = "  - {id: P8, name: 赵六, unit: A, left: 2023-10-01}\n  - {id: P9, name: 钱七, unit: A}\n"
    roster = found.root / "roster.yaml"
    roster.write_text(roster.read_text(encoding="utf-8").rstrip("\n") + "\n" + gone, encoding="utf-8")
    for number, name in enumerate(("赵六", "P9"), 2):
        told = do(found, "add", "--item", "2.1 a", "--about", name, "--fact", "早退")
        assert f"Entered as 2.1-0{number}, on 2.1 a" in told
        assert "It belongs to " in told
        one = show(found, f"2.1-0{number}")
        assert one["respondent"].startswith("unit:")
        assert one["people"] == ("赵六" if name == "赵六" else "钱七")
    ran = found.run("findings", "assign", "2.1-01", "--to", "赵六")
    assert ran.code == 0
    assert "赵六 has left according to the roster, so that no form can be sent" in ran.err


def test_an_owner_whom_the_roster_does_not_know_is_told_and_kept(found: Campaign) -> None:
    ran = found.run("findings", "assign", "2.1-01", "--to", "张三三")
    assert ran.code == 0
    assert "nobody on the roster is called “张三三”, so that no form can be sent" in ran.err
    assert "Did you mean 张三?" in ran.err
    assert show(found)["owner"] == "张三三"
    assert "no form" not in found.run("findings", "assign", "2.1-01", "--to", "李四").err
    do(found, "set", "2.1-01", "owner=李四（P2）")
    assert [one["short_id"] for one in found.run("findings", "list", "--owner", "李四", "--json").data] == ["2.1-01"]
