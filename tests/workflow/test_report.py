"""``report``: the final report when nothing is open, otherwise its draft, and what it says to do next."""

import re
import shutil
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT

from selfaudit.base.resources import shipped
from tests.support.campaign import Campaign
from tests.support.templates import replaced

FINAL, DRAFT = "reports/自查报告.docx", "reports/自查报告（草稿）.docx"


def headers(path: Path) -> list[str]:
    return [section.header.paragraphs[0].text for section in docx.Document(str(path)).sections]


def texts(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("command", ["report", "report final"])
def test_with_something_open_there_is_a_draft_that_lists_it(answered_campaign: Campaign, command: str) -> None:
    ran = answered_campaign.run(*command.split())
    assert ran.code == 1
    assert "warning: 技术部: 1 not answered: 王五" in ran.err
    assert ran.out == (
        f"Draft written to {DRAFT}: 2 points are open.\n"
        "Next: resolve them and run selfaudit report again; the draft lists them too.\n"
    )
    draft = answered_campaign.root / DRAFT
    assert set(headers(draft)) == {"草稿"}
    assert "技术部：1 份未收回：王五" in texts(draft)
    assert not (answered_campaign.root / FINAL).exists()


def test_with_nothing_open_it_is_final(finished: Campaign) -> None:
    ran = finished.run("report")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"Final report written to {FINAL}.",
        "Next: have it prepared, reviewed and approved with selfaudit report approve.",
    ]
    assert "草稿" not in headers(finished.root / FINAL)
    assert not (finished.root / DRAFT).exists()


def test_a_citation_nobody_verified_is_printed_with_its_mark_and_keeps_no_report_back(finished: Campaign) -> None:
    finished.edit("checklists/citations.yaml", "verified: true\n    source: 公开文本\n", "verified: false\n")
    ran = finished.run("report")
    assert ran.code == 0
    assert "note: not verified, and printed with a mark: 《认证条例》第一条" in ran.err
    assert f"Final report written to {FINAL}." in ran.out
    tables = docx.Document(str(finished.root / FINAL)).tables
    assert any("《认证条例》第一条〔待核实〕" in cell.text for table in tables for cell in table.column_cells(1))


def test_a_draft_can_be_had_though_nothing_is_open(finished: Campaign) -> None:
    ran = finished.run("report", "--draft")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"Draft written to {DRAFT}; nothing is open.",
        "Next: run selfaudit report without --draft for the final report.",
    ]
    assert set(headers(finished.root / DRAFT)) == {"草稿"}


def test_strict_writes_the_final_report_or_nothing(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("report", "--strict")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "Not written: 2 points are open.",
        "Next: resolve them, or run selfaudit report without --strict for a draft.",
    ]
    assert list((answered_campaign.root / "reports").glob("*.docx")) == []


def test_strict_writes_a_report_in_which_nothing_is_open(finished: Campaign) -> None:
    assert finished.run("report", "--strict").code == 0
    assert (finished.root / FINAL).is_file()


def test_the_report_goes_where_one_wants_it(answered_campaign: Campaign, tmp_path: Path) -> None:
    ran = answered_campaign.run("report", "-o", tmp_path / "mine.docx")
    assert ran.code == 1
    assert set(headers(tmp_path / "mine.docx")) == {"草稿"}
    assert list((answered_campaign.root / "reports").glob("*.docx")) == []


