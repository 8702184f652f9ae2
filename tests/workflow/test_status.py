"""``status``: who answered, who has not, and what is next."""

import html
import re
import sqlite3
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from selfaudit.cli.commands.status import _show_status
from selfaudit.model.progress.status import Status, Waiting
from tests.support.campaign import Campaign
from tests.support.folders import zipped
from tests.support.tiny import EVERYBODY


class Page(HTMLParser):
    """Collects the tags, attributes and visible text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def page(campaign: Campaign) -> str:
    """Write the page; return it."""
    ran = campaign.run("status", "--html", "page.html")
    assert "Wrote page.html" in ran.err
    return (campaign.root / "page.html").read_text(encoding="utf-8")


def progress(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    """Return asked, complete and missing by name."""
    return {row["name"]: (row["issued"], row["complete"], row["missing"]) for row in rows}


def test_before_anything_is_issued_the_next_step_is_to_issue(new_campaign: Campaign) -> None:
    ran = new_campaign.run("status")
    assert ran.code == 1
    assert ran.out.splitlines()[-1] == "Next: issue the forms: selfaudit issue"


def test_before_anybody_answered_the_next_step_is_to_collect(campaign: Campaign) -> None:
    ran = campaign.run("status")
    assert ran.code == 1
    assert "Not answered (6):" in ran.out
    assert ran.out.splitlines()[-1].startswith("Next: send the forms in outbox/")


def test_whoever_has_not_answered_is_named_with_unit_and_due_date(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("status")
    assert ran.code == 1
    assert "Not answered (1):\n  技术部  王五  overdue since 2023-11-06\n" in ran.out
    assert ran.out.splitlines()[-1] == "Next: remind those who have not answered: selfaudit remind"
    assert "2023-11-07  交回自查表  (" in ran.out


def test_of_a_long_list_of_a_unit_the_first_are_named_and_all_are_in_the_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    waiting = [Waiting(f"person:{n}", f"人{n}", "技术部", date(2023, 11, 6), overdue=False) for n in range(9)]
    found = Status("", date(2023, 11, 1), missing=waiting)
    _show_status(found)
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("Not answered (9):")
    assert [line.split()[1] for line in lines[at + 1 : at + 6]] == ["人0", "人1", "人2", "人3", "人4"]
    assert lines[at + 6] == "  技术部  and 4 others"
    assert len(found.as_data()["missing"]) == 9


def test_when_everybody_answered_the_next_step_is_the_report_and_the_code_is_0(answered_campaign: Campaign) -> None:
    answered_campaign.receive("王五.yaml", answered_campaign.filled("王五"))
    answered_campaign.run("collect")
    ran = answered_campaign.run("status")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "Next: write the reports: selfaudit report"


def test_who_was_complete_in_time_is_not_overdue_for_a_correction_that_is_not(campaign: Campaign) -> None:
    campaign.receive("1.yaml", campaign.filled("张三"))
    campaign.receive("2.yaml", campaign.filled("李四"))
    campaign.run("collect")
    campaign.rows("UPDATE responses SET received_at = '2023-11-05T08:00:00Z' WHERE filled_by = '张三'")
    for name in ("张三", "李四"):
        open_again = campaign.filled(name, on="2023-11-10", answers={"2.2": "不适用"})
        campaign.receive(f"{name} 2.yaml", open_again)
    campaign.run("collect")
    waiting = {who["name"]: who["overdue"] for who in campaign.run("status", "--json").data["incomplete"]}
    assert waiting == {"张三": False, "李四": True}


def test_json_counts_by_unit_and_role(answered_campaign: Campaign) -> None:
    data = answered_campaign.run("status", "--json").data
    assert (data["total"]["issued"], data["total"]["complete"], data["total"]["missing"]) == (6, 5, 1)
    assert data["total"]["problems"] == 1
    assert progress(data["units"]) == {"技术部": (2, 1, 1), "审核部": (2, 2, 0), "北京分公司": (2, 2, 0)}
    assert progress(data["roles"]) == {
        "技术部": (1, 1, 0),
        "审核部": (1, 1, 0),
        "各分公司": (1, 1, 0),
        "审核员": (2, 2, 0),
        "全体人员": (3, 2, 1),
    }
    assert [(who["key"], who["name"], who["due"], who["overdue"]) for who in data["missing"]] == [
        ("person:P3", "王五", "2023-11-06", True)
    ]
    assert data["next_step"] == "chase"


def test_nobody_asked_anything_new_is_forgotten(campaign: Campaign) -> None:
    data = campaign.run("status", "--json").data
    assert [who["name"] for who in data["missing"]] == list(EVERYBODY)


@pytest.mark.parametrize("name", ["张三", "P1", "person:P1"])
def test_a_respondent_is_found_by_name_number_and_key(answered_campaign: Campaign, name: str) -> None:
    ran = answered_campaign.run("status", "--of", name)
    assert ran.code == 0
    assert ran.out.startswith("张三  [person:P1]\n  1. shown: filled in by 张三 on 2023-11-05")


def test_a_respondent_is_found_by_passport_as_it_was_typed(answered_campaign: Campaign) -> None:
    passport = answered_campaign.form("张三").stem.partition("_")[2]
    for typed in (passport, passport.lower(), f" {passport} ", passport.replace("-", "－")):
        assert answered_campaign.run("status", "--of", typed).out.startswith("张三  [person:P1]"), typed


def test_a_respondent_who_has_not_answered_is_said_to_have_not(answered_campaign: Campaign) -> None:
    assert answered_campaign.run("status", "--of", "王五").out == "王五  [person:P3]\n  Nothing received yet.\n"


def test_a_history_is_told_in_local_time_and_says_what_nobody_filled_in(campaign: Campaign) -> None:
    said = [{"by": "", "on": ""}, {"by": ""}, {"on": ""}, {"projects": "4"}]
    for n, fields in enumerate(said):
        campaign.receive(f"{n}.yaml", campaign.filled("张三", **fields))
    campaign.run("collect")
    with sqlite3.connect(campaign.root / "campaign.db") as db:
        db.execute("UPDATE responses SET received_at = '2023-11-05T20:30:59Z'")
    db.close()
    told = [
        line.partition(": ")[2] for line in campaign.run("status", "--of", "张三").out.splitlines() if "inbox" in line
    ]
    at = datetime(2023, 11, 5, 20, 30, tzinfo=UTC).astimezone()
    assert [line.partition(f", received {at:%Y-%m-%d %H:%M} as inbox/")[0] for line in told] == [
        "without name or date",
        "filled in on 2023-11-05 without a name",
        "filled in by 张三, without a date",
        "filled in by 张三 on 2023-11-05",
    ]
    assert [line.rpartition(", ")[2] for line in told[1:]] == ["0 changes", "0 changes", "1 change"]


def test_a_name_that_several_bear_is_refused_with_what_tells_them_apart(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "name: 李四", "name: 张三")
    assert new_campaign.run("issue").code == 0
    ran = new_campaign.run("status", "--of", "张三")
    assert ran.code == 3
    assert "“张三” is more than one respondent" in ran.err
    one, two = "person:P1 (审核部 · 审核员 · 全体人员)", "person:P2 (北京分公司 · 审核员 · 全体人员)"
    assert f"Give one of: {one}, {two}." in ran.err
    for name in ("张三（P2）", "张三 (P2)", "P2", "person:P2"):
        assert new_campaign.run("status", "--of", name).out.startswith("张三  [person:P2]"), name


def test_an_unknown_respondent_is_told(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("status", "--of", "赵六")
    assert ran.code == 3
    assert "nobody on the roster is called “赵六”" in ran.err


@pytest.mark.parametrize(("typed", "meant"), [("技木部", "技术部"), ("王?", "王五"), ("□三", "张三")])
def test_a_misspelt_name_or_one_with_a_lost_character_is_told_whom_it_may_mean(
    answered_campaign: Campaign, typed: str, meant: str
) -> None:
    ran = answered_campaign.run("status", "--of", typed)
    assert ran.code == 3
    assert f"Did you mean {meant}?" in ran.err


def test_the_page_names_those_who_have_not_answered(answered_campaign: Campaign) -> None:
    shown = Page(page(answered_campaign))
    assert "王五" in shown.texts
    assert "小型自查" in " ".join(shown.texts)
    assert "张三" not in shown.texts


def test_the_page_has_no_script_and_loads_nothing(answered_campaign: Campaign) -> None:
    text = page(answered_campaign)
    shown = Page(text)
    assert not {"script", "iframe", "object", "embed", "link", "img"}.intersection(shown.tags)
    assert not any(name.startswith("on") or name in ("src", "href", "srcset") for name, _ in shown.attributes)
    assert not re.search(r"url\(|@import|https?://", text)
    assert "default-src 'none'" in text


def test_areas_and_findings_are_counted_as_the_report_counts_them(answered_campaign: Campaign) -> None:
    found = answered_campaign.run("status", "--json").data
    figures = {one["id"]: one["value"] for one in answered_campaign.run("report", "--explain", "--json").data}
    assert len(found["areas"]) > 1
    for area, row in zip(("business", "conduct"), found["areas"], strict=True):
        assert row["answers"] == {said: figures[f"answers.area.{area}.{said}"] for said in row["answers"]}
    assert (found["findings"]["total"], found["findings"]["states"]["analysed"]) == (1, 1)
    assert found["findings"]["severities"]["严重"] == figures["findings.severity.major"] == 1
    assert found["findings"]["units"] == [{"name": "审核部", "total": 1, "unsettled": 1, "overdue": 0}]


def test_every_picture_of_the_page_is_told_in_words_as_well(answered_campaign: Campaign) -> None:
    text = page(answered_campaign)
    pictures = re.findall(r'<svg class="(\w+)"[^>]* role="img" aria-label="([^"]+)"', text)
    assert len(pictures) == text.count("<svg")
    assert pictures[0] == ("ring", "complete 5, incomplete 0, missing 1")


def test_the_page_shows_what_is_overdue_and_what_of_the_deliverables_is_there(answered_campaign: Campaign) -> None:
    campaign = answered_campaign
    assert campaign.run("findings", "set", "2.1-01", "due=2023-11-01", "--by", "陈静", "--reason", "x").code == 0
    told = " ".join(Page(page(campaign)).texts)
    assert re.search(r"1\s+corrections overdue", told)
    assert re.search(r"Corrections overdue \(1\)\s+2\.1-01\s+审核部\s+2023-11-01", told)
    for one in campaign.run("status", "--deliverables", "--json").data:
        assert one["title"] in told


def test_the_page_is_in_the_language_of_the_console(answered_campaign: Campaign) -> None:
    assert '<html lang="en">' in page(answered_campaign)


def test_names_that_look_like_html_are_shown_as_they_are(new_campaign: Campaign) -> None:
    evil = "<script>alert(1)</script>"
    new_campaign.edit("roster.yaml", "name: 王五", f'name: "{evil}"')
    new_campaign.edit("roster.yaml", "name: 北京分公司", "name: \"<b onclick='x'>&amp;\"")
    new_campaign.edit("campaign.yaml", "title: 小型自查", 'title: "</title><script>x</script>"')
    assert new_campaign.run("issue").code == 0
    text = page(new_campaign)
    shown = Page(text)
    assert "script" not in shown.tags
    assert not any(name == "onclick" for name, _ in shown.attributes)
    assert html.escape(evil) in text
    assert evil in shown.texts


def test_a_campaign_while_somebody_else_writes_to_it_can_be_looked_at(answered_campaign: Campaign) -> None:
    with sqlite3.connect(answered_campaign.root / "campaign.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM shown")
        ran = answered_campaign.run("status", "--json")
        writer.execute("ROLLBACK")
    writer.close()
    assert ran.data["total"]["complete"] == 5


def rejected(campaign: Campaign) -> list[str]:
    """Return the files that could not be used."""
    return [one["file"] for one in campaign.run("status", "--json").data["rejected"]]


@pytest.mark.slow
def test_a_file_that_could_not_be_used_is_listed_until_it_is_taken_away(campaign: Campaign) -> None:
    campaign.receive("名单.docx", b"PK\x03\x04 word/document.xml")
    zipped_up = zipped({"李四/空.yaml": "nothing"})
    campaign.receive("回收.zip", zipped_up)
    campaign.run("collect")
    assert rejected(campaign) == ["inbox/名单.docx", "inbox/回收.zip/李四/空.yaml"]
    (campaign.root / "inbox/名单.docx").unlink()
    assert rejected(campaign) == ["inbox/回收.zip/李四/空.yaml"]
    assert "名单.docx" not in campaign.run("report", "final").err
    (campaign.root / "inbox/回收.zip").unlink()
    assert rejected(campaign) == []


def test_what_was_not_downloaded_is_listed_until_it_is_here(answered_campaign: Campaign) -> None:
    answered_campaign.receive(".王五.yaml.icloud", b"bplist00")
    ran = answered_campaign.run("status")
    assert ran.code == 1
    assert "Files that could not be used (1): 王五\n  inbox/.王五.yaml.icloud  perhaps 王五 (技术部)\n" in ran.out
