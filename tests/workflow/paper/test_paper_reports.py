"""Reports that units sign on paper: their scans are known by the code on every page and filed as deliverables."""

from pathlib import Path

import docx
import pytest
from PIL import Image

from selfaudit.model.progress.paper import PaperCode
from tests.scans.sheets import drawn_sheet, results, scanned, signed
from tests.support.campaign import Campaign

NEW = "  - {id: report, title: 部门自查报告, made: unit, of: unit, signed: true}\n"


@pytest.fixture
def signing(answered_campaign: Campaign) -> Campaign:
    """A campaign in which all but one have answered, and units sign their reports."""
    answered_campaign.edit("campaign.yaml", "  - {id: form, title: 自查表}\n", "  - {id: form, title: 自查表}\n" + NEW)
    return answered_campaign


def printed(campaign: Campaign, name: str) -> PaperCode:
    """Return the code on the report of a unit as it is written now."""
    campaign.run("report", "unit", name)
    (file,) = campaign.root.glob(f"reports/{name}/*.docx")
    (text,) = {p.text for p in docx.Document(str(file)).sections[0].header.paragraphs if "/" in p.text}
    code = PaperCode.parse(text)
    assert code
    return code


def page(code: PaperCode) -> Image.Image:
    return drawn_sheet(code, 100)


def stand(campaign: Campaign, name: str) -> str:
    (report,) = [one for one in campaign.run("deliverable", "list", "--json").data if one["id"] == "report"]
    return str({piece["name"]: piece["stand"] for piece in report["pieces"]}[name])


def test_its_pages_are_filed_beside_signature_sheets_of_the_same_scan(signing: Campaign, tmp_path: Path) -> None:
    code = printed(signing, "技术部")
    assert stand(signing, "技术部") == "unsigned"
    scan = scanned(tmp_path / "all.pdf", page(code), signed(signing, "张三"), page(code))
    found = results(signing.run("paper", "match", scan, "--json"))
    assert sorted(found) == [("filed", [1, 3], "技术部"), ("filed", [2], "张三")]
    (file,) = (signing.root / "deliverables/report").iterdir()
    assert file.name == "技术部.pdf"
    assert stand(signing, "技术部") == "done"
    again = results(signing.run("paper", "match", scan, "--json"))
    assert {outcome for outcome, _, _ in again} == {"unchanged"}
    assert signing.run("journal", "verify").code == 0


def test_other_answers_void_what_was_signed_and_a_newer_scan_takes_its_place(signing: Campaign, tmp_path: Path) -> None:
    old = printed(signing, "技术部")
    signing.run("paper", "match", scanned(tmp_path / "old.pdf", page(old)))
    assert signing.run("answer", "set", "技术部", "projects", "41", "--reason", "来电更正").code == 0
    assert stand(signing, "技术部") == "changed"
    new = printed(signing, "技术部")
    assert (new.passport, new.content != old.content) == (old.passport, True)
    ran = signing.run("paper", "match", scanned(tmp_path / "new.jpg", page(new)), "--json")
    assert results(ran) == [("filed", [1], "技术部")]
    assert stand(signing, "技术部") == "done"
    late = signing.run("paper", "match", scanned(tmp_path / "late.png", page(old)))
    assert "the newer one is filed already" in late.err + late.out
    assert stand(signing, "技术部") == "done"


def test_what_became_of_a_finding_since_is_not_what_was_signed(signing: Campaign, tmp_path: Path) -> None:
    (found, *_) = signing.run("findings", "list", "--json").data
    unit = found["unit"]
    signing.run("paper", "match", scanned(tmp_path / "old.pdf", page(printed(signing, unit))))
    assert stand(signing, unit) == "done"
    ran = signing.run("findings", "correct", found["short_id"], "--who", "李四", "--on", "2023-11-10", "--by", "王编")
    assert ran.code == 0, ran.said
    assert stand(signing, unit) == "changed"


def test_a_scan_of_a_report_that_says_something_else_now_is_filed_and_told(signing: Campaign, tmp_path: Path) -> None:
    old = printed(signing, "技术部")
    assert signing.run("answer", "set", "技术部", "projects", "41", "--reason", "来电更正").code == 0
    ran = signing.run("paper", "match", scanned(tmp_path / "old.pdf", page(old)))
    assert ran.code == 1
    assert "Print it again with selfaudit report unit and have it signed again." in ran.err + ran.out
    assert stand(signing, "技术部") == "changed"


def test_the_pages_may_come_in_several_scans(signing: Campaign, tmp_path: Path) -> None:
    code = printed(signing, "技术部")
    for name in ("1.jpg", "2.png"):
        signing.run("paper", "match", scanned(tmp_path / name, page(code)))
    names = sorted(path.name for path in (signing.root / "deliverables/report").iterdir())
    assert names == ["技术部.jpg", "技术部.png"]
    assert stand(signing, "技术部") == "done"


def test_a_code_of_another_campaign_is_unknown(signing: Campaign, tmp_path: Path) -> None:
    code = printed(signing, "技术部")
    signing.edit("campaign.yaml", ", signed: true}", "}")
    ran = signing.run("paper", "match", scanned(tmp_path / "a.pdf", page(code)), "--json")
    assert results(ran) == [("open", [1], "")]
    signing.edit("campaign.yaml", "made: unit, of: unit}", "made: unit, of: unit, signed: true}")
    assert results(signing.run("paper", "match", tmp_path / "a.pdf", "--json")) == [("filed", [1], "技术部")]
