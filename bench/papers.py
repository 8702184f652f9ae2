"""How many signature sheets are recognised after what scanners, phones and fax machines do to them."""

import os
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image

from bench.campaigns import Campaign
from bench.measure import Bench
from selfaudit.model.progress.paper import PaperCode, content_code
from selfaudit.scans.codes import find_codes
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.standings import everybody_of
from tests.scans.sheets import SPOILS, Spoil

PEOPLE = 100
"""One in four of the bench campaign answers everything, so that there is a sheet for them."""
RESOLUTIONS = (150, 200)
SEED = 2023

Page = tuple[PaperCode, Image.Image]
"""What the code on a page is, and what it looks like."""


@dataclass(slots=True)
class Rate:
    """How many of the pages were recognised, and how many were taken for another sheet, which must never happen."""

    spoil: str
    pages: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def share(self) -> float:
        """The recognised share."""
        return self.right / self.pages if self.pages else 0.0


def recognition(bench: Bench, scratch: Path, people: int = PEOPLE) -> list[Rate]:
    """Print the sheets of a campaign, make PDF files and images of them, spoil these, and return what is recognised."""
    campaign = Campaign.of_people(bench, scratch / "papers", people)
    campaign.issue_anew()
    campaign.answer(2)
    campaign.run("collect")
    campaign.run("paper", "print")
    pages = _printed_pages(campaign.root)
    rng = random.Random(SEED)
    return [_rate(name, spoil, pages, rng) for name, spoil in SPOILS.items()]


def _printed_pages(campaign: Path) -> list[Page]:
    pages = []
    for standing in everybody_of(Workspace(campaign)):
        if standing.content is None or standing.state != "complete":
            continue
        (path,) = campaign.glob(f"reports/papers/*/{standing.respondent.name}_*.pdf")
        code = PaperCode(standing.content["passport"], content_code(standing.digest))
        with pypdfium2.PdfDocument(path) as document:
            pages += [
                (code, page.render(scale=resolution / 72, grayscale=True).to_pil().convert("L"))
                for resolution in RESOLUTIONS
                for page in document
            ]
    return pages


def _rate(name: str, spoil: Spoil, pages: Sequence[Page], rng: random.Random) -> Rate:
    rate = Rate(name)
    for code, page in pages:
        found = find_codes(spoil(page, rng), PaperCode.parse).codes
        rate.pages += 1
        rate.right += found == (code,)
        rate.wrong += any(other != code for other in found)
    return rate


def table(rates: Sequence[Rate]) -> str:
    """Return the rates as a table in Markdown."""
    lines = ["| what happened to the sheet | pages | recognised | taken for another |", "|---|--:|--:|--:|"]
    lines += [f"| {rate.spoil} | {rate.pages} | {rate.share:.0%} | {rate.wrong} |" for rate in rates]
    return "\n".join(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        paths = os.pathsep.join([str(Path(__file__).resolve().parent.parent), os.environ.get("PYTHONPATH", "")])
        found = recognition(Bench({**os.environ, "PYTHONPATH": paths}, None), Path(folder))
    sys.stdout.write(table(found) + "\n")
