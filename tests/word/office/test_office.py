"""LibreOffice is kept from the network, and none outlives a command that is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from selfaudit.word.office import pdf
from tests.support.folders import ended
from tests.support.templates import RELATIONS, with_relation, word_file

pytestmark = pytest.mark.slow

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = (
    f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent cx="914400" cy="914400"/>'
    f'<wp:docPr id="1" name="x"/><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
    f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
    f'<pic:blipFill><a:blip xmlns:r="{RELATIONS}" r:link="rId99"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"/>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and what was asked for there."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.command} {self.path}")
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of the protocol

        def log_message(self, *_args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}", asked
        made.shutdown()


@pytest.mark.parametrize("keeper", [pdf.KEEPER, ()], ids=["keeper", "settings alone"])
def test_nothing_is_asked_of_the_network(
    server: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keeper: tuple[str, ...]
) -> None:
    address, asked = server
    data = with_relation(word_file("One", PICTURE), "image", f"{address}/picture.png")
    document = tmp_path / "a.docx"
    document.write_bytes(with_relation(data, "attachedTemplate", f"{address}/a.dotx", source="word/settings.xml"))
    office = pdf.find_office()
    assert office
    monkeypatch.setattr(pdf, "KEEPER", keeper)
    assert pdf.make_pdfs(office, [document], tmp_path, lambda _count: None) == []
    assert document.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert asked == []


def test_an_office_and_all_it_started_end_with_a_command_that_is_killed(tmp_path: Path) -> None:
    office, document = tmp_path / "soffice", tmp_path / "a.docx"
    office.write_text(
        f'#!/bin/sh\nsleep 300 & echo "$!" >"{tmp_path}/new"; mv "{tmp_path}/new" "{tmp_path}/child"; wait\n'
    )
    office.chmod(0o755)
    document.write_bytes(b"x")
    (tmp_path / "scratch").mkdir()
    code = "from pathlib import Path; from selfaudit.word.office.pdf import make_pdfs; import sys;"
    code += "o, d, s = map(Path, sys.argv[1:]); make_pdfs(o, [d], s, print)"
    command = [sys.executable, "-c", code, str(office), str(document), str(tmp_path / "scratch")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(1000):
        if (tmp_path / "child").exists():
            break
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert ended(int((tmp_path / "child").read_text()))


def test_a_libreoffice_that_must_become_root_first_is_left_in_the_network_that_it_is_in(tmp_path: Path) -> None:
    office, document = tmp_path / "soffice", tmp_path / "a.docx"
    (tmp_path / "snap").write_text(f'#!/bin/sh\nreadlink /proc/self/ns/net >"{tmp_path}/network"\n')
    (tmp_path / "snap").chmod(0o755)
    office.symlink_to(tmp_path / "snap")
    document.write_bytes(b"x")
    assert pdf.make_pdfs(office, [document], tmp_path, lambda _count: None) == [document]
    assert (tmp_path / "network").read_text().strip() == str(Path("/proc/self/ns/net").readlink())


def test_no_module_of_the_folder_where_a_command_runs_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("threading.py", "subprocess.py", "ctypes.py", "selfaudit.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'loaded')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\nexit 0\n")
    office.chmod(0o755)
    document = tmp_path / "a.docx"
    document.write_bytes(b"x")
    assert pdf.make_pdfs(office, [document], tmp_path, lambda _count: None) == [document]
    assert not (tmp_path / "loaded").exists()
