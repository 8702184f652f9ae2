"""What a user sees of checks: what each came to, why others did not run, and how a signal was computed."""

import csv
from pathlib import Path
from typing import Any

import python_calamine
import yaml

from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.signals import outcomes, signals
from tests.support.campaign import Campaign
from tests.support.folders import leaves
from tests.workflow.check.conftest import ASSIGNMENTS, AUDITS, ID, SQL, check, enter, write


def test_a_run_says_how_many_of_how_many_and_what_was_not_judged(campaign: Campaign) -> None:
    write(
        campaign,
        check("X2", needs={"audits": ["project", "nc_count", "fee"], "sign_ins": ["name"]}),
        check("X3", sql=f"{SQL} WHERE a.project = 'P2'", title="没有疑点"),
    )
    ran = campaign.run("check")
    assert ran.code == 1
    assert "X1  决定人参加过审核  严重      ran in part: 1 signals of 2; 1 not judged (for want of 决定日期)" in ran.out
    assert "X3  没有疑点  严重      0 signals of 1" in ran.out
    told = "register missing (审核项目台账.不符合项数, 审核项目台账.认证费用, 现场签到导出表)"
    assert f"X2  决定人参加过审核  严重      {told}" in ran.out
    assert (
        ran.out.index("X1")
        < ran.out.index("No signals:")
        < ran.out.index("X3")
        < ran.out.index("Not run")
        < (ran.out.index("X2"))
    )


def test_a_name_that_is_still_open_in_the_roster_is_the_name_of_no_body(campaign: Campaign) -> None:
    sql = "SELECT project, body <> '' AS named, true AS signal, NULL AS lacking FROM audits, campaign"
    one = {"needs": {"audits": ["project"]}, "uses": {}, "key": ["project"], "subject": {}, "parameters": {}}
    write(campaign, check("X4", sql=sql, shown={"named": "有名称"}, derivation=["{named}"], **one))
    roster = campaign.root / "roster.yaml"
    text = yaml.safe_load(roster.read_text(encoding="utf-8"))
    text["body"]["name"] = "……"
    roster.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")
    campaign.run("check", "X4")
    workspace = Workspace(campaign.root)
    with workspace.reading() as ledger:
        shown = {one.facts["有名称"] for one in signals(workspace, outcomes(ledger)["X4"].outcome)}
    assert shown == {"否"}


def test_a_run_as_of_another_day_judges_so_and_says_so_wherever_its_outcome_is_told(campaign: Campaign) -> None:
    sql = SQL.replace(
        "FROM audits a", "FROM (SELECT audits.* FROM audits, campaign c WHERE c.today < DATE '2023-11-01') a"
    )
    write(campaign, check("X1", sql=sql))
    ran = campaign.run("check", "X1", "--as-of", "2023-10-26")
    assert "Judged as of 2023-10-26." in ran.out
    assert "1 not judged (for want of 决定日期); as of 2023-10-26" in ran.out
    assert "as of 2023-10-26" in campaign.run("check", "list").out
    today = campaign.run("check", "X1").out
    assert "as of 2023-10-26" not in today


def test_signals_are_kept_in_words_and_numbers_of_persons_are_not(campaign: Campaign) -> None:
    assert campaign.run("check", "x1").code == 1
    workspace = Workspace(campaign.root)
    with workspace.reading() as ledger:
        (one,) = signals(workspace, outcomes(ledger)["X1"].outcome)
    assert list(one.facts.items()) == [
        ("项目", "P1"), ("分公司", "北京分公司"), ("类型", "监督"), ("决定日期", "2026-03-01"),
        ("证件号码", "****0011"),
    ]  # fmt: skip
    assert one.derivation == ("张三（****0011）参加了 P1，类型 监督，5",)
    assert (one.unit, one.person, len(one.number), one.severity) == ("北京分公司", "张三", 32, "major")
    assert one.key == f"P1/{one.number[:16]}"
    texts = {name for name, content in leaves(campaign.root).items() if ID.encode() in content}
    assert {name for name in texts if not name.endswith(".parquet")} == set()


