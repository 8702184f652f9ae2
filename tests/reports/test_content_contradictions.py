"""What the data say against answers stands at the front of the chapter on findings, and is part of what is approved."""

from dataclasses import replace
from typing import Any

import pytest

from selfaudit.base.text import retyped
from selfaudit.model.data.figure import Counted, FigureOutcome
from selfaudit.model.data.register import RegisterFigure
from selfaudit.model.data.totals import totals_of
from selfaudit.model.data.verdict import Standing
from selfaudit.model.held.against import SETTLE_DATA, CheckRun
from selfaudit.reports.against import register_figures
from selfaudit.reports.build import data
from selfaudit.reports.build.final import final_report
from selfaudit.reports.content import content_of
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import explain
from selfaudit.reports.reconcile import balances
from selfaudit.reports.setting import Setting
from selfaudit.store.ledger.decisions import Decision
from tests.model.held.test_against import RAN, conform, kit, signal
from tests.reports.content_kit import complete, make_setting


def setting(run: CheckRun, **changes: Any) -> Setting:
    return make_setting(kit(at_least=2), data=run, **changes)


def report(made: Setting) -> FinalReport:
    others = [one for one in complete() if one.respondent.name != "North"]
    return final_report(Evidence(made, [*others, conform("North")]))


SIGNALS = [signal("P1", unit="North", facts={"Telephone": "13812345678"}), signal("P2", unit="North")]
RUN = CheckRun(outcomes={"C08": RAN}, signals=SIGNALS)


def test_contradictions_come_before_everything_else_that_was_found_with_both_sides() -> None:
    made = report(setting(RUN))
    (chapter,) = [one for one in made.chapters if one.id == "findings"]
    assert [section.kind for section in chapter.sections][:2] == ["contradictions", "overview"]
    (row,) = made.findings.contradictions
    assert (row.place, row.title, row.about, row.threshold) == ("2.1", "Presence", "North", "signals: 2 or more")
    assert row.said == "North (5 November 2023): conform"
    assert row.data == "C08: rows judged: 40, signals: 2\nrows:\nP1\nP2\nthe first of them: 1 < 2"
    assert row.verdict == "not settled yet"
    (told,) = [one for one in explain(made) if one.id == "findings.contradictions"]
    assert [*told.sources] == ["2.1; North; North (5 November 2023): conform; " + row.data.replace("\n", "; ")]
    assert all(balance.holds for balance in balances(made))


def test_of_many_contradictions_the_chapter_prints_the_heaviest_and_an_annex_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(data, "HEAVIEST", 0)
    made = report(setting(RUN))
    assert made.findings.contradictions == ()
    assert [row.key for row in made.annex_contradictions] == ["2.1/unit:N/C08"]
    assert [annex.title for annex in made.annexes if annex.kind == "contradictions"]
    assert all(balance.holds for balance in balances(made))


def test_what_the_data_checks_found_stands_before_that_and_adds_up() -> None:
    not_run = RAN.model_copy(update={"check": "C09", "state": "not_run", "judged": 0, "signals": 0})
    ran = RAN.model_copy(update={"signals": 3})
    verdicts = [Standing(SIGNALS[0], "confirmed"), Standing(SIGNALS[1], "reopened")]
    made = report(setting(RUN, totals=totals_of([ran, not_run], verdicts)))
    (chapter,) = [one for one in made.chapters if one.id == "findings"]
    assert [section.kind for section in chapter.sections][:2] == ["data_checks", "contradictions"]
    told = made.findings.checked
    assert told is not None
    assert (told.ran.value, told.not_run.value, told.judged.value, told.signals.value) == (1, 1, 40, 3)
    assert (told.confirmed.value, told.explained.value, told.undecided.value) == (1, 0, 2)
    assert told.signals.sources == ("C08: 3",)
    assert all(balance.holds for balance in balances(made))


def test_a_verdict_is_printed_with_who_gave_it_and_both_are_part_of_what_is_approved() -> None:
    before = setting(RUN)
    (open_,) = Evidence(before, [conform("North")]).against
    said = {"place": "2.1", "whose": "North", "check": "C08", "digest": open_.digest}
    decided = Decision(SETTLE_DATA, open_.key, "Head", "combined audits", said, "2023-11-09T02:00:00Z")
    after = replace(before, decisions=(decided,))
    (row,) = report(after).findings.contradictions
    assert row.verdict == "combined audits (settled by Head on 9 November 2023)"
    assert report(after).findings.contradictions_open.value == 0
    contents = [
        content_of(report(one), one, "", []) for one in (setting(CheckRun(outcomes={"C08": RAN})), before, after)
    ]
    assert len({one.digest for one in contents}) == 3
    changed = {name for name, hashed in contents[1].parts.items() if contents[0].parts[name] != hashed}
    assert changed == {"3 Findings"}


