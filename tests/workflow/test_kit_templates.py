"""A kit carries its own Word templates: checked by ``validate``, copied by ``init``, used by ``report``."""

import shutil
from pathlib import Path

import docx
import pytest

from selfaudit.base.resources import shipped
from tests.support.folders import plant
from tests.support.program import run
from tests.support.tiny import PLAN

ABOUT = "format: selfaudit/template/1\ntitle: 本机构的报告\nlanguage: zh_CN\ndocument: final\n"


@pytest.fixture
def own(kit: Path) -> Path:
    """The folder of a template of its own, in a kit that names it for the final report."""
    plant(kit, {"campaign.yaml": PLAN.replace("submission:", "templates: {final: our-report}\nsubmission:")})
    folder = plant(kit / "templates" / "our-report", {"about.yaml": ABOUT})
    shutil.copyfile(shipped("templates") / "final-zh" / "document.docx", folder / "document.docx")
    return folder


def test_init_copies_the_templates_of_a_kit_and_the_campaign_has_them(kit: Path, own: Path, tmp_path: Path) -> None:
    ran = run("validate", kit)
    assert (ran.code, ran.err) == (0, "")
    assert run("init", "campaign", "--kit", kit, cwd=tmp_path).code in (0, 1)
    copied = tmp_path / "campaign" / "templates" / "our-report"
    assert (copied / "document.docx").read_bytes() == (own / "document.docx").read_bytes()
    assert (copied / "about.yaml").read_text(encoding="utf-8") == ABOUT
    listed = run("template", "list", "--json", cwd=tmp_path / "campaign").data
    assert [one["title"] for one in listed if one["name"] == "our-report"] == ["本机构的报告"]


def test_init_and_save_take_nothing_along_that_lies_beside_a_template(kit: Path, own: Path, tmp_path: Path) -> None:
    plant(tmp_path, {"secret.txt": "secret"})
    (own / "notes.txt").symlink_to(tmp_path / "secret.txt")
    plant(own, {"drafts/old.docx": "x"})
    assert run("init", "campaign", "--kit", kit, cwd=tmp_path).code in (0, 1)
    assert run("checklist", "save", "../saved", cwd=tmp_path / "campaign").code in (0, 1)
    for root in ("campaign", "saved"):
        copied = tmp_path / root / "templates" / "our-report"
        assert sorted(path.name for path in copied.iterdir()) == ["about.yaml", "document.docx"]


@pytest.mark.parametrize("linked", ["document.docx", "about.yaml", ""])
def test_a_template_that_is_a_link_is_refused(kit: Path, own: Path, tmp_path: Path, linked: str) -> None:
    (own / linked).rename(tmp_path / "elsewhere")
    (own / linked).symlink_to(tmp_path / "elsewhere")
    told = f"templates/our-report/{linked}".rstrip("/") + ": error: links are not followed"
    assert told in run("validate", kit).err
    ran = run("init", "campaign", "--kit", kit, cwd=tmp_path)
    assert (ran.code, told in ran.err) == (3, True)
    assert not (tmp_path / "campaign").exists()


def test_a_template_that_there_is_not_is_told_where_it_is_named(kit: Path, own: Path, tmp_path: Path) -> None:
    shutil.rmtree(own)
    line = (kit / "campaign.yaml").read_text(encoding="utf-8").splitlines().index("templates: {final: our-report}") + 1
    ran = run("validate", kit)
    assert ran.code == 3
    assert f"campaign.yaml:{line}:20: error: there is no template “our-report”" in ran.err
    assert run("init", "campaign", "--kit", kit, cwd=tmp_path).code == 3
    assert not (tmp_path / "campaign").exists()


def test_a_template_for_another_document_is_told(kit: Path, own: Path) -> None:
    plant(own, {"about.yaml": ABOUT.replace("document: final", "document: person")})
    ran = run("validate", kit)
    assert ran.code == 3
    assert "error: the template “our-report” is for “person”, not for “final”" in ran.err


def test_what_lint_finds_in_a_template_of_a_kit_is_told_with_its_folder(kit: Path, own: Path) -> None:
    document = docx.Document(str(own / "document.docx"))
    document.add_paragraph("{{ no_such_thing }}")
    document.save(str(own / "document.docx"))
    ran = run("validate", kit)
    assert ran.code == 3
    assert "templates/our-report/document.docx:" in ran.err
    assert "no_such_thing" in ran.err


def test_a_template_without_its_word_file_is_told(kit: Path, own: Path) -> None:
    (own / "document.docx").unlink()
    ran = run("validate", kit)
    assert ran.code == 3
    assert "our-report: error: document.docx is missing" in ran.err


def test_a_template_in_the_place_of_a_shipped_one_is_checked_like_one_that_is_named(kit: Path, own: Path) -> None:
    plant(kit, {"campaign.yaml": PLAN})
    own.rename(own.with_name("person-zh"))
    ran = run("validate", kit)
    assert ran.code == 3
    assert "error: the template “person-zh” is for “final”, not for “person”" in ran.err


def test_templates_that_nothing_is_printed_with_are_told(kit: Path, own: Path) -> None:
    plant(kit, {"campaign.yaml": PLAN, "templates/letter.docx": b"PK"})
    ran = run("validate", kit)
    assert ran.code == 1
    assert "templates/letter.docx: warning: this is no template and is not used" in ran.err
    assert "templates/our-report: note: no document is printed with this template" in ran.err
    assert "templates: {final: our-report}" in ran.err
    assert own.is_dir()
