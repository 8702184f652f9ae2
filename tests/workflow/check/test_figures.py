"""Figures of the registers are counted with the checks, and are shown beside what the profile says."""

from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.workspace import Workspace
from tests.support.campaign import Campaign
from tests.workflow.check.conftest import enter

CERTIFICATES = [
    {"number": "A1", "organisation": "甲", "uscc": "X", "standard": "QMS", "status": "valid", "issued": "2022-03-01"},
    {
        "number": "A2",
        "organisation": "甲",
        "uscc": "X",
        "standard": "EMS",
        "status": "suspended",
        "issued": "2022-04-01",
    },
    {"number": "A3", "organisation": "乙", "standard": "QMS", "status": "valid", "issued": "2023-10-31"},
    {"number": "A4", "organisation": "丙", "standard": "QMS", "status": "withdrawn", "withdrawn": "2022-05-01"},
    {"number": "A5", "organisation": "丁", "standard": "QMS"},
]
AUDITORS = [
    {"name": "张三", "id_number": "110101199003070011", "field": "QMS", "employment": "full_time"},
    {"name": "张三", "id_number": "110101199003070011", "field": "EMS", "employment": "full_time"},
    {"name": "李四", "employment": "part_time"},
    {"name": "王五", "employment": "full_time", "left_on": "2023-01-01"},
]


def test_every_figure_of_the_kit_is_counted_or_says_what_is_missing(campaign: Campaign) -> None:
    enter(campaign, certificates=CERTIFICATES, auditors=AUDITORS)
    assert campaign.run("check").code == 1
    shown = {one["id"]: one for one in campaign.run("status", "--json").data["figures"]}
    workspace = Workspace(campaign.root)
    registers = load_data_kit(workspace.checklists, workspace.root).kit.registers.values()
    assert [*shown] == [figure.id for register in registers for figure in register.figures]
    counted = {id_: one["values"][0]["value"] for id_, one in shown.items() if len(one["values"]) == 1}
    assert {id_: counted[id_] for id_ in ("certificates_total", "certificates_suspended", "organisations_total")} == {
        "certificates_total": 3, "certificates_suspended": 1, "organisations_total": 2,
    }  # fmt: skip
    assert (counted["issued_2022"], counted["issued_2023"], counted["withdrawn_2022"]) == (2, 1, 1)
    assert [counted[f"people_{which}"] for which in ("total", "fulltime", "parttime")] == [2, 1, 1]
    labels = [(one["label"], one["value"]) for one in shown["certificates_by_standard"]["values"]]
    assert labels == [("QMS", 2), ("EMS", 1)]
    assert (shown["certificates_total"]["unknown"], shown["certificates_total"]["registers"]) == (
        1,
        {"certificates": 1},
    )
    assert (shown["suspended_2022"]["reason"], shown["suspended_2022"]["missing"]) == ("register-missing", ["changes"])
    explained = {one["id"]: one for one in campaign.run("report", "--explain", "--json").data}
    assert explained["registers.certificates_by_standard.QMS"]["value"] == 2


def test_a_figure_whose_sql_is_not_allowed_costs_itself(campaign: Campaign) -> None:
    asked = "SELECT count(DISTINCT number) FILTER (WHERE status = 'suspended') AS value"
    campaign.edit("checklists/registers/certificates.yaml", asked, "SELECT pragma_version() AS value")
    enter(campaign, certificates=CERTIFICATES)
    campaign.run("check")
    shown = {one["id"]: one for one in campaign.run("status", "--json").data["figures"]}
    assert (shown["certificates_suspended"]["reason"], shown["certificates_suspended"]["values"]) == ("refused", [])
    assert shown["certificates_valid"]["reason"] is None
