"""Files that are written whole or not at all."""

import errno
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

from selfaudit.files.atomic import write_text


def test_where_nothing_can_be_written_the_file_that_was_asked_for_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> NoReturn:
        raise OSError(errno.EROFS, "Read-only file system", str(tmp_path / ".part-x"))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(OSError, match="Read-only") as raised:
        write_text(tmp_path / "report.docx", "")
    assert raised.value.filename == str(tmp_path / "report.docx")


def test_what_was_there_stays_if_the_new_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    write_text(path, "before")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
