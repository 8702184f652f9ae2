"""A file that is no roster is called what it is, before any advice on YAML."""

from pathlib import Path

import pytest

from selfaudit.base import i18n
from selfaudit.store.roster.reading import read_roster_file


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_console", "en")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("工号,姓名,单位\n1,张三,审核部\n".encode("gb18030"), "this is a table saved as text (CSV), not a workbook"),
        ("工号\t姓名\t单位\n1\t张三\t审核部\n".encode("utf-16"), "this is a table saved as text (CSV), not a workbook"),
        (b"Subject: x\nFrom: a@example.com\n\nbody", "this is an e-mail, not a workbook"),
        (b"<html><table></table></html>", "this is a web page or XML file, not a workbook"),
        (bytes(257) + b"ustar\x0000", "this is an archive, not a workbook"),
        ("会议纪要\n时间：2023-11-05\n".encode(), "this is not a roster, neither a workbook nor a roster.yaml"),
        (b"\xffnoise\xfe\x00" * 20, "this is not a roster, neither a workbook nor a roster.yaml"),
    ],
)
def test_what_is_no_roster_is_called_what_it_is(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(data)
    found, problems = read_roster_file(path)
    assert not found
    assert [problem.message for problem in problems] == [told]
