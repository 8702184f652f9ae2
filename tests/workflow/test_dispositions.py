"""``dispositions``: entered, proposed from findings, approved by name, and checked against each other."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.campaign import Campaign
from tests.workflow.dispositions_kit import with_handling

SUSPEND = (
    "kind=certificate",
    "target=CN-1",
    "action=暂停",
    "party=甲公司",
    "reason_code=permit",
    "effective=2024-01-05",
)


@pytest.fixture
def handling(campaign: Campaign) -> Campaign:
    return with_handling(campaign)


def states(campaign: Campaign) -> dict[str, str]:
    return {one["id"]: one["state"] for one in campaign.run("dispositions", "list", "--json").data}


def checked(campaign: Campaign) -> dict[str, str]:
    return {one["code"]: one["message"] for one in campaign.run("dispositions", "check", "--json").data}


def entered(campaign: Campaign, *fields: str) -> str:
    (one,) = campaign.run("dispositions", "add", *fields, "--json").data
    return str(one["id"])


def test_what_is_entered_is_proposed_until_somebody_approves_it_by_name(handling: Campaign) -> None:
    assert entered(handling, *SUSPEND) == "D001"
    assert states(handling) == {"D001": "proposed"}
    assert checked(handling)["disposition.proposed"] == "proposed dispositions that nobody has approved: 1 (D001)"
    ran = handling.run("dispositions", "approve", "d001", "--by", "总经理", "--on", "2024-01-04")
    assert ran.code == 0
    (one,) = handling.run("dispositions", "list", "--json").data
    assert (one["state"], one["approved_by"], one["approved_on"]) == ("approved", "总经理", "2024-01-04")
    assert one["follow_up_due"] == "2024-07-05"
    assert handling.journal()[-1][0] == "dispositions-approved"


def test_nothing_is_approved_that_says_not_of_what_or_from_when(handling: Campaign) -> None:
    entered(handling, "kind=证书", "action=suspend")
    ran = handling.run("dispositions", "approve", "--all", "--by", "总经理")
    assert ran.code == 3
    fields = "About (target), Reason code (reason_code), Takes effect on (effective)"
    assert f"D001 cannot be approved: {fields} missing" in ran.err
    told = handling.run("--lang", "zh_CN", "dispositions", "approve", "D001").err
    assert "处理对象（target）" in told


def test_a_change_of_what_was_approved_needs_a_new_approval_and_a_note_does_not(handling: Campaign) -> None:
    entered(handling, *SUSPEND)
    handling.run("dispositions", "approve", "D001", "--on", "2024-01-04")
    handling.run("dispositions", "set", "D001", "note=已电话告知", "reported_on=2024-01-06")
    assert states(handling) == {"D001": "approved"}
    ran = handling.run("dispositions", "set", "D001", "effective=2024-01-06")
    assert "Changed after the approval, to be approved again: D001" in ran.out
    assert states(handling) == {"D001": "proposed"}


def test_what_was_approved_is_not_approved_again_by_somebody_else(handling: Campaign) -> None:
    entered(handling, *SUSPEND)
    handling.run("dispositions", "approve", "D001", "--by", "总经理", "--on", "2024-01-04")
    ran = handling.run("dispositions", "approve", "D001", "--by", "别人")
    assert (ran.code, "D001 is approved already, by 总经理 on 2024-01-04" in ran.err) == (3, True)


def test_every_mistake_in_the_fields_is_told_at_once(handling: Campaign) -> None:
    ran = handling.run("dispositions", "add", "kind=certificate", "effective=明天", "findings=9.9-09")
    assert ran.code == 3
    assert "“明天” is no day" in ran.err
    assert "there is no finding “9.9-09”" in ran.err
    told = handling.run("dispositions", "add", "colour=red").err
    assert "“colour” is no field of a disposition\n    → Known: Class of handling (kind), About (target), " in told
    assert "no class of handling “licence”" in handling.run("dispositions", "add", "kind=licence").err
    assert "“暂停” has no reason “rain”" in handling.run("dispositions", "add", *SUSPEND[:3], "reason_code=rain").err


def test_a_certificate_is_not_suspended_and_kept_and_a_withdrawn_one_has_no_open_audit(handling: Campaign) -> None:
    entered(handling, *SUSPEND)
    entered(handling, "kind=certificate", "target=cn-1", "action=keep")
    assert checked(handling)["disposition.contradict"].startswith("CN-1: D001 says “暂停” and D002 says “保持”")
    handling.run("dispositions", "withdraw", "D002", "--reason", "录入有误")
    assert "disposition.contradict" not in checked(handling)
    entered(handling, "kind=certificate", "target=CN-2", "action=extra-audit", "effective=2024-01-05")
    entered(handling, "kind=certificate", "target=CN-2", "action=withdraw", "effective=2024-01-05")
    assert "补充审核" in checked(handling)["disposition.contradict"]
    handling.run("dispositions", "approve", "D003", "--on", "2024-01-04")
    handling.run("dispositions", "set", "D003", "carried_out_on=2024-01-10")
    assert states(handling)["D003"] == "ended"
    assert "disposition.contradict" not in checked(handling)


def test_a_suspension_is_overdue_after_its_term_unless_it_was_ended_by_an_approved_one(handling: Campaign) -> None:
    entered(handling, *SUSPEND)
    handling.run("dispositions", "approve", "D001", "--on", "2024-01-04")
    assert "followed up by 2024-07-05" in checked(handling)["disposition.overdue"]
    assert "by 2024-01-10" in checked(handling)["disposition.not-reported"]
    handling.run("dispositions", "set", "D001", "reported_on=2024-01-06", "follow_up=2024-08-01")
    assert states(handling) == {"D001": "proposed"}, "another term is another decision"
    handling.run("dispositions", "approve", "D001", "--on", "2024-01-04")
    assert "after its term has ended on 2024-07-05" in checked(handling)["disposition.too-long"]
    entered(handling, "kind=certificate", "target=CN-1", "action=restore", "effective=2024-06-30")
    assert "disposition.overdue" in checked(handling)
    handling.run("dispositions", "approve", "D002", "--on", "2024-06-30")
    assert states(handling)["D001"] == "ended"
    assert not {"disposition.overdue", "disposition.not-reported"} & checked(handling).keys()


def test_nothing_takes_effect_before_it_was_approved(handling: Campaign) -> None:
    entered(handling, *SUSPEND)
    handling.run("dispositions", "approve", "D001", "--on", "2024-02-01")
    assert "takes effect on 2024-01-05, before" in checked(handling)["disposition.before-decision"]


def test_findings_are_proposed_once_and_not_again_after_they_were_withdrawn(answered_campaign: Campaign) -> None:
    campaign = with_handling(answered_campaign)
    made = campaign.run("dispositions", "add", "--from-findings", "--json").data
    assert [(one["findings"], one["action"], one["target"]) for one in made] == [(["2.1-01"], "keep", "")]
    assert {one["state"] for one in made} == {"proposed"}
    campaign.run("dispositions", "withdraw", made[0]["id"], "--reason", "不处理")
    assert campaign.run("dispositions", "add", "--from-findings", "--json").data == []


def edited(campaign: Campaign, change: Callable[[Worksheet, dict[str, int]], None]) -> Path:
    """Export the ledger and change the workbook; columns are given by their titles, from 1."""
    path = campaign.root / "reports" / "处理.xlsx"
    assert "Wrote" in campaign.run("dispositions", "export", "-o", path).out
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    change(sheet, {str(cell.value): n for n, cell in enumerate(sheet[1], 1)})
    book.save(path)
    return path


def test_an_edited_workbook_is_shown_before_it_is_taken_and_every_refused_row_is_told(handling: Campaign) -> None:
    for number in ("CN-1", "CN-2", "CN-3"):
        entered(handling, *SUSPEND[:1], f"target={number}", *SUSPEND[2:])
    handling.run("dispositions", "approve", "D001", "--on", "2024-01-04")

    def change(sheet: Worksheet, column: dict[str, int]) -> None:
        sheet.cell(2, column["原因"], "许可证已吊销")
        sheet.cell(3, column["生效日期"], "明天")
        sheet.cell(4, column["说明"], "已告知")
        for title, text in {"处理类别": "证书", "处理对象": "CN-9", "处理措施": "保持"}.items():
            sheet.cell(5, column[title], text)

    path = edited(handling, change)
    handling.run("dispositions", "set", "D003", "note=另有说明", "--by", "李娜")
    ran = handling.run("dispositions", "import", path)
    assert ran.code == 1
    assert "D001  Reason: — → 许可证已吊销" in ran.out
    assert "To be approved again: D001" in ran.out
    assert "“明天” is no day" in ran.err
    assert "D003 was changed since the workbook was written, by 李娜" in ran.err
    assert "4 rows read; to change: 1; new: 1; rows refused: 2" in ran.out
    assert len(states(handling)) == 3, "nothing is changed without --yes"
    handling.run("dispositions", "import", path, "--yes")
    assert states(handling) == dict.fromkeys(("D001", "D002", "D003", "D004"), "proposed")
    assert handling.journal()[-1][0] == "dispositions-imported"
    again = handling.run("dispositions", "import", edited(handling, lambda *_: None), "--yes", "--json").data
    assert (again["changes"], again["problems"]) == ([], []), "what was not edited changes nothing"


def test_what_only_a_decision_can_say_is_refused_in_a_workbook_with_the_command_that_says_it(
    handling: Campaign,
) -> None:
    for number in ("CN-1", "CN-2", "CN-3"):
        entered(handling, *SUSPEND[:1], f"target={number}", *SUSPEND[2:])

    def change(sheet: Worksheet, column: dict[str, int]) -> None:
        sheet.cell(2, column["批准人"], "总经理")
        sheet.cell(2, column["批准日期"], "2024.1.4")
        sheet.cell(3, column["撤回理由"], "录入有误")
        sheet.cell(4, column["生效日期"], 20240106)
        sheet.cell(4, column["状态"], "批准")

    ran = handling.run("dispositions", "import", edited(handling, change), "--yes")
    assert ran.code == 1
    assert "D001: “Approver” cannot be typed in, so its row is refused: “总经理”" in ran.err
    assert "selfaudit dispositions approve D001 --by NAME --on DATE" in ran.err
    assert "selfaudit dispositions withdraw D002 --reason TEXT" in ran.err
    assert "D003: “State” cannot be typed in" in ran.err
    assert "3 rows read; to change: 0; new: 0; rows refused: 3" in ran.out

    def dated(sheet: Worksheet, column: dict[str, int]) -> None:
        days: tuple[str | int, ...] = ("2024.1.5", "2024年1月6日", 20240107)
        for row, day in enumerate(days, 2):
            sheet.cell(row, column["生效日期"], day)

    again = handling.run("dispositions", "import", edited(handling, dated))
    assert "D001" not in again.out, "the same day, written otherwise"
    assert "D002  Takes effect on: 2024-01-05 → 2024-01-06" in again.out
    assert "D003  Takes effect on: 2024-01-05 → 2024-01-07" in again.out


def test_an_action_that_the_kit_does_not_know_is_taken_with_a_warning(handling: Campaign) -> None:
    ran = handling.run("dispositions", "add", "类别=证书", "证书编号=CN-1", "措施=没收")
    assert (ran.code, states(handling)) == (0, {"D001": "proposed"})
    assert "“没收” is no usual action of “证书”" in ran.err
    assert "Usual: 保持, 暂停, 恢复, 撤销, 补充审核" in ran.err
    assert "usual action" not in handling.run("dispositions", "set", "Ｄ００１", "生效日期=2024年1月5日").err
    assert handling.run("dispositions", "list", "--json").data[0]["effective"] == "2024-01-05"


def test_what_rests_only_on_a_withdrawn_finding_is_told_and_nothing_is_proposed_from_it(
    answered_campaign: Campaign,
) -> None:
    campaign = with_handling(answered_campaign)
    entered(campaign, *SUSPEND, "findings=２.１－０１")
    campaign.run("dispositions", "approve", "--all", "--on", "2024年1月4日")
    assert "disposition.unfounded" not in checked(campaign)
    assert "D001 approves “暂停”, but the finding 2.1-01 says “保持”" in checked(campaign)["disposition.said-otherwise"]
    assert campaign.run("findings", "withdraw", "2.1-01", "--reason", "误报").code == 0
    told = checked(campaign)["disposition.unfounded"]
    assert told == "D001 (暂停: CN-1) rests only on findings that were withdrawn: 2.1-01"
    assert "disposition.unfounded" in {one["code"] for one in campaign.run("validate", "--json").data}
    campaign.run("dispositions", "withdraw", "D001", "--reason", "误报")
    assert campaign.run("dispositions", "add", "--from-findings", "--json").data == []


def test_what_was_merged_is_carried_to_the_finding_that_stays(answered_campaign: Campaign) -> None:
    campaign = with_handling(answered_campaign)
    said = ("--by", "张伟", "--item", "2.1", "--about", "张三", "--json")
    ran = campaign.run("findings", "add", "--fact", "同一问题", *said)
    assert ran.code == 0, ran.err
    entered(campaign, *SUSPEND, "findings=2.1-01")
    assert campaign.run("findings", "merge", "2.1-02", "2.1-01", "--reason", "同一问题").code == 0
    campaign.run("dispositions", "approve", "--all", "--on", "2024-01-04")
    assert "disposition.unfounded" not in checked(campaign)
    assert campaign.run("dispositions", "add", "--from-findings", "--json").data == []


def test_what_is_open_keeps_the_report_a_draft_and_is_told_by_validate(handling: Campaign) -> None:
    for number in range(7):
        entered(handling, *SUSPEND[:1], f"target=CN-{number}", *SUSPEND[2:], "action=suspend")
    handling.run("dispositions", "approve", "--all", "--on", "2024-01-04")
    for ran in (handling.run("validate", "--json"), handling.run("report", "--strict", "--json")):
        told = ran.data["gaps"] if isinstance(ran.data, dict) else ran.data
        assert sum(one["code"] == "disposition.overdue" for one in told) == 5
        assert "and 2 more of this kind" in [one["message"] for one in told]
