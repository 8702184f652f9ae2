"""A kit with two spot checks: commands say which one is meant, and know it by the number of a file."""

from pathlib import Path

import pytest
import yaml

from tests.support.campaign import Campaign
from tests.workflow.sample.test_sample import FILES, PLAN, listed, made_in


@pytest.fixture
def campaign(issued: Campaign, tmp_path: Path) -> Campaign:
    """A campaign with another spot check, of the files of people, in the strata of units of the roster."""
    made = made_in(issued, tmp_path)
    columns = [{"id": "branch", "title": "分公司", "names_units": "true"}]
    text = yaml.safe_dump({**PLAN, "id": "people", "title": "人员档案抽查", "columns": columns}, allow_unicode=True)
    (made.root / "checklists" / "samples" / "people.yaml").write_text(text, encoding="utf-8")
    # the odd ones are of 北京, in two spellings
    rows = [
        (f"n{number}", f"{branch}分公司" if n % 4 == 1 else branch, "0") for n, (number, branch, _) in enumerate(FILES)
    ]
    listed(tmp_path / "people.xlsx", rows)
    return made


def test_of_two_spot_checks_one_is_named_or_known_by_the_number_of_a_file(campaign: Campaign) -> None:
    ran = campaign.run("sample", "draw")
    assert (ran.code, "Name one of: case-files (案卷抽查), people (人员档案抽查)." in ran.err) == (3, True)
    for name, file in (("case-files", "files.xlsx"), ("people", "people.xlsx")):
        assert campaign.run("sample", "freeze", name, "--from", campaign.root.parent / file).code == 0
        campaign.run("sample", "seed", name, "--given", "3141592653589", "--by", "陈静")
        assert campaign.run("sample", "draw", name).code == 0
    assert "P-07: stratum 高 / 北京\n" in campaign.run("sample", "explain", "p-07").out
    assert "NP-07: stratum 一般 / 北京分公司\n" in campaign.run("sample", "explain", "np-07").out
    drawn = campaign.run("sample", "list", "people", "--json").data["files_drawn"]
    ran = campaign.run("sample", "replace", drawn[0], "--reason", "档案遗失", "--json")
    assert (ran.code, len(ran.data["new"])) == (0, 1)


def test_a_unit_that_is_spelt_in_two_ways_is_one_stratum(campaign: Campaign) -> None:
    ran = campaign.run("sample", "freeze", "people", "--from", campaign.root.parent / "people.xlsx", "--json")
    strata = [(one["stratum"], one["files"]) for one in ran.data["strata"]]
    assert strata == [("normal/上海", 20), ("normal/北京分公司", 20)]
