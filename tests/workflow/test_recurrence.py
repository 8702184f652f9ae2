"""Findings that an earlier campaign had closed and that come back in the next one."""

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml

from tests.support.campaign import Campaign
from tests.support.filling import FINDING
from tests.support.folders import leaves, plant
from tests.support.program import run
from tests.support.tiny import KIT, ROSTER

SAID = ("cause=急", "correction=补审", "owner=张三", "similar=查了全部项目", "similar_scope=2023年", "similar_found=无")
NAMED = KIT["campaign.yaml"].replace(
    "{id: certificate, title: 证书,", "{id: certificate, named_in: certificates, remembered: true, title: 证书,"
)


@pytest.fixture
def before(answered_campaign: Campaign) -> Campaign:
    """A campaign in which the finding 2.1-01 of 张三, about the certificate Q-2023-17, was closed."""
    campaign = answered_campaign
    said = {**FINDING, "certificates": "Q-2023-17、无"}
    campaign.receive(
        "张三 改.yaml", campaign.filled("张三", on="2023-11-06", answers={"2.1 a": "发现问题"}, findings=[said])
    )
    campaign.run("collect")
    campaign.edit(
        "campaign.yaml",
        "{id: certificate, title: 证书,",
        "{id: certificate, named_in: certificates, remembered: true, title: 证书,",
    )
    for command in (
        ("set", "2.1-01", *SAID),
        ("correct", "2.1-01", "--who", "张三", "--on", "2023-11-20", "--no-evidence", "谈话"),
        ("verify", "2.1-01", "--who", "李四", "--on", "2023-11-21"),
        ("close", "2.1-01", "--reason", "已查看"),
    ):
        assert campaign.run("findings", *command).code == 0
    return campaign


def following(tmp_path: Path, before: Campaign, conduct: str = KIT["2-conduct.yaml"]) -> Campaign:
    """Return a campaign after that one, with a form for everybody, and what ``init`` said."""
    plant(
        tmp_path / "next", {**KIT, "campaign.yaml": NAMED.replace("kit: tiny", "kit: next"), "2-conduct.yaml": conduct}
    )
    plant(tmp_path, {"roster.yaml": ROSTER})
    ran = run("init", "after", "--kit", "next", "--roster", "roster.yaml", "--previous", before.root, cwd=tmp_path)
    assert ran.code == 0, ran.said
    plant(tmp_path, {"said.txt": ran.err})
    made = Campaign(tmp_path / "after")
    assert made.run("issue").code == 0
    return made


def reported(campaign: Campaign, name: str, item: str = "2.1", part: str = "a", **more: str) -> None:
    said = {**FINDING, "item": item, "part": part, **more}
    place = f"{item} {part}".strip()
    campaign.receive(f"{name}.yaml", campaign.filled(name, answers={place: "发现问题"}, findings=[said]))
    assert campaign.run("collect").code in (0, 1)


def test_a_finding_on_the_same_item_of_the_same_person_is_marked_everywhere(before: Campaign, tmp_path: Path) -> None:
    there = leaves(before.root)
    after = following(tmp_path, before)
    assert leaves(before.root) == there
    assert "1 closed findings of “小型自查” are remembered" in (tmp_path / "said.txt").read_text(encoding="utf-8")
    remembered = (after.root / "previous.yaml").read_text(encoding="utf-8")
    (closed,) = yaml.safe_load(remembered)["findings"]
    assert (closed["id"], closed["item"], closed["key"], closed["certificates"]) == (
        "2.1-01",
        "2.1",
        "person:P1",
        ["Q-2023-17"],
    )
    assert str(FINDING["fact"]) not in remembered
    reported(after, "张三")
    reported(after, "李四")
    assert [(one["short_id"], one["recurs"]) for one in after.run("findings", "list", "--json").data] == [
        ("2.1-01", ["2.1-01"]),
        ("2.1-02", []),
    ]
    assert "(came back)" in after.run("findings", "list").out
    assert (
        "Came back: 2.1-01 of the campaign before, on 2.1 of 审核部, was closed"
        in after.run("findings", "show", "2.1-01").out
    )
    after.run("findings", "export")
    sheet = openpyxl.load_workbook(after.root / "reports/findings.xlsx").active
    assert sheet
    assert [cell for row in sheet.iter_rows(values_only=True) for cell in row].count("再次出现") == 1
    after.run("report", "--draft")
    text = "\n".join(one.text for one in docx.Document(str(after.root / "reports/自查报告（草稿）.docx")).paragraphs)
    assert "其中1个问题在上一次自查中已经关闭，本次再次出现：2.1-01（审核部、上次：2.1-01）。" in text


