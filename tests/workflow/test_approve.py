"""The final report is prepared, reviewed and approved by name and day, for exactly what it says."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest

from selfaudit.base.clock import stopped_at
from tests.support.campaign import Campaign
from tests.support.program import Ran

FINAL = "reports/自查报告.docx"
STEPS = (("prepared", "王编", "2023-11-12"), ("reviewed", "李审", "2023-11-13"), ("approved", "赵总", "2023-11-14"))


def take(campaign: Campaign, step: str, by: str, on: str = "2023-11-14") -> Ran:
    return campaign.run("report", "approve", "--as", step, "--by", by, "--on", on)


@pytest.fixture(scope="module")
def once_approved(complete: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign whose final report is approved; to be copied, not changed."""
    made = complete.copy(tmp_path_factory.mktemp("approved") / "campaign")
    for step in STEPS:
        assert take(made, *step).code == 0
    return made


@pytest.fixture
def approved(once_approved: Campaign, tmp_path: Path) -> Campaign:
    """A campaign whose final report is approved."""
    return once_approved.copy(tmp_path / "campaign")


def cells(path: Path) -> list[str]:
    return [cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells]


def test_names_and_days_are_printed_and_change_nothing_of_what_they_are_for(approved: Campaign) -> None:
    before = approved.run("report", "approve", "--list", "--json").data
    assert [(one["step"], one["by"], one["on"]) for one in before["steps"]] == [
        ("编制", "王编", "2023-11-12"), ("审核", "李审", "2023-11-13"), ("批准", "赵总", "2023-11-14"),
    ]  # fmt: skip
    ran = approved.run("report")
    assert ran.code == 0
    assert ran.out.endswith("page numbers in the table of contents, and as PDF: selfaudit report --pdf\n")
    said = cells(approved.root / FINAL)
    assert said[said.index("批准") : said.index("批准") + 3] == ["批准", "赵总", "2023年11月14日"]
    ran = approved.run("report", "approve", "--list", "--json")
    assert (ran.code, ran.data) == (0, before)


def test_a_draft_bears_no_names(approved: Campaign) -> None:
    approved.run("report", "--draft")
    assert not {"王编", "李审", "赵总"} & set(cells(approved.root / "reports/自查报告（草稿）.docx"))


def test_numbers_in_full_are_the_same_report(approved: Campaign) -> None:
    assert approved.run("report", "--unmasked").code == 0
    assert "赵总" in cells(approved.root / FINAL)


def test_another_number_under_the_mask_is_another_report(approved: Campaign) -> None:
    approved.run("findings", "set", "2.1-01", "cause=电话 13800000001 未接通", "--by", "王编")
    for step, by in (("prepared", "王编"), ("reviewed", "李审"), ("approved", "赵总")):
        assert approved.run("report", "approve", "--as", step, "--by", by).code == 0
    assert approved.run("report", "approve", "--list").code == 0
    approved.run("findings", "set", "2.1-01", "cause=电话 13899990001 未接通", "--by", "王编")
    assert "changed since: 已隐去的号码" in approved.run("report", "approve", "--list").out


def test_a_change_voids_them_and_everything_says_who_and_what(approved: Campaign) -> None:
    approved.run("report")
    number = approved.run("report", "approve", "--list", "--json").data["content"][:12]
    approved.edit("profile.yaml", "certificates: 12", "certificates: 13")
    ran = approved.run("report")
    assert ran.code == 0, "the report is final all the same, and to be approved again"
    told = f"“批准” by 赵总 on 2023-11-14 is void: it was for content {number}, and since then this has changed: "
    assert f"note: {told}一 基本情况, 证书数 12 → 13" in ran.err
    said = cells(approved.root / FINAL)
    assert said[said.index("批准") : said.index("批准") + 2] == ["批准", ""]
    row = said.index(f"正式报告“批准”（2023年11月14日），所对应的内容编号为{number}；报告内容已改动，作废")
    assert said[row + 1] == "赵总"
    ran = approved.run("report", "approve", "--list")
    assert (ran.code, "  批准: nobody yet" in ran.out) == (1, True)
    void = f"  void: 批准, 赵总, 2023-11-14, for content {number}; changed since: 一 基本情况, 证书数 12 → 13"
    assert void in ran.out
    assert void in approved.run("status").out
    assert "正式报告" in approved.run("--lang", "zh_CN", "journal", "list").out
    (last,) = [one for one in approved.run("status", "--json").data["approvals"]["void"] if one["step"] == "批准"]
    assert (last["by"], last["changed"]) == ("赵总", ["一 基本情况", "证书数 12 → 13"])


