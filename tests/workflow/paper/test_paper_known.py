"""``paper match`` with scans that are known, sheets that do not count yet, and copies that somebody deleted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from selfaudit.model.progress.paper import PaperCode
from selfaudit.scans.codes import find_codes
from selfaudit.workflow.paper.worker import ScanReader
from tests.scans.sheets import code_of, pages_of, paper_states, results, scanned, signed, torn
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import Ran

pytestmark = pytest.mark.slow


def only(ran: Ran) -> dict[str, Any]:
    (entry,) = ran.data["results"]
    return dict(entry)


def test_a_known_scan_is_told_as_it_stands_now(answered_campaign: Campaign, tmp_path: Path) -> None:
    old = scanned(tmp_path / "a.pdf", signed(answered_campaign, "李四"), torn(answered_campaign, "张三"))
    assert answered_campaign.run("paper", "match", old).code == 1
    ran = answered_campaign.run("paper", "match", old, "--json")
    assert (ran.code, results(ran)) == (1, [("unchanged", [1], "李四"), ("open", [2], "")])
    answered_campaign.run("paper", "match", old, "--to", "张三")
    answered_campaign.receive("李四 改.yaml", answered_campaign.filled("李四", on="2023-11-06", projects="4"))
    answered_campaign.run("collect")
    ran = answered_campaign.run("paper", "match", old, "--json")
    assert (ran.code, results(ran)) == (1, [("changed", [1], "李四"), ("unchanged", [2], "张三")])
    new = scanned(tmp_path / "b.png", signed(answered_campaign, "李四"))
    ran = answered_campaign.run("paper", "match", new, old, "--json")
    assert (ran.code, [outcome for outcome, _, _ in results(ran)]) == (0, ["unchanged", "unchanged", "filed"])


def test_pages_that_wait_since_earlier_are_something_to_act_on(answered_campaign: Campaign, tmp_path: Path) -> None:
    answered_campaign.run("paper", "match", scanned(tmp_path / "a.png", torn(answered_campaign, "李四")))
    good = scanned(tmp_path / "b.png", signed(answered_campaign, "张三"))
    ran = answered_campaign.run("paper", "match", good, "--json")
    assert (ran.code, results(ran), ran.data["waiting"]) == (1, [("filed", [1], "张三")], 1)


def test_what_was_deleted_by_hand_is_there_again_when_the_scan_comes_again(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    scan = scanned(tmp_path / "a.pdf", signed(answered_campaign, "张三"), signed(answered_campaign, "李四"))
    answered_campaign.run("paper", "match", scan)
    kept = {name: data for name, data in leaves(answered_campaign.root / "papers").items() if name.endswith(".pdf")}
    for name in kept:
        (answered_campaign.root / "papers" / name).unlink()
    ran = answered_campaign.run("paper", "match", scan)
    assert ran.code == 0
    assert ran.out.count(".pdf was missing and has been written again") == 3
    again = leaves(answered_campaign.root / "papers")
    assert set(kept) <= set(again)
    original = next(name for name in kept if name.startswith("scans"))
    assert again[original] == scan.read_bytes()
    for name in ("张三", "李四"):
        (file,) = (path for path in (answered_campaign.root / "papers").glob(f"*/{name}_*.pdf"))
        assert [find_codes(page, PaperCode.parse).codes for page in pages_of(file)] == [
            (code_of(answered_campaign, name),)
        ]


def test_a_scan_that_cannot_be_taken_apart_is_filed_whole_and_told(
    answered_campaign: Campaign,
    tmp_path: Path,
    inside: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scan = scanned(tmp_path / "a.pdf", signed(answered_campaign, "张三"), signed(answered_campaign, "李四"))
    monkeypatch.setattr(ScanReader, "extract", lambda *_: b"")
    ran = inside("paper", "match", scan, "--campaign", answered_campaign.root)
    assert "could not be split; the filed copy contains all 2 pages, including other people's" in ran.out
    for file in (answered_campaign.root / "papers").glob("*/*_*.pdf"):
        assert file.read_bytes() == scan.read_bytes()


def test_a_sheet_of_somebody_who_is_no_longer_asked_is_kept_and_told(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    scan = scanned(tmp_path / "a.png", signed(answered_campaign, "李四"))
    answered_campaign.edit("roster.yaml", "  - id: P2\n    name: 李四\n    unit: B\n    posts:\n      - 审核员\n", "")
    answered_campaign.run("issue")
    ran = answered_campaign.run("paper", "match", scan)
    assert "(李四): filed" in ran.out
    assert "李四 is no longer asked; the sheet is kept" in ran.out


def test_a_sheet_counts_when_the_answers_are_settled(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.png", signed(answered_campaign, "李四"))
    answered_campaign.receive("李四 又.yaml", answered_campaign.filled("李四", by="甲", projects="4"))
    answered_campaign.run("collect")
    scan = scanned(tmp_path / "b.png", signed(answered_campaign, "李四").rotate(180))
    ran = answered_campaign.run("paper", "match", scan, "--json")
    assert (ran.code, results(ran)) == (0, [("filed", [1], "李四")])
    assert "incomplete or contradict each other" in only(ran)["problems"][0]["message"]
    assert paper_states(answered_campaign) == {"李四": "not_due"}
    ran = answered_campaign.run("paper", "confirm", "李四")
    assert ran.code == 1
    assert "the responses of 李四 contradict each other, so there is nothing to sign yet" in ran.err
    assert "Choose which response counts with selfaudit contradictions" in ran.err


def again_in_part(campaign: Campaign) -> None:
    """Have 李四 answer only the one question that was reworded; the rest is carried over."""
    campaign.edit("checklists/2-conduct.yaml", "是否没有利益冲突？", "是否没有任何利益冲突？")
    assert campaign.run("issue").code == 0
    again = campaign.filled("李四", on="2023-11-06", answer="", answers={"2.2": "不适用"}, notes={"2.2": "无"})
    campaign.receive("李四 2.yaml", again)
    campaign.run("collect")
    assert campaign.events("李四")[1]["carried"]


def test_a_sheet_of_answers_that_are_partly_carried_over_is_filed_and_confirmed(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    again_in_part(answered_campaign)
    scan = scanned(tmp_path / "a.png", signed(answered_campaign, "李四"))
    ran = answered_campaign.run("paper", "match", scan, "--json")
    assert (ran.code, results(ran)) == (0, [("filed", [1], "李四")]), ran.said
    assert answered_campaign.run("paper", "confirm", "李四", "--by", "王主任").code == 0
    assert paper_states(answered_campaign)["李四"] == "confirmed"


def test_a_sheet_of_answers_entered_into_what_is_carried_over_is_filed_by_its_code(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    again_in_part(answered_campaign)
    why = ("--by", "王主任", "--reason", "来电")
    before = scanned(tmp_path / "a.png", signed(answered_campaign, "李四"))
    assert answered_campaign.run("answer", "set", "李四", "2.1", "b", "不适用", "--note", "无", *why).code == 0
    scan = scanned(tmp_path / "b.png", signed(answered_campaign, "李四"))
    ran = answered_campaign.run("paper", "match", before, scan, "--json")
    assert (ran.code, results(ran)) == (0, [("filed", [1], "李四")] * 2), ran.said
    assert [[one["code"] for one in entry["problems"]] for entry in ran.data["results"]] == [["paper.superseded"], []]
    assert paper_states(answered_campaign)["李四"] == "unconfirmed"
    torn_scan = scanned(tmp_path / "c.png", torn(answered_campaign, "李四"))
    typed = str(code_of(answered_campaign, "李四"))
    ran = answered_campaign.run("paper", "match", torn_scan, "--page", "1", "--to", typed, "--by", "王主任")
    assert ran.code == 0, ran.said
