"""A campaign that was copied, carried or synchronised."""

import shutil
from pathlib import Path

from tests.support.campaign import Campaign
from tests.support.folders import plant


def test_a_copied_folder_works_at_another_place_without_the_first(answered_campaign: Campaign, tmp_path: Path) -> None:
    answered_campaign.run("paper", "print", "--only", "李四")
    moved = answered_campaign.copy(tmp_path / "U 盘" / "自查 2023")
    shutil.rmtree(answered_campaign.root)
    assert moved.run("validate").code == 0
    assert moved.run("collect").out.startswith("new 0; ")
    assert len(moved.events("张三")) == 1
    moved.receive("王五.yaml", moved.filled("王五"))
    assert moved.run("collect", "--json").data["files"][0]["outcome"] == "new"
    assert moved.run("issue").code == 0
    assert "1 unchanged" in moved.run("paper", "print", "--only", "李四").out
    assert moved.run("report").code == 1
    told = [str(value) for table in moved.ledger().values() for row in table for value in row]
    assert [value for value in told if str(answered_campaign.root) in value] == []


def test_a_second_ledger_is_told_with_every_command_and_by_validate(answered_campaign: Campaign) -> None:
    for name in ("campaign-PC2.db", "campaign (1).db", "campaign副本.db"):
        second = answered_campaign.root / name
        shutil.copy(answered_campaign.root / "campaign.db", second)
        for command in ("status", "collect", "validate"):
            err = answered_campaign.run(command).err
            assert f"campaign.db: warning: beside campaign.db there is {name}" in err, command
            assert err.count("beside campaign.db") == 1
        second.unlink()
    assert "beside" not in answered_campaign.run("status").err


def test_copies_of_what_people_edit_are_told_and_a_backup_of_their_own_by_validate_only(
    answered_campaign: Campaign,
) -> None:
    for name in ("roster (1).yaml", "roster - 副本 (2).yaml", "roster-备份.yaml"):
        shutil.copy(answered_campaign.root / "roster.yaml", answered_campaign.root / name)
    told = "roster.yaml: warning: beside roster.yaml there is roster (1).yaml, roster - 副本 (2).yaml"
    assert "there is roster (1).yaml, roster - 副本 (2).yaml, roster-备份.yaml" in answered_campaign.run("validate").err
    err = answered_campaign.run("status").err
    assert told in err
    assert "备份" not in err


def test_a_checklist_is_told_as_a_copy_by_its_items_and_not_by_its_name(answered_campaign: Campaign) -> None:
    checklists = answered_campaign.root / "checklists"
    text = (checklists / "2-conduct.yaml").read_text(encoding="utf-8")
    copy = checklists / "2-conduct-DESKTOP-1A2B.yaml"
    plant(checklists, {copy.name: text})
    err = answered_campaign.run("status").err
    assert "is used twice, first in 2-conduct-DESKTOP-1A2B.yaml" in err
    assert "move it out of the folder" in err
    assert "Only 2-conduct.yaml is used" not in err
    copy.unlink()
    plant(checklists, {name: text.replace("id: ", "id: 9") for name in ("2-conduct-ISO9001.yaml", "citations-2.yaml")})
    shutil.copy(checklists / "citations.yaml", checklists / "citations (1).yaml")
    told = "checklists/citations.yaml: warning: beside citations.yaml there is citations (1).yaml, which"
    err = answered_campaign.run("validate").err
    assert (told in err, err.count("beside")) == (True, 1)