def test_the_number_of_a_person_is_hidden_in_whatever_a_check_makes_of_it(campaign: Campaign) -> None:
    passport = "E12345678"
    sql = (
        "SELECT name AS decider, 'no ' || lower(id_number) AS note, $days AS twice, true AS signal, NULL AS lacking"
        " FROM assignments WHERE id_number IS NOT NULL"
        " UNION ALL SELECT 'x', 'y', 1, NULL, 'the days of ' || id_number FROM assignments WHERE id_number IS NOT NULL"
    )
    made = {"key": ["note"], "shown": {"note": "备注"}, "derivation": ["{note}"], "subject": {"person": "decider"}}
    write(campaign, check("X2", sql=sql, **made))
    enter(campaign, audits=AUDITS, assignments=[{**ASSIGNMENTS[0], "id_number": passport}])
    told = campaign.run("check", "X2").out
    assert "ran in part: 1 signals of 1; 1 not judged (for want of the days of ****5678)" in told
    (one,) = campaign.run("check", "explain", "X2", "--json").data["signals"]
    assert (one["facts"], one["derivation"]) == ({"备注": "no ****5678"}, ["no ****5678"])
    texts = {name for name, data in leaves(campaign.root).items() if passport.encode() in data.upper()}
    assert {name for name in texts if not name.endswith(".parquet")} == set()


def test_a_second_run_changes_nothing(campaign: Campaign) -> None:
    assert campaign.run("check").code == 1
    before = campaign.run("journal", "list").out, leaves(campaign.root / "registers")
    (campaign.root / ".selfaudit" / "check" / "registers.duckdb").write_text("left by a command that was killed")
    assert campaign.run("check").code == 1
    assert (campaign.run("journal", "list").out, leaves(campaign.root / "registers")) == before
    assert list((campaign.root / ".selfaudit" / "check").iterdir()) == []


def test_the_digest_stays_until_a_fact_or_a_threshold_changes(campaign: Campaign) -> None:
    def digest() -> str:
        campaign.run("check", "X1")
        return str(campaign.run("check", "explain", "X1", "--json").data["signals"][0]["digest"])

    first = digest()
    enter(campaign, audits=[*AUDITS[:2], {**AUDITS[2], "branch": "上海分公司"}])
    assert digest() == first
    enter(campaign, audits=[{**AUDITS[0], "branch": "上海分公司"}, *AUDITS[1:]])
    second = digest()
    write(campaign, check("X1", parameters={"days": {"default": "3", "why": "约定"}}))
    assert len({first, second, digest()}) == 3


def test_explain_shows_how_a_signal_was_computed_and_where_its_rows_are(campaign: Campaign) -> None:
    told = campaign.run("check", "explain", "X1").out
    assert "审核和决定应当分开。" in told
    assert "It has not been run: selfaudit check X1" in told
    campaign.run("check")
    key = campaign.run("check", "explain", "X1", "--json").data["signals"][0]["key"]
    told = campaign.run("check", "explain", "X1", key).out
    for line in (
        "  How it was computed:\n    张三（****0011）参加了 P1，类型 监督，5\n",
        "  Basis: 《认证条例》第一条",
        "    同名. How to tell: 比对证件号码",
        "  In the file of “审核项目台账”, 1 row with 项目编号 P1: 2",
    ):
        assert line in told
    assert "Several numbers" not in told
    enter(campaign, assignments=[*ASSIGNMENTS, {"project": "P2", "name": "张 三", "id_number": f"{ID[:-1]}2"}])
    about = check(
        "X1",
        subject={"unit": "branch", "person": "name", "number": "id_number"},
        sql=SQL.replace("AS decider", "AS decider, t.name"),
    )
    write(campaign, about)
    campaign.run("check")
    told = campaign.run("check", "explain", "X1", key).out
    assert "  Several numbers stand beside “张三”: one is misspelt, or they are different people.\n" in told
    assert "    审核组信息表: ****0011, ****0012 (the check digit is wrong)\n" in told
    enter(campaign, audits=AUDITS[1:])
    assert "The registers are others by now" in campaign.run("check", "explain", "X1").out
    wrong = campaign.run("check", "explain", "X1", "P9")
    assert (wrong.code, f"Nearest: {key}." in wrong.err) == (3, True)


