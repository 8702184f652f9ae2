"""``notice``: numbered without a gap, made from what was approved, and what became of each."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from selfaudit.workflow.notices.make import _Writer
from tests.support.campaign import Campaign
from tests.support.program import Ran
from tests.workflow.dispositions_kit import with_handling

# documents are rendered by a process of their own
pytestmark = pytest.mark.slow


@pytest.fixture
def handling(campaign: Campaign) -> Campaign:
    return with_handling(campaign)


def approved(campaign: Campaign, *fields: str, effective: str = "2024-01-05") -> str:
    (one,) = campaign.run("dispositions", "add", *fields, f"effective={effective}", "--json").data
    assert campaign.run("dispositions", "approve", one["id"], "--by", "总经理", "--on", "2024-01-04").code == 0
    return str(one["id"])


def suspended(campaign: Campaign, number: str) -> str:
    said = ("kind=certificate", "action=suspend", "reason_code=permit", "party=甲公司")
    return approved(campaign, *said, f"target={number}")


def made(campaign: Campaign, *args: str) -> dict[str, str]:
    ran = campaign.run("notice", "make", *args, "--on", "2024-01-08", "--json")
    assert ran.code == 0, ran.err
    files: dict[str, str] = ran.data["made"]
    return files


def text_of(campaign: Campaign, file: str) -> str:
    document = docx.Document(str(campaign.root / file))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def checked(campaign: Campaign) -> dict[str, str]:
    return {one["code"]: one["message"] for one in campaign.run("dispositions", "check", "--json").data}


def test_each_disposition_gets_one_notice_and_the_numbers_have_no_gap(handling: Campaign) -> None:
    suspended(handling, "CN-1")
    suspended(handling, "CN-2")
    assert "disposition.no-notice" in checked(handling)
    assert list(made(handling, "letter", "--all")) == ["小停〔2024〕1号", "小停〔2024〕2号"]
    assert made(handling, "letter", "--all") == {}
    suspended(handling, "CN-3")
    assert list(made(handling, "证书通知书", "--all")) == ["小停〔2024〕3号"]
    assert "disposition.no-notice" not in checked(handling)
    notices = handling.run("notice", "list", "--json").data
    assert [(one["dispositions"] if "dispositions" in one else one["says"][0]["id"]) for one in notices] == [
        "D001", "D002", "D003",
    ]  # fmt: skip
    for one in notices:
        assert hashlib.sha256((handling.root / one["file"]).read_bytes()).hexdigest() == one["sha256"]
    (handling.root / notices[0]["file"]).write_bytes(b"other")
    assert "小停〔2024〕1号, is missing or was changed" in checked(handling)["notice.not-as-made"]
    assert [what for what, *_ in handling.journal()[-2:]] == ["notices-drawn", "notices-made"]


def test_a_notice_says_what_was_decided_in_the_words_of_the_kit_and_leaves_out_what_is_not_known(
    handling: Campaign,
) -> None:
    suspended(handling, "CN-1")
    (file,) = made(handling, "letter", "--all").values()
    text = text_of(handling, file)
    assert "小停〔2024〕1号" in text
    assert "证书CN-1：许可失效，自2024年1月5日起暂停。" in text
    assert "期限至2024年7月5日。" in text
    assert "依据《认证条例》第一条。" in text
    assert "签发人" not in text, "only letters upwards name who signed"
    assert "送达回执" in text
    approved(handling, "kind=certificate", "action=keep", "target=CN-9", "reason=已经整改")
    (file,) = made(handling, "letter", "--all").values()
    assert "期限至" not in text_of(handling, file)


def test_a_run_that_is_cut_off_after_drawing_is_completed_with_the_same_number(
    handling: Campaign, inside: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    suspended(handling, "CN-1")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(handling.root)
    with monkeypatch.context() as patch:
        patch.setattr(_Writer, "write", interrupted)
        assert inside("notice", "make", "letter", "--all", "--on", "2024-01-08").code == 130
    assert checked(handling)["notice.not-made"].startswith("the number 小停〔2024〕1号 was drawn")
    suspended(handling, "CN-2")
    ran = handling.run("notice", "make", "letter", "--all", "--on", "2024-02-01", "--json")
    assert list(ran.data["made"]) == ["小停〔2024〕1号", "小停〔2024〕2号"]
    assert ran.data["completed"] == ["小停〔2024〕1号"]
    first = handling.run("notice", "list", "--json").data[0]
    assert first["on"] == "2024-01-08", "it is of the day on which its number was drawn"


def test_a_withdrawn_notice_keeps_its_number_and_the_new_one_gets_the_next(handling: Campaign) -> None:
    key = suspended(handling, "CN-1")
    (number,) = made(handling, "letter", "--for", key)
    again = handling.run("notice", "make", "letter", "--for", key)
    assert (again.code, f"there is a notice about {key} already: {number}" in again.err) == (3, True)
    handling.run("dispositions", "set", key, "reason=证件号有误")
    assert checked(handling)["disposition.unapproved-told"].startswith(f"the notice {number} is about {key}, which")
    assert "says of D001 what is not so any more: Reason" in checked(handling)["disposition.otherwise"]
    handling.run("dispositions", "approve", key, "--on", "2024-01-04")
    assert "says of D001 what is not so any more: Reason" in checked(handling)["disposition.otherwise"]
    ran = handling.run("notice", "withdraw", number, "--reason", "理由有误")
    assert "the number stays with it" in ran.out
    assert list(made(handling, "letter", "--for", key)) == ["小停〔2024〕2号"]
    states = {one["number"]: one["state"] for one in handling.run("notice", "list", "--json").data}
    assert states == {"小停〔2024〕1号": "withdrawn", "小停〔2024〕2号": "made"}
    assert "disposition.otherwise" not in checked(handling)
    assert handling.run("notice", "delivered", number).code == 3


def test_a_delivery_is_entered_with_its_receipt_which_is_kept_as_it_came(handling: Campaign, tmp_path: Path) -> None:
    suspended(handling, "CN-1")
    (number,) = made(handling, "letter", "--all")
    receipt = tmp_path / "回执.pdf"
    receipt.write_bytes(b"%PDF-1.4\n%%EOF\n")
    said = ("--on", "2024-01-09", "--how", "邮寄", "--receipt", str(receipt))
    assert handling.run("notice", "delivered", number, *said).code == 0
    (one,) = handling.run("notice", "list", "--json").data
    assert (one["state"], one["delivered_on"], one["delivered_how"]) == ("delivered", "2024-01-09", "邮寄")
    assert (handling.root / one["receipt"]).read_bytes() == receipt.read_bytes()
    early = handling.run("notice", "delivered", number, "--on", "2024-01-07", "--reason", "更正")
    assert (early.code, "it cannot have been delivered on 2024-01-07" in early.err) == (3, True)
    late = handling.run("notice", "delivered", number, "--on", "2099-01-01", "--reason", "更正")
    assert (late.code, "2099-01-01 is still to come" in late.err) == (3, True)
    again = handling.run("notice", "delivered", number, "--on", "2024.1.10")
    assert (again.code, "was delivered on 2024-01-09" in again.err) == (3, True)
    typed = number.replace("〔", "[").replace("〕", "］")
    assert handling.run("notice", "delivered", typed, "--on", "2024.1.10", "--reason", "回执日期有误").code == 0
    (one,) = handling.run("notice", "list", "--json").data
    assert (one["delivered_on"], one["receipt"] != "") == ("2024-01-10", True)
    gone = handling.run("notice", "withdraw", number.replace("〔", "").replace("〕", ""), "--reason", "对象有误")
    assert "This notice was delivered already; tell whoever received it in writing." in gone.out
    assert "delivered / withdrawn" in handling.run("notice", "list").out
    (number,) = made(handling, "letter", "--all")
    receipt.write_text("kein Bild", encoding="utf-8")
    assert handling.run("notice", "delivered", number, "--receipt", str(receipt)).code == 3


def test_a_circular_is_one_for_all_and_masks_names_where_the_kit_says_so(handling: Campaign) -> None:
    for name in ("许雨桐", "钟启明"):
        approved(handling, "kind=people", "action=punish", f"target={name}", "party=技术部", "reason=情节轻微")
    ((number, file),) = made(handling, "circular", "--all").items()
    text = text_of(handling, file)
    assert number == "小通〔2024〕1号"
    assert ("许某" in text, "钟某" in text, "许雨桐" in text) == (True, True, False)
    lines = text.split("\n")
    assert lines.index("附表") > lines.index("2024年1月8日"), "the table is attached behind date and signature"
    assert "情节轻微。" in lines, "what is filled in ends as a sentence"


def test_nothing_is_told_that_nobody_approved(handling: Campaign) -> None:
    (one,) = handling.run("dispositions", "add", "kind=certificate", "target=CN-1", "action=keep", "--json").data
    ran = handling.run("notice", "make", "letter", "--for", one["id"])
    assert (ran.code, "D001 is not approved" in ran.err) == (3, True)
    assert made(handling, "letter", "--all") == {}
    assert "no kind of notice “licence”" in handling.run("notice", "make", "licence", "--all").err


def test_no_notice_says_more_than_what_was_approved(handling: Campaign) -> None:
    made = approved(handling, "kind=people", "target=张三", "action=培训", "reason=未参加")
    ran = handling.run("notice", "make", "circular", "--for", made)
    told = "D001 was approved as “培训”; “通报” is the notice of another action (处罚)"
    assert (ran.code, told in ran.err) == (3, True)


def test_a_number_that_needs_a_fact_says_which_is_missing(handling: Campaign) -> None:
    handling.edit("campaign.yaml", 'number: "小停〔{year}〕{n}号"', 'number: "{overview}〔{year}〕{n}号"')
    suspended(handling, "CN-1")
    ran = handling.run("notice", "make", "letter", "--all")
    assert (ran.code, "needs “overview”, which is empty" in ran.err) == (3, True)
    assert handling.run("notice", "list", "--json").data == []


def test_the_register_of_notices_is_a_workbook(handling: Campaign) -> None:
    suspended(handling, "CN-1")
    made(handling, "letter", "--all")
    ran = handling.run("notice", "list", "-o", "reports/发文登记簿.xlsx")
    assert (ran.code, "Wrote 1 notice to" in ran.out) == (0, True)
    assert (handling.root / "reports" / "发文登记簿.xlsx").stat().st_size > 0


def test_the_final_report_takes_what_was_approved_and_lists_it_with_its_notice(answered_campaign: Campaign) -> None:
    campaign = with_handling(answered_campaign)
    said = ("kind=certificate", "action=suspend", "reason_code=permit", "target=CN-1", "party=甲公司")
    approved(campaign, *said, "findings=2.1-01")
    made(campaign, "letter", "--all")
    figures = {one["id"]: one["value"] for one in campaign.run("report", "--explain", "--json").data}
    assert figures["measures.disposition.certificate.count"] == 1
    assert figures["measures.disposition.certificate.action.2"] == 1, "suspended, though its finding says 保持"
    assert "measures.disposition.certificate.action.1" not in figures
    approved(campaign, "kind=certificate", "action=suspend", "reason_code=permit", "target=CN-2", "party=乙公司")
    figures = {one["id"]: one for one in campaign.run("report", "--explain", "--json").data}
    count = figures["measures.disposition.certificate.action.2"]
    assert (count["value"], count["sources"][1]) == (2, "D002: CN-2"), "what has no finding counts as well"
    campaign.run("report", "--draft")
    (file,) = (campaign.root / "reports").glob("自查报告*.docx")
    text = text_of(campaign, str(file.relative_to(campaign.root)))
    assert "处理决定和通知书" in text
    assert "CN-1\n甲公司" in text
    assert ("证书（暂停）" in text, "证书（保持）" in text) == (True, False), "the finding says what was approved"
    assert "小停〔2024〕1号" in text
