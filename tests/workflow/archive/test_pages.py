"""The pages of an archive: everything is found by links, and nothing confidential is where it must not be."""

import os
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from selfaudit.base.mask import mask_page
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.pages import Archived, pages
from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.tiny import EVERYBODY
from tests.workflow.archive.conftest import Made

PLAIN = {"html", "head", "meta", "title", "style", "body", "a", "nav", "ul", "li", "main", "h1", "h2", "h3", "h4", "p"}
TABLES = {"table", "caption", "thead", "tbody", "tr", "td", "th", "dl", "dt", "dd", "section", "span", "br", "del"}


class Page(HTMLParser):
    """Collects tags, anchors, links with their texts, and the text of a page."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.anchors: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.text = ""
        self._open: str | None = None
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        said = dict(attrs)
        self.anchors.add(said.get("id") or "")
        self._open = said.get("href") if tag == "a" else None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open is not None:
            self.links.append((self._open, data))
            self._open = None

    def after(self, text: str) -> str:
        """Return what comes after a text."""
        return self.text.partition(text)[2]


def made(campaign: Campaign, masked: str = "") -> dict[str, Page]:
    """Return the pages of a campaign; ``masked`` is a name for which the copy without personal data has a number."""
    workspace = Workspace(campaign.root)

    def hide(text: str) -> str:
        return mask_page(text.replace(masked, "填报人 7") if masked else text)

    with workspace.reading() as ledger:
        return {name: Page(data) for name, data in pages(Archived(workspace, ledger, (), hide, redacted=bool(masked)))}


def led(found: dict[str, Page], page: str, text: str) -> tuple[Page, str]:
    """Return the page to which the first link with this text leads, and the anchor there."""
    address = next(href for href, shown in found[page].links if shown == text)
    target, _, anchor = address.partition("#")
    return found[f"pages/{target}"], anchor


def of_archive(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Return the pages in an archive by name."""
    names = (name for name in archive.namelist() if name.endswith(".html") and "/data/" not in name)
    return {name: archive.read(name) for name in names}