def test_the_same_certificate_is_enough_and_an_item_that_is_gone_is_told(before: Campaign, tmp_path: Path) -> None:
    conduct = KIT["2-conduct.yaml"].replace('"2.1"', '"2.9"').replace("title: 到场", "title: 全程")
    after = following(tmp_path, before, conduct)
    assert "this kit has no item with the title or id of these, so that they cannot come back: 2.1 到场" in (
        tmp_path / "said.txt"
    ).read_text(encoding="utf-8")
    reported(after, "李四", item="2.9", certificates="Q-2023-17")
    (found,) = after.run("findings", "list", "--json").data
    assert found["recurs"] == ["2.1-01"]


def test_an_item_of_the_same_title_under_another_id_is_the_same(before: Campaign, tmp_path: Path) -> None:
    after = following(tmp_path, before, KIT["2-conduct.yaml"].replace('"2.1"', '"2.9"'))
    reported(after, "张三", item="2.9")
    (found,) = after.run("findings", "list", "--json").data
    assert found["recurs"] == ["2.1-01"]


def test_what_is_no_campaign_or_a_file_with_a_mistake_is_told(before: Campaign, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("init", "after", "--kit", "fake-cert-2023", "--previous", "empty", cwd=tmp_path)
    assert ran.code == 3
    assert "is not a campaign" in ran.err
    assert not (tmp_path / "after").exists()
    after = following(tmp_path, before)
    after.edit("previous.yaml", "campaign:", "colour: 红\ncampaign:")
    ran = after.run("issue")
    assert ran.code == 3
    assert "previous.yaml:" in ran.err
    assert "“colour”" in ran.err
    shutil.rmtree(tmp_path / "after")


def test_what_was_left_open_is_named_and_the_file_explains_itself_in_the_language_of_the_campaign(
    before: Campaign, tmp_path: Path
) -> None:
    assert before.run("findings", "reopen", "2.1-01", "--reason", "证书未更正").code == 0
    after = following(tmp_path, before)
    said = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert "1 findings of “小型自查” are not closed: 2.1-01" in said
    assert "上一次自查已关闭的问题" in (after.root / "previous.yaml").read_text(encoding="utf-8")


def test_nothing_about_a_person_and_no_number_of_a_standard_is_remembered(before: Campaign, tmp_path: Path) -> None:
    told = "ISO9001、GB/T 19001-2016、Q-2023-17、赵六 138-0013-8000、孙七110101199001011234、2023-11-20"
    before.edit("campaign.yaml", "{id: people, title: 人员,", "{id: people, title: 人员, named_in: people,")
    before.run("findings", "reopen", "2.1-01", "--reason", "补充")
    said = {**FINDING, "certificates": told, "people": "赵六 Z-2023-99"}
    answers = {"2.1 a": "发现问题"}
    before.receive("再.yaml", before.filled("张三", on="2023-11-22", answers=answers, findings=[said]))
    before.run("collect")
    for command in (
        ("correct", "2.1-01", "--who", "张三", "--on", "2023-11-20"),
        ("verify", "2.1-01", "--who", "李四", "--on", "2023-11-21"),
        ("close", "2.1-01"),
    ):
        assert before.run("findings", *command).code == 0
    after = following(tmp_path, before)
    remembered = (after.root / "previous.yaml").read_text(encoding="utf-8")
    (closed,) = yaml.safe_load(remembered)["findings"]
    assert closed["certificates"] == ["Q-2023-17"]
    assert not any(word in remembered for word in ("赵六", "孙七", "138", "110101", "Z-2023-99"))


def test_another_unit_that_got_the_id_is_not_the_same(before: Campaign, tmp_path: Path) -> None:
    after = following(tmp_path, before)
    after.edit("roster.yaml", "name: 审核部", "name: 培训中心")
    after.edit("campaign.yaml", "units: [审核部]", "units: [培训中心]")
    assert after.run("issue").code in (0, 1)
    reported(after, "张三")
    (found,) = after.run("findings", "list", "--json").data
    assert found["recurs"] == []
