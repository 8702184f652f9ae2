"""``paper dismiss``: a page that is nobody's sheet waits for nobody, and is kept."""

from pathlib import Path

import pytest
from PIL import Image

from tests.scans.sheets import scanned, signed
from tests.support.campaign import Campaign

pytestmark = pytest.mark.slow

WHY = ("--by", "王主任", "--reason", "宣传页")


@pytest.fixture
def scan(answered_campaign: Campaign) -> Path:
    """A scan, matched, with the sheet of 李四 on page 2 between two pages of an advertisement."""
    advertisement = Image.effect_mandelbrot((300, 400), (-3, -2.5, 2, 2.5), 100)
    path = scanned(
        answered_campaign.root / "扫描.pdf", advertisement, signed(answered_campaign, "李四"), advertisement.rotate(180)
    )
    assert answered_campaign.run("paper", "match", path).code == 1
    return path


def waiting(campaign: Campaign) -> list[str]:
    """Return the pages that the to-do page shows."""
    page = campaign.root / "papers/unreadable.html"
    return [n for n in "123" if page.exists() and f"扫描.pdf, page {n}" in page.read_text(encoding="utf-8")]


def test_the_page_leaves_the_list_and_the_scan_is_kept(answered_campaign: Campaign, scan: Path) -> None:
    assert waiting(answered_campaign) == ["1", "3"]
    ran = answered_campaign.run("paper", "dismiss", "扫描.pdf", "--page", "1", *WHY)
    assert ran.code == 0
    assert ran.out == (
        "扫描.pdf, page 1: set aside\nUnassigned pages: 1. See papers/unreadable.html; file them with --to.\n"
    )
    assert waiting(answered_campaign) == ["3"]
    assert answered_campaign.run("paper", "dismiss", scan, *WHY, "--json").data["pages"] == [3]
    assert waiting(answered_campaign) == []
    assert len(list(answered_campaign.root.glob("papers/scans/*.pdf"))) == 1
    what, detail = answered_campaign.journal()[-1]
    assert (what, detail["by"], detail["reason"], detail["page"]) == ("dismiss", "王主任", "宣传页", 3)


def test_the_same_scan_again_does_not_bring_it_back(answered_campaign: Campaign, scan: Path) -> None:
    answered_campaign.run("paper", "dismiss", scan, *WHY)
    ran = answered_campaign.run("paper", "match", scan)
    assert ran.code == 0, ran.said
    assert waiting(answered_campaign) == []
    ran = answered_campaign.run("paper", "match", scan, "--to", "李四", "--json")
    assert ran.data["waiting"] == 0
    assert "open" not in [result["outcome"] for result in ran.data["results"]]
    assert waiting(answered_campaign) == []


def test_undone_it_waits_again_with_its_picture(answered_campaign: Campaign, scan: Path) -> None:
    answered_campaign.run("paper", "dismiss", scan, *WHY)
    ran = answered_campaign.run("paper", "dismiss", scan, "--page", "3", "--undo", *WHY)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "扫描.pdf, page 3: waits again")
    assert waiting(answered_campaign) == ["3"]
    assert "data:image/jpeg" in (answered_campaign.root / "papers/unreadable.html").read_text(encoding="utf-8")


def test_the_list_shows_the_command_to_type(answered_campaign: Campaign, scan: Path) -> None:
    del scan
    page = (answered_campaign.root / "papers/unreadable.html").read_text(encoding="utf-8")
    command = page.partition("<code>selfaudit paper dismiss ")[2].partition("</code>")[0]
    assert command.partition(" ")[0].startswith("papers/scans/")
    assert " --page 1 --reason " in command
    assert answered_campaign.run("paper", "dismiss", *command.split()[:3], *WHY).code == 0
    assert waiting(answered_campaign) == ["3"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("扫描.pdf", "--page", "2"), "page 2 of 扫描.pdf is not waiting for anybody"),
        (("扫描.pdf", "--page", "9"), "page 9 of 扫描.pdf is not waiting for anybody"),
        (("没有.pdf",), "no scan “没有.pdf” has been matched here"),
        (("扫描.pdf", "--page", "1", "--undo"), "page 1 of 扫描.pdf was not set aside"),
    ],
)
def test_what_is_no_open_page_is_refused(
    answered_campaign: Campaign, scan: Path, args: tuple[str, ...], says: str
) -> None:
    del scan
    ran = answered_campaign.run("paper", "dismiss", *args, *WHY)
    assert (ran.code, says in ran.err) == (3, True), ran.said
    assert waiting(answered_campaign) == ["1", "3"]


def test_match_of_one_page_reports_on_that_page_only(answered_campaign: Campaign, scan: Path) -> None:
    ran = answered_campaign.run("paper", "match", scan, "--to", "张三", "--page", "1", "--json")
    assert [result["pages"] for result in ran.data["results"]] == [[1]]
    assert ran.data["waiting"] == 1
