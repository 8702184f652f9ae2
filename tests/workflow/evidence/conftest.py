"""A campaign in which files have to come with answers."""

from pathlib import Path

import pytest

from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import run
from tests.support.tiny import KIT, ROSTER

_ASKED = "evidence: [行程单]\n"


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """The small campaign, issued; 2.1 needs a file where there is a problem, 2.2 in any case. Not to be changed."""
    base = tmp_path_factory.mktemp("shown")
    conduct = KIT["2-conduct.yaml"].replace(_ASKED, f"{_ASKED}    evidence_required: on_problem\n")
    conduct = conduct.replace("evidence: [声明]\n", "evidence: [声明]\n    evidence_required: always\n")
    plant(base / "tiny", {**KIT, "2-conduct.yaml": conduct})
    plant(base, {"roster.yaml": ROSTER})
    assert run("init", "campaign", "--kit", "tiny", "--roster", "roster.yaml", cwd=base).code == 0
    made = Campaign(base / "campaign")
    assert made.run("issue").code == 0
    return made


@pytest.fixture
def asked(shown: Campaign, tmp_path: Path) -> Campaign:
    """The same, to be changed."""
    return shown.copy(tmp_path / "campaign")