def test_every_figure_is_explained_and_nothing_written(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("report", "--explain")
    assert ran.code == 0
    assert "conduct.issued = 6  forms issued" in ran.out, "in the language of who reads it, not of the report"
    assert "conduct.issued = 6  发放" in answered_campaign.run("--lang", "zh_CN", "report", "--explain").out
    assert list((answered_campaign.root / "reports").glob("*.docx")) == []


def test_a_script_gets_the_path_and_everything_that_is_open(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("report", "--json")
    assert (ran.code, ran.err) == (1, "")
    assert (ran.data["path"], ran.data["draft"], ran.data["open"]) == (DRAFT, True, 2)
    assert [gap["code"] for gap in ran.data["gaps"]] == ["gate.profile-empty", "gate.missing"]


def test_draft_and_strict_exclude_each_other(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("report", "--draft", "--strict")
    assert ran.code == 2
    assert ran.err == "--draft and --strict cannot be used together: choose one.\n    → selfaudit report --help\n"


def test_an_option_before_the_name_of_another_report_is_not_ignored(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("report", "--unmasked", "person")
    assert ran.code == 2
    assert ran.err == "Put --unmasked after “person”.\n    → selfaudit report --help\n"


def test_a_final_report_is_never_overwritten_and_its_draft_goes_aside(finished: Campaign) -> None:
    assert finished.run("report", "--draft").code == 0
    ran = finished.run("report")
    assert "An earlier file was moved to reports/superseded/自查报告（草稿） " in ran.out
    assert not (finished.root / DRAFT).exists()
    signed = (finished.root / FINAL).read_bytes()
    finished.edit("profile.yaml", "overview: 无", "overview: 补充说明")
    ran = finished.run("report")
    (moved,) = [line for line in ran.out.splitlines() if line.startswith("An earlier file was moved to ")]
    aside = finished.root / moved.removeprefix("An earlier file was moved to ").removesuffix(".")
    assert aside.read_bytes() == signed
    assert "补充说明" in texts(finished.root / FINAL)


def test_a_report_that_says_the_same_stays_as_it_is(finished: Campaign) -> None:
    finished.run("report")
    before = (finished.root / FINAL).read_bytes()
    assert "moved" not in finished.run("report").out
    assert (finished.root / FINAL).read_bytes() == before
    assert not (finished.root / "reports/superseded").exists()


def test_a_draft_beside_a_final_report_says_that_there_is_one(finished: Campaign) -> None:
    finished.run("report")
    before = (finished.root / FINAL).read_bytes()
    ran = finished.run("report", "--draft")
    assert f"{FINAL} is an earlier final report; it was left as it is." in ran.out
    assert (finished.root / FINAL).read_bytes() == before


def test_annexes_can_have_a_file_of_their_own(finished: Campaign, tmp_path: Path) -> None:
    finished.edit("campaign.yaml", "  title: 自查报告\n", "  title: 自查报告\n  annexes: own\n")
    assert finished.run("report", "--json").data["annexes"] == "reports/自查报告附件.docx"
    report, annexes = (
        docx.Document(str(finished.root / "reports" / name)) for name in ("自查报告.docx", "自查报告附件.docx")
    )
    assert "1. 问题清单（另册）" in [p.text for p in report.paragraphs]
    assert "附件1　问题清单" not in [p.text for p in report.paragraphs]
    assert "附件1　问题清单" in [p.text for p in annexes.paragraphs]
    # no empty page across is left in the one, none of the chapters in the other
    assert [section.orientation for section in report.sections] == [WD_ORIENT.PORTRAIT] * 2
    assert [section.orientation for section in annexes.sections] == [WD_ORIENT.LANDSCAPE]
    assert "PAGE" in annexes.sections[0].footer._element.xml
    finished.edit("campaign.yaml", "annexes: own", "annexes: same")
    assert len(re.findall(r"moved to reports/superseded/自查报告", finished.run("report").out)) == 2
    assert not (finished.root / "reports/自查报告附件.docx").exists()
    finished.edit("campaign.yaml", "annexes: same", "annexes: own")
    assert finished.run("report", "-o", tmp_path / "mine.docx").code == 0
    assert sorted(path.name for path in tmp_path.glob("mine*")) == ["mine.docx", "mine附件.docx"]


def test_a_template_that_leaves_rows_out_makes_a_draft_that_nobody_can_approve(finished: Campaign) -> None:
    folder = finished.root / "templates" / "final-zh"
    shutil.copytree(shipped("templates") / "final-zh", folder)
    word = folder / "document.docx"
    loop = "for row in annex_respondents"
    word.write_bytes(replaced(word.read_bytes(), "word/document.xml", loop, f"{loop}[:-1]"))
    ran = finished.run("report")
    assert (ran.code, f"Draft written to {DRAFT}: 1 point is open." in ran.out) == (1, True)
    assert "the template leaves rows out of “填报情况一览表”: 1 of 6 (王五)" in ran.err
    assert not (finished.root / FINAL).exists()
    assert finished.run("report", "--strict").out.startswith("Not written: 1 point is open.")
    ran = finished.run("report", "approve", "--as", "prepared", "--by", "王编")
    assert (ran.code, "a draft cannot be approved; points that are open: 1" in ran.err) == (3, True)
