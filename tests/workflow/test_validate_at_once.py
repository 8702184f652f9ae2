"""``validate`` finds in files alone what the report would find, hides no mistake behind another, and invents none."""

from pathlib import Path

import pytest

from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.program import Ran, run
from tests.support.tiny import KIT, PLAN, ROSTER

FACTS = """\
  - {id: valid, title: 有效证书数, kind: number, chapter: one}
  - {id: branches, title: 分公司数, kind: number, chapter: one, counted: branch}
sums:
  - {total: certificates, parts: [valid]}
report:
"""


def told(ran: Ran) -> set[tuple[str, str]]:
    return {(problem["where"], problem["code"]) for problem in ran.data}


@pytest.fixture
def counting(new_campaign: Campaign) -> Campaign:
    """A campaign whose profile has numbers that must agree with others."""
    new_campaign.edit("campaign.yaml", "report:\n", FACTS)
    return new_campaign


def test_sums_and_counts_of_the_profile_are_checked_where_they_stand(counting: Campaign) -> None:
    counting.edit("profile.yaml", "certificates:", "certificates: 1280\n  valid: 1200\n  branches: 3")
    ran = counting.run("validate")
    assert ran.code == 1
    assert "profile.yaml:9:17: warning: “证书数” is 1280, but its parts add up to 1200: 有效证书数 1200" in ran.err
    assert "profile.yaml:11:13: warning: “分公司数” is 3, but the campaign's own data give 1" in ran.err


def test_a_date_of_the_report_that_is_still_to_come_is_noted_where_it_stands_and_before_the_report(
    counting: Campaign,
) -> None:
    counting.edit(
        "campaign.yaml", "  - {id: valid,", "  - {id: day, title: 报告日期, kind: line, chapter: one}\n  - {id: valid,"
    )
    counting.edit("campaign.yaml", "  title: 自查报告", "  title: 自查报告\n  date: day")
    counting.edit("profile.yaml", "certificates:", "day: 2099年1月8日\n  certificates:")
    counting.run("issue")
    told = "note: “报告日期” is 2099-01-08, and today is "
    assert f"profile.yaml:9:8: {told}" in counting.run("validate").err
    assert f"profile.yaml: {told}" in counting.run("report").err
    counting.edit("profile.yaml", "2099年1月8日", "2024年1月8日")
    assert told not in counting.run("validate").err + counting.run("report").err


def test_a_number_that_is_none_is_an_error_and_keeps_nobody_from_working(counting: Campaign) -> None:
    counting.edit("profile.yaml", "certificates:", f"certificates: 约 1200\n  valid: {'9' * 5000}\n  other: x")
    found = told(counting.run("validate", "--json"))
    assert {code for _, code in found} == {"profile.not-a-number", "profile.unknown-fact", "campaign.over"}
    assert counting.run("issue").code == 0
    assert counting.run("status").code == 1
    ran = counting.run("report", "--draft")
    assert ran.code == 1
    assert "“证书数” is “约 1200”, which is not a number" in ran.err
    assert "the report has no fact “other”" in ran.err


def test_a_profile_that_cannot_be_read_keeps_only_the_report_from_being_final(campaign: Campaign) -> None:
    plant(campaign.root, {"profile.yaml": "format: selfaudit/profile/1\nfacts: [\n"})
    assert campaign.run("status").code == 1
    ran = campaign.run("report")
    assert ran.code in (1, 3)
    assert "profile.yaml:2:8" in ran.err


def test_a_report_without_a_place_for_what_is_asked_stops_new_forms_and_the_report_and_nothing_else(
    answered_campaign: Campaign,
) -> None:
    answered_campaign.edit("campaign.yaml", "holds: [suggestions, clues]", "holds: [clues]")
    for command in (
        ["status"],
        ["contradictions", "list"],
        ["collect"],
        ["remind"],
        ["report", "unit"],
        ["findings", "list"],
    ):
        assert answered_campaign.run(*command).code in (0, 1), command
    for command in (["validate"], ["issue"], ["report"], ["report", "--draft"]):
        ran = answered_campaign.run(*command)
        assert (ran.code, "no chapter of the report contains suggestions" in ran.err) == (3, True), command


