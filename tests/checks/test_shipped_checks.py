"""Every shipped data check says of its own examples what they say of it."""

from pathlib import Path

import pytest

from selfaudit.base.resources import shipped
from selfaudit.checks.examples import Trying
from selfaudit.model.names import PLAN
from selfaudit.store.data_kits import load_data_kit

KITS = sorted(path.parent for path in shipped("checklists").glob(f"*/{PLAN}"))


@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_the_examples_of_every_check_hold(folder: Path) -> None:
    loaded = load_data_kit(folder, folder)
    assert loaded.problems == []
    trying = Trying(loaded.kit)
    failed = {check.id: found for check in loaded.kit.checks.values() if (found := list(trying.failures(check)))}
    assert failed == {}
