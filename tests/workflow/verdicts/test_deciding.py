"""``check decide``: a verdict holds while the facts do, an explanation never hides, a confirmed signal is a finding."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from selfaudit.base.problems import UserError
from selfaudit.model.data.verdict import counted
from selfaudit.workflow.common.soundness.verify import unsound
from tests.support.campaign import Campaign
from tests.workflow.verdicts.data import only, ran, say, signal, state


@pytest.fixture
def campaign(issued: Campaign, tmp_path: Path) -> Campaign:
    return issued.copy(tmp_path / "campaign")


def test_an_explanation_holds_over_runs_until_the_facts_change_and_is_then_shown_again(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1", check="D2", severity="minor"), check="D2")
    say(workspace, "Ｐ1", check="d2", said="explained", code="measured", reason="按两班计")
    ran(campaign, signal("P1", check="D2", severity="minor"), check="D2")
    assert only(workspace).state == "explained"
    ran(campaign, signal("P1", check="D2", severity="minor", days="0.5"), check="D2")
    again = only(workspace)
    assert (again.state, again.open) == ("reopened", True)
    assert again.verdict is not None
    assert (again.verdict.said, again.verdict.code, again.verdict.reason) == ("explained", "measured", "按两班计")
    assert again.verdict.facts["人日"] == "1"
    assert unsound(workspace) == []


def test_an_explanation_with_a_last_day_comes_back_after_it(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1", check="D2", severity="minor"), check="D2")
    say(workspace, "P1", check="D2", said="explained", until=date(2999, 1, 1))
    assert only(workspace, date(2999, 1, 1)).state == "explained"
    assert only(workspace, date(2999, 1, 2)).state == "expired"


def test_what_is_signalled_no_longer_is_told_apart_from_what_was_not_looked_at(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1", check="D2", severity="minor"), check="D2")
    say(workspace, "P1", check="D2", said="explained")
    ran(campaign, check="D2")
    (gone,) = state(workspace).gone
    assert (gone.verdict.key, gone.ran) == ("P1", True)
    assert "P1  [no longer signalled; 陈静, " in campaign.run("check", "explain", "D2").out
    asked = campaign.run("check", "explain", "D2", "p1")
    assert (asked.code, "D2 signals “P1” no longer; before, 陈静 said on" in asked.err) == (3, True)
    # also there it can be taken back
    say(workspace, "P1", check="D2")
    assert state(workspace).gone == []


def test_a_severe_signal_is_explained_by_two_persons(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1"))
    for seconded, code in (("", "not-seconded"), ("陈静", "second-same"), ("北京分公司", "second-unclear")):
        with pytest.raises(UserError) as stopped:
            say(workspace, "P1", said="explained", seconded=seconded)
        assert [problem.code for problem in stopped.value.problems] == [f"verdicts.{code}"]
    say(workspace, "P1", said="explained", seconded="王五")
    assert only(workspace).state == "explained"
    # somebody who is named agrees, also where nobody needs to
    workspace = ran(campaign, signal("P1", check="D2", severity="minor"), check="D2")
    for seconded, code in (("陈静", "second-same"), ("-", "second-unclear")):
        with pytest.raises(UserError) as stopped:
            say(workspace, "P1", check="D2", said="explained", seconded=seconded)
        assert [problem.code for problem in stopped.value.problems] == [f"verdicts.{code}"]


def test_a_confirmed_signal_becomes_one_finding_linked_both_ways(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1"), signal("P2"))
    made = say(workspace, "P1", said="confirmed")
    assert (made.verdict.finding, made.new_finding) == ("1.1-01", True)
    shown = campaign.run("findings", "show", "1.1-01", "--json").data
    assert shown["source"] == "signal"
    assert "D1 P1" in str(shown)
    assert "审核人日不足：项目编号 P1；人日 1；应有人日 4。" in str(shown)
    assert "北京分公司" in str(shown)
    say(workspace, "P1")
    assert [(one.signal.key, one.state) for one in state(workspace).standings] == [("P1", "open"), ("P2", "open")]
    again = say(workspace, "P1", said="confirmed")
    assert (again.verdict.finding, again.new_finding) == ("1.1-01", False)
    assert len(campaign.run("findings", "list", "--json").data) == 1
    assert counted(state(workspace).standings) == {"open": 1, "confirmed": 1}
    # it does not move by itself: it is withdrawn where it is, and made where it belongs
    for where in ({"about": "技术部"}, {"about": "技术部", "finding": "1.1-01"}):
        with pytest.raises(UserError) as stopped:
            say(workspace, "P1", said="confirmed", **where)
        assert [problem.code for problem in stopped.value.problems] == ["verdicts.finding-elsewhere"]
    campaign.run("findings", "withdraw", "1.1-01", "--reason", "不是该单位", "--by", "陈静")
    moved = say(workspace, "P1", said="confirmed", about="技术部")
    assert (moved.verdict.finding, moved.new_finding) == ("1.1-02", True)


def test_what_was_withdrawn_is_no_finding_of_a_confirmed_signal_before_it_is_reopened(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1"), signal("P2"))
    say(workspace, "P1", said="confirmed")
    why = ("--reason", "看错档案", "--by", "陈静")
    assert campaign.run("findings", "withdraw", "1.1-01", *why).code == 0
    confirm = ("check", "decide", "D1", "P1", "--confirm", *why)
    said = campaign.run(*confirm)
    assert said.code == 3
    assert "error: the finding 1.1-01 does not count: it was withdrawn" in said.err
    assert "selfaudit findings reopen 1.1-01 --reason TEXT" in said.err
    told = campaign.run("report").err
    assert "warning: signals that were confirmed and are no finding that counts: 1 (D1 P1 → 1.1-01)" in told
    assert campaign.run("findings", "reopen", "1.1-01", *why).code == 0
    assert "It is the finding 1.1-01 already." in campaign.run(*confirm).out


def test_several_signals_are_one_finding_if_somebody_says_so(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1"), signal("P2"))
    say(workspace, "P1", said="confirmed")
    made = say(workspace, "P2", said="confirmed", finding="1.1-01")
    assert (made.verdict.finding, made.new_finding) == ("1.1-01", False)
    assert len(campaign.run("findings", "list", "--json").data) == 1
    with pytest.raises(UserError) as stopped:
        say(workspace, "P2", said="confirmed", finding="1.1-09")
    assert [problem.code for problem in stopped.value.problems] == ["verdicts.no-finding"]


def test_a_finding_says_what_holds_of_its_signals_and_the_gate_when_none_is_confirmed_any_more(
    campaign: Campaign,
) -> None:
    def told() -> dict[str, tuple[str, bool]]:
        signals = campaign.run("findings", "show", "1.1-01", "--json").data["signals"]
        return {one["key"]: (one["state"], one["holds"]) for one in signals}

    workspace = ran(campaign, signal("P1"), signal("P2"), signal("P3"))
    say(workspace, "P1", said="confirmed")
    say(workspace, "P2", said="confirmed", finding="1.1-01")
    assert told() == {"P1": ("confirmed", True), "P2": ("confirmed", True)}
    say(workspace, "P1", said="explained", seconded="李四")
    say(workspace, "P2", said=None)
    assert told() == {"P1": ("explained", False), "P2": ("taken back", False)}
    shown = campaign.run("findings", "show", "1.1-01").out
    assert "Data check D1, signal P1: explained\nData check D1, signal P2: taken back\n" in shown
    assert "No signal of it is confirmed any more. If it is none: selfaudit findings withdraw 1.1-01" in shown
    gate = "note: findings of signals of which none is confirmed any more: 1 (1.1-01 ← D1 P1)"
    assert gate in campaign.run("report").err
    say(workspace, "P2", said="confirmed")
    ran(campaign, signal("P1"), signal("P2", days="2"))
    assert told()["P2"] == ("to be decided again: the facts have changed", False)
    ran(campaign, signal("P1"))
    assert told()["P2"] == ("no longer signalled", False)
    ran(campaign, signal("P1"), signal("P2"))
    assert told()["P2"] == ("confirmed", True)
    assert gate not in campaign.run("report").err


def test_the_gate_names_severe_signals_nobody_decided_on_and_checks_older_than_their_registers(
    campaign: Campaign,
) -> None:
    ran(campaign, signal("P1"), signal("P2", severity="minor"))
    said = campaign.run("report").err
    assert "note: signals of the severity “严重” on which nobody has decided: 1 (D1 P1)" in said
    # the outcome is of a version of the register that is not there any more
    assert "warning: registers changed since these data checks ran: D1" in said
    assert "Registers changed since: D1." in campaign.run("status").out
    assert "Registers changed since: D1." in campaign.run("contradictions", "list").out


def test_a_signal_of_nobody_on_the_roster_is_confirmed_about_somebody_who_is_named(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1", unit="火星分公司"))
    with pytest.raises(UserError) as stopped:
        say(workspace, "P1", said="confirmed")
    assert [problem.code for problem in stopped.value.problems] == ["verdicts.whose-name"]
    assert "D1 P1 names 火星分公司, whom the roster has not" in str(stopped.value)
    say(workspace, "P1", said="confirmed", about="技术", item="1.1")
    assert only(workspace).verdict.finding == "1.1-01"  # type: ignore[union-attr]


def test_what_cannot_be_decided_is_said_with_what_to_do(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1"))
    for said, code in (
        ({"key": "P9", "said": "confirmed"}, "no-such-signal"),
        ({"key": "P1", "check": "D9", "said": "confirmed"}, "no-check"),
        ({"key": "P1", "check": "D2", "said": "confirmed"}, "never-ran"),
        ({"key": "P1"}, "none"),
        ({"key": "P1", "said": "confirmed", "until": date(2999, 1, 1)}, "until-confirmed"),
        ({"key": "P1", "said": "explained", "seconded": "王五", "until": date(2020, 1, 1)}, "until-past"),
        ({"key": "P1", "said": "confirmed", "item": "7.7"}, "other-item"),
        ({"key": "P1", "said": "confirmed", "item": "1.10"}, "foreign-item"),
        ({"key": "P1", "said": "confirmed", "about": "火星"}, "not-asked"),
    ):
        with pytest.raises(UserError) as stopped:
            say(workspace, **said)
        assert [problem.code for problem in stopped.value.problems] == [f"verdicts.{code}"]
    with pytest.raises(UserError) as stopped:
        say(workspace, "P1", said="confirmed", reason=" ")
    assert [problem.code for problem in stopped.value.problems] == ["decision.no-reason"]


def test_commands_decide_explain_and_take_back(campaign: Campaign) -> None:
    ran(campaign, signal("P1", check="D2", severity="minor"), check="D2")
    said = campaign.run(
        "check", "decide", "D2", "P1", "--explained", "--code", "same", "--reason", "两班", "--by", "陈静"
    )
    assert (said.code, said.out) == (0, "D2 P1: explained\n")
    shown = campaign.run("check", "explain", "D2", "P1").out
    assert "  State: explained\n" in shown
    assert "explained, the same person or place: 两班" in shown
    ran(campaign, signal("P1", check="D2", severity="minor", days="2"), check="D2")
    shown = campaign.run("check", "explain", "D2", "P1").out
    assert "to be decided again: the facts have changed" in shown
    assert "    then: 人日 1\n" in shown
    said = campaign.run("check", "decide", "D2", "P1", "--confirm", "--reason", "属实", "--by", "陈静")
    assert "It is the finding 1.1-01 now." in said.out
    assert "It is about 北京分公司; nobody was named yet to correct it.\n" in said.out
    assert "Next: selfaudit findings assign 1.1-01 --to " in said.out
    explained = ("--explained", "--code", "same", "--reason", "两班", "--by", "陈静")
    said = campaign.run("check", "decide", "D2", "P1", *explained)
    assert "The finding 1.1-01 stays. If it is none: selfaudit findings withdraw 1.1-01" in said.out
    said = campaign.run("check", "decide", "D2", "P1", "--undo", "--reason", "看错", "--by", "陈静")
    assert "The finding 1.1-01 stays." in said.out
    assert campaign.run("check", "decide", "D2", "P1").code == 2
    said = campaign.run("check", "decide", "D2", "P1", "--explained", "--reason", "两班", "--by", "陈静")
    assert (said.code, "--explained goes with --code, which is one of: data, permitted" in said.err) == (2, True)
    assert campaign.run("check", "explain", "D2", "--json").data["signals"][0]["state"] == "open"
    told = campaign.run("journal", "list").out
    assert "decided on signals: 1 (D2 P1)" in told


def test_commands_write_a_list_and_read_it_back(campaign: Campaign) -> None:
    ran(campaign, signal("P1", check="D2", severity="minor"), check="D2")
    assert "Wrote 1 signal to lists/北京分公司 (B).xlsx\n" in campaign.run("check", "export", "-o", "lists").out
    assert "lists: error: the file cannot be opened: it is a folder" in campaign.run("check", "import", "lists").err
    said = campaign.run("check", "import", "lists/北京分公司 (B).xlsx")
    assert (said.code, said.out) == (0, "1 rows read; signals to decide on: 0; rows refused: 0\n")


def test_the_report_and_other_engines_are_told_what_was_decided_on_signals(campaign: Campaign) -> None:
    workspace = ran(campaign, signal("P1"), signal("P2"), signal("P3"), signal("P4"))
    say(workspace, "P1", said="confirmed", reason="属实")
    for key in ("P2", "P3"):
        say(workspace, key, said="explained", code="same", reason="两班", seconded="李四")
    told = campaign.run("--lang", "zh_CN", "report", "--explain").out
    assert "数据核查 D1（审核人日不足），P1：疑点属实" in told
    assert "数据核查 D1（审核人日不足）：已作说明的疑点 2 个" in told
    assert campaign.run("export", "--format", "parquet", "-o", "tables").out.startswith("Wrote the tables to ")
    with duckdb.connect(":memory:") as db:
        table = db.read_parquet(f"{campaign.root}/tables/signals.parquet")
        rows = table.select("key", "verdict", "reason").order("key").fetchall()
    assert rows == [
        ("P1", "confirmed", "属实"), ("P2", "explained", "两班"), ("P3", "explained", "两班"), ("P4", None, None),
    ]  # fmt: skip


def test_before_forms_went_out_a_signal_can_be_explained_and_confirmed_only_then(new_campaign: Campaign) -> None:
    workspace = ran(new_campaign, signal("P1", check="D2", severity="minor"), check="D2")
    with pytest.raises(UserError) as stopped:
        say(workspace, "P1", check="D2", said="confirmed", item="1.1")
    assert [problem.code for problem in stopped.value.problems] == ["verdicts.no-forms"]
    say(workspace, "P1", check="D2", said="explained")
    assert only(workspace).state == "explained"
