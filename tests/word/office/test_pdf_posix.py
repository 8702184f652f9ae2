"""Whatever LibreOffice does, the Word files stay and the rest of the run goes on."""

from pathlib import Path

import pytest

from selfaudit.word.office import pdf
from tests.support.folders import ended

LAST = 'for last; do :; done; dir="$(dirname "$last")"; '


def office(folder: Path, script: str) -> Path:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def documents(folder: Path, count: int) -> list[Path]:
    """Word files of one name in several folders, each of which says its number."""
    made = []
    for number in range(count):
        made.append(folder / str(number) / "sheet.docx")
        made[-1].parent.mkdir()
        made[-1].write_text(f"{number}", encoding="utf-8")
    return made


def test_documents_of_one_name_each_get_their_own_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "BATCH", 2)
    copies = 'for one; do case "$one" in *.docx) (cat "$one"; echo; echo %%EOF) >"${one%.docx}.pdf";; esac; done'
    paths = documents(tmp_path, 5)
    counted: list[int] = []
    assert pdf.make_pdfs(office(tmp_path, copies), paths, tmp_path, counted.append) == []
    assert [path.with_suffix(".pdf").read_text(encoding="utf-8") for path in paths] == [
        f"{number}\n%%EOF\n" for number in range(5)
    ]
    assert sum(counted) == 5


def test_a_pdf_that_was_cut_off_is_not_taken(tmp_path: Path) -> None:
    script = LAST + 'echo "%PDF-1.7 half of" >"$dir/0.pdf"; echo "%%EOF" >"$dir/1.pdf"'
    paths = documents(tmp_path, 2)
    assert pdf.make_pdfs(office(tmp_path, script), paths, tmp_path, lambda _count: None) == paths[:1]
    assert not paths[0].with_suffix(".pdf").exists()
    assert paths[1].with_suffix(".pdf").exists()


def test_an_office_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    paths = documents(tmp_path, 2)
    assert pdf.make_pdfs(office(tmp_path, "exit 81"), paths, tmp_path, lambda _count: None) == paths
    assert [path.read_text(encoding="utf-8") for path in paths] == ["0", "1"]


@pytest.mark.slow
def test_an_office_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "START_SECONDS", 1)
    monkeypatch.setattr(pdf, "DOCUMENT_SECONDS", 0)
    paths = documents(tmp_path, 1)
    script = f'sleep 300 & echo "$!" >"{tmp_path}/child"; wait'
    assert pdf.make_pdfs(office(tmp_path, script), paths, tmp_path, lambda _count: None) == paths
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    assert ended(child)
