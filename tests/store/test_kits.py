"""Kits on disk: shipped ones, one's own, and folders that are none."""

from pathlib import Path

import pytest

from selfaudit.base.problems import UserError
from selfaudit.store.kits import kit_folder, kit_names, load_kit
from tests.support.folders import plant
from tests.support.tiny import KIT


def codes(folder: Path) -> list[str]:
    """Return the codes of everything wrong with a kit."""
    return [problem.code for problem in load_kit(folder).problems]


def test_the_shipped_kits_are_known_by_name() -> None:
    assert kit_names() == ["fake-cert-2023", "iso17021-internal-audit"]
    assert kit_folder("fake-cert-2023").name == "fake-cert-2023"


def test_a_kit_may_be_given_by_its_folder(kit: Path) -> None:
    assert kit_folder(str(kit)) == kit
    assert codes(kit) == []
    assert list(load_kit(kit).usable().items) == ["1.1", "1.2", "1.10", "2.1", "2.2", "2.3"]


@pytest.mark.parametrize("name", ["nothing", "", ".", "/", "../fake-cert-2023"])
def test_what_is_no_kit_is_told_with_those_there_are(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as raised:
        kit_folder(name)
    assert raised.value.problems[0].code == "kit.none"


def test_items_come_in_the_order_of_the_areas_and_not_of_the_files(kit: Path) -> None:
    (kit / "1-business.yaml").rename(kit / "9-business.yaml")
    assert next(iter(load_kit(kit).usable().items)) == "1.1"


def test_a_kit_without_citations_or_plan_is_told(kit: Path) -> None:
    (kit / "citations.yaml").unlink()
    assert codes(kit) == ["kit.no-citations"]
    (kit / "campaign.yaml").unlink()
    assert codes(kit) == ["kit.no-file"]
    with pytest.raises(UserError):
        load_kit(kit).usable()


def test_a_kit_read_again_has_the_same_mistakes_and_a_file_that_changed_is_read_anew(kit: Path) -> None:
    plan = kit / "campaign.yaml"
    sound = plan.read_text(encoding="utf-8")
    plan.write_text(sound + "nonsense: 1\n", encoding="utf-8")
    assert codes(kit) == codes(kit) == ["model.unknown-key"]
    plan.write_text(sound, encoding="utf-8")
    assert codes(kit) == []


def test_a_kit_without_any_checklist_cannot_be_used(kit: Path) -> None:
    for name in ("1-business.yaml", "2-conduct.yaml"):
        (kit / name).unlink()
    assert codes(kit) == ["kit.no-checklist"]


def test_a_checklist_under_another_suffix_is_not_passed_over_in_silence(kit: Path) -> None:
    (kit / "2-conduct.yaml").rename(kit / "2-conduct.yml")
    plant(kit, {"3-more.YAML": KIT["2-conduct.yaml"]})
    assert any("2-conduct.yml" in str(problem) for problem in load_kit(kit).problems)


def test_remarks_beside_the_yaml_files_are_no_part_of_a_kit(kit: Path) -> None:
    plant(kit, {"README.md": "# 说明", "notes/a.txt": "x"})
    assert codes(kit) == []
