"""The handbook's way from finding to closure, typed as it stands there."""

import shlex
from pathlib import Path

import pytest

from tests.support.campaign import Campaign

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("guide", ["guide.md", "guide.zh-CN.md"])
def test_the_example_of_the_handbook_ends_with_a_closed_finding(answered_campaign: Campaign, guide: str) -> None:
    text = (DOCS / guide).read_text(encoding="utf-8")
    (block,) = [part.split("```")[0] for part in text.split("```sh\n") if "findings close 2.5-03" in part]
    for line in block.strip().splitlines():
        _, *command = shlex.split(line.replace("2.5-03", "2.1-01"), comments=True)
        ran = answered_campaign.run(*command)
        assert ran.code == 0, ran.said
    assert answered_campaign.run("findings", "show", "2.1-01", "--json").data["state"] == "closed"
