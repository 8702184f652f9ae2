"""The demo to its end: everybody answers and signs, the report is approved and final, and the archive is sound."""

import re
import zipfile
from pathlib import Path

import pytest

from selfaudit.demo.play import demo
from selfaudit.word.office import pdf
from selfaudit.workflow.common.listener import Silent
from tests.support.campaign import Campaign

pytestmark = pytest.mark.slow


FEW = 700
"""Certificates among which every violation finds its place."""
Ended = tuple[Campaign, str]
"""The folder, and what the demo told."""


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """The demo as the program plays it where there is no LibreOffice."""
    folder = tmp_path_factory.mktemp("ended") / "demo-campaign"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_NAMES", ())
        patch.setattr(pdf, "_ELSEWHERE", ())
        told = demo(folder, 2023, Silent(), certificates=FEW)
    return Campaign(folder), "\n".join(told)


def test_it_says_what_happened_what_to_open_and_why_there_is_no_pdf(ended: Ended) -> None:
    campaign, told = ended
    assert re.search(r"answered and signed \(30\d sheets\), 6 corrections .* \d\d notices made, .* it is final", told)
    assert re.search(r"Archive: .*nothing is wrong with it", told)
    assert "LibreOffice" in told
    opened = [Path(line.strip()) for line in told.splitlines() if line.endswith((".docx", ".html", ".pdf"))]
    assert campaign.root / "reports" / "认证机构自查整改报告.docx" in opened
    assert all(path.is_file() and path.is_relative_to(campaign.root) for path in opened)


def test_nobody_is_missing_and_every_sheet_is_signed_and_confirmed(ended: Ended) -> None:
    status = ended[0].run("status", "--json").data
    total, papers = status["total"], status["papers"]["total"]
    assert (total["missing"], total["incomplete"], papers["confirmed"]) == (0, 0, total["issued"])
    assert status["findings"]["states"]["closed"] == 6


def test_the_report_is_approved_by_three_for_exactly_what_it_still_says(ended: Ended) -> None:
    found = ended[0].run("report", "approve", "--list", "--json").data
    assert len({step["by"] for step in found["steps"]}) == 3
    assert found["void"] == []


def test_its_archive_opens_in_a_browser_and_contains_what_was_written(ended: Ended) -> None:
    (path,) = ended[0].root.glob("archives/*.zip")
    with zipfile.ZipFile(path) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
    assert {
        "index.html",
        "pages/report.html",
        "data/reports/认证机构自查整改报告.docx",
        "data/reports/status.html",
    } <= {*names}
    assert any(name.startswith("data/notices/") for name in names)
