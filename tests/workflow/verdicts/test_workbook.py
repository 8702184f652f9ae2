"""The list of signals as a workbook: a unit sees its own, and an answer to other facts than today's is refused."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from selfaudit.base.problems import UserError
from selfaudit.model.data.verdict import counted
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.verdicts.exporting import export_signals
from selfaudit.workflow.verdicts.importing import import_signals, preview
from tests.support.campaign import Campaign
from tests.workflow.verdicts.data import ran, say, signal, state

KEY, VERSION = "疑点", "版本"


@pytest.fixture
def campaign(issued: Campaign, tmp_path: Path) -> Campaign:
    return issued.copy(tmp_path / "campaign")


def rows(path: Path) -> list[dict[str, str]]:
    header, *found = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, header), map(str, row), strict=True)) for row in found]


def filled(path: Path, said: Mapping[str, Mapping[str, str]]) -> Path:
    """Return the workbook in which rows, by key, say something."""
    found = [{**row, **said.get(row[KEY], {})} for row in rows(path)]
    with xlsxwriter.Workbook(path.with_name("filled.xlsx"), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for n, line in enumerate([list(found[0]), *(list(row.values()) for row in found)]):
            for c, text in enumerate(line):
                sheet.write_string(n, c, text)
    return path.with_name("filled.xlsx")


def test_each_unit_gets_the_signals_about_it_and_no_others(campaign: Campaign, tmp_path: Path) -> None:
    several = (signal("P1"), signal("P2", unit="技术部"), signal("P3", unit="火星"), signal("P4", unit="=北京"))
    workspace = ran(campaign, *several)
    written = export_signals(workspace, tmp_path / "lists")
    assert {one.path.name: [row[KEY] for row in rows(one.path)] for one in written} == {
        "北京分公司 (B).xlsx": ["P1"],
        "技术部 (T).xlsx": ["P2"],
        "无对应部门.xlsx": ["P3", "P4"],
    }
    assert [one.unknown for one in written] == [None, None, ("火星", "=北京")]
    (one,) = export_signals(workspace, tmp_path / "own.xlsx", "北京分公司")
    (row,) = rows(one.path)
    assert row["事实"] == "项目编号：P1\n人日：1\n应有人日：4"
    assert row["状态"] == "待判断"
    assert row["判断"] == ""
    with pytest.raises(UserError) as stopped:
        export_signals(workspace, tmp_path / "lists")
    assert [problem.code for problem in stopped.value.problems] == ["output.not-empty"]


def test_a_filled_in_list_is_previewed_and_then_decides(campaign: Campaign) -> None:
    workspace = ran(campaign, *(signal(key, check="D2", severity="minor") for key in ("P1", "P2", "P3")), check="D2")
    (one,) = export_signals(workspace, None)
    assert one.path == workspace.reports / "signals.xlsx"
    path = filled(one.path, {
        "P1": {"判断": "已说明", "不是问题的原因": "计算口径不同", "原因": "按两班计", "有效至": "2099年1月1日"},
        "P2": {"判断": "已确认", "原因": "记录如此"},
    })  # fmt: skip
    seen = preview(workspace, path, "陈静")
    assert seen.problems == []
    assert [(row.verdict.key, row.verdict.said) for row in seen.decided] == [("P1", "explained"), ("P2", "confirmed")]
    assert counted(state(workspace).standings) == {"open": 3}
    done = import_signals(workspace, path, "陈静", Silent())
    assert (done.rows, done.refused_rows, done.problems) == (3, 0, [])
    assert counted(state(workspace).standings) == {"open": 1, "confirmed": 1, "explained": 1}
    kept = {item.signal.key: item.verdict for item in state(workspace).standings}
    assert kept["P1"] is not None
    assert (kept["P1"].code, str(kept["P1"].until), kept["P1"].by) == ("measured", "2099-01-01", "陈静")
    assert campaign.run("findings", "list", "--json").data[0]["fact"].startswith("审核人日不足：项目编号 P2；")
    # the same workbook again says nothing new, and a row that nobody touched nothing at all
    say(workspace, "P3", check="D2", said="explained")
    again = import_signals(workspace, path, "陈静", Silent())
    assert (again.decided, again.problems, again.same_rows) == ([], [], 2)
    (one,) = export_signals(workspace, workspace.root / "later.xlsx")
    say(workspace, "P1", check="D2", said="explained", code="same")
    assert preview(workspace, one.path, "陈静").problems == []


def test_what_a_list_leaves_to_the_default_is_as_it_is_already_when_it_comes_again(campaign: Campaign) -> None:
    workspace = ran(campaign, *(signal(key, check="D2", severity="minor") for key in ("P1", "P2")), check="D2")
    (one,) = export_signals(workspace, None)
    path = filled(one.path, {
        "P1": {"判断": "已说明", "原因": "按两班计", "自查项": "1.1", "责任对象": "北京分公司"},
        "P2": {"判断": "已确认", "原因": "记录如此", "复核人": "王五", "自查项": "1.1", "责任对象": "北京分公司"},
    })  # fmt: skip
    assert import_signals(workspace, path, "陈静", Silent()).problems == []
    again = campaign.run("check", "import", str(path), "--by", "陈静")
    assert (again.code, again.out) == (
        0,
        "2 rows read; signals to decide on: 0; rows refused: 0\nAs it is already: 2 rows.\n",
    )


def test_what_was_said_of_other_facts_is_refused_by_its_cell(campaign: Campaign) -> None:
    several = [signal(key, check="D2", severity="minor") for key in ("P1", "P2", "P3", "P4", "P5")]
    workspace = ran(campaign, *several, check="D2")
    (one,) = export_signals(workspace, None)
    say(workspace, "P2", check="D2", said="explained")
    ran(campaign, signal("P1", check="D2", severity="minor", days="0.5"), *several[1:4], check="D2")
    fine = {"判断": "已说明", "原因": "无误"}
    path = filled(one.path, {
        "P1": fine, "P2": fine, "P3": {"判断": "没问题", "原因": "x"}, "P4": {"原因": "x"}, "P5": fine,
    })  # fmt: skip
    done = preview(workspace, path, "陈静")
    assert done.decided == []
    assert [(str(problem.where), problem.code) for problem in done.problems] == [
        ("filled.xlsx:Sheet1!D2", "verdicts.stale"),
        ("filled.xlsx:Sheet1!D3", "verdicts.stale"),
        ("filled.xlsx:Sheet1!K4", "verdicts.not-one-of"),
        ("filled.xlsx:Sheet1!K5", "verdicts.no-verdict"),
        ("filled.xlsx:Sheet1!C6", "verdicts.no-signal"),
    ]