def test_what_no_check_supports_stands_apart_with_the_reason() -> None:
    part = RAN.model_copy(update={"state": "in_part", "unknown": 20, "lacking": {"risk": 20}})
    made = report(setting(CheckRun(outcomes={"C08": part})))
    (row,) = made.findings.unsupported
    assert (row.checks, row.places) == ("C08", "2.1 Presence (2)")
    assert row.reason == "ran in part: 2 signals of 40; 20 not judged (for want of risk)"
    assert report(setting(CheckRun())).findings.unsupported[0].reason == "never run"


def test_figures_of_registers_have_titles_of_codes_and_the_day_of_the_import_and_stand_in_one_chapter() -> None:
    by_code = RegisterFigure(
        id="by_code", title="Certificates", sql="SELECT 1", why="valid", needs={"certificates": ("number",)}
    )
    total = by_code.model_copy(update={"id": "total", "profile": "sites"})
    values = (Counted(label="QMS", value=7),)
    outcome = FigureOutcome(figure="by_code", values=values, sql="SELECT 1", registers={"certificates": 1})
    one = FigureOutcome(figure="total", values=(Counted(value=9),), sql="SELECT 1", registers={"certificates": 1})
    run = CheckRun(
        figures=[(total, one), (by_code, outcome)],
        titles={"certificates": "Register", "by_code.QMS": "Quality management"},
        imported={("certificates", 1): "2023-11-05T02:00:00Z"},
    )
    made = register_figures({"sites"}, setting(run))
    first, second = made.rows
    assert (first.stated, first.remark, first.note) == ("[to be filled in]", "", "1")
    assert (second.title, second.stated, second.note) == ("Certificates: Quality management", "—", "1")
    assert made.notes(setting(run)) == ("1. valid; Register (imported on 5 November 2023)",)
    assert register_figures({"another"}, setting(run)).notes(setting(run)) == ()


def test_figures_that_cannot_be_counted_are_one_sentence_and_outdated_ones_have_a_mark() -> None:
    missing = FigureOutcome(figure="issued", sql="SELECT 1", reason="register-missing")
    outcomes = [
        FigureOutcome(figure="total", sql="SELECT 1", values=(Counted(value=9),)),
        missing,
        missing.model_copy(update={"figure": "withdrawn"}),
    ]
    figures = [
        (RegisterFigure(id=one.figure, title=one.figure.title(), sql="SELECT 1", needs={"audits": ("day",)}), one)
        for one in outcomes
    ]
    run = CheckRun(outcomes={"C08": RAN}, figures=figures, signals=SIGNALS, outdated=["C08", "total"])
    made = report(setting(run, totals=totals_of([RAN], ())))
    (section,) = [one for chapter in made.chapters for one in chapter.sections if one.kind == "register_figures"]
    assert [(row.title, row.remark) for row in section.figures] == [("Total", "registers changed since")]
    assert section.notes == ("The registers do not give: Issued, Withdrawn (register missing).",)
    assert made.findings.checked is not None
    assert made.findings.checked.outdated == "C08"
    (row,) = made.findings.contradictions
    assert "registers changed since" in row.data.splitlines()


def test_keys_in_tables_stand_one_a_line_and_break_behind_no_hyphen() -> None:
    named = [signal(f"P{n}/2023-09-2{n}", unit="North") for n in range(7)]
    outcome = RAN.model_copy(update={"registers": {"audits": 2}})
    at = {("audits", 2): "2023-11-05T02:00:00Z"}
    run = CheckRun(outcomes={"C08": outcome}, signals=named, titles={"audits": "Audits"}, imported=at)
    (row,) = report(setting(run)).findings.contradictions
    assert row.data.replace("\N{NON-BREAKING HYPHEN}", "-").splitlines() == [
        "C08: rows judged: 40, signals: 7",
        "Registers: Audits (imported on 5 November 2023)",
        "rows:",
        *(f"P{n}/2023-09-2{n}" for n in range(5)),
        "and 2 more",
        "the first of them: 1 < 2",
    ]
    assert "-" not in row.data
    assert retyped(row.data.splitlines()[3]) == retyped("P0/2023-09-20")
