"""``paper confirm``: a person looks at signature and seal; status and the final report know what is still missing."""

from pathlib import Path
from typing import Any

import pytest

from tests.scans.sheets import scanned, signed, torn
from tests.support.campaign import Campaign

pytestmark = pytest.mark.slow


@pytest.fixture
def signing(answered_campaign: Campaign, tmp_path: Path) -> Campaign:
    """A campaign that is signed on paper; the sheets of 张三 and 北京分公司 have come back."""
    answered_campaign.edit("campaign.yaml", "submission:", "signed_paper: true\nsubmission:")
    for name in ("张三", "北京分公司"):
        scanned(tmp_path / "scans" / f"{name}.png", signed(answered_campaign, name))
    assert answered_campaign.run("paper", "match", tmp_path / "scans").code == 0
    return answered_campaign


def history(campaign: Campaign, name: str) -> dict[str, Any]:
    return dict(campaign.run("status", "--of", name, "--json").data)


def gaps(campaign: Campaign) -> list[str]:
    """What the gate says about paper."""
    err = campaign.run("report", "final", "--draft").err
    return [line for line in err.splitlines() if "sign" in line and "→" not in line]


def test_a_confirmed_paper_says_who_looked_and_when(signing: Campaign) -> None:
    ran = signing.run("paper", "confirm", "张三", "B")
    assert ran.code == 0
    assert "张三: confirmed (papers/审核部/张三_" in ran.out
    assert "北京分公司: confirmed (papers/北京分公司/北京分公司_" in ran.out
    (paper,) = history(signing, "张三")["papers"]
    assert paper["verdict"] == "confirmed"
    assert paper["verdict_by"]
    assert paper["verdict_at"]
    assert "  signed paper: confirmed\n" in signing.run("status", "--of", "张三").out
    signing.verify_journal()


def test_a_refusal_keeps_its_reason_and_a_better_scan_is_looked_at_anew(signing: Campaign, tmp_path: Path) -> None:
    assert signing.run("paper", "confirm", "北京分公司", "--refuse", "没有盖章").code == 0
    found = history(signing, "北京分公司")
    assert (found["paper"], found["papers"][0]["reason"]) == ("refused", "没有盖章")
    assert "refused" in signing.run("status", "--of", "北京分公司").out
    better = scanned(tmp_path / "b.png", signed(signing, "北京分公司").rotate(180))
    signing.run("paper", "match", better)
    assert history(signing, "北京分公司")["paper"] == "unconfirmed"
    signing.run("paper", "confirm", "北京分公司")
    verdicts = [paper["verdict"] for paper in history(signing, "北京分公司")["papers"]]
    assert (verdicts, history(signing, "北京分公司")["paper"]) == (["refused", "confirmed"], "confirmed")


def test_a_verdict_can_be_taken_back_and_said_twice_it_changes_nothing(signing: Campaign) -> None:
    signing.run("paper", "confirm", "张三")
    journal = signing.journal()
    assert "张三: confirmed, no change (papers/审核部/张三_" in signing.run("paper", "confirm", "张三").out
    assert signing.journal() == journal
    assert signing.run("paper", "confirm", "张三", "--refuse", "签字不是本人").code == 0
    assert history(signing, "张三")["paper"] == "refused"
    assert [what for what, _ in signing.journal()][-2:] == ["confirm", "confirm"]


def test_a_verdict_is_about_all_scans_of_the_sheet(signing: Campaign, tmp_path: Path) -> None:
    signing.run("paper", "match", scanned(tmp_path / "b.png", signed(signing, "张三").rotate(180)))
    signing.run("paper", "confirm", "张三")
    ran = signing.run("paper", "confirm", "张三", "--refuse", "签字不是本人")
    assert ran.code == 0
    assert ran.out.startswith("张三: refused (papers/审核部/张三_")
    assert ran.out.count(".png") == 2
    assert [paper["verdict"] for paper in history(signing, "张三")["papers"]] == ["refused", "refused"]
    journal = signing.journal()
    for again in ([], ["--refuse", "签字不是本人"]):
        ran = signing.run("paper", "confirm", "张三", *again)
        assert history(signing, "张三")["paper"] == "refused"
    assert ran.code == 0
    ran = signing.run("paper", "confirm", "张三")
    assert ran.code == 1
    assert "张三: the paper was refused before (签字不是本人); a new scan is needed" in ran.err
    assert signing.journal() == journal
    assert "  审核部  张三  refused: 签字不是本人\n" in signing.run("status", "--html", "page.html").out
    page = (signing.root / "page.html").read_text(encoding="utf-8")
    assert "<td>refused</td>" in page
    assert "签字不是本人" not in page, "the page is shown around"


