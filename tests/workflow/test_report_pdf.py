"""``report --pdf``: a PDF beside the Word file, and in both of them the page numbers of the table of contents."""

import re
from pathlib import Path

import docx
import pypdfium2
import pytest

from selfaudit.word.page_numbers import entry_count, has_page_numbers, with_page_numbers, without_page_numbers
from selfaudit.workflow.common.writing.superseding import parts_of
from tests.support.campaign import Campaign
from tests.support.program import environment

FINAL, DRAFT = "reports/自查报告", "reports/自查报告（草稿）"
NO_OFFICE = environment(PATH="")


def contents(path: Path) -> list[str]:
    """Return the entries of the table of contents, numbers included."""
    paragraphs = docx.Document(str(path)).paragraphs
    return [one.text for one in paragraphs if one.style is not None and re.match(r"toc \d", one.style.name.lower())]


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def asks_to_refresh(path: Path) -> bool:
    return b"updateFields" in parts_of(path.read_bytes())["word/settings.xml"]


def test_without_libreoffice_there_is_the_word_file_and_what_to_do(finished: Campaign) -> None:
    ran = finished.run("report", "--pdf", env=NO_OFFICE)
    assert ran.code == 1
    assert "LibreOffice was not found, so there is no PDF" in ran.err
    assert "sudo apt install libreoffice-writer" in ran.err
    word = finished.root / f"{FINAL}.docx"
    assert asks_to_refresh(word), "Word sets the numbers, as it always did"
    assert not word.with_suffix(".pdf").exists()
    ran = finished.run("report", "unit", "技术部", "--pdf", env=NO_OFFICE)
    assert (ran.code, "LibreOffice was not found" in ran.err) == (1, True)


def test_an_office_that_makes_nothing_is_told_and_the_word_file_is_there(finished: Campaign, tmp_path: Path) -> None:
    office = tmp_path / "bin" / "soffice"
    office.parent.mkdir()
    office.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    office.chmod(0o755)
    ran = finished.run("report", "--pdf", "--json", env=environment(PATH=str(office.parent)))
    assert (ran.code, [one["code"] for one in ran.data["problems"]], ran.data["pdf"]) == (1, ["pdf.none"], [])
    assert (finished.root / ran.data["path"]).is_file()


def test_page_numbers_are_no_content(finished: Campaign) -> None:
    finished.run("report")
    word = finished.root / f"{FINAL}.docx"
    plain = word.read_bytes()
    count = entry_count(plain)
    assert count == len(contents(word)) > 3
    numbered = with_page_numbers(plain, [str(n) for n in range(count)])
    word.write_bytes(numbered)
    assert [line.rpartition("\t")[2] for line in contents(word)] == [str(n) for n in range(count)]
    assert has_page_numbers(parts_of(numbered))
    assert not has_page_numbers(parts_of(plain))
    assert without_page_numbers(parts_of(numbered)) == without_page_numbers(parts_of(plain))
    finished.run("report")
    assert word.read_bytes() == numbered, "a run that makes no numbers leaves those that are there"


@pytest.mark.slow
def test_both_have_the_numbers_of_the_pages_on_which_the_headings_are(finished: Campaign) -> None:
    ran = finished.run("report", "--pdf", "--json")
    assert (ran.code, ran.data["pdf"], ran.data["problems"]) == (0, [f"{FINAL}.pdf"], [])
    word = finished.root / f"{FINAL}.docx"
    assert not asks_to_refresh(word)
    printed = pages(word.with_suffix(".pdf"))
    first = next(n for n, text in enumerate(printed) if n > 1 and "基本情况" in text)
    table = re.sub(r"[\s.]", "", printed[1])
    for title, _, number in (line.rpartition("\t") for line in contents(word)):
        entry = re.sub(r"\s", "", title)
        assert entry in re.sub(r"\s", "", printed[first + int(number) - 1]), title
        assert f"{entry}{number}" in table, "the PDF itself says the same"
    before = word.read_bytes(), word.with_suffix(".pdf").read_bytes()
    assert finished.run("report", "--pdf", "--json").data["set_aside"] == []
    assert (word.read_bytes(), word.with_suffix(".pdf").read_bytes()) == before
    finished.edit("profile.yaml", "certificates: 12", "certificates: 13")
    moved = finished.run("report", "--json").data["set_aside"]
    assert sorted(name.rpartition(".")[2] for name in moved) == ["docx", "pdf"], "no PDF lies beside another text"
