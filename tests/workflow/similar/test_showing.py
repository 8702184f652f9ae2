"""What is alike is looked at as pages and in Word, with what was decided on it, until a file changes."""

from pathlib import Path

import pytest

from selfaudit.casefiles.shingling import text_shingles
from selfaudit.casefiles.spread import NO_SPREAD
from selfaudit.casefiles.templates import Learned, Templates
from selfaudit.files.extracting.extracted import Extracted
from selfaudit.model.casefiles.comparison import Comparison
from selfaudit.model.casefiles.found import Pair
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings
from selfaudit.reports.wording import Wording
from selfaudit.store.texts import Texts
from selfaudit.word.package import printed_texts
from selfaudit.workflow.common.lookalikes import Reading
from selfaudit.workflow.similar.listing import learned_rows
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.lookalikes import alike
from tests.workflow.similar.conftest import FILES, KIT, PAIR, record


@pytest.fixture
def checked(campaign: Campaign) -> Campaign:
    """The campaign after a comparison, with a check that makes signals of it."""
    text = (KIT / "data-checks" / "S01.yaml").read_text(encoding="utf-8").replace("'severe'", "'minor'")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(("basis:", "items:"))]
    check = "".join(lines).replace("severity: major", "severity: minor").replace("severity: severe", "severity: minor")
    plant(campaign.root / "checklists", {"data-checks/S01.yaml": check})
    assert campaign.run("similar", "--pattern", "{standard}/{organisation}/{auditors}").code == 1
    return campaign


@pytest.mark.slow
def test_a_verdict_is_shown_in_pages_and_annex_until_a_file_changes(checked: Campaign, tmp_path: Path) -> None:
    checked.run("check", "S01")
    key = checked.run("check", "explain", "S01", "--json").data["signals"][0]["key"]
    page = tmp_path / "page.html"
    assert checked.run("similar", "show", "P1/张三.txt", "P2/张三.txt", "-o", page).code == 0
    told = page.read_text(encoding="utf-8")
    assert f"selfaudit check decide S01 {key} --explained" in told.replace("&#34;", "").replace("&quot;", "")
    assert "line 2" in told
    assert checked.run("check", "decide", "S01", key, "--explained", "--code", "same", "--reason", "联合审核").code == 0
    listed = checked.run("similar", "list").out
    assert f"A {PAIR[0]}\nB {PAIR[1]}\n   Of A in B: " in listed
    assert "State: explained" in listed
    ran = checked.run("similar", "pages")
    assert ran.out == "Pages of 1 pairs and 0 rings. Begin with similar/pages/index.html\n"
    (own,) = (checked.root / "similar" / "pages").glob("pair-*.html")
    assert "联合审核" in own.read_text(encoding="utf-8")
    assert checked.run("report", "lookalikes").code == 0
    (document,) = (checked.root / "reports").glob("*.docx")
    assert any("联合审核" in text for text in printed_texts(document.read_bytes()))
    plant(checked.root / "case-files", {PAIR[1]: FILES[PAIR[1]] + "另查了仓库。\n"})
    checked.run("similar")
    checked.run("check", "S01")
    assert checked.run("check", "explain", "S01", "--json").data["signals"][0]["state"] == "reopened"


def test_text_that_was_taken_for_template_is_listed_with_the_records_that_have_it() -> None:
    assert learned_rows(alike().made, Wording("en"), 8) == [("质量管理体系", 40, "本公司概况如下。", "a, b")]


def test_template_inside_a_passage_is_told_as_template_and_what_counts_beside_it_is_not(tmp_path: Path) -> None:
    before, phrase, after = record(1, 3), record(2, 2), record(3, 3)
    a, b = (CaseRecord(id=one, digest=one * 64, standard="QMS", characters=1) for one in "ab")
    templates = Templates(Settings(), learned={"QMS": Learned(text_shingles(phrase, Settings().shingle), 50)})
    pair = Pair(a="a", b="b", of_a=1, of_b=1, shared=1, longest=1, passages=1)
    with Texts.open(tmp_path / "texts.db") as texts:
        texts.put(a.digest, Extracted(f"{before}{phrase}{after}"))
        texts.put(b.digest, Extracted(f"{before}{phrase}{after}{phrase}"))
        made = Comparison(settings=Settings(), records=(a, b))
        shown = Reading(made, texts, templates, NO_SPREAD, str).compared(pair)
    ours, theirs = ([side.text[start:end].strip() for start, end in side.template] for side in (shown.a, shown.b))
    words = phrase.strip("。\n")
    assert (ours, theirs) == ([words[4:-4]], [words[4:-4], words])
    assert [one.length_a for one in shown.passages] == [len(f"{before}{phrase}{after}".strip("。\n"))]


def test_pages_need_a_comparison_with_its_texts_and_a_folder_of_their_own(checked: Campaign, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "index.html").write_text("mine", encoding="utf-8")
    assert "is not empty" in checked.run("similar", "pages", "-o", tmp_path / "full").err
    assert "belongs to the campaign" in checked.run("similar", "pages", "-o", checked.root / "received" / "x").err
    (checked.root / ".selfaudit" / "texts.db").unlink()
    ran = checked.run("similar", "show", *PAIR)
    assert (ran.code, "not there any more" in ran.err) == (3, True)
    for damaged in ("{", '{"format": "selfaudit/look-alikes/2"}'):
        (checked.root / "similar" / "found.json").write_text(damaged, encoding="utf-8")
        for command in (("similar",), ("similar", "list"), ("report", "lookalikes")):
            ran = checked.run(*command)
            assert (ran.code, "similar/found.json is damaged, or was written by another version" in ran.err) == (
                3,
                True,
            )
            assert "Take it away and run selfaudit similar again" in ran.err
    (checked.root / "similar" / "found.json").unlink()
    for command in (("similar", "pages"), ("report", "lookalikes")):
        ran = checked.run(*command)
        assert (ran.code, "have not been compared yet" in ran.err) == (3, True)