def test_nobody_confirms_what_is_not_there(signing: Campaign, tmp_path: Path) -> None:
    (paper,) = history(signing, "张三")["papers"]
    (signing.root / paper["file"]).unlink()
    ran = signing.run("paper", "confirm", "张三")
    assert ran.code == 1
    assert f"张三: {paper['file']} is missing, so it cannot be checked\n    → Run selfaudit paper match on" in ran.err
    assert history(signing, "张三")["paper"] == "unconfirmed"
    signing.run("paper", "match", tmp_path / "scans")
    assert signing.run("paper", "confirm", "张三").code == 0


def test_what_cannot_be_confirmed_is_told_and_the_others_are_entered(signing: Campaign) -> None:
    signing.receive("张三 改.yaml", signing.filled("张三", on="2023-11-06"))
    signing.run("collect")
    ran = signing.run("paper", "confirm", "张三", "李四", "北京分公司")
    assert ran.code == 1
    assert "张三: the answers changed after the paper was signed" in ran.err
    assert "李四: no signed paper is filed" in ran.err
    assert "北京分公司: confirmed" in ran.out
    assert signing.run("paper", "confirm", "赵六", "李四").code == 3
    assert signing.run("paper", "confirm", "张三", "--refuse", " ").code == 3


def test_status_counts_papers_by_unit_and_names_whose_are_missing(signing: Campaign) -> None:
    signing.run("paper", "confirm", "张三")
    found = signing.run("status", "--json").data["papers"]
    assert found["total"] == {
        "name": "",
        "confirmed": 1,
        "unconfirmed": 1,
        "refused": 0,
        "changed": 0,
        "missing": 3,
        "not_due": 1,
    }
    assert found["units"]["B"] == {
        "name": "北京分公司", "confirmed": 0, "unconfirmed": 1, "refused": 0, "changed": 0, "missing": 1,
        "not_due": 0,
    }  # fmt: skip
    waiting = {entry["name"]: entry["state"] for entry in found["waiting"]}
    assert waiting == {"技术部": "missing", "审核部": "missing", "北京分公司": "unconfirmed", "李四": "missing"}
    out = signing.run("status", "--html", "page.html").out
    assert "Signed paper not confirmed (4):" in out
    assert "  北京分公司, not received: 李四" in out
    page = (signing.root / "page.html").read_text(encoding="utf-8")
    assert "<td>北京分公司</td><td>not received</td>" in page


def test_a_respondent_without_final_answers_is_counted_and_has_nothing_to_sign(signing: Campaign) -> None:
    signing.receive("张三 又.yaml", signing.filled("张三", by="甲", projects="4"))
    signing.run("collect")
    found = signing.run("status", "--json").data
    counts = {name: count for name, count in found["papers"]["total"].items() if name != "name"}
    assert sum(counts.values()) == found["total"]["issued"]
    assert counts["not_due"] == 2
    assert history(signing, "张三")["paper"] == "not_due"
    assert "nothing to sign yet" in signing.run("status").out


def test_pages_that_are_filed_under_nobody_are_told_everywhere(signing: Campaign, tmp_path: Path) -> None:
    signing.run("paper", "match", scanned(tmp_path / "a.pdf", torn(signing, "李四"), torn(signing, "技术部")))
    assert signing.run("status", "--json").data["papers"]["open_pages"] == 2
    text = "Unassigned pages: 2. See papers/unreadable.html"
    assert text in signing.run("status", "--html", "page.html").out
    assert text in (signing.root / "page.html").read_text(encoding="utf-8")
    assert "note: unassigned scanned pages: 2" in signing.run("report", "final").err


