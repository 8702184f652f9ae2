"""``paper match``: every scanned page goes to whom its code names, to whom a person says, or to nobody."""

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from selfaudit.model.progress.paper import PaperCode
from selfaudit.scans.codes import find_codes
from tests.scans.sheets import code_of, drawn_sheet, pages_of, paper_states, results, scanned, signed, torn
from tests.support.campaign import Campaign
from tests.support.folders import leaves, plant, zipped
from tests.support.program import Ran

pytestmark = pytest.mark.slow


def only(ran: Ran) -> dict[str, Any]:
    (entry,) = ran.data["results"]
    return dict(entry)


def test_a_pdf_with_the_sheets_of_several_people_is_taken_apart(answered_campaign: Campaign, tmp_path: Path) -> None:
    blank = Image.new("L", (827, 1169), 250)
    names = ["张三", "北京分公司", "张三"]
    sheets = [signed(answered_campaign, name) for name in names]
    scan = scanned(tmp_path / "合订.pdf", sheets[0], blank, *sheets[1:])
    ran = answered_campaign.run("paper", "match", scan)
    assert ran.code == 0, ran.said
    passports = {name: code_of(answered_campaign, name).passport for name in names}
    assert f"合订.pdf, page 1, 4 (张三): filed → papers/审核部/张三_{passports['张三']}.pdf" in ran.out
    assert "合订.pdf, page 2: blank" in ran.out
    for name, unit, count in (("张三", "审核部", 2), ("北京分公司", "北京分公司", 1)):
        filed = pages_of(answered_campaign.root / "papers" / unit / f"{name}_{passports[name]}.pdf")
        assert [find_codes(page, PaperCode.parse).codes for page in filed] == [
            (code_of(answered_campaign, name),)
        ] * count
    assert scan.read_bytes() in leaves(answered_campaign.root / "papers" / "scans").values()
    assert paper_states(answered_campaign) == {"张三": "unconfirmed", "北京分公司": "unconfirmed"}
    answered_campaign.verify_journal()


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.heic", "a.tif", "a.webp", "改名.pdf.bin"])
def test_a_photo_of_any_kind_and_name_is_filed_as_it_is(answered_campaign: Campaign, tmp_path: Path, name: str) -> None:
    photo = scanned(tmp_path / name.replace(".bin", ""), signed(answered_campaign, "李四"))
    photo = photo.rename(tmp_path / name)
    ran = answered_campaign.run("paper", "match", photo, "--json")
    assert ran.code == 0
    assert results(ran) == [("filed", [1], "李四")]
    assert (answered_campaign.root / only(ran)["filed"]).read_bytes() == photo.read_bytes()


def test_folders_and_zips_are_searched(answered_campaign: Campaign, tmp_path: Path) -> None:
    scanned(tmp_path / "in/一/a.png", signed(answered_campaign, "张三"))
    second = scanned(tmp_path / "b.png", signed(answered_campaign, "李四"))
    plant(tmp_path / "in", {"二.zip": zipped({"b.png": second.read_bytes(), "../c.png": b"x"})})
    ran = answered_campaign.run("paper", "match", tmp_path / "in", "--json")
    assert ran.code == 1
    assert sorted(results(ran)) == [("filed", [1], "张三"), ("filed", [1], "李四"), ("rejected", [], "")]