def test_whole_keys_are_shown_to_be_copied_and_ones_like_them_are_suggested(campaign: Campaign) -> None:
    sql = (
        "SELECT 'A ' || range || '/b #2' AS project, 'x' AS id_number, 'y' AS decider, $days AS twice, true AS signal"
        " FROM range(30), range(2) r(n)"
    )
    write(campaign, check("X2", sql=sql, key=["project"], expected="100"))
    campaign.run("check", "X2")
    told = campaign.run("check", "explain", "x2").out
    shown = [line.strip().partition("  ")[0] for line in told.splitlines() if line.startswith('    "A ')]
    assert len(shown) == 20
    assert '"A 0／b ＃2 #2"' in shown
    assert "    20 of 60 are shown. All: selfaudit check X2 -o FILE.xlsx" in told
    assert 'Next: selfaudit check explain X2 "A 0／b ＃2" shows how it was computed.' in told
    for key in ("A 0／b ＃2 #2", "a 0／B ＃2#2"):
        assert "  Key: A 0／b ＃2 #2\n" in campaign.run("check", "explain", "X2", key).out
    decide = ("check", "decide", "X2", "A 0", "--confirm", "--reason", "x", "--by", "陈静")
    for command in (("check", "explain", "X2", "A 0"), decide):
        wrong = campaign.run(*command)
        assert (wrong.code, 'Nearest: "A 0／b ＃2"' in wrong.err) == (3, True)
    for unknown in (("explain", "X9"), ("X9",), ("decide", "X9", *decide[3:])):
        wrong = campaign.run("check", *unknown)
        assert (wrong.code, "Nearest: X2, X1. All: selfaudit check list" in wrong.err) == (3, True)


RULES = [{"id": "r1", "effective_from": "2027-01-01"}]
OF_RULES = f"{SQL} JOIN rules r ON t.start_at BETWEEN r.effective_from AND r.effective_to"
NUMBERS = "SELECT project, id_number, name AS decider, 1 AS twice, CAST(id_number AS INT) > $days AS signal"
NOT_RUN: dict[str, dict[str, Any]] = {
    "its SQL is not allowed (1:8 the SQL calls “getenv”": {"sql": "SELECT getenv('HOME') AS signal FROM audits"},
    'its SQL failed (Binder Error: Referenced column "none"': {"sql": "SELECT none AS signal FROM audits"},
    "its SQL failed (Conversion Error: Could not convert string …": {"sql": f"{NUMBERS} FROM assignments"},
    "no row to judge": {"sql": f"{SQL} WHERE false"},
    "no row to judge; 1 not judged (for want of 决定日期)": {"sql": f"{SQL} WHERE a.decided_on IS NULL"},
    "no rule in force on these dates": {"sql": OF_RULES, "rules": RULES},
    "columns missing (审核项目台账.认证费用)": {"needs": {"audits": ["project", "deciders", "fee"]}},
    "register missing (现场签到导出表)": {"needs": {"audits": ["project", "deciders"], "sign_ins": ["name"]}},
}


def test_what_could_not_run_says_why_and_costs_no_other_check(campaign: Campaign) -> None:
    write(campaign, *(check(f"Y{n}", **changed) for n, changed in enumerate(NOT_RUN.values())))
    ran = campaign.run("check")
    assert ran.code == 1
    missing = [f"Y{n}  决定人参加过审核  严重      {why}" for n, why in enumerate(NOT_RUN)]
    assert [line for line in missing if line not in ran.out] == []
    assert "1 signals of 2" in ran.out
    assert ID not in ran.out + ran.err


def test_a_mistake_in_the_file_of_a_check_is_told_and_the_others_run(campaign: Campaign) -> None:
    write(campaign, {**check("X2"), "severity": "x"}, {**check("X3"), "key": []})
    ran = campaign.run("check")
    assert ran.code == 1
    assert "1 signals of 2" in ran.out
    assert "data-checks/X2.yaml:6:11: error" in ran.err
    assert "data-checks/X3.yaml" in ran.err