def test_the_history_says_of_every_scan_whether_it_is_of_the_answers_shown(signing: Campaign, tmp_path: Path) -> None:
    signing.receive("张三 改.yaml", signing.filled("张三", on="2023-11-06"))
    signing.run("collect")
    signing.run("paper", "match", scanned(tmp_path / "b.png", signed(signing, "张三")))
    assert [paper["current"] for paper in history(signing, "张三")["papers"]] == [False, True]
    before, now = [line for line in signing.run("status", "--of", "张三").out.splitlines() if ".png" in line]
    assert "; for earlier answers" in before
    assert "; for the current answers" in now


def test_a_campaign_without_paper_counts_none(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("status", "--json")
    assert ran.data["papers"] is None
    assert "paper" not in answered_campaign.run("status").out
    assert gaps(answered_campaign) == []


def test_the_final_report_waits_for_every_paper(signing: Campaign) -> None:
    signing.run("paper", "confirm", "北京分公司", "--refuse", "没有盖章")
    signing.receive("李四.yaml", signing.filled("李四"))
    assert gaps(signing) == [
        "warning: 技术部: 1 not signed on paper: 技术部",
        "warning: 审核部: 1 not signed on paper: 审核部",
        "warning: 北京分公司: 1 not signed on paper: 李四",
        "warning: 北京分公司: 1 with a signed paper that was refused: 北京分公司",
        "warning: 审核部: 1 with a signature not checked yet: 张三",
    ]
    signing.receive("张三 改.yaml", signing.filled("张三", on="2023-11-06"))
    signing.run("collect")
    assert "warning: 审核部: 1 signed answers that have changed since: 张三" in gaps(signing)


def test_signing_and_confirming_come_before_the_report(signing: Campaign, tmp_path: Path) -> None:
    signing.receive("王五.yaml", signing.filled("王五"))
    signing.run("collect")
    assert signing.run("status", "--json").data["next_step"] == "sign"
    everybody = ("技术部", "审核部", "北京分公司", "张三", "李四", "王五")
    for name in everybody:
        scanned(tmp_path / "rest" / f"{name}.png", signed(signing, name))
    signing.run("paper", "match", tmp_path / "rest")
    ran = signing.run("status")
    assert "Next: look at the signed sheets: selfaudit paper confirm" in ran.out
    signing.run("paper", "confirm", *everybody)
    ran = signing.run("status", "--json")
    assert (ran.code, ran.data["next_step"]) == (0, "report")
    assert gaps(signing) == []


ASK = ("checklists/2-conduct.yaml", "ask: 是否没有利益冲突？", "ask: 是否不存在任何利益冲突？")


def test_a_sheet_signed_before_a_question_was_reworded_counts_for_what_was_signed_only(signing: Campaign) -> None:
    signing.run("paper", "confirm", "张三")
    signing.edit(*ASK)
    assert history(signing, "张三")["paper"] == "not_due", "there is nothing complete to sign"
    assert "张三" in signing.run("paper", "print", "--only", "张三").said
    signing.run("issue")
    again = signing.filled("张三", on="2023-11-06", answer="", answers={"2.2": "符合"}, projects="")
    signing.receive("张三 再次.yaml", again)
    assert signing.run("collect", "--json").data["files"][0]["gaps"] == []
    found = history(signing, "张三")
    assert (found["paper"], [paper["verdict"] for paper in found["papers"]]) == ("changed", ["confirmed"])
    assert any("signed answers that have changed since: 张三" in gap for gap in gaps(signing))


def test_a_sheet_signed_before_stays_valid_if_the_new_words_ask_the_same(signing: Campaign) -> None:
    signing.run("paper", "confirm", "张三")
    signing.edit(*ASK)
    by = ("--by", "王主任", "--reason", "只改措辞")
    assert signing.run("checklist", "editorial", "2.2", *by).code == 0
    assert history(signing, "张三")["paper"] == "confirmed"