def test_the_same_scan_again_changes_nothing(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.png", signed(answered_campaign, "张三"))
    copy = plant(tmp_path, {"b.png": scan.read_bytes()}) / "b.png"
    assert answered_campaign.run("paper", "match", scan).code == 0
    before, ledger = leaves(answered_campaign.root / "papers"), answered_campaign.ledger()
    journal = answered_campaign.journal()
    ran = answered_campaign.run("paper", "match", scan, copy)
    assert ran.code == 0
    assert ran.out.startswith("filed 0; ")
    assert ran.out.endswith("unchanged 2; rejected 0\n")
    assert (leaves(answered_campaign.root / "papers"), answered_campaign.ledger()) == (before, ledger)
    assert answered_campaign.journal() == journal


def test_another_scan_of_the_same_sheet_is_kept_beside_it_and_told(answered_campaign: Campaign, tmp_path: Path) -> None:
    sheet = signed(answered_campaign, "张三")
    answered_campaign.run("paper", "match", scanned(tmp_path / "a.png", sheet))
    ran = answered_campaign.run("paper", "match", scanned(tmp_path / "b.png", sheet.rotate(180)), "--json")
    assert ran.code == 0
    assert results(ran) == [("duplicate", [1], "张三")]
    assert only(ran)["problems"][0]["message"] == "another scan of this sheet was filed before; both are kept"
    filed = answered_campaign.root / "papers" / "审核部"
    code = code_of(answered_campaign, "张三").passport
    assert set(leaves(filed)) == {f"张三_{code}.png", f"张三_{code}_2.png"}


def test_answers_that_changed_after_signing_must_be_signed_again(answered_campaign: Campaign, tmp_path: Path) -> None:
    old = scanned(tmp_path / "old.png", signed(answered_campaign, "李四"))
    later = scanned(tmp_path / "later.png", signed(answered_campaign, "李四").rotate(90, expand=True))
    answered_campaign.run("paper", "match", old)
    answered_campaign.receive("李四 改.yaml", answered_campaign.filled("李四", on="2023-11-06", projects="4"))
    answered_campaign.run("collect")
    assert paper_states(answered_campaign) == {"李四": "changed"}
    ran = answered_campaign.run("paper", "match", later)
    assert ran.code == 1
    assert "(李四): to be signed again → papers/北京分公司/李四_" in ran.out
    assert "the answers changed after this was signed → Print the sheet again with selfaudit paper print" in ran.out
    ran = answered_campaign.run("paper", "match", scanned(tmp_path / "new.png", signed(answered_campaign, "李四")))
    assert ran.code == 0
    assert paper_states(answered_campaign) == {"李四": "unconfirmed"}


def test_a_sheet_signed_before_a_question_was_reworded_is_filed_and_counts_for_what_was_signed(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    sheet = scanned(tmp_path / "a.png", signed(answered_campaign, "李四"))
    answered_campaign.edit("checklists/2-conduct.yaml", "是否知道虚假认证？", "是否知道虚假的认证？")
    answered_campaign.run("issue")
    assert results(answered_campaign.run("paper", "match", sheet, "--json")) == [("filed", [1], "李四")]
    assert paper_states(answered_campaign) == {"李四": "not_due"}


def test_a_code_that_was_never_issued_here_is_filed_under_nobody(answered_campaign: Campaign, tmp_path: Path) -> None:
    code = PaperCode("FC23-7K2M9QXA-4T0B-66", "9QK2M7XA")
    ran = answered_campaign.run("paper", "match", scanned(tmp_path / "a.png", drawn_sheet(code, 100)), "--json")
    assert ran.code == 1
    assert results(ran) == [("open", [1], "")]
    assert only(ran)["problems"][0]["message"] == f"page 1: no form of this campaign has the code {code}"
    shown = (answered_campaign.root / "papers/unreadable.html").read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in shown
    assert "--to NAME" not in shown


def test_a_code_that_is_issued_later_is_filed_when_the_scan_comes_again(campaign: Campaign, tmp_path: Path) -> None:
    campaign.receive("李四.yaml", campaign.filled("李四"))
    other = campaign.copy(tmp_path / "other")
    other.run("collect")
    other.edit("checklists/2-conduct.yaml", "是否知道虚假认证？", "是否知道虚假的认证？")
    other.run("issue")
    other.receive("李四 2.yaml", other.filled("李四"))
    other.run("collect")
    scan = scanned(tmp_path / "a.png", signed(other, "李四"))
    campaign.run("collect")
    assert results(campaign.run("paper", "match", scan, "--json")) == [("open", [1], "")]
    campaign.edit("checklists/2-conduct.yaml", "是否知道虚假认证？", "是否知道虚假的认证？")
    campaign.run("issue")
    campaign.receive("李四 2.yaml", campaign.filled("李四"))
    campaign.run("collect")
    assert results(campaign.run("paper", "match", scan, "--json")) == [("filed", [1], "李四")]
    assert not (campaign.root / "papers/unreadable.html").exists()


def test_a_page_with_the_codes_of_two_sheets_waits_and_may_be_filed_under_both(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    first = signed(answered_campaign, "张三")
    page = Image.new("L", (first.width, first.height * 2), 255)
    page.paste(first, (0, 0))
    page.paste(signed(answered_campaign, "李四"), (0, first.height))
    scan = scanned(tmp_path / "a.png", page)
    ran = answered_campaign.run("paper", "match", scan, "--json")
    assert results(ran) == [("open", [1], "")]
    assert str(code_of(answered_campaign, "李四")) in only(ran)["problems"][0]["message"]
    ran = answered_campaign.run("paper", "match", scan, "--to", "王五", "--json")
    assert ran.code == 3
    ran = answered_campaign.run("paper", "match", scan, "--to", "技术部", "--json")
    assert results(ran) == [("rejected", [1], ""), ("open", [1], "")]
    for name in ("张三", "李四"):
        ran = answered_campaign.run("paper", "match", scan, "--to", name, "--page", "1", "--json")
        assert ran.code == 0
        assert ("filed", [1], name) in results(ran)
    assert paper_states(answered_campaign) == {"张三": "unconfirmed", "李四": "unconfirmed"}


def test_an_unreadable_page_is_shown_with_the_command_that_files_it(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    scan = scanned(tmp_path / "合订.pdf", signed(answered_campaign, "张三"), torn(answered_campaign, "李四"))
    ran = answered_campaign.run("paper", "match", scan)
    assert ran.code == 1
    assert "合订.pdf, page 2: unassigned\n    page 2: no code could be read → " in ran.out
    assert "Unassigned pages: 1. See papers/unreadable.html; file them with --to." in ran.out
    page = answered_campaign.root / "papers/unreadable.html"
    text = page.read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in text
    assert "http:" not in text
    assert "https:" not in text
    command, _ = re.findall(r"<code>selfaudit (.*)</code>", text)
    ran = answered_campaign.run(*command.replace("NAME", "李四").split())
    assert ran.code == 0, ran.said
    assert "page 2 (李四): filed → papers/北京分公司/李四_" in ran.out
    assert "filed by hand for the current answers → If a different code is printed on the sheet" in ran.out
    assert not page.exists()
    assert "李四" in (answered_campaign.root / "papers/to-confirm.html").read_text(encoding="utf-8")
    ((how, numbers),) = answered_campaign.rows("SELECT how, pages FROM papers WHERE respondent = 'person:P2'")
    assert (how, numbers) == ("hand", "[2]")
    assert answered_campaign.journal()[-1][1]["papers"][0]["how"] == "hand"


def test_the_code_printed_on_the_sheet_can_be_typed(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.png", torn(answered_campaign, "李四"))
    typed = str(code_of(answered_campaign, "李四"))
    answered_campaign.receive("李四 改.yaml", answered_campaign.filled("李四", on="2023-11-06", projects="4"))
    answered_campaign.run("collect")
    wrong = typed[:-1] + str((int(typed[-1]) + 1) % 10)
    ran = answered_campaign.run("paper", "match", scan, "--to", wrong)
    assert ran.code == 3
    assert f"“{wrong}” is not a code of this campaign" in ran.err
    ran = answered_campaign.run("paper", "match", scan, "--to", typed.lower(), "--json")
    assert ran.code == 1
    assert results(ran) == [("changed", [1], "李四")]


def test_a_page_filed_by_hand_can_be_filed_under_another(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.png", torn(answered_campaign, "李四"))
    answered_campaign.run("paper", "match", scan, "--to", "张三")
    answered_campaign.run("paper", "confirm", "张三")
    ran = answered_campaign.run("paper", "match", scan, "--to", "李四")
    assert ran.code == 1
    assert "page 1 is already filed under 张三 → To file it again, add --page 1." in ran.out
    assert paper_states(answered_campaign) == {"张三": "confirmed"}
    ran = answered_campaign.run("paper", "match", scan, "--to", "李四", "--page", "1")
    assert ran.code == 1
    assert "a.png, page 1 (李四): filed → papers/北京分公司/李四_" in ran.out
    assert "a.png, page 1 (张三): withdrawn\n    it was filed under 张三; now it is filed under 李四" in ran.out
    assert "what was said of the earlier sheet no longer counts" in ran.out
    assert paper_states(answered_campaign) == {"李四": "unconfirmed"}
    assert not leaves(answered_campaign.root / "papers" / "审核部")
    what, told = answered_campaign.journal()[-1]
    assert (what, [paper["respondent"] for paper in told["taken_back"]]) == ("paper", ["person:P1"])


def test_a_code_on_the_page_is_believed_and_not_what_is_said_against_it(
    answered_campaign: Campaign, tmp_path: Path
) -> None:
    scan = scanned(tmp_path / "a.pdf", signed(answered_campaign, "张三"), torn(answered_campaign, "李四"))
    for page in ([], ["--page", "1"]):
        alone = scan if page else scanned(tmp_path / "b.png", signed(answered_campaign, "张三"))
        ran = answered_campaign.run("paper", "match", alone, "--to", "李四", *page)
        assert ran.code == 1
        assert "page 1 has the code of 张三; it was not filed under 李四" in ran.out
    ran = answered_campaign.run("paper", "match", scan, "--to", "李四", "--page", "3", "--json")
    assert ("rejected", [3], "") in results(ran)
    assert answered_campaign.rows("SELECT respondent FROM papers WHERE respondent = 'person:P2'") == []


def test_nothing_is_filed_for_whoever_has_not_answered(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.png", torn(answered_campaign, "李四"))
    ran = answered_campaign.run("paper", "match", scan, "--to", "王五")
    assert ran.code == 3
    assert "王五 has not answered yet, so there is nothing to sign" in ran.err
    ran = answered_campaign.run("paper", "match", scan, "--page", "1")
    assert ran.code == 3
    assert "--page must come with --to and exactly one scan" in ran.err


def test_a_run_that_was_cut_off_is_finished_by_the_next(answered_campaign: Campaign, tmp_path: Path) -> None:
    scan = scanned(tmp_path / "a.pdf", signed(answered_campaign, "张三"), torn(answered_campaign, "李四"))
    clean = answered_campaign.copy(tmp_path / "clean")
    clean.run("paper", "match", scan)
    # as after a kill just before the transaction: all files are there, the ledger knows nothing
    done = leaves(clean.root / "papers")
    plant(answered_campaign.root / "papers", {name: b"half" if "张三" in name else data for name, data in done.items()})
    ran = answered_campaign.run("paper", "match", scan, "--json")
    assert results(ran) == [("filed", [1], "张三"), ("open", [2], "")]
    assert set(leaves(answered_campaign.root / "papers")) == set(done)
    assert paper_states(answered_campaign) == {"张三": "unconfirmed"}


def test_nobody_has_a_form_yet(new_campaign: Campaign, tmp_path: Path) -> None:
    ran = new_campaign.run("paper", "match", scanned(tmp_path / "a.png", Image.new("L", (9, 9))))
    assert ran.code == 3
    assert "no form of this campaign has been issued yet" in ran.err
