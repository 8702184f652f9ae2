"""What is kept of registers is guarded as every other original is."""

import hashlib
import shutil
from pathlib import Path

import pytest

from selfaudit.base.resources import shipped
from selfaudit.model.data.imported import REGISTER, Imported, RegisterFile
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.registers import current_registers, versions_of
from tests.support.campaign import Campaign
from tests.support.folders import plant


def keep(root: Path, table: bytes, original: bytes, seen: int = 0) -> Imported:
    """Enter a register as an import does."""
    workspace = Workspace(root)
    made, came = hashlib.sha256(table).hexdigest(), hashlib.sha256(original).hexdigest()
    file = RegisterFile(name="证书.csv", file=workspace.register_file_name(came, ".csv"), sha256=came)
    told = Imported(
        file=workspace.imported_name("certificates", made),
        sha256=made,
        rows=2,
        filled={"number": 2},
        files=(file,),
        mode="merge",
    )
    plant(root, {told.file: table, file.file: original})
    with workspace.writing(lambda: None) as ledger:
        edit(ledger, REGISTER, [Edit(REGISTER, "certificates", seen, told.model_dump(mode="json"))], by="经办人")
    return told


def test_whoever_asks_for_the_registers_gets_the_newest_version_of_each(new_campaign: Campaign) -> None:
    first = keep(new_campaign.root, b"one", b"a")
    second = keep(new_campaign.root, b"two", b"b", seen=1)
    workspace = Workspace(new_campaign.root)
    with workspace.reading() as ledger:
        now = current_registers(workspace, ledger)["certificates"]
        assert (now.version, now.data, now.by) == (2, second, "经办人")
        assert now.path.read_bytes() == b"two"
        assert [one.data for one in versions_of(workspace, ledger, "certificates")] == [first, second]


def test_a_table_or_an_export_that_is_missing_or_changed_is_told(new_campaign: Campaign) -> None:
    root, made = new_campaign.root, keep(new_campaign.root, b"table", b"export")
    assert new_campaign.run("journal", "verify").code == 0
    (root / made.file).write_bytes(b"changed")
    (root / made.files[0].file).unlink()
    plant(root / "registers" / "imported", {f"audits/{'ab' * 32}.parquet": b"left"})
    err = new_campaign.run("journal", "verify").err
    assert f"{made.file}: error: this is not what came as certificates" in err
    assert "error: the original of 证书.csv, of which a register was made, is missing" in err
    assert f"registers/imported/audits/{'ab' * 32}.parquet: warning: the ledger does not know this file" in err
    (root / made.file).unlink()
    assert "error: the table of the register “certificates” is missing" in new_campaign.run("journal", "verify").err


@pytest.mark.parametrize("lost", [True, False])
def test_a_table_that_is_gone_or_changed_stops_whoever_needs_it_with_its_name_and_what_to_do(
    fresh: Campaign, tmp_path: Path, *, lost: bool
) -> None:
    campaign = fresh.copy(tmp_path / "campaign")
    folder = campaign.root / "checklists" / "registers"
    shutil.copytree(shipped("checklists") / "fake-cert-2023" / "registers", folder)
    made = keep(campaign.root, b"table", b"export")
    if lost:
        (campaign.root / made.file).unlink()
    else:
        (campaign.root / made.file).write_bytes(b"changed")
    plant(tmp_path, {"证书.csv": "认证证书号,组织名称,证书状态\nA1,甲,有效\n"})
    importing = ("register", "import", tmp_path / "证书.csv", "--as", "certificates", "--apply")
    asks = (("check",), ("register", "show", "certificates"), importing)
    for command in asks:
        ran = campaign.run(*command)
        told = f"{made.file}: error: the table of the register certificates is missing or was changed"
        assert (ran.code, told in ran.err, "from a backup" in ran.err) == (3, True, True), ran.said
    assert campaign.run("export", "--format", "parquet").code == 0


def test_an_archive_has_the_registers_and_the_copy_without_personal_data_has_none_of_their_files(
    new_campaign: Campaign,
) -> None:
    made = keep(new_campaign.root, b"table", b"export")
    whole = new_campaign.run("archive", "create", "-o", "whole.zip")
    assert whole.code in (0, 1), whole.err
    shared = new_campaign.run("archive", "create", "--redact", "-o", "shared.zip")
    assert shared.code in (0, 1), shared.err
    for name, kept in (("whole.zip", True), ("shared.zip", False)):
        data = (new_campaign.root / name).read_bytes()
        assert (made.file.encode() in data, made.files[0].file.encode() in data) == (kept, kept)
