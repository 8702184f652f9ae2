"""The pages for whoever has to look at paper, and what is told of scans that would vanish without a word."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from tests.scans.sheets import scanned, signed, torn
from tests.support.campaign import Campaign
from tests.support.filling import fill
from tests.support.folders import leaves, plant, zipped

pytestmark = pytest.mark.slow


def damaged(path: Path) -> Path:
    """The same PDF of one sheet, whose picture can no longer be decoded."""
    path.write_bytes(path.read_bytes().replace(b"\xff\xd8\xff", b"\x00\x00\x00"))
    return path


def outcomes(campaign: Campaign, *args: str | Path) -> list[tuple[str, list[int], str]]:
    """What became of which pages, and what is said of them first."""
    ran = campaign.run("paper", "match", *args, "--json")
    assert ran.err == ""
    return [
        (entry["outcome"], entry["pages"], entry["problems"][0]["code"] if entry["problems"] else "")
        for entry in ran.data["results"]
    ]


def thumbnail_width(path: Path) -> int:
    with Image.open(path) as image:
        return image.width


def shown(campaign: Campaign, name: str) -> str:
    """One of the two pages; empty if there is none."""
    path = campaign.root / "papers" / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def test_a_damaged_sheet_that_would_look_white_waits_for_a_person(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = damaged(scanned(tmp_path / "a.pdf", signed(answered_campaign, "张三")))
    assert outcomes(answered_campaign, scan) == [("open", [1], "scan.page-damaged")]
    assert "page 1 is damaged" in shown(answered_campaign, "unreadable.html")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.pdf"])
def test_a_file_that_is_one_shade_all_over_waits_for_a_person(
    answered_campaign: Campaign, tmp_path: Path, name: str
) -> None:
    scan = scanned(tmp_path / name, Image.new("L", (827, 1169), 255))
    assert outcomes(answered_campaign, scan) == [("open", [1], "paper.no-code")]


def test_an_empty_back_is_blank_beside_a_sheet_or_if_it_is_seen_to_be_paper(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    sheet, white = signed(answered_campaign, "张三"), Image.new("L", (827, 1169), 255)
    assert outcomes(answered_campaign, scanned(tmp_path / "a.tif", sheet, white))[1:] == [("blank", [2], "paper.blank")]
    paper = Image.linear_gradient("L").resize((827, 1169)).point(lambda value: 215 + value // 8)
    assert outcomes(answered_campaign, scanned(tmp_path / "b.png", paper)) == [("blank", [1], "paper.blank")]


def test_a_pdf_with_a_zip_behind_it_is_a_pdf(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.pdf", signed(answered_campaign, "张三"))
    scan.write_bytes(scan.read_bytes() + zipped({"b.txt": "x"}))
    assert outcomes(answered_campaign, scan) == [("filed", [1], "")]


def test_nothing_is_told_as_nothing(answered_campaign: Campaign, tmp_path: Path) -> None:
    plant(tmp_path, {"空.zip": zipped({})})
    (tmp_path / "空").mkdir()
    for path in (tmp_path / "空", tmp_path / "空.zip"):
        assert outcomes(answered_campaign, path) == [("rejected", [], "input.empty")]
        ran = answered_campaign.run("collect", path)
        assert ran.code == 1
        assert "there is nothing in it" in ran.said


def test_an_empty_inbox_is_nothing_to_speak_of(campaign: Campaign) -> None:
    again = campaign.run("collect", "--json").data
    assert (again["unchanged"], again["files"]) == (0, [])


def test_what_was_filed_is_not_taken_for_new_scans(answered_campaign: Campaign, tmp_path: Path) -> None:
    answered_campaign.run("paper", "match", scanned(tmp_path / "a.png", signed(answered_campaign, "张三")))
    before, ledger = leaves(answered_campaign.root / "papers"), answered_campaign.ledger()
    found = outcomes(answered_campaign, answered_campaign.root / "papers")
    assert ("rejected", [], "input.own") in found
    assert {outcome for outcome, _, _ in found} == {"rejected", "unchanged"}
    assert (leaves(answered_campaign.root / "papers"), answered_campaign.ledger()) == (before, ledger)


def test_a_unit_called_like_one_of_our_folders_keeps_its_papers(new_campaign: Campaign, tmp_path: Path) -> None:
    new_campaign.edit("roster.yaml", "name: 审核部", "name: unreadable")
    new_campaign.edit("roster.yaml", "name: 北京分公司", "name: scans")
    new_campaign.run("issue")
    for name in ("张三", "李四"):
        new_campaign.receive(f"{name}.yaml", new_campaign.filled(name))
    new_campaign.run("collect")
    for name in ("张三", "李四"):
        assert outcomes(new_campaign, scanned(tmp_path / f"{name}.jpg", signed(new_campaign, name)))[0][0] == "filed"
    assert outcomes(new_campaign, scanned(tmp_path / "x.jpg", torn(new_campaign, "李四")))[0][0] == "open"
    assert new_campaign.run("paper", "match", tmp_path / "x.jpg", "--to", "李四").code == 0
    folders = {name.split("/")[0] for name in leaves(new_campaign.root / "papers") if name.endswith(".jpg")}
    assert folders == {".pictures", "_scans", "_unreadable", "scans"}


def test_whoever_confirms_sees_every_sheet_that_nobody_has_judged(answered_campaign: Campaign, tmp_path: Path) -> None:
    blank = Image.new("L", (827, 1169), 250)
    sheets = [signed(answered_campaign, "张三"), blank, signed(answered_campaign, "北京分公司")]
    answered_campaign.run("paper", "match", scanned(tmp_path / "合订.pdf", *sheets))
    spoilt = scanned(tmp_path / "李四.jpg", torn(answered_campaign, "李四", 100))
    answered_campaign.run("paper", "match", spoilt, "--to", "P2")
    text = shown(answered_campaign, "to-confirm.html")
    assert re.findall(r"<h2>(.*)</h2>", text) == ["北京分公司", "张三 · 审核部", "李四 · 北京分公司"]
    commands = re.findall(r"<code>selfaudit (.*)</code>", text)
    assert commands[2:4] == ["paper confirm 张三", "paper confirm 张三 --refuse &#34;why not&#34;"]
    pictures = [answered_campaign.root / "papers" / unquote(name) for name in re.findall(r'src="([^"]*)"', text)]
    assert [thumbnail_width(picture) for picture in pictures] == [700, 700, 700]
    filed = [answered_campaign.root / "papers" / unquote(name) for name in re.findall(r'href="([^"]*)"', text)]
    assert [path.parent.name for path in filed] == ["北京分公司", "审核部", "北京分公司"]
    assert all(path.is_file() for path in filed)


def test_what_is_confirmed_or_refused_goes_from_the_page(answered_campaign: Campaign, tmp_path: Path) -> None:
    for name in ("张三", "李四"):
        answered_campaign.run("paper", "match", scanned(tmp_path / f"{name}.png", signed(answered_campaign, name)))
    (command, *_) = re.findall(r"<code>selfaudit (.*)</code>", shown(answered_campaign, "to-confirm.html"))
    assert answered_campaign.run(*command.split()).code == 0
    assert re.findall(r"<h2>(.*)</h2>", shown(answered_campaign, "to-confirm.html")) == ["李四 · 北京分公司"]
    answered_campaign.run("paper", "confirm", "李四", "--refuse", "无公章")
    assert shown(answered_campaign, "to-confirm.html") == ""
    assert leaves(answered_campaign.root / "papers" / ".pictures") == {}


def test_a_name_that_is_not_one_word_is_confirmed_by_its_key(new_campaign: Campaign, tmp_path: Path) -> None:
    new_campaign.edit("roster.yaml", "name: 张三", "name: Anna $HOME")
    new_campaign.run("issue")
    (form,) = new_campaign.forms("Anna*")
    new_campaign.receive("a.yaml", fill(form.read_text(encoding="utf-8")))
    new_campaign.run("collect")
    new_campaign.run("paper", "match", scanned(tmp_path / "a.png", signed(new_campaign, "Anna $HOME")))
    assert "<code>selfaudit paper confirm person:P1</code>" in shown(new_campaign, "to-confirm.html")


def test_the_command_for_an_open_page_names_the_page_even_if_it_is_the_only_one(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    scan = scanned(tmp_path / "拍照.png", torn(answered_campaign, "李四"))
    answered_campaign.run("paper", "match", scan)
    text = shown(answered_campaign, "unreadable.html")
    assert f"<h2>{scan}, page 1</h2>" in text
    command, _ = re.findall(r"<code>selfaudit (.*)</code>", text)
    assert "--page 1 --to NAME" in command
    assert answered_campaign.run(*command.replace("NAME", "李四").split()).code == 0
    assert shown(answered_campaign, "unreadable.html") == ""


def test_only_pictures_made_here_are_ever_removed(answered_campaign: Campaign, tmp_path: Path) -> None:
    own = {"照片.jpg": b"x", f"{'0' * 64}.jpg": b"y"}
    plant(answered_campaign.root / "papers/.pictures", {**own, f"{'0' * 64}-1.jpg": b"z"})
    answered_campaign.run("paper", "match", scanned(tmp_path / "a.png", signed(answered_campaign, "张三")))
    answered_campaign.run("paper", "confirm", "张三")
    answered_campaign.run("paper", "match", tmp_path / "a.png")
    assert leaves(answered_campaign.root / "papers/.pictures") == own
