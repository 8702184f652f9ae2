"""``paper print``: sheets to sign for whoever has answered completely, and nobody is forgotten in silence."""

import re
from pathlib import Path

import docx
import pypdfium2
import pytest
import zxingcpp

from selfaudit.model.progress.paper import PaperCode
from tests.support.campaign import Campaign
from tests.support.filling import fill
from tests.support.folders import leaves, plant
from tests.support.program import environment

pytestmark = pytest.mark.slow

NO_OFFICE = environment(PATH="")
COMPLETE = {
    "技术部/技术部", "审核部/审核部", "北京分公司/北京分公司", "审核部/张三_P1", "北京分公司/李四_P2",
}  # fmt: skip


def sheets(campaign: Campaign) -> dict[str, bytes]:
    """The sheets by unit and name, as a coordinator finds them."""
    found = leaves(campaign.root / "reports" / "papers")
    return {name.removesuffix("_签字表.docx"): data for name, data in found.items() if name.endswith("_签字表.docx")}


def code_on(campaign: Campaign, name: str) -> PaperCode:
    header = docx.Document(str(campaign.root / f"reports/papers/{name}_签字表.docx")).sections[0].header
    found = [PaperCode.parse(line) for line in header.tables[0].cell(0, 0).text.splitlines()]
    (code,) = [code for code in found if code]
    return code


