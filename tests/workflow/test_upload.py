"""``deliverable upload``: what is sent to the authority, once it is final, approved, signed and whole."""

import hashlib
import re
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from selfaudit.model.progress.paper import PaperCode
from tests.scans.sheets import drawn_sheet, scanned
from tests.support.campaign import Campaign
from tests.support.program import Ran

WORD, SCAN = "机构 自查报告 2023-11-14.docx", "机构 自查报告（盖章）.pdf"
PLAN = """\
  - {id: report-word, title: 自查报告 Word 版, made: final}
  - {id: report-pdf, title: 自查报告盖章版, made: final, signed: true, sealed: true}
  - {id: unit-report, title: 部门自查报告, made: unit, of: unit}
"""
FILES = """\
submission:
  files:
    - {deliverable: report-word, name: "{title} {date}.docx"}
    - {deliverable: report-pdf, name: "{title}（盖章）.pdf"}
"""
STEPS = (("prepared", "王编"), ("reviewed", "李审"), ("approved", "赵总"))
NO_OFFICE = {"PATH": ""}


@pytest.fixture(scope="module")
def prepared(complete: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign whose report is final, with what the plan wants uploaded; to be copied, not changed."""
    made = complete.copy(tmp_path_factory.mktemp("prepared") / "campaign")
    plan = made.root / "campaign.yaml"
    text = plan.read_text(encoding="utf-8").replace("submission:\n", FILES, 1)
    text = text.replace("  - {id: form, title: 自查表}\n", "  - {id: form, title: 自查表}\n" + PLAN)
    plan.write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def approved_once(prepared: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The same with its report approved and written; to be copied, not changed."""
    made = prepared.copy(tmp_path_factory.mktemp("approved") / "campaign")
    approve(made)
    return made


@pytest.fixture
def ready(prepared: Campaign, tmp_path: Path) -> Campaign:
    """A campaign whose report is final, with what the plan wants uploaded."""
    return prepared.copy(tmp_path / "campaign")


@pytest.fixture
def approved(approved_once: Campaign, tmp_path: Path) -> Campaign:
    """The same with its report approved and written."""
    return approved_once.copy(tmp_path / "campaign")


def approve(campaign: Campaign) -> None:
    for step, by in STEPS:
        assert campaign.run("report", "approve", "--as", step, "--by", by).code == 0
    assert campaign.run("report").code == 0


def code(campaign: Campaign) -> PaperCode:
    """Return the code on every page of the report as it is written."""
    sections = docx.Document(str(campaign.root / "reports/自查报告.docx")).sections
    found = {p.text for section in sections for p in section.header.paragraphs if "/" in p.text}
    (text,) = found
    read = PaperCode.parse(text)
    assert read
    return read


def match(campaign: Campaign, path: Path, pages: int) -> Ran:
    page = drawn_sheet(code(campaign), 60)
    return campaign.run("paper", "match", scanned(path, *[page] * pages))


def upload(campaign: Campaign, **env: Any) -> Ran:
    return campaign.run("deliverable", "upload", env=env or NO_OFFICE)


def test_everything_that_is_missing_is_told_at_once(ready: Campaign) -> None:
    ran = upload(ready)
    assert ran.code == 3
    assert "for what the report says now these steps are missing: 编制, 审核, 批准" in ran.err
    assert "nothing is filed as “自查报告盖章版”" in ran.err
    assert "reports/自查报告.docx" in ran.err
    assert not (ready.root / "upload").exists()


def test_the_files_have_the_prescribed_names_and_a_list_that_can_be_checked(approved: Campaign, tmp_path: Path) -> None:
    match(approved, tmp_path / "1.pdf", 2)
    match(approved, tmp_path / "2.jpg", 1)
    ran = upload(approved)
    assert ran.code == 0, ran.err
    assert "nobody knows how many pages the report has; pages of “自查报告盖章版”: 3" in ran.err
    names = {path.name: path for path in (approved.root / "upload").iterdir()}
    (word,) = [name for name in names if name.startswith("自查报告 20") and name.endswith(".docx")]
    assert names[word].read_bytes() == (approved.root / "reports/自查报告.docx").read_bytes()
    with pypdfium2.PdfDocument(names["自查报告（盖章）.pdf"]) as joined:
        assert len(joined) == 3
    listed = dict(line.split("  ") for line in names["SHA256SUMS.txt"].read_text("utf-8").splitlines())
    assert {file: hashlib.sha256(names[file].read_bytes()).hexdigest() for file in listed.values()} == {
        file: digest for digest, file in listed.items()
    }
    assert "files for the upload written: 2" in approved.run("journal", "list").out


def test_a_scan_of_what_the_report_said_before_is_not_sent(approved: Campaign, tmp_path: Path) -> None:
    match(approved, tmp_path / "1.pdf", 1)
    approved.edit("profile.yaml", "certificates: 12", "certificates: 13")
    ran = upload(approved)
    assert ran.code == 3
    assert "reports/自查报告.docx is not what the report says now" in ran.err
    approve(approved)
    ran = upload(approved)
    assert ran.code == 3
    assert "the scan filed as “自查报告盖章版” is of a report that said something else" in ran.err


def test_a_report_that_somebody_changed_by_hand_is_not_sent(approved: Campaign, tmp_path: Path) -> None:
    match(approved, tmp_path / "1.pdf", 2)
    path = approved.root / "reports/自查报告.docx"
    document = docx.Document(str(path))
    next(p for p in document.paragraphs if p.text).text = "本次自查未发现任何问题。"
    document.save(str(path))
    ran = upload(approved)
    assert ran.code == 3
    assert "reports/自查报告.docx is not as the program wrote it: it was changed by hand" in ran.err
    assert approved.run("report").code == 0
    assert upload(approved).code in (0, 1)


def test_what_the_plan_called_otherwise_before_does_not_stay_in_the_folder(approved: Campaign, tmp_path: Path) -> None:
    match(approved, tmp_path / "1.pdf", 2)
    upload(approved)
    before = {path.name for path in (approved.root / "upload").iterdir()}
    approved.edit("campaign.yaml", "{title} {date}.docx", "报告.docx")
    upload(approved)
    after = {path.name for path in (approved.root / "upload").iterdir()}
    (old,) = before - after
    assert old.endswith(".docx")
    assert after - before == {"报告.docx"}


def test_what_was_filed_by_hand_needs_who_signed_it(approved: Campaign, tmp_path: Path) -> None:
    page = scanned(tmp_path / "photo.png", drawn_sheet(code(approved), 60))
    said = ("--as", "report-pdf", "--by", "王编")
    approved.run("deliverable", "add", page, *said)
    assert "nobody said by whom it is signed" in upload(approved).err
    approved.run("deliverable", "add", page, *said, "--signed-by", "赵总")
    assert upload(approved).code == 0


def test_a_missing_page_and_one_too_many_are_told(approved: Campaign, tmp_path: Path) -> None:
    match(approved, tmp_path / "1.pdf", 1)
    ran = approved.run("deliverable", "upload")
    found = re.search(r"pages of “自查报告盖章版”: 1, of the report: (\d+); some are missing", ran.err)
    assert found, ran.err
    match(approved, tmp_path / "2.pdf", int(found[1]))
    assert "some were scanned twice" in approved.run("deliverable", "upload").err
    approved.run("deliverable", "withdraw", "report-pdf", "--reason", "重复扫描", "--by", "王编")
    approved.run("paper", "match", tmp_path / "2.pdf")
    assert approved.run("deliverable", "upload").code == 0, "the same scan may be filed again"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("deliverable: report-pdf", "deliverable: report-pdx", "there is no deliverable “report-pdx”"),
        ("（盖章）", "（{seal}）", "may contain in braces only what is known of the report"),
        ("deliverable: report-word", "deliverable: unit-report", "there is one “unit-report” each for several"),
    ],
)
def test_a_mistake_in_the_names_is_told_where_it_is(ready: Campaign, old: str, new: str, message: str) -> None:
    ready.edit("campaign.yaml", old, new)
    assert message in ready.run("validate").err