def broken(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield every link of a page that leads to nothing in the archive."""
    names = set(archive.namelist())
    found = {name: Page(data) for name, data in of_archive(archive).items()}
    for name, page in found.items():
        for href, _ in page.links:
            address, _, anchor = href.partition("#")
            target = os.path.normpath(PurePosixPath(name).parent / unquote(address)) if address else name
            if target not in names or (anchor and anchor not in found[target].anchors):
                yield name, href


def test_every_link_leads_to_a_page_or_file_that_is_in_the_archive(archived: Made) -> None:
    with zipfile.ZipFile(archived.zip) as archive:
        assert list(broken(archive)) == []
        people = Page(archive.read("kept/pages/people-1.html"))
        received = [name for name in archive.namelist() if "/data/received/" in name]
    originals = [href for href, text in people.links if text == "原件"]
    assert sorted(originals) == sorted(name.replace("kept/", "../") for name in received)


def test_pages_run_nothing_and_load_nothing(archived: Made) -> None:
    with zipfile.ZipFile(archived.zip) as archive:
        found = of_archive(archive)
    policy = b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    for name, data in found.items():
        assert Page(data).tags <= PLAIN | TABLES, name
        assert policy in data, name
        assert not re.search(rb"https?:|@import|url\(", data), name


def test_every_number_of_the_report_leads_to_those_who_said_so(answered: Campaign) -> None:
    found = made(answered)
    numbers = [href for href, shown in found["pages/report.html"].links if shown.isdigit()]
    assert numbers
    assert all(href.startswith("figures-") for href in numbers)
    issued = found["pages/figures-1.html"].after("发放的填报表: 6").partition(": ")[0]
    assert all(name in issued for name in EVERYBODY)
    page, anchor = led(found, "pages/figures-1.html", "张三")
    assert anchor in page.anchors
    assert "2.1-01" in page.after("张三")


def test_a_finding_is_shown_with_everything_that_was_reported_and_done_about_it(answered_campaign: Campaign) -> None:
    campaign = answered_campaign
    assert campaign.run("findings", "set", "2.1-01", "cause=赶进度", "--by", "陈静", "--reason", "电话核实").code == 0
    again = {**FINDING, "fact": "签到表由他人代签两次"}
    campaign.receive(
        "again.yaml", campaign.filled("张三", answers={"2.1 a": "发现问题"}, findings=[again], on="2023-11-09")
    )
    assert campaign.run("collect").code == 0
    text = made(campaign)["pages/findings-1.html"].after("2.1-01")
    reported, _, handled = text.partition("整改经过")
    assert str(FINDING["fact"]) in reported
    assert "签到表由他人代签两次" in reported
    assert all(said in handled for said in ("陈静", "电话核实", "赶进度"))


def test_telephone_numbers_are_masked_wherever_they_stand_and_hashes_are_not(answered_campaign: Campaign) -> None:
    campaign = answered_campaign
    cause = "cause=客户电话13912345678来催"
    assert campaign.run("findings", "set", "2.1-01", cause, "--by", "陈静", "--reason", "问过13912345678").code == 0
    assert campaign.run("archive", "create", "-o", "kept.zip").code == 0
    with zipfile.ZipFile(campaign.root / "kept.zip") as archive:
        texts = {name: Page(data).text for name, data in of_archive(archive).items()}
    assert [name for name, text in texts.items() if "13912345678" in text] == []
    assert "客户电话139****5678来催" in texts["kept/pages/findings-1.html"]
    assert "问过139****5678" in texts["kept/pages/journal.html"]
    hashed = "a13912345678b0" * 4
    assert mask_page(f"{hashed} 13912345678") == f"{hashed} 139****5678"


def test_what_people_write_is_text_and_never_part_of_the_page(answered_campaign: Campaign) -> None:
    campaign = answered_campaign
    evil = {**FINDING, "fact": "<script>alert(1)</script>&<b>"}
    campaign.receive(
        "evil.yaml", campaign.filled("张三", answers={"2.1 a": "发现问题"}, findings=[evil], on="2023-11-09")
    )
    assert campaign.run("collect").code == 0
    found = made(campaign)
    assert str(evil["fact"]) in found["pages/findings-1.html"].text
    assert all(page.tags <= PLAIN | TABLES for page in found.values())


def test_what_was_written_in_confidence_stands_only_where_the_report_prints_it(answered_campaign: Campaign) -> None:
    campaign = answered_campaign
    campaign.receive("clue.yaml", campaign.filled("李四", clues="同行甲公司卖证", on="2023-11-09"))
    assert campaign.run("collect").code == 0
    found = made(campaign)
    assert [name for name, page in found.items() if "同行甲公司卖证" in page.text] == ["pages/report.html"]
    figures = "".join(page.text for name, page in found.items() if "figures-" in name)
    assert figures.partition("保密填写，不显示填写人。")[1]
    redacted = made(campaign, masked="张三")
    assert [name for name, page in redacted.items() if "同行甲公司卖证" in page.text] == []


def test_a_copy_without_personal_data_names_nobody_in_any_page(answered: Campaign) -> None:
    found = made(answered, masked="张三")
    assert "填报人 7" in found["pages/people-1.html"].text
    assert [name for name, page in found.items() if "张三" in page.text] == []


def test_a_campaign_that_cannot_be_loaded_still_opens_with_its_files(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    answered_campaign.edit("roster.yaml", "units:", "unitz:")
    ran = answered_campaign.run("archive", "create", "-o", tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").is_file(), ran.said
    with zipfile.ZipFile(tmp_path / "kept.zip") as archive:
        page = Page(archive.read("kept/index.html"))
    assert "roster.yaml:" in page.text
    assert "data/campaign.yaml" in [href for href, _ in page.links]
