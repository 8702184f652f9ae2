"""A campaign with registers and a few checks of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from selfaudit.base.resources import shipped
from selfaudit.store.data_kits import load_data_kit
from selfaudit.store.workspace import Workspace
from tests.support.campaign import Campaign
from tests.support.kept_registers import keep_registers

ID = "110101199003070011"
AUDITS = [
    {"project": "P1", "branch": "北京分公司", "type": "surveillance", "decided_on": "2026-03-01", "deciders": "张三"},
    {"project": "P2", "branch": "北京分公司", "type": "initial", "decided_on": "2026-03-02", "deciders": "李四"},
    {"project": "P3", "branch": "=1+1", "type": "initial", "deciders": "李四"},
]
ASSIGNMENTS = [
    {"project": "P1", "name": "张三", "id_number": ID, "start_at": "2026-02-01 08:30", "end_at": "2026-02-02"},
    {"project": "P2", "name": "王五", "start_at": "2026-02-05", "end_at": "2026-02-06"},
    {"project": "P3", "name": "王五", "start_at": "2026-02-05", "end_at": "2026-02-06"},
]
SQL = (
    "SELECT a.project, a.branch, a.type, a.decided_on, t.name AS decider, t.id_number, 2 * $days AS days,"
    " CASE WHEN a.decided_on IS NULL THEN NULL ELSE list_contains(a.deciders, t.name) END AS signal,"
    " CASE WHEN a.decided_on IS NULL THEN '决定日期' END AS lacking"
    " FROM audits a JOIN assignments t USING (project)"
)


def check(id_: str, **changed: Any) -> dict[str, Any]:
    """Return the file of a check: whoever decides took part in the audit."""
    return {
        "format": "selfaudit/data-check/1",
        "id": id_,
        "title": "决定人参加过审核",
        "means": "审核和决定应当分开。",
        "judges": "派遣",
        "severity": "major",
        "needs": {"audits": ["project", "deciders"], "assignments": ["project", "name"]},
        "uses": {"audits": ["branch", "type", "decided_on"], "assignments": ["id_number"]},
        "key": ["project", "id_number"],
        "subject": {"unit": "branch", "person": "decider", "number": "id_number"},
        "shown": {
            "project": "项目",
            "branch": "分公司",
            "type": "类型",
            "decided_on": "决定日期",
            "id_number": "证件号码",
        },
        "derivation": ["{decider}（{id_number}）参加了 {project}，类型 {type}，{days}"],
        "parameters": {"days": {"default": "2.5", "why": "约定"}},
        "expected": "60",
        "basis": ["law-1"],
        "false_positives": [{"when": "同名", "tell": "比对证件号码"}],
        "sql": f"{SQL} -- a comment at the end",
        "examples": {"signals": [{"what": "是", "given": {}}], "clean": [{"what": "否", "given": {}}]},
    } | changed


@pytest.fixture
def campaign(fresh: Campaign, tmp_path: Path) -> Campaign:
    """A campaign whose registers have one audit that its check must point at, and one that cannot be judged."""
    made = fresh.copy(tmp_path / "c")
    folder = made.root / "checklists" / "registers"
    folder.mkdir()
    for path in (shipped("checklists") / "fake-cert-2023" / "registers").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    write(made, check("X1"))
    enter(made, audits=AUDITS, assignments=ASSIGNMENTS)
    return made


def write(campaign: Campaign, *checks: Mapping[str, Any]) -> None:
    """Put checks into the campaign's own folder."""
    for one in checks:
        path = campaign.root / "data-checks" / f"{one['id']}.yaml"
        path.parent.mkdir(exist_ok=True)
        text = yaml.safe_dump(dict(one), allow_unicode=True, sort_keys=False, width=10_000)
        path.write_text(text, encoding="utf-8")


def enter(campaign: Campaign, **registers: list[dict[str, str]]) -> None:
    """Enter registers."""
    workspace = Workspace(campaign.root)
    kit = load_data_kit(workspace.checklists, workspace.root).kit
    keep_registers(workspace, kit, registers, campaign.root.parent)
