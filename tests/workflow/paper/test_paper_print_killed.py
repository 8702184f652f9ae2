"""``paper print`` that is killed leaves nothing running and nothing half-written, and can be run again at once."""

import os
import subprocess
import time
from pathlib import Path

import pypdfium2
import pytest

from tests.support.campaign import Campaign
from tests.support.folders import ended, leaves, plant
from tests.support.program import PROGRAM, environment

pytestmark = pytest.mark.slow

SLOW_OFFICE = """#!/bin/sh
echo $$ >>"{pids}"
for one; do case "$one" in *.docx)
  sleep 0.2; head -c 200 "{page}" >"${{one%.docx}}.pdf"
  sleep 0.1; cp "{page}" "${{one%.docx}}.pdf";;
esac; done
"""


@pytest.fixture
def office(tmp_path: Path) -> dict[str, str]:
    """An environment in which LibreOffice is a script that takes its time, and notes its processes in ``pids``."""
    script = SLOW_OFFICE.format(pids=tmp_path / "pids", page=tmp_path / "page.pdf")
    folder = plant(tmp_path / "office", {"soffice": script, "../pids": ""})
    with pypdfium2.PdfDocument.new() as page:
        page.new_page(595, 842)
        page.save(tmp_path / "page.pdf")
    (folder / "soffice").chmod(0o755)
    return environment(PATH=f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


@pytest.mark.parametrize("after", [0.5, 1.3, 2.3])
def test_a_print_that_is_killed_is_finished_by_the_next(
    answered_campaign: Campaign, office: dict[str, str], tmp_path: Path, after: float
) -> None:
    command = [*PROGRAM, "paper", "print"]
    process = subprocess.Popen(
        command, cwd=answered_campaign.root, env=office, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    process.kill()
    process.wait()
    ran = answered_campaign.run("paper", "print", env=office)
    assert ran.code == 1, ran.said
    assert "5 of them as PDF too." in ran.out
    made = leaves(answered_campaign.root / "reports" / "papers")
    assert sorted({name.rpartition(".")[2] for name in made}) == ["docx", "pdf"]
    assert len([name for name in made if "/" in name]) == 2 * 5
    assert len([name for name in made if "/" not in name]) == 3 + 1
    assert all(data.rstrip().endswith(b"%%EOF") for name, data in made.items() if name.endswith(".pdf"))
    assert all(ended(int(number)) for number in (tmp_path / "pids").read_text(encoding="utf-8").split())
    assert leaves(answered_campaign.root / ".selfaudit" / "print") == {}


def test_an_office_that_makes_nothing_is_told_with_its_place(answered_campaign: Campaign, tmp_path: Path) -> None:
    folder = plant(tmp_path / "office", {"soffice": "#!/bin/sh\nexit 127\n"})
    (folder / "soffice").chmod(0o755)
    ran = answered_campaign.run("paper", "print", env=environment(PATH=f"{folder}{os.pathsep}/usr/bin"))
    assert ran.code == 1
    assert f"warning: LibreOffice ({folder}/soffice) did not make a single PDF, so there are only Word files" in ran.err
    assert "Print the Word files from Word or WPS." in ran.err
