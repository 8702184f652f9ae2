"""Where commands write what ``-o`` names: never over the campaign, never under a name of another kind."""

import pytest

from tests.support.campaign import Campaign
from tests.support.folders import leaves


@pytest.mark.parametrize(
    "command",
    [
        ["export", "-o", "campaign.yaml"],
        ["export", "-o", "roster.yaml"],
        ["export", "-o", "checklists/1-business.yaml"],
        ["export", "-o", "merged.yaml"],
        ["findings", "export", "-o", "inbox/张三.xlsx"],
        ["report", "-o", "papers/报告.docx"],
        ["status", "--html", "outbox/status.html"],
    ],
)
def test_what_belongs_to_the_campaign_is_not_written_over(answered_campaign: Campaign, command: list[str]) -> None:
    before = leaves(answered_campaign.root)
    ran = answered_campaign.run(*command)
    assert ran.code == 3
    assert "belongs to the campaign and would be lost" in ran.err
    assert leaves(answered_campaign.root) == before


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        (["report", "-o", "campaign.db"], ".docx"),
        (["report", "-o", "report.pdf"], ".docx"),
        (["export", "--format", "csv", "-o", "answers.json"], ".csv"),
        (["findings", "export", "-o", "findings.csv"], ".xlsx"),
        (["status", "--html", "status.txt"], ".html"),
    ],
)
def test_nothing_is_written_under_a_name_of_another_kind(
    answered_campaign: Campaign, command: list[str], suffix: str
) -> None:
    before = leaves(answered_campaign.root)
    ran = answered_campaign.run(*command)
    assert ran.code == 3
    assert f"Name a file that ends in {suffix}." in ran.err
    assert leaves(answered_campaign.root) == before


def test_a_file_in_the_reports_or_outside_may_be_named(answered_campaign: Campaign) -> None:
    for name in ("reports/all.yaml", "../all.yaml", "all.yaml"):
        assert answered_campaign.run("export", "-o", name).code == 0
        assert (answered_campaign.root / name).is_file()
