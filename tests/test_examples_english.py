"""The English kit from the first form to the final report: nobody ever meets a Chinese character."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.support.campaign import Campaign
from tests.support.filling import Finding, fill
from tests.support.folders import leaves, plant
from tests.support.program import run

pytestmark = pytest.mark.slow

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
ROSTER = """\
format: selfaudit/roster/1
body: {name: Example Certification Ltd}
units:
  - {id: M, name: Management, kind: management, head: E01}
  - {id: Q, name: Quality, kind: department, head: E02}
  - {id: C, name: Certification, kind: department, head: E03}
  - {id: O, name: Operations, kind: department, head: E04}
  - {id: H, name: Human Resources, kind: department, head: E05}
  - {id: S, name: Sales, kind: department, head: E06}
  - {id: N, name: North office, kind: branch, head: E07}
people:
  - {id: E01, name: Ann Archer, unit: M, posts: [Managing director]}
  - {id: E02, name: Ben Baker, unit: Q, posts: [Quality manager]}
  - {id: E03, name: Cleo Carter, unit: C, posts: [Head of certification]}
  - {id: E04, name: Dan Draper, unit: O, posts: [Scheduler]}
  - {id: E05, name: Eve Ellis, unit: H, posts: [HR officer]}
  - {id: E06, name: Finn Fisher, unit: S, posts: [Sales manager]}
  - {id: E07, name: Gail Green, unit: N, posts: [Branch manager]}
  - {id: E08, name: Hal Hunter, unit: O, posts: [Lead auditor]}
  - {id: E09, name: Ida Irving, unit: N, posts: [Auditor]}
"""
FINDING: Finding = {
    "number": "1",
    "item": "9.1.4",
    "part": "a",
    "fact": "The time of audit 2026-117 was cut by a day without a recorded reason.",
    "basis": "ISO/IEC 17021-1 clause 9.1.4",
    "severity": "minor",
    "cause": "The template has no field for the reason.",
    "correction": "The reason was asked for and recorded; the template has the field now.",
    "disposition": {"process": "Add a control"},
    "owner": "Dan Draper",
    "due": "2026-10-20",
}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign of the kit in which all but one have answered and every report is written."""
    base = plant(tmp_path_factory.mktemp("english"), {"roster.yaml": ROSTER})
    assert run("init", "audit", "--kit", "iso17021-internal-audit", "--roster", "roster.yaml", cwd=base).code == 0
    made = Campaign(base / "audit")
    assert made.run("issue", "--format", "yaml,html,xlsx").code == 0
    for path in made.forms()[:-1]:
        made.receive(path.name, answered(path.read_text(encoding="utf-8")))
    assert made.run("collect").code in (0, 1)
    for document in ("person", "unit", "branch"):
        assert made.run("report", document).code in (0, 1)
    assert made.run("report", "final", "--draft").code == 1
    assert made.run("paper", "print", "--only", "Operations").code == 0
    assert made.run("remind").code == 1
    return made


def answered(text: str) -> str:
    """Fill in a form; Operations report a finding."""
    reports = "respondent: Operations" in text
    filled = fill(
        text,
        on="2026-09-16",
        answer="conform",
        answers={"9.1.4 a": "problem"} if reports else {},
        findings=[FINDING] if reports else [],
        declaration="agree",
    )
    return re.sub(r"(?m)^  (staff|audits|records): $", r"  \1: 12", filled)


def texts(document: Path) -> str:
    """Return what a reader sees of a Word document: body, headers, footers, charts."""
    with zipfile.ZipFile(document) as archive:
        parts = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    return "".join(re.findall(r"<(?:w|a|c):(?:t|v)(?: [^>]*)?>([^<]*)<", parts))


def test_what_is_sent_out_holds_no_chinese_character(campaign: Campaign) -> None:
    sent = {name: read(name, data) for name, data in leaves(campaign.root / "outbox").items()}
    endings = Counter(Path(name).suffix for name in sent if not name.startswith("reminders/"))
    # a page for each unit besides the forms
    assert endings == {".yaml": 9, ".html": 9 + 7, ".xlsx": 9, ".txt": 9, ".zip": 7}
    assert {Path(name).suffix for name in sent if name.startswith("reminders/")} == {".txt", ".eml", ".ics"}
    assert [name for name, text in sent.items() if CHINESE.search(name + text)] == []


def read(name: str, data: bytes) -> str:
    """Return what a reader sees of a file."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.namelist() if part.endswith(".xml") and "theme" not in part]
            return "".join(archive.read(part).decode() for part in parts)
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.namelist())
    # the program in a page understands Chinese words and dates, whoever reads it
    text = re.sub(r"(?s)<script>.*?</script>", "", data.decode())
    return re.sub(r'"(?:accepts|yes|no)":\[.*?\]|"synonyms":\{.*?\}', "", text)


def test_what_was_answered_is_merged_in_english(campaign: Campaign) -> None:
    merged = (campaign.root / "merged.yaml").read_text(encoding="utf-8")
    assert not CHINESE.search(merged)
    assert campaign.answers("Operations")["9.1.4 a"] == "problem"
    assert len(campaign.merged()) == 8


def test_no_report_holds_a_chinese_character(campaign: Campaign) -> None:
    reports = sorted((campaign.root / "reports").rglob("*.docx"))
    assert {path.parent.name for path in reports} >= {"Management", "Operations", "North office", "reports"}
    assert [path.name for path in reports if "papers" in path.parts] == ["Operations_signature-sheet.docx"]
    for report in reports:
        assert not CHINESE.search(report.name)
        assert not CHINESE.search(texts(report)), CHINESE.findall(texts(report))[:20]


def test_the_final_report_tells_the_finding(campaign: Campaign) -> None:
    (final,) = (campaign.root / "reports").glob("*.docx")
    said = texts(final)
    for part in ("Internal audit report", "Example Certification Ltd", FINDING["fact"], "Add a control", "Findings"):
        assert str(part) in said


@pytest.mark.parametrize("command", [("status",), ("contradictions", "list"), ("findings", "list"), ("validate",)])
def test_no_command_says_a_chinese_character(command: tuple[str, ...], campaign: Campaign) -> None:
    ran = campaign.run(*command)
    assert ran.code in (0, 1)
    assert not CHINESE.search(ran.said)
