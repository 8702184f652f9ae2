"""A kit that asks for little: no form, document or message has a column, heading or word for what it does not ask."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document

from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import run

PLAN = """\
format: selfaudit/campaign/1
kit: lab
id: lab
code: LAB1
title: Self-check of the laboratory
language: en
operator: Operator
notice:
  issuer: Laboratory head
cut_off: 2026-01-04
scope: All tests of the year.
phases:
  - id: check
    title: Check
    from: 2026-01-05
    to: 2026-01-15
    who: All sections
areas:
  - id: equipment
    title: Equipment
roles:
  - id: section
    title: Each section
    answers: unit
    kinds: [department]
  - id: tester
    title: Each analyst
    answers: person
    everyone: true
declaration: I looked at the records myself.
severities:
  - id: gap
    title: Nonconformity
finding_fields:
  - id: batches
    title: Samples concerned
    help: Their laboratory numbers.
  - id: correction
    title: Corrective action
report:
  title: Report of the self-check
  chapters:
    - id: how
      title: How it was carried out
      holds: [plan, conduct]
    - id: found
      title: What was found
      holds: [findings, measures]
submission:
  channel: By hand
  deadline: 2026-01-20
"""
CHECKLIST = """\
format: selfaudit/checklist/1
area: equipment
phase: check
items:
  - id: "1.1"
    title: Calibration
    ask: Is every instrument calibrated?
    how: Look at each label.
    evidence: [Labels]
    roles: [section, tester]
    severity: gap
"""
ROSTER = """\
format: selfaudit/roster/1
body:
  name: The Laboratory
units:
  - {id: C, name: Chemistry, kind: department, head: P1}
people:
  - {id: P1, name: Ann Ash, unit: C}
  - {id: P2, name: Bob Birch, unit: C}
"""
ALIEN = re.compile(
    r"certif|audit(ed|or|ing) |branch|\bseals?\b|disposition|handling|handled|suggestion|clue|severity|similar|owner"
    r"|case file|regulator|2023|\b2\.7\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign of such a kit, in which everybody has answered and one reports a problem."""
    base = tmp_path_factory.mktemp("lean")
    plant(base, {"lab/campaign.yaml": PLAN, "lab/1-equipment.yaml": CHECKLIST, "roster.yaml": ROSTER})
    assert run("init", "campaign", "--kit", "lab", "--roster", "roster.yaml", cwd=base).code == 0
    campaign = Campaign(base / "campaign")
    assert campaign.run("issue", "--format", "yaml,html,xlsx").code == 0
    for name in ("Chemistry", "Ann Ash", "Bob Birch"):
        campaign.receive(f"{name}.yaml", campaign.filled(name, on="2026-01-08"))
    found = {
        "number": "1",
        "item": "1.1",
        "fact": "Balance 3 is overdue.",
        "batches": "S-17",
        "correction": "Calibrated on the spot.",
    }
    said = {"answers": {"1.1": "problem"}, "findings": [found]}
    campaign.receive("Bob Birch.yaml", campaign.filled("Bob Birch", on="2026-01-08", **said))
    ran = campaign.run("collect")
    assert ran.code == 0, ran.said
    return campaign


def alien_in(text: str) -> list[str]:
    return [line for line in text.splitlines() if ALIEN.search(line)]


def printed(path: Path) -> Document:
    return docx.Document(str(path))


def texts(document: Document) -> str:
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*paragraphs, *cells])


def test_the_text_form_asks_for_what_the_kit_names_and_nothing_else(lean: Campaign) -> None:
    form = lean.form("Ann Ash").read_text(encoding="utf-8")
    assert alien_in(form) == []
    assert "# Their laboratory numbers.\n    batches:" in form
    assert "# Corrective action\n    correction:" in form
    assert re.findall(r"(?m)^    (\w+):", form.split("findings:")[1]) == [
        "item",
        "part",
        "fact",
        "batches",
        "correction",
    ]


