"""``contradictions``: answers that the body's own data contradict, from the list to the report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from selfaudit.model.data.figure import Counted, FigureOutcome
from selfaudit.model.data.outcome import Outcome, Signal
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.checked import keep_figures
from selfaudit.workflow.common.state.signals import keep
from tests.support.campaign import Campaign
from tests.support.folders import plant
from tests.support.tiny_data import CHECK, DATA

AGAINST = "    contradicted_by:\n      - {check: C08, at_least: 2, subject: unit}\n"
SETTLE = ("contradictions", "settle", "1.10/unit:B/C08", "--by", "总经理", "--reason", "结合审核，已核对")


def signal(key: str, unit: str = "北京") -> Signal:
    facts = {"项目编号": key, "实际人日": "1"}
    lines = ("应审 4 人日，下限 2 人日", "实际 1 人日")
    return Signal(check="C08", key=key, severity="major", facts=facts, derivation=lines, digest=key, unit=unit)


def check(campaign: Campaign, signals: Sequence[Signal], **changes: Any) -> None:
    """Enter what a data check found, as ``check`` does."""
    told = {"check": "C08", "state": "ran", "judged": 60, "signals": len(signals), **changes}
    workspace = Workspace(campaign.root)
    with workspace.writing(lambda: None) as ledger:
        keep(workspace, ledger, [(Outcome.model_validate(told), signals)], "经办人")


@pytest.fixture(scope="module")
def contradicted(complete: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """A campaign in which everybody has answered and the data contradict one branch; to be copied, not changed."""
    made = complete.copy(tmp_path_factory.mktemp("contradicted") / "campaign")
    made.edit("checklists/1-business.yaml", "    roles: [audit, branch]\n", f"    roles: [audit, branch]\n{AGAINST}")
    check(made, [signal("P1"), signal("P2"), signal("P3", "上海")])
    return made


@pytest.fixture
def held(contradicted: Campaign, tmp_path: Path) -> Campaign:
    return contradicted.copy(tmp_path / "campaign")


def test_the_list_has_both_sides_the_threshold_the_rows_and_how_they_were_computed(held: Campaign) -> None:
    ran = held.run("--lang", "zh_CN", "contradictions", "list")
    assert ran.code == 1
    assert ran.out.startswith("1.10/unit:B/C08  1.10 收费\n  北京分公司（判定标准：疑点2个以上）\n")
    assert "北京分公司（2026年" in ran.out
    assert "）：符合\n" in ran.out
    assert (
        "  C08：核查60行，疑点2个\n  所在记录：\n  P1\n  P2\n  第一条：应审 4 人日，下限 2 人日；实际 1 人日\n"
        in ran.out
    )
    assert "  上海：名册中没有，疑点1个\n  → 单位按名称、编号或者名称的开头对应。" in ran.out
    (found,) = held.run("contradictions", "list", "--json").data["against_data"]
    assert (found["source"], [one["key"] for one in found["signals"]]) == ("C08", ["P1", "P2"])
    assert held.run("status", "--json").data["contradictions"] == ["1.10 北京分公司 C08"]


def test_where_no_check_ever_ran_the_list_says_what_to_do_and_claims_no_success(
    fresh: Campaign, tmp_path: Path
) -> None:
    made = fresh.copy(tmp_path / "campaign")
    made.edit("checklists/1-business.yaml", "    roles: [audit, branch]\n", f"    roles: [audit, branch]\n{AGAINST}")
    out = made.run("contradictions", "list").out
    assert "No data check has run yet, so no answer was held against the body's own data.\n" in out
    assert "Next: selfaudit register import FILE… --apply; selfaudit check\n" in out


def test_a_verdict_holds_until_a_side_changes_and_is_shown_when_it_does_not_any_more(held: Campaign) -> None:
    assert (
        "answers that the body's own data contradict, not settled: 1 (1.10 北京分公司 C08)" in held.run("report").said
    )
    assert held.run(*SETTLE).code == 0
    assert held.run("contradictions", "list").code == 0
    assert "data contradict, not settled" not in held.run("report").said
    explained = held.run("--lang", "zh_CN", "report", "--explain").out
    assert "北京分公司，1.10：填报内容与数据（C08）矛盾，已作认定" in explained
    check(held, [signal("P1"), signal("P2"), signal("P4")])
    ran = held.run("contradictions", "list")
    assert (ran.code, "open again, since a side has changed; before that 总经理 had settled it" in ran.out) == (1, True)
    assert held.run("journal", "verify").code == 0


def test_what_is_settled_against_a_confirmed_signal_is_told(held: Campaign) -> None:
    plant(held.root / "checklists", DATA)
    plant(held.root, {"data-checks/C08.yaml": CHECK.replace("id: D1", "id: C08")})
    confirm = ("check", "decide", "C08", "P1", "--confirm", "--reason", "属实", "--by", "陈静", "--item", "1.1")
    assert held.run(*confirm).code == 0
    ran = held.run(*SETTLE)
    assert ran.code == 0
    assert (
        "note: 1.10/unit:B/C08 is settled, although signals that speak against the answer were confirmed: P1" in ran.err
    )
    assert "selfaudit check decide C08 P1 --undo --reason TEXT" in ran.err


def test_conform_without_a_check_that_ran_is_told_apart_and_keeps_no_report_from_being_final(held: Campaign) -> None:
    check(held, [], state="not_run", reason="column-missing", missing=("audits.risk",), judged=0)
    ran = held.run("--lang", "zh_CN", "contradictions", "list")
    assert ran.code == 0
    assert "  C08：未执行：缺少列（audits.risk）\n    1.10 收费（2）\n" in ran.out
    assert held.run("status", "--json").data["unsupported"] == 2
    gaps = {gap["code"]: gap["severity"] for gap in held.run("report", "--json").data["gaps"]}
    assert gaps == {"gate.unsupported": "note"}


REGISTER = """\
format: selfaudit/register/1
id: certificates
title: 证书台账
columns:
  - {id: number, title: 证书编号}
  - {id: standard, title: 认证项目}
