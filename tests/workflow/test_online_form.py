"""``report online-form``: the numbers of the final report for typing them into the authority's form."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from selfaudit.store.kits import kit_folder, load_kit
from tests.support.campaign import Campaign

LIST = """\
online_form:
  title: 自查工作信息表
  groups:
    - title: 机构
      rows:
        - {id: certificates, title: 证书数, from: profile.certificates, help: 含暂停}
        - {id: overview, title: 基本情况, from: profile.overview}
    - title: 问题
      rows:
        - {id: found, title: 问题数, from: findings.total}
        - {id: major, title: 其中严重, from: findings.severity.major}
        - {id: suspended, title: 暂停证书, from: measures.disposition.certificate.action.2}
        - {id: projects, title: 覆盖项目数, from: coverage.projects}
"""
ROWS = "reports/自查工作信息表（草稿）.yaml"


def listed(campaign: Campaign) -> Campaign:
    plan = campaign.root / "campaign.yaml"
    plan.write_text(plan.read_text(encoding="utf-8") + LIST, encoding="utf-8")
    return campaign


def rows(path: Path) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in yaml.safe_load(path.read_text(encoding="utf-8"))["rows"]}


@pytest.fixture
def campaign(answered_campaign: Campaign) -> Campaign:
    """A campaign with such a list, in which something was found."""
    return listed(answered_campaign)


def test_every_value_is_that_of_the_final_report_and_says_where_it_comes_from(campaign: Campaign) -> None:
    campaign.edit("profile.yaml", "certificates:", "certificates: 120")
    campaign.edit("profile.yaml", "overview:", "overview: 一家认证机构")
    assert campaign.run("report", "online-form").code == 1
    said = rows(campaign.root / ROWS)
    assert [(row["number"], name, row["value"]) for name, row in said.items()][:5] == [
        ("1", "certificates", "120"),
        ("2", "overview", "一家认证机构"),
        ("3", "found", "1"),
        ("4", "major", "1"),
        ("5", "suspended", "0"),
    ]
    figures = {one["id"]: str(one["value"]) for one in campaign.run("report", "--explain", "--json").data}
    assert all(row["value"] == figures.get(row["from"], row["value"]) for row in said.values())
    assert said["certificates"]["source"] == "profile.yaml：证书数"
    assert said["found"]["source"] == "问题数（正式报告：二 问题）"
    assert said["suspended"]["source"] == "正式报告中没有这样的问题"


def test_what_has_no_value_is_told_and_left_empty_and_is_never_0(campaign: Campaign) -> None:
    ran = campaign.run("report", "online-form")
    assert ran.code == 1
    assert "No value yet: 1 证书数 (profile.yaml：证书数)" in ran.out
    assert "No value yet: 2 基本情况" in ran.out
    assert rows(campaign.root / ROWS)["certificates"]["value"] is None
    with zipfile.ZipFile(campaign.root / ROWS.replace(".yaml", ".xlsx")) as book:
        assert "含暂停" in book.read("xl/worksheets/sheet1.xml").decode()


def test_a_table_that_says_something_else_now_is_kept_beside_the_new_one(campaign: Campaign) -> None:
    campaign.run("report", "online-form")
    assert "moved" not in campaign.run("report", "online-form").out
    campaign.edit("profile.yaml", "certificates:", "certificates: 120")
    assert campaign.run("report", "online-form").out.count("An earlier file was moved to reports/superseded/") == 2
    assert rows(campaign.root / ROWS)["certificates"]["value"] == "120"


def test_a_figure_there_is_not_is_told_by_its_place_with_what_is_like_it(campaign: Campaign) -> None:
    campaign.edit("campaign.yaml", "from: findings.severity.major", "from: findings.severity.mayor")
    campaign.edit("campaign.yaml", "{id: found, title", "{id: major, title")
    campaign.edit("checklists/1-business.yaml", "area: business", "area: busyness")
    said = campaign.run("validate").err
    assert "error: the final report has no figure of the whole body “findings.severity.mayor”" in said
    assert "Similar ones: findings.severity.major," in said
    assert "the id “major” is used twice" in said
    assert "there is no area “busyness”" in said
    assert campaign.run("report", "online-form").code == 3


def test_a_campaign_without_such_a_list_says_what_to_do(answered_campaign: Campaign) -> None:
    ran = answered_campaign.run("report", "online-form")
    assert ran.code == 3
    assert "List it there under “online_form”" in ran.err


def test_the_kit_of_the_notice_asks_for_people_findings_handling_and_certificates() -> None:
    kit = load_kit(kit_folder("fake-cert-2023")).kit
    assert kit
    assert kit.plan.online_form
    asked = {row.source for group in kit.plan.online_form.groups for row in group.rows}
    assert {"coverage.staff", "coverage.items", "profile.issued_total", "profile.withdrawn_total"} <= asked
    assert {f"findings.area.{area.id}.count" for area in kit.plan.areas} <= asked
    assert {f"findings.severity.{one.id}" for one in kit.plan.severities} <= asked
    assert {f"measures.disposition.{one.id}.count" for one in kit.plan.dispositions} <= asked
