"""Who decides: the name given with a command, else the one in campaign.yaml, never a login alone."""

import getpass

import pytest

from tests.support.campaign import Campaign

RESOLVE = ["contradictions", "resolve", "张三", "--choose", "1", "--reason", "核对过"]
DECISIONS = [RESOLVE, ["paper", "confirm", "张三"], ["paper", "match", "x.png", "--to", "张三"]]


@pytest.mark.parametrize("args", DECISIONS)
@pytest.mark.parametrize("by", [[], ["--by", " "]])
def test_a_decision_of_nobody_is_refused_and_changes_nothing(
    answered_campaign: Campaign, args: list[str], by: list[str]
) -> None:
    answered_campaign.edit("campaign.yaml", "operator: 经办人\n", "")
    before = answered_campaign.journal()
    ran = answered_campaign.run(*args, *by)
    assert ran.code == 3
    assert "it is not known who decides this" in ran.err
    assert "operator: NAME" in ran.err
    assert answered_campaign.journal() == before


@pytest.mark.parametrize(("by", "name"), [([], "经办人"), (["--by", "李娜"], "李娜")])
def test_the_journal_has_the_name_of_the_person_with_their_login(
    answered_campaign: Campaign, by: list[str], name: str
) -> None:
    assert answered_campaign.run(*RESOLVE, *by).code == 0
    (who, detail), *_ = answered_campaign.rows("SELECT who, detail FROM journal ORDER BY seq DESC LIMIT 1")
    assert who == f"{name} ({getpass.getuser()})"
    assert f'"by": "{name}"' in detail


def test_what_is_no_decision_is_done_under_the_login_if_nobody_is_named(answered_campaign: Campaign) -> None:
    answered_campaign.edit("campaign.yaml", "operator: 经办人\n", "")
    answered_campaign.receive("again.yaml", answered_campaign.filled("李四", by="李四", on="2023-11-09"))
    answered_campaign.run("collect")
    assert answered_campaign.rows("SELECT who FROM journal ORDER BY seq DESC LIMIT 1") == [(getpass.getuser(),)]