def test_everybody_who_answered_completely_gets_a_sheet_and_the_others_are_named(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("paper", "print", env=NO_OFFICE)
    assert ran.code == 1
    assert set(sheets(answered_campaign)) == COMPLETE
    assert "Signature sheets: 5 written, 0 unchanged, 0 of them as PDF too." in ran.out
    assert "Not printed, not answered (1): 王五" in ran.out
    assert "note: LibreOffice was not found, so there are only Word files" in ran.err


def test_a_second_run_leaves_every_sheet_as_it_is(answered_campaign: Campaign) -> None:
    answered_campaign.run("paper", "print", env=NO_OFFICE)
    before = sheets(answered_campaign)
    ran = answered_campaign.run("paper", "print", "--json", env=NO_OFFICE)
    assert sheets(answered_campaign) == before
    assert (ran.data["written"], len(ran.data["unchanged"])) == ([], 5)


def test_a_run_that_was_cut_off_is_finished_by_the_next(answered_campaign: Campaign) -> None:
    answered_campaign.run("paper", "print", env=NO_OFFICE)
    before = sheets(answered_campaign)
    lost = answered_campaign.root / "reports/papers/审核部/张三_P1_签字表.docx"
    torn = answered_campaign.root / "reports/papers/技术部/技术部_签字表.docx"
    lost.unlink()
    torn.write_bytes(before["技术部/技术部"][:5000])
    ran = answered_campaign.run("paper", "print", "--json", env=NO_OFFICE)
    assert set(ran.data["written"]) == {str(path.relative_to(answered_campaign.root)) for path in (lost, torn)}
    after = sheets(answered_campaign)
    assert after.keys() == COMPLETE
    # a sheet bears the second in which it was made: those that were lost may be the same again, the others must be
    assert {name for name in after if after[name] != before[name]} <= {"审核部/张三_P1", "技术部/技术部"}
    assert len(torn.read_bytes()) > 5000


def test_only_those_who_are_named_get_a_sheet(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("paper", "print", "--only", "张三", "--only", "T", env=NO_OFFICE)
    assert ran.code == 0
    assert set(sheets(answered_campaign)) == {"审核部/张三_P1", "技术部/技术部"}
    ran = answered_campaign.run("paper", "print", "--role", "各分公司", "--unit", "B", env=NO_OFFICE)
    assert ran.code == 0
    assert set(sheets(answered_campaign)) == {"审核部/张三_P1", "技术部/技术部", "北京分公司/北京分公司"}
    ran = answered_campaign.run("paper", "print", "--only", "赵六", env=NO_OFFICE)
    assert ran.code == 3
    assert "nobody matches “赵六”" in ran.err


def test_a_changed_answer_gives_a_new_code_and_only_that_sheet_is_new(answered_campaign: Campaign) -> None:
    answered_campaign.run("paper", "print", env=NO_OFFICE)
    before, signed = sheets(answered_campaign), code_on(answered_campaign, "北京分公司/李四_P2")
    corrected = answered_campaign.filled("李四", on="2023-11-06", projects="4")
    answered_campaign.receive("李四 改.yaml", corrected)
    answered_campaign.run("collect")
    ran = answered_campaign.run("paper", "print", "--json", env=NO_OFFICE)
    assert ran.data["written"] == ["reports/papers/北京分公司/李四_P2_签字表.docx"]
    now = code_on(answered_campaign, "北京分公司/李四_P2")
    assert now.passport == signed.passport
    assert now.content != signed.content
    assert {name for name, data in sheets(answered_campaign).items() if data == before[name]} == COMPLETE - {
        "北京分公司/李四_P2"
    }


def test_the_sheet_of_answers_that_hold_no_more_is_taken_away(answered_campaign: Campaign) -> None:
    answered_campaign.run("paper", "print", env=NO_OFFICE)
    folder = answered_campaign.root / "reports/papers"
    (folder / "审核部/张三_P1_签字表.pdf").write_bytes(b"old")
    answered_campaign.receive("张三 改.yaml", answered_campaign.filled("张三", on="2023-11-06", answers={"2.2": ""}))
    for number in ("1", "2"):
        text = answered_campaign.filled("李四", on="2023-11-06", projects=number)
        answered_campaign.receive(f"李四 {number}.yaml", text)
    answered_campaign.run("collect")
    ran = answered_campaign.run("paper", "print", env=NO_OFFICE)
    assert ran.code == 1
    gone = "reports/papers/北京分公司/李四_P2_签字表.docx, reports/papers/审核部/张三_P1_签字表.docx"
    assert f"Removed, because these sheets are no longer valid: {gone}" in ran.out
    assert "Not printed, answers incomplete (1): 张三" in ran.out
    assert "Not printed, conflicting responses (1): 李四" in ran.out
    assert set(sheets(answered_campaign)) == COMPLETE - {"审核部/张三_P1", "北京分公司/李四_P2"}
    assert not (folder / "审核部/张三_P1_签字表.pdf").exists()


def test_nobody_has_a_form_yet_and_everybody_is_named(new_campaign: Campaign) -> None:
    ran = new_campaign.run("paper", "print", env=NO_OFFICE)
    assert ran.code == 1
    assert "Not printed, no form issued (6): 技术部, 审核部, 北京分公司, 张三, 李四, 王五" in ran.out


def test_two_people_of_one_name_in_one_unit_get_a_sheet_each(new_campaign: Campaign) -> None:
    new_campaign.edit("roster.yaml", "name: 李四\n    unit: B", "name: 张三\n    unit: A")
    new_campaign.run("issue")
    for number, form in enumerate(new_campaign.forms("张三")):
        new_campaign.receive(f"{number}.yaml", _filled(form))
    new_campaign.run("collect")
    ran = new_campaign.run("paper", "print", "--only", "P1", "--only", "P2", env=NO_OFFICE)
    assert ran.code == 0
    assert set(sheets(new_campaign)) == {"审核部/张三_P1", "审核部/张三_P2"}


def test_two_units_of_one_name_get_a_sheet_each(new_campaign: Campaign) -> None:
    another = "  - id: B2\n    name: 北京分公司\n    kind: branch\n"
    new_campaign.edit("roster.yaml", "  - id: B\n", f"{another}  - id: B\n")
    new_campaign.run("issue")
    for form in new_campaign.forms("北京分公司"):
        new_campaign.receive(f"{form.stem}.yaml", _filled(form))
    new_campaign.run("collect")
    ran = new_campaign.run("paper", "print", "--only", "unit:B", "--only", "unit:B2", env=NO_OFFICE)
    assert ran.code == 0, ran.said
    assert set(sheets(new_campaign)) == {"北京分公司_B/北京分公司_B", "北京分公司_B2/北京分公司_B2"}


def test_a_sheet_under_an_old_name_or_of_somebody_who_left_is_taken_away(answered_campaign: Campaign) -> None:
    answered_campaign.run("paper", "print", env=NO_OFFICE)
    folder = answered_campaign.root / "reports/papers"
    plant(folder / "北京分公司", {"李四_P2_签字表.pdf": b"old", "说明.docx": b"own", "~$四_P2_签字表.docx": b"lock"})
    answered_campaign.edit("roster.yaml", "name: 李四\n    unit: B", "name: 李五\n    unit: T")
    answered_campaign.edit("roster.yaml", "  - id: P1\n    name: 张三\n    unit: A\n    posts:\n      - 审核员\n", "")
    answered_campaign.run("issue")
    ran = answered_campaign.run("paper", "print", "--json", env=NO_OFFICE)
    gone = ["reports/papers/北京分公司/李四_P2_签字表.docx", "reports/papers/审核部/张三_P1_签字表.docx"]
    assert sorted(ran.data["withdrawn"]) == gone
    assert set(sheets(answered_campaign)) - {"北京分公司/~$四_P2"} == {
        "技术部/技术部", "审核部/审核部", "北京分公司/北京分公司", "技术部/李五_P2",
    }  # fmt: skip
    assert not (folder / "北京分公司/李四_P2_签字表.pdf").exists()
    assert (folder / "北京分公司/说明.docx").read_bytes() == b"own"
    assert (folder / "北京分公司/~$四_P2_签字表.docx").exists()


def test_whoever_is_printed_alone_has_no_sheet_under_another_name_left(answered_campaign: Campaign) -> None:
    answered_campaign.run("paper", "print", env=NO_OFFICE)
    answered_campaign.edit("roster.yaml", "name: 李四\n    unit: B", "name: 李五\n    unit: T")
    answered_campaign.edit("roster.yaml", "name: 张三", "name: 张四")
    answered_campaign.run("issue")
    ran = answered_campaign.run("paper", "print", "--only", "李五", "--json", env=NO_OFFICE)
    assert ran.data["withdrawn"] == ["reports/papers/北京分公司/李四_P2_签字表.docx"]
    assert set(sheets(answered_campaign)) == COMPLETE - {"北京分公司/李四_P2"} | {"技术部/李五_P2"}


def _filled(form: Path) -> str:
    return fill(form.read_text(encoding="utf-8"))


def test_a_campaign_may_have_its_own_sheet(answered_campaign: Campaign) -> None:
    folder = answered_campaign.root / "templates" / "paper-zh"
    folder.mkdir(parents=True)
    about = "format: selfaudit/template/1\ntitle: 本机构签字表\nlanguage: zh_CN\ndocument: paper\n"
    (folder / "about.yaml").write_text(about, encoding="utf-8")
    own = docx.Document()
    own.add_paragraph("{{ respondent.name }} 承诺：{{ code }}")
    own.add_paragraph("{{p qr }}")
    own.save(str(folder / "document.docx"))
    assert answered_campaign.run("template", "lint", "paper-zh").code == 0
    answered_campaign.run("paper", "print", "--only", "张三", env=NO_OFFICE)
    made = docx.Document(str(answered_campaign.root / "reports/papers/审核部/张三_P1_签字表.docx"))
    assert made.paragraphs[0].text.startswith("张三 承诺：TK23-")
    assert len(made.inline_shapes) == 1


@pytest.mark.slow
def test_sheets_are_also_pdf_files_whose_code_a_scanner_reads(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("paper", "print", "--json")
    assert ran.code == 1
    assert [problem["code"] for problem in ran.data["problems"]] == ["paper.not-awaited"]
    assert {name.removeprefix("reports/papers/") for name in ran.data["pdf"]} == {
        f"{name}_签字表.pdf" for name in COMPLETE
    }
    for name in COMPLETE:
        with pypdfium2.PdfDocument(answered_campaign.root / f"reports/papers/{name}_签字表.pdf") as document:
            assert len(document) == 1
            picture = document[0].render(scale=150 / 72, grayscale=True).to_pil()
            (found,) = zxingcpp.read_barcodes(picture)
        assert PaperCode.parse(found.text) == code_on(answered_campaign, name)
    before = leaves(answered_campaign.root / "reports")
    assert answered_campaign.run("paper", "print").code == 1
    assert leaves(answered_campaign.root / "reports") == before


def on_pages(path: Path) -> list[str]:
    """Return the passport on every page of a PDF file."""
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [found[0] if (found := re.search(r"TK23-\w{8}-\w{4}-\d\d", text)) else "" for text in texts]


def test_the_sheets_of_a_unit_and_of_all_are_one_file_each_that_follows_what_changes(
    answered_campaign: Campaign,
) -> None:
    papers = answered_campaign.root / "reports/papers"
    ran = answered_campaign.run("paper", "print")
    assert "To print in one go, on one side of the paper: reports/papers/全部签字表.pdf\n" in ran.out
    assert (
        "Unit by unit: reports/papers/技术部.pdf, reports/papers/审核部.pdf, reports/papers/北京分公司.pdf\n" in ran.out
    )
    order = ("技术部/技术部", "审核部/审核部", "审核部/张三_P1", "北京分公司/北京分公司", "北京分公司/李四_P2")
    everybody = [code_on(answered_campaign, name).passport for name in order]
    assert on_pages(papers / "全部签字表.pdf") == everybody
    assert on_pages(papers / "审核部.pdf") == everybody[1:3]
    answered_campaign.run("answer", "withdraw", "张三", "--reason", "重填")
    (papers / "清单.pdf").write_bytes(b"my own")
    answered_campaign.run("paper", "print", "--only", "张三")
    assert on_pages(papers / "审核部.pdf") == everybody[1:2]
    assert on_pages(papers / "全部签字表.pdf") == [*everybody[:2], *everybody[3:]]
    assert (papers / "清单.pdf").read_bytes() == b"my own"
