"""``roster``: an empty workbook, the check of a filled one, the import into a campaign."""

import os
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import environment, run
from tests.support.tiny import KIT, ROSTER


def test_the_template_is_a_workbook_and_the_next_step_is_named(tmp_path: Path) -> None:
    ran = run("roster", "template", "roster.xlsx", cwd=tmp_path)
    assert ran.code == 0
    assert "Wrote roster.xlsx" in ran.out
    assert "selfaudit roster check roster.xlsx" in ran.out
    assert len(CalamineWorkbook.from_path(tmp_path / "roster.xlsx").sheet_names) >= 2


def test_the_template_can_be_checked_as_it_is(tmp_path: Path) -> None:
    run("roster", "template", "roster.xlsx", cwd=tmp_path)
    ran = run("roster", "check", "roster.xlsx", cwd=tmp_path)
    assert ran.code in (1, 3)
    assert "roster.xlsx" in ran.err or "!" in ran.err


def test_a_sound_roster_is_counted(tmp_path: Path) -> None:
    plant(tmp_path, {"roster.yaml": ROSTER})
    ran = run("roster", "check", "roster.yaml", cwd=tmp_path)
    assert ran.code == 0
    assert "3 units, 3 people." in ran.out


def test_every_mistake_of_a_roster_is_told_with_its_place(tmp_path: Path) -> None:
    text = ROSTER.replace("unit: B,", "unit: Z,").replace("head: P3", "head: P9").replace("id: P2", "id: P1")
    plant(tmp_path, {"roster.yaml": text})
    ran = run("roster", "check", "roster.yaml", cwd=tmp_path)
    assert ran.code == 3
    for place in ("roster.yaml:5:48: error: ", "roster.yaml:10:10: error: ", "roster.yaml:10:30: error: "):
        assert place in ran.err
    assert ran.out.startswith("3 errors must be corrected.\nNext: ")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    ran = run("roster", "check", "nothing.xlsx", cwd=tmp_path)
    assert ran.code == 3
    assert "nothing.xlsx: error: the file is missing" in ran.err


def test_a_word_file_named_like_a_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    plant(tmp_path, {"roster.xlsx": b"PK\x03\x04" + b"\0" * 100, "photo.xlsx": b"\xff\xd8\xff" + b"\0" * 100})
    for name in ("roster.xlsx", "photo.xlsx"):
        ran = run("roster", "check", name, cwd=tmp_path)
        assert ran.code == 3
        assert ran.err.startswith(f"{name}: error: ")


def test_an_import_replaces_the_roster_and_keeps_the_one_before(new_campaign: Campaign) -> None:
    before = (new_campaign.root / "roster.yaml").read_text(encoding="utf-8")
    plant(new_campaign.root.parent, {"new.yaml": ROSTER + "  - {id: P4, name: 赵六, unit: T}\n"})
    ran = new_campaign.run("roster", "import", "../new.yaml")
    assert ran.code == 0
    assert "3 units, 4 people" in ran.out
    assert "roster.before.yaml.\nNext: selfaudit validate\n" in ran.out
    assert (new_campaign.root / "roster.before.yaml").read_text(encoding="utf-8") == before
    assert new_campaign.run("validate").code == 0
    assert new_campaign.run("issue", "--json").data["new"] == 7


def test_a_faulty_roster_is_not_imported(new_campaign: Campaign) -> None:
    before = (new_campaign.root / "roster.yaml").read_bytes()
    plant(new_campaign.root.parent, {"new.yaml": ROSTER.replace("unit: B,", "unit: Z,")})
    ran = new_campaign.run("roster", "import", "../new.yaml")
    assert ran.code == 3
    assert "new.yaml:10:30: error: there is no unit “Z”" in ran.err
    assert (new_campaign.root / "roster.yaml").read_bytes() == before
    assert not (new_campaign.root / "roster.before.yaml").exists()


def test_a_roster_that_was_spoilt_by_an_editor_can_be_replaced_by_an_import(new_campaign: Campaign) -> None:
    spoilt = ROSTER.encode("gbk")
    plant(new_campaign.root, {"roster.yaml": spoilt})
    plant(new_campaign.root.parent, {"new.yaml": ROSTER})
    ran = new_campaign.run("roster", "import", "../new.yaml")
    assert ran.code == 0, ran.said
    assert (new_campaign.root / "roster.before.yaml").read_bytes() == spoilt
    assert new_campaign.run("validate").code == 0


def test_an_import_without_a_campaign_is_told(tmp_path: Path) -> None:
    plant(tmp_path, {"roster.yaml": ROSTER})
    ran = run("roster", "import", "roster.yaml", cwd=tmp_path)
    assert ran.code == 3
    assert "is not a campaign" in ran.err


def test_what_was_imported_from_yaml_says_the_same_as_before(new_campaign: Campaign) -> None:
    first = (new_campaign.root / "roster.yaml").read_bytes()
    assert new_campaign.run("roster", "import", "roster.yaml").code == 0
    assert (new_campaign.root / "roster.yaml").read_bytes() == first


BREAKS = {
    "a panic": "os.write(2, b'thread panicked, stack backtrace: 0: __rustc'); os._exit(134)",
    "out of memory": "raise MemoryError",
    "endless": "time.sleep(100)",
}


@pytest.mark.slow
@pytest.mark.parametrize("how", BREAKS.values(), ids=BREAKS.keys())
def test_a_workbook_that_brings_its_reader_down_is_refused_in_one_sentence(tmp_path: Path, how: str) -> None:
    # whatever way the reading process is started, it finds this at its start
    patch = f"""
import os, time
import selfaudit.files.sheets.workbook as workbook
import selfaudit.workflow.common.roster as roster
roster.PATIENCE = 3
def breaking(*_):
    {how}
workbook._grids = breaking
"""
    plant(tmp_path / "patch", {"sitecustomize.py": patch} | {f"tiny/{name}": text for name, text in KIT.items()})
    run("roster", "template", "roster.xlsx", cwd=tmp_path)
    env = environment(PYTHONPATH=os.pathsep.join([str(tmp_path / "patch"), os.environ.get("PYTHONPATH", "")]))
    for command in (
        ["roster", "check", "roster.xlsx"],
        ["init", "new", "--kit", "patch/tiny", "--roster", "roster.xlsx"],
    ):
        ran = run(*command, cwd=tmp_path, env=env)
        assert ran.code == 3
        assert ran.err.startswith("roster.xlsx: error: reading this file crashed or took longer than 3 seconds\n")
        assert "save it as a new .xlsx" in ran.err
        assert "panicked" not in ran.err
    assert not (tmp_path / "new").exists()


def test_a_filled_in_workbook_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "roster.xlsx").write_bytes(b"filled in")
    ran = run("roster", "template", "roster.xlsx", cwd=tmp_path)
    assert ran.code == 3
    assert "roster.xlsx is there already" in ran.err
    assert (tmp_path / "roster.xlsx").read_bytes() == b"filled in"
