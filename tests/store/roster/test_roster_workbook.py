"""What cannot be read as a workbook is told for what it is, before it can do harm."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from selfaudit.base import i18n
from selfaudit.files.sheets.bounds import DEFAULT
from selfaudit.model.roster import Roster
from selfaudit.store.roster.xlsx_reading import read
from selfaudit.store.roster.xlsx_writing import write_roster

ROSTER = Roster.model_validate(
    {
        "format": "selfaudit/roster/1",
        "body": {"name": "甲乙认证有限公司"},
        "units": [{"id": "01", "name": "技术部", "kind": "department", "head": "0001"}],
        "people": [{"id": "0001", "name": "张三", "unit": "01"}],
    }
)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_console", "en")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a good workbook."""
    file = tmp_path / "r.xlsx"
    write_roster(ROSTER, file, "zh_CN")
    return file


def refused(path: Path) -> str:
    """Return the code of the one problem of a file that cannot be read at all."""
    found = read(path)
    assert found.data == {}
    (problem,) = found.problems
    assert str(problem.where) == path.name
    assert problem.hint
    return problem.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.none"),
        ("工号,姓名\n1,张三\n".encode(), "workbook.none"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook.foreign"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "workbook.locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "workbook.damaged"),
        (b"PK\x03\x04 broken", "workbook.foreign"),
        (b"PK\x03\x04 xl/workbook.xml", "workbook.damaged"),
    ],
)
def test_what_is_no_workbook_is_told_by_its_content(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    assert refused(path) == code


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "workbook.unreadable"


def test_another_zip_is_no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(path) == "workbook.foreign"


def test_a_workbook_cut_short_is_damaged(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path) == "workbook.damaged"


def rewritten(path: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> Path:
    """Replace bytes in parts of a workbook; a part with nothing to find in it is dropped."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            before, after = changes.get(name, (b"", b""))
            if name not in changes or before:
                new.writestr(name, old.read(name).replace(before, after) if before else old.read(name))
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/workbook.xml": (b"<sheets>", b"<sheets")},
        {"xl/_rels/workbook.xml.rels": (b"", b"")},
        {"xl/worksheets/sheet2.xml": (b"<sheetData>", b"<sheetData")},
        {"xl/worksheets/sheet2.xml": (b"", b"")},
    ],
)
def test_a_workbook_with_broken_parts_is_damaged(path: Path, changes: dict[str, tuple[bytes, bytes]]) -> None:
    assert read(rewritten(path, changes)).problems[0].code == "workbook.damaged"


def test_a_workbook_whose_members_are_locked_is_locked_with_a_password(path: Path) -> None:
    data = bytearray(path.read_bytes())
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    path.write_bytes(data)
    assert refused(path) == "workbook.locked"


def test_a_stray_cell_far_away_is_refused_before_it_takes_all_memory(path: Path) -> None:
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("人员")
        page.write_string(0, 0, "工号")
        page.write_string(1_048_575, 16_383, "x")
    (problem,) = read(path).problems
    assert problem.message == "a sheet reaches as far as cell XFD1048576"


def test_a_file_too_large_is_refused_unread(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(DEFAULT.packed + 1)
    (problem,) = read(path).problems
    assert problem.message == "20.0 MiB is too large for a workbook (at most 20 MiB)"