def test_a_mistake_in_one_file_hides_none_in_another(counting: Campaign) -> None:
    plant(counting.root, {"checklists/3-more.yaml": KIT["2-conduct.yaml"].replace('"2.', '"3.').replace("tech", "x")})
    counting.edit("checklists/1-business.yaml", "    roles: [tech]\n", "")
    counting.edit("checklists/1-business.yaml", "    how: 查看公示。", "    hwo: 查看公示。")
    counting.edit("checklists/2-conduct.yaml", "severity: major", "severity: grave")
    counting.edit("checklists/citations.yaml", "verified: true", "verified: 也许")
    plant(counting.root, {"roster.yaml": ROSTER.replace("unit: B,", "unit: X,").replace("head: P3", "roles: [boss]")})
    counting.edit("profile.yaml", "certificates:", "certificates: 12\n  valid: 10\n  others: 3")
    assert told(counting.run("validate", "--json")) == {
        ("checklists/1-business.yaml:18:5", "kit.nobody-answers"),
        ("checklists/1-business.yaml:27:5", "model.meant-key"),
        ("checklists/2-conduct.yaml:15:15", "kit.unknown-id"),
        ("checklists/citations.yaml:6:15", "model.bad-flag"),
        ("roster.yaml:5:50", "kit.role-unknown"),
        ("roster.yaml:10:30", "roster.unknown-unit"),
        ("profile.yaml:9:17", "profile.sum"),
        ("profile.yaml:11:11", "profile.unknown-fact"),
        ("campaign.yaml:14:3", "campaign.over"),
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        # what is misspelt is not missing as well
        ("campaign.yaml", "cut_off:", "cutoff:", "model.meant-key"),
        ("checklists/2-conduct.yaml", "    how: 核对行程。", "    hows: 核对行程。", "model.meant-key"),
        ("roster.yaml", "kind: branch", "kid: branch", "model.meant-key"),
        # what is named wrongly is not unused as well
        ("checklists/1-business.yaml", "area: business", "area: busines", "kit.unknown-id"),
        ("checklists/2-conduct.yaml", "[staff]", "[staf]", "kit.unknown-id"),
        ("roster.yaml", "kind: branch", "kind: branch\n    roles: [tehc]", "kit.role-meant"),
        ("campaign.yaml", "  - {id: cause}\n", "", "kit.not-asked"),
        # of what cannot be read nothing follows
        ("checklists/citations.yaml", "verified: true", "verified: ja", "model.bad-flag"),
        ("campaign.yaml", "from: 2023-11-01", "from: 2023-11-31", "model.bad-date"),
        ("roster.yaml", "kind: branch", "kind: brunch", "kit.kind-unknown"),
        ("roster.yaml", "unit: A", "unit: Z", "roster.unknown-unit"),
    ],
)
def test_one_mistake_is_one_problem(new_campaign: Campaign, file: str, old: str, new: str, code: str) -> None:
    new_campaign.edit(file, old, new)
    found = told(new_campaign.run("validate", "--json"))
    assert {one for _, one in found} - {"campaign.over"} == {code}
    assert len(found) <= 2


def test_a_campaign_that_was_over_before_it_began_is_pointed_out_until_forms_are_out(new_campaign: Campaign) -> None:
    ran = new_campaign.run("validate")
    assert ran.code == 0
    assert "campaign.yaml:14:3: note: by its dates the campaign was over on 2023-11-10" in ran.err
    assert new_campaign.run("issue").code == 0
    assert "was over" not in new_campaign.run("validate").err


def test_inside_a_kit_folder_the_kit_is_validated(kit: Path) -> None:
    plant(kit, {"campaign.yaml": PLAN.replace("kit: tiny", "kit: small")})
    ran = run("validate", cwd=kit)
    assert ran.code == 0
    assert f"Next: selfaudit init DIR --kit {kit}" in ran.out
