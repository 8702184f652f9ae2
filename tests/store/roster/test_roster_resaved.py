"""A roster that LibreOffice saved again, in each of its formats, says the same."""

from pathlib import Path
from typing import Any

import pytest

from selfaudit.base.problems import errors
from selfaudit.model.roster import Roster
from selfaudit.store.roster.reading import read_roster_file
from selfaudit.store.roster.xlsx_writing import write_roster
from tests.support.office import resave

pytestmark = pytest.mark.slow

DATA: dict[str, Any] = {
    "format": "selfaudit/roster/1",
    "body": {"name": "甲乙认证有限公司"},
    "units": [{"id": "01", "name": "技术部", "kind": "department", "head": "0007"}],
    "people": [{"id": "0007", "name": "张三", "unit": "01", "posts": ["审核员", "技术专家"]}],
}


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_roster_means_the_same_after_it_was_saved_again(tmp_path: Path, suffix: str) -> None:
    write_roster(Roster.model_validate(DATA), tmp_path / "r.xlsx", "zh_CN")
    resave(tmp_path, suffix, ["r.xlsx"])
    # told by its content, whatever it is called
    data, problems = read_roster_file((tmp_path / suffix / f"r.{suffix}").rename(tmp_path / "名册.yaml"))
    assert errors(problems) == []
    assert data == DATA