def test_so_do_page_and_workbook(lean: Campaign) -> None:
    (page,) = lean.root.glob("outbox/*/Ann Ash_*.html")
    fields = re.search(r'"findingFields":\[(.*?)\]', page.read_text(encoding="utf-8"))
    assert fields
    assert re.findall(r'"label":"(.*?)"', fields[1]) == [
        "No.", "Item", "Part", "Fact", "Samples concerned", "Corrective action",
    ]  # fmt: skip
    (book,) = lean.root.glob("outbox/*/Ann Ash_*.xlsx")
    with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as parts:
        shared = parts.read("xl/sharedStrings.xml").decode()
    assert alien_in(shared.replace("<si>", "\n")) == []
    assert "Samples concerned" in shared


def test_what_was_written_into_a_field_of_the_kit_comes_back_and_is_printed(lean: Campaign) -> None:
    (finding,) = lean.merged()["Bob Birch"]["findings"]
    assert (finding["batches"], finding["correction"]) == ("S-17", "Calibrated on the spot.")
    (listed,) = lean.run("findings", "list", "--json").data
    assert "Samples concerned: S-17" in lean.run("findings", "show", listed["id"]).out
    assert lean.run("report", "person").code == 0
    (person,) = lean.root.glob("reports/**/Bob Birch*.docx")
    said = texts(printed(person))
    assert "Samples concerned\nS-17" in said
    assert "Corrective action\nCalibrated on the spot." in said


@pytest.mark.parametrize("kind", ["person", "unit", "final"])
def test_no_document_has_a_word_or_heading_for_what_is_not_asked(lean: Campaign, kind: str) -> None:
    assert lean.run("report", kind).code in (0, 1)
    paths = list(lean.root.glob("reports/**/*.docx"))
    assert paths
    for path in paths:
        document = printed(path)
        assert alien_in(texts(document)) == []
        for table in document.tables:
            head, *rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
            # those who sign have room for it
            empty = [title for n, title in enumerate(head) if rows and not any(row[n] for row in rows)]
            assert empty == [] or head[0] == ""


def test_a_kit_that_does_not_ask_for_a_correction_prints_nothing_about_one(tmp_path: Path) -> None:
    plan = PLAN.replace("  - id: correction\n    title: Corrective action\n", "")
    plant(tmp_path, {"lab/campaign.yaml": plan, "lab/1-equipment.yaml": CHECKLIST, "roster.yaml": ROSTER})
    assert run("init", "campaign", "--kit", "lab", "--roster", "roster.yaml", cwd=tmp_path).code == 0
    campaign = Campaign(tmp_path / "campaign")
    assert campaign.run("issue", "--format", "yaml").code == 0
    found = {"number": "1", "item": "1.1", "fact": "Balance 3 is overdue.", "batches": "S-17"}
    said = {"answers": {"1.1": "problem"}, "findings": [found]}
    campaign.receive("Bob Birch.yaml", campaign.filled("Bob Birch", on="2026-01-08", **said))
    assert campaign.run("collect").code == 0
    campaign.run("report", "--draft")
    (report,) = campaign.root.glob("reports/**/Report of the self-check*.docx")
    document = printed(report)
    assert "Balance 3 is overdue." in texts(document)
    assert not re.search("(?i)corrections|corrective|what is done", texts(document))


def test_nor_has_the_sheet_to_be_signed(lean: Campaign) -> None:
    assert lean.run("paper", "print").code in (0, 1)
    sheets = list(lean.root.glob("reports/papers/**/*.docx"))
    assert len(sheets) == 3
    for path in sheets:
        assert alien_in(texts(printed(path))) == []


def test_no_message_speaks_of_it(lean: Campaign) -> None:
    for command in (["validate"], ["status"], ["report", "--draft"], ["remind"], ["findings", "list"]):
        assert alien_in(lean.run(*command).said) == []
