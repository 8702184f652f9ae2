"""Numbers of certificates in answers and findings are looked up in the register by check, and held against it."""

from typing import Any

import pytest

from selfaudit.model.data.named import Looked
from selfaudit.model.held.named import NamedNumbers
from selfaudit.model.progress.standing import Standing
from tests.reports.content_kit import make_kit, replied
from tests.support.campaign import Campaign
from tests.workflow.check.conftest import enter

LOOKED = Looked(
    version=1,
    title="Certificates",
    holds=("有效", "valid"),
    others=("撤销",),
    ended={"withdrawn": "Withdrawn"},
    found={"cn-100200": "withdrawn", "cn-100300": "valid", "cn-100400": None},
)


def said(note: str, **finding: Any) -> Standing:
    findings = [{"number": 1, "item": "2.1", "fact": "x", **finding}] if finding else []
    return replied("North", {"items": [{"id": "2.1", "answer": "conform", "note": note}], "findings": findings})


def held(standing: Standing) -> list[tuple[str, str]]:
    numbers = NamedNumbers(make_kit(), {"certificates": LOOKED})
    numbers.add(standing)
    return [(one.key, one.status) for one in numbers.found()]


@pytest.mark.parametrize(
    "note",
    [
        "抽查证书 CN-100200 有效",
        "cn-100200 is valid",
        "已核对；证书CN-100200有效，资料齐全",
        "抽查证书CN-100300、CN-100200，共2张，均有效",
    ],
)
def test_a_note_that_calls_a_withdrawn_certificate_valid_is_held_against_the_register(note: str) -> None:
    ((key, status),) = held(said(note))
    assert (key.casefold(), status) == ("2.1/certificates/cn-100200", "Withdrawn")


@pytest.mark.parametrize(
    "note",
    [
        "证书 CN-100200 已撤销",
        "证书 CN-100200 不再有效",
        "抽查证书 CN-100200，资料有效",
        "CN-100200 is not valid any more",
        "CN-100200 的处理符合要求",
        "证书 CN-100300 有效",
        "证书 CN-100400 有效",
        "证书 CN-100999 有效",
    ],
)
def test_what_is_not_certain_is_left_alone(note: str) -> None:
    assert held(said(note)) == []


def test_numbers_that_came_after_they_were_looked_up_are_counted() -> None:
    numbers = NamedNumbers(make_kit(), {"certificates": LOOKED})
    numbers.add(said("证书 CN-100300、CN-100999 有效"))
    assert numbers.unlooked == 1


NAMED = "{id: certificate, named_in: certificates, remembered: true, title: 证书,"


def test_check_looks_up_the_numbers_of_findings_and_a_missing_one_stands_among_the_contradictions(
    campaign: Campaign,
) -> None:
    campaign.edit("campaign.yaml", "{id: certificate, title: 证书,", NAMED)
    enter(campaign, certificates=[{"number": "CN-100200", "organisation": "甲", "status": "withdrawn"}])
    found = {"item": "2.1", "part": "a", "fact": "不在现场", "cause": "急", "severity": "major"}
    findings = [{**found, "certificates": "CN-100200、CN-100201"}]
    answers = {"1.10": "符合", "2.1 a": "发现问题"}
    campaign.run("issue")
    campaign.receive("张三.yaml", campaign.filled("张三", on="2023-11-06", answers=answers, findings=findings))
    assert campaign.run("collect").code in (0, 1)
    campaign.run("check")
    (one,) = campaign.run("contradictions", "list", "--json").data["against_data"]
    assert (one["row"]["key"], one["source"]) == ("2.1.a/certificates/CN-100201", "证书台账")
    assert "CN-100201" in one["row"]["data"]
    assert "不在现场" in one["row"]["said"]
    settled = ("contradictions", "settle", one["row"]["key"], "--by", "总经理", "--reason", "其他机构的证书")
    assert campaign.run(*settled).code in (0, 1)
    assert campaign.run("contradictions", "list", "--json").data["against_data"] == []
    assert campaign.run("journal", "verify").code == 0