def test_what_is_as_it_was_is_approved_as_it_was(approved: Campaign) -> None:
    approved.edit("profile.yaml", "certificates: 12", "certificates: 13")
    approved.edit("profile.yaml", "certificates: 13", "certificates: 12")
    assert approved.run("report", "approve", "--list").code == 0


def test_steps_are_taken_in_order_by_different_people_on_days_in_order(finished: Campaign) -> None:
    ran = take(finished, "reviewed", "李审")
    assert (ran.code, "“审核” comes after “编制”" in ran.err) == (3, True)
    assert take(finished, "prepared", "王编", "2023-11-13").code == 0
    ran = take(finished, "审核", "王 编")
    assert (ran.code, "王编 has taken the step “编制” for this content already" in ran.err) == (3, True)
    ran = take(finished, "审核", "技术部王编")
    assert (ran.code, "王编 has taken the step “编制” for this content already" in ran.err) == (3, True)
    ran = take(finished, "审核", "李审", "2023-11-12")
    assert (ran.code, "“编制” on 2023-11-13 would be after “审核” on 2023-11-12" in ran.err) == (3, True)
    ran = take(finished, "审核", "李审", "2123-11-12")
    assert (ran.code, "“2123-11-12” is no day up to today" in ran.err) == (3, True)
    assert take(finished, "审核", "李审").code == 0
    ran = take(finished, "prepared", "张编", "2023-11-13")
    assert (ran.code, "“编制” was entered before, and that is replaced: 王编, 2023-11-13." in ran.out) == (0, True)


def test_nobody_takes_two_steps_under_a_name_and_a_number(finished: Campaign) -> None:
    assert take(finished, "prepared", "张三", "2023-11-13").code == 0
    for who in ("P1", "张三（P1）", "张三\u200b", "审核部张三"):
        ran = take(finished, "reviewed", who)
        assert (ran.code, "张三 has taken the step “编制”" in ran.err) == (3, True), who


def test_a_draft_cannot_be_approved_nor_a_step_there_is_not(answered_campaign: Campaign) -> None:
    ran = take(answered_campaign, "prepared", "王编")
    assert (ran.code, "a draft cannot be approved; points that are open: 2" in ran.err) == (3, True)
    ran = take(answered_campaign, "signed", "王编")
    assert (ran.code, "Known: prepared (编制), reviewed (审核), approved (批准)." in ran.err) == (3, True)
    ran = take(answered_campaign, "prepared", " ")
    assert (ran.code, "it is not said who takes this step" in ran.err) == (3, True)
    assert answered_campaign.run("report", "approve").code == 2


def test_a_kit_of_other_signatories_has_their_steps(finished: Campaign) -> None:
    finished.edit("campaign.yaml", "\n  chapters:\n", "\n  signatories: [经办人, 负责人]\n  chapters:\n")
    assert take(finished, "prepared", "王编").code == 0
    assert take(finished, "负责人", "赵总").code == 0
    assert finished.run("report", "approve", "--list").code == 0
    finished.edit("campaign.yaml", "[经办人, 负责人]", "[]")
    ran = take(finished, "prepared", "王编")
    assert (ran.code, "the kit says that nobody signs the report" in ran.err) == (3, True)


def test_a_month_later_it_says_the_same_and_is_approved_until_something_changes(
    finished: Campaign, inside: Callable[..., Ran]
) -> None:
    day, where = datetime(2099, 1, 10, 8, tzinfo=UTC), ("--campaign", finished.root)
    assert finished.run("findings", "set", "2.1-01", "owner=张三", "due=2099-01-20").code == 0
    with stopped_at(day):
        for step, by, _ in STEPS:
            assert inside("report", "approve", "--as", step, "--by", by, *where).code == 0
        then = inside("report", "approve", "--list", "--json", *where)
        assert inside("report", *where).code == 0
    text = "截至2099年1月10日，按整改进展统计：已分析原因1个。"
    assert text in words(finished.root / FINAL)
    with stopped_at(day + timedelta(31)):
        later = inside("report", "approve", "--list", "--json", *where)
        assert (later.code, later.data) == (0, then.data)
        ran = inside("report", *where)
        assert "findings not closed: 1; of these overdue: 1 (2.1-01)" in ran.err
        assert text in words(finished.root / FINAL)
        assert inside("findings", "set", "2.1-01", "owner=李四", *where).code == 0
        said = inside("report", "approve", "--list", "--json", *where).data
        assert [one["by"] for one in said["steps"]] == [None, None, None]
        assert "逾期未完成整改的问题 0 → 1" in said["void"][-1]["changed"]


def words(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