def test_more_signals_than_expected_cast_doubt_on_the_rule(campaign: Campaign) -> None:
    sql = "SELECT *, name AS decider, 1 AS twice, $days > 0 AS signal FROM audits, assignments, range(2)"
    write(campaign, check("X1", sql=sql), check("X2", severity="minor"), check("X3", expected="40"))
    told = campaign.run("check").out
    assert "More signals than is plausible: X1. Rule or data may be wrong: look at 10 of each first." in told
    # one signal of two rows is no reason for doubt, and doubt none to begin with what weighs less
    assert "Begin with the most severe: X3, X1, X2\n" in told


def test_status_counts_signals_and_what_did_not_run(campaign: Campaign) -> None:
    assert "Data checks" not in campaign.run("status").out
    write(campaign, check("X2", needs={"sign_ins": ["name"]}))
    campaign.run("check")
    told = campaign.run("status").out
    assert "Data checks run: 1, not run: 1, with signals: 1; signals: 1, of which open: 1" in told


def test_a_file_has_all_signals_behind_what_was_not_looked_at(campaign: Campaign) -> None:
    write(
        campaign,
        check("X1", sql="SELECT *, name AS decider, 1 AS twice, $days > 0 AS signal FROM audits, assignments"),
        check("X2", needs={"audits": ["project", "fee"], "sign_ins": ["name"]}),
        check("X3"),
        {**check("X4"), "severity": "x"},
    )
    plan = campaign.root / "campaign.yaml"
    plan.write_text(plan.read_text("utf-8").replace("cut_off: 2023-10-31", "cut_off: 2998-10-31"), "utf-8")
    missing = "审核项目台账.认证费用\n现场签到导出表"
    assert campaign.run("check", "-o", "all.xlsx").code == 1
    book = python_calamine.load_workbook(str(campaign.root / "all.xlsx"))
    assert book.sheet_names == ["数据核查", "X1", "X3"]
    overview = book.get_sheet_by_name("数据核查").to_python()
    assert len(book.get_sheet_by_name("X1").to_python()) == 10
    # what is a remark on the registers is told, and is no check
    assert "imported on" in campaign.run("check", "-o", "all.csv").err
    with (campaign.root / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        _, *lines = csv.reader(stream)
    assert [line[:5] for line in lines[:4]] == overview[1:]
    assert [(line[0], *line[3:5]) for line in lines[1:4]] == [
        ("X2", "未执行：没有台账", missing),
        ("X3", "部分执行：2 行中有 1 个疑点；1 行未能判断（缺：决定日期）", ""),
        ("X1", "9 行中有 9 个疑点", ""),
    ]
    assert (lines[0][0], lines[0][3]) == ("X4", "未执行：核查文件有错误")
    assert lines[0][4].startswith("data-checks/X4.yaml:6:11: ")
    assert len([line for line in lines if line[5]]) == 10
    # a list of signals says it as well, and so does every other output
    campaign.run("check", "export", "-o", "list.xlsx")
    (listed,) = python_calamine.load_workbook(str(campaign.root / "list.xlsx")).get_sheet_by_index(1).to_python()[1:2]
    assert listed == ["X2", "决定人参加过审核", "未执行：没有台账", missing]
    assert "not run: register missing (审核项目台账.认证费用, 现场签到导出表)" in campaign.run("check", "list").out
    told = {one["id"]: one["outcome"] for one in campaign.run("check", "list", "--json").data["checks"]}
    assert told["X2"]["said"] == "not run: register missing (审核项目台账.认证费用, 现场签到导出表)"
    data = campaign.run("check", "--json").data
    assert [one["code"] for one in data["problems"]] == ["kit.unknown-id", "register.aged"]
    refused = campaign.run("check", "-o", "all.pdf")
    assert refused.code == 3
    assert not (campaign.root / "all.pdf").exists()


def test_without_registers_nothing_is_known(fresh: Campaign, campaign: Campaign, tmp_path: Path) -> None:
    made = fresh.copy(tmp_path / "empty")
    (campaign.root / "checklists" / "registers").rename(made.root / "checklists" / "registers")
    write(made, check("X1"))
    ran = made.run("check")
    assert ran.code == 1
    assert "register missing (审核项目台账, 审核组信息表)" in ran.out
    assert "signals of" not in ran.out
