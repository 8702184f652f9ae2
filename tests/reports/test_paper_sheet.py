"""What a signature sheet says, and that its code is read back from every page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import zxingcpp
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from selfaudit.base.canonical import ALPHABET
from selfaudit.base.resources import shipped
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Language
from selfaudit.model.passport import Passport
from selfaudit.model.progress.paper import PaperCode
from selfaudit.model.roster import Roster
from selfaudit.reports.build.paper import on_one_line, paper_sheet
from selfaudit.reports.context.paper import PaperSheet
from selfaudit.reports.document import properties_of
from selfaudit.word.engine import mark_of, render
from selfaudit.word.lint.lint import lint
from selfaudit.word.office.pdf import find_office, make_pdfs
from selfaudit.word.qr import qr_png
from selfaudit.word.values import Properties
from tests.reports.content_kit import FINDING, PLAN, ROSTER, make_kit, make_setting, replied, reviewed

DIGEST = "4af9c12e" * 8
SEALED = make_kit({"roles": [{**role, "seal": role["id"] == "branch"} for role in PLAN["roles"]], "return_to": "QA"})
STAMPED = SEALED.model_copy(update={"plan": SEALED.plan.model_copy(update={"seal": "(Stamp for test reports)"})})
FOUND: dict[str, Any] = {
    "items": [{"id": "2.1", "answer": "problem"}, {"id": "2.2", "answer": "not_applicable", "note": "no gifts"}],
    "findings": [{**FINDING, "severity": "severe"}],
    "suggestions": {"national": "Count differently."},
    "clues": "Ask the driver.",
}
VALID = (
    "This sheet is valid only for the exact answers that the code in the header identifies. If the answers change in"
    " any way, it is void, and a new sheet must be printed and signed."
)


def sheet_of(name: str, content: Mapping[str, Any] | None = None, kit: Kit = SEALED) -> PaperSheet:
    return paper_sheet(make_setting(kit), replied(name, content, digest=DIGEST))


def test_a_reviewer_signs_what_they_say_of_a_file_that_is_described() -> None:
    sheet = paper_sheet(make_setting(), replace(reviewed("Eva", "conform"), digest=DIGEST))
    assert (sheet.signer, sheet.asked_for_suggestions) == ("Eva", False)
    told = "File reviewed | P1 (Eva)\nOrganisation: A Ltd; Standard: QMS | Roles | reads"
    assert told in lines(docx.Document(BytesIO(rendered(sheet))))


def rendered(sheet: PaperSheet, template: str = "paper-en") -> bytes:
    language: Language = "en" if template.endswith("en") else "zh_CN"
    return render(shipped("templates") / template / "document.docx", sheet, properties_of(sheet, language))


def lines(document: Document) -> list[str]:
    """Every paragraph and cell of the header and the body, in order."""
    section = document.sections[0].header
    found = [cell.text for table in section.tables for row in table.rows for cell in dict.fromkeys(row.cells)]
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            found += [" | ".join(cell.text for cell in dict.fromkeys(row.cells)) for row in block.rows]
        else:
            found.append(block.text)
    return [line for line in found if line.strip()]


def printed(name: str, content: Mapping[str, Any] | None = None, kit: Kit = SEALED) -> list[str]:
    return lines(docx.Document(BytesIO(rendered(sheet_of(name, content, kit)))))


def test_a_sheet_says_in_short_what_was_answered() -> None:
    code = sheet_of("Ann").code
    assert printed("Ann", FOUND) == [
        f"The Body\nSignature sheet\nTiny self-audit\nAnn, North\n{code}\nPage 1 of 1",
        "Name | Ann, North | Roles | Auditors",
        "Filled in by | Ann | Filled in on | 5 November 2023",
        "Items answered: 2 (conform: 0; problem: 1; not applicable: 1)",
        "Area | Conform | Problem | Not applicable",
        "Conduct | 0 | 1 | 1",
        "Covered: Projects: 3.",
        "Findings reported: 1",
        "Item | Severity | Fact | Handling",
        "2.1 | Severe | left early | Certificates: keep; People: train",
        "Suggestions made: yes (1).",
        "Declaration",
        "All this is true.",
        VALID,
        "Signature\n(Ann) |  | Date | ",
        "Once signed, return it to: QA.",
    ]


def test_whoever_reads_a_sheet_does_not_learn_that_there_are_clues() -> None:
    text = "\n".join(printed("Ann", FOUND))
    assert "driver" not in text
    assert "clue" not in text.lower()
    assert "Count differently" not in text


def test_the_code_is_that_of_the_answers_that_are_shown() -> None:
    code = PaperCode.parse(sheet_of("Ann").code)
    assert code is not None
    assert code.passport == replied("Ann").passport
    assert code.content == "9BWW2BJA"


def test_only_a_branch_has_a_box_for_its_seal_and_a_head_who_signs() -> None:
    branch, person, unit = printed("North"), printed("Ann"), printed("Technical")
    assert "Signature of the head |  | (seal)" in branch
    assert "Signature of the head |  | (Stamp for test reports)" in printed("North", kit=STAMPED)
    assert "Once signed and sealed, return it to: QA." in branch
    assert "Signature\n(Ann) |  | Date | " in person
    assert "Signature of the head |  | Date | " in unit


def test_the_head_of_a_unit_is_named_where_he_signs_if_the_roster_knows_him() -> None:
    units = [{**unit, "head": "P1" if unit["id"] == "N" else ""} for unit in ROSTER["units"]]
    setting = replace(make_setting(SEALED), roster=Roster.model_validate({**ROSTER, "units": units}))
    branch, unit = (paper_sheet(setting, replied(name, digest=DIGEST)) for name in ("North", "Technical"))
    assert (branch.signer, unit.signer) == ("Ann", "")
    for template, label in (("paper-en", "Signature of the head\n(Ann)"), ("paper-zh", "负责人签字\n（Ann）")):
        text = "\n".join(lines(docx.Document(BytesIO(rendered(branch, template)))))
        assert label in text


def test_numbers_of_identity_cards_are_masked_on_paper() -> None:
    finding = {**FINDING, "fact": "card 110101199003071234 was shown"}
    text = "\n".join(printed("Ann", {**FOUND, "findings": [finding]}))
    assert "110101199003071234" not in text
    assert "card **************1234 was shown" in text


@given(st.text(), st.integers(2, 60))
def test_a_shortened_text_is_a_beginning_on_one_line_that_is_not_too_wide(text: str, width: int) -> None:
    short, line = on_one_line(text, width), " ".join(text.split())
    assert sum(0.5 if char.isascii() else 1 for char in short) <= width
    assert short == line or (short.endswith("…") and line.startswith(short[:-1]))
    if len(line) <= width:
        assert short == line


@settings(deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=6), st.text(ALPHABET, min_size=20))
def test_every_code_is_read_back_from_a_small_qr_code(campaign: str, letters: str) -> None:
    text = str(PaperCode(str(Passport(campaign, letters[:8], letters[8:12])), letters[12:20]))
    picture = Image.open(BytesIO(qr_png(text)))
    assert picture.size == (12 * 33, 12 * 33)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [text]


def test_a_qr_code_inside_a_text_is_a_mistake_of_the_template() -> None:
    template, stream = docx.Document(), BytesIO()
    template.add_paragraph("Code: {{ qr }}")
    template.save(stream)
    (problem,) = lint(stream.getvalue(), PaperSheet, "en")
    assert problem.code == "template.chart"


def test_a_mark_is_found_again_and_none_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "sheet.docx"
    assert mark_of(path) == ""
    path.write_bytes(b"PK no zip")
    assert mark_of(path) == ""
    path.write_bytes(rendered(sheet_of("Ann")))
    assert mark_of(path) == ""
    template = shipped("templates") / "paper-en" / "document.docx"
    path.write_bytes(render(template, sheet_of("Ann"), Properties("en", mark="7")))
    assert mark_of(path) == "7"


def many_findings(count: int) -> Sequence[Mapping[str, Any]]:
    fact = "The record of the closing meeting was signed on a day on which nobody was there. " * 4
    return [{**FINDING, "number": number, "fact": fact} for number in range(1, count + 1)]


@pytest.mark.slow
def test_one_page_is_enough_and_where_it_is_not_every_page_bears_the_code(tmp_path: Path) -> None:
    office = find_office()
    assert office is not None
    sheets = {
        "en": rendered(sheet_of("Ann", FOUND)),
        "zh": rendered(sheet_of("Ann", FOUND), "paper-zh"),
        "sealed": rendered(sheet_of("North"), "paper-zh"),
        "long": rendered(sheet_of("Ann", {**FOUND, "findings": many_findings(30)}), "paper-zh"),
    }
    paths = []
    for name, data in sheets.items():
        paths.append(tmp_path / name / "签字表.docx")
        paths[-1].parent.mkdir()
        paths[-1].write_bytes(data)
    counted: list[int] = []
    assert make_pdfs(office, paths, tmp_path, counted.append) == []
    assert sum(counted) == len(paths)
    pages = {name: codes_of(path.with_suffix(".pdf")) for name, path in zip(sheets, paths, strict=True)}
    ann, north = [sheet_of("Ann").code], [sheet_of("North").code]
    assert [pages["en"], pages["zh"], pages["sealed"]] == [[ann], [ann], [north]]
    assert len(pages["long"]) > 1
    assert pages["long"] == [ann] * len(pages["long"])


def codes_of(pdf: Path) -> list[list[str]]:
    """The QR codes on every page, as a scanner of 150 dpi would see them; each also stands there as text."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        picture = page.render(scale=150 / 72, grayscale=True).to_pil()
        codes = [code.text for code in zxingcpp.read_barcodes(picture)]
        text = page.get_textpage().get_text_range()
        assert all(code in text for code in codes)
        found.append(codes)
    document.close()
    return found