figures:
  - id: total
    title: 证书总数
    unit: 张
    why: 按证书编号计
    profile: certificates
    needs: {certificates: [number]}
    sql: SELECT count(*) AS value FROM certificates
"""


def count(campaign: Campaign, *values: int) -> None:
    """Enter what registers give, as ``check`` does."""
    counted = tuple(Counted(value=value) for value in values)
    told = FigureOutcome(figure="total", values=counted, sql="SELECT count(*)", registers={"certificates": 2})
    workspace = Workspace(campaign.root)
    with workspace.writing(lambda: None) as ledger:
        keep_figures(ledger, [told], "经办人")


def test_a_number_of_the_profile_is_held_against_the_registers(held: Campaign) -> None:
    plant(held.root / "checklists", {"registers/certificates.yaml": REGISTER})
    held.run(*SETTLE)
    count(held, 12)
    assert held.run("contradictions", "list").code == 0
    count(held, 11)
    ran = held.run("--lang", "zh_CN", "contradictions", "list")
    assert ran.code == 1
    counted_so = ["  按证书编号计", "  证书台账", "  台账此后又有变化"]
    both = ["  机构概况：12 张", "  台账：11 张", *counted_so, "  尚未认定"]
    head = ["profile/certificates  机构概况", "  证书总数（判定标准：应与台账数一致）"]
    assert ran.out.splitlines()[:8] == [*head, *both]
    assert "  证书总数：填报12，台账11（不一致）\n" in held.run("--lang", "zh_CN", "status").out
    (counted,) = [one for one in held.run("report", "--explain", "--json").data if one["id"] == "registers.total"]
    assert (counted["value"], counted["chapters"]) == (11, ["1 基本情况"])
    assert counted["sources"] == ["按证书编号计", "证书台账", "SELECT count(*)"]
    settled = ("contradictions", "settle", "profile/certificates", "--by", "总经理", "--reason", "口径不同")
    assert held.run(*settled).code == 0
    held.edit("profile.yaml", "certificates: 12", "certificates: 13")
    assert held.run("contradictions", "list").code == 1


def test_forms_tell_respondents_what_the_data_say_about_them_and_nothing_of_it_is_part_of_the_form(
    fresh: Campaign, tmp_path: Path
) -> None:
    made = fresh.copy(tmp_path / "campaign")
    shown = f"    roles: [audit, branch]\n{AGAINST}    show_signals: true\n"
    made.edit("checklists/1-business.yaml", "    roles: [audit, branch]\n", shown)
    check(made, [signal("P1"), signal("P2"), signal("P3", "审核部")])
    assert made.run("issue", "--format", "yaml,html,xlsx").code == 0
    hint = "数据提示：C08，疑点2个（P1、P2）；这是疑点，不是结论。"
    assert f"# {hint}" in made.form("北京分公司").read_text(encoding="utf-8")
    (page,) = made.root.glob("outbox/北京分公司/北京分公司_*.html")
    assert hint in page.read_text(encoding="utf-8")
    (workbook,) = made.root.glob("outbox/北京分公司/北京分公司_*.xlsx")
    with ZipFile(workbook) as parts:
        assert hint in "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "P1、P2" not in made.form("审核部").read_text(encoding="utf-8")
    assert "数据提示" not in made.form("李四").read_text(encoding="utf-8")
    made.receive("北京.yaml", made.filled("北京分公司"))
    assert made.run("collect").code == 0
    check(made, [signal("P1")])
    again = made.run("issue", "--format", "yaml,html,xlsx")
    assert "0 new, 0 changed, 0 rewritten, 6 unchanged" in again.out
    assert made.run("status", "--json").data["outdated"] == []
