"""``archive restore``: the campaign goes on where it stopped, with the same passports."""

import shutil
from pathlib import Path

from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.support.program import run
from tests.workflow.archive.conftest import Made


def test_a_restored_campaign_has_every_file_and_every_row_and_goes_on(archived: Made, tmp_path: Path) -> None:
    ran = run("archive", "restore", archived.zip, tmp_path / "back")
    assert ran.code == 0, ran.said
    back, before = Campaign(tmp_path / "back"), archived.campaign
    files, now = leaves(before.root), leaves(back.root)
    kept = {name for name in files if not name.startswith((".selfaudit", "campaign.db"))}
    assert {name: now[name] for name in kept} == {name: files[name] for name in kept}
    assert now.keys() - files.keys() == set()
    assert back.ledger() == before.ledger()
    assert [*back.journal(), before.journal()[-1]] == before.journal()
    assert back.run("journal", "verify").code == 0
    assert back.run("issue").code == 0
    assert [path.name for path in back.forms()] == [path.name for path in before.forms()]
    back.receive("王五.yaml", back.filled("王五"))
    assert back.run("collect").code == 0
    assert "王五" in back.merged()
    assert (back.root / "campaign.secret").stat().st_mode & 0o077 == 0


def test_nothing_is_restored_into_a_folder_with_something_in_it(archived: Made, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    ran = run("archive", "restore", archived.zip, tmp_path)
    assert ran.code == 3
    assert "not empty" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_an_archive_that_is_not_sound_is_not_restored(copied: Made, tmp_path: Path) -> None:
    copied.zip.write_bytes(copied.zip.read_bytes() + b"x")
    ran = run("archive", "restore", copied.zip, tmp_path / "back")
    assert ran.code == 3
    assert "nothing was restored" in ran.err
    assert not (tmp_path / "back").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["copied"]


def test_an_unpacked_archive_is_not_changed_by_any_command(archived: Made, tmp_path: Path) -> None:
    shutil.unpack_archive(archived.zip, tmp_path)
    before = leaves(tmp_path)
    for command in (["collect"], ["issue"], ["export"], ["archive", "create"]):
        ran = run(*command, "--campaign", tmp_path / "kept")
        assert ran.code == 3
        assert "this campaign is an archive" in ran.err
        assert "archive restore" in ran.err
    assert leaves(tmp_path) == before
