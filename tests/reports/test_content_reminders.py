"""What the final report says about the reminders."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from selfaudit.model.progress.reminder import Reminder, Stage, by_respondent
from selfaudit.model.progress.standing import Standing, State
from selfaudit.reports.build.final import final_report
from selfaudit.reports.context.final import FinalReport
from selfaudit.reports.context.parts import EscalationRow
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import explain
from tests.reports.content_kit import EVERYBODY, GAP, make_setting, replied, waiting


def chased(name: str, stage: Stage, day: int, state: State = "missing", to: str = "") -> Reminder:
    """A reminder of the morning of a day of November."""
    return Reminder(EVERYBODY[name].key, stage, date(2023, 11, day), state, to, f"2023-11-{day:02}T08:00:00Z")


def report(standings: Iterable[Standing], *reminders: Reminder) -> FinalReport:
    """The final report of a campaign with these reminders."""
    return final_report(Evidence(make_setting(reminders=by_respondent(reminders)), standings))


def test_a_report_without_reminders_has_no_rows_for_them() -> None:
    found = report([waiting("Ann")]).conduct.reminders
    assert (found.reminded.value, found.settled.value, found.stages, found.escalations) == (0, 0, (), ())


def test_somebody_reminded_several_times_counts_once_at_each_stage_and_once_in_all() -> None:
    found = report(
        [waiting("Ann"), replied("Bob")],
        chased("Ann", "first", 1),
        chased("Ann", "last", 2),
        chased("Ann", "last", 3),
        chased("Bob", "first", 1),
    ).conduct.reminders
    assert (found.reminded.value, found.settled.value) == (2, 1)
    assert [(row.title, row.reminded.value, row.settled.value) for row in found.stages] == [
        ("first reminder", 2, 1),
        ("last reminder", 1, 0),
    ]


def test_whoever_owed_a_form_has_settled_it_by_sending_one_and_whoever_sent_half_of_it_by_the_rest() -> None:
    found = report(
        [replied("Ann", gaps=(GAP,)), replied("Bob", gaps=(GAP,)), replied("Cid")],
        chased("Ann", "first", 1, "missing"),
        chased("Bob", "first", 1, "incomplete"),
        chased("Cid", "first", 1, "incomplete"),
    ).conduct.reminders
    assert (found.reminded.value, found.settled.value) == (3, 2)
    assert [source.partition(" ")[0] for source in found.settled.sources] == ["Ann", "Cid"]


def test_whoever_was_complete_and_is_asked_once_more_is_not_counted_among_those_who_were_late_or_incomplete() -> None:
    complete_since = "2023-11-05T07:00:00Z"
    found = report(
        [
            replied("Ann", gaps=(GAP,), completed_at=complete_since),
            replied("Bob", completed_at=complete_since),
            replied("Cid", completed_at=complete_since),
        ],
        chased("Ann", "first", 6, "incomplete"),
        chased("Bob", "first", 4, "incomplete"),
        chased("Bob", "second", 6, "incomplete"),
        chased("Cid", "first", 6, "incomplete"),
    ).conduct.reminders
    assert [source.partition(" ")[0] for source in found.reminded.sources] == ["Bob"]
    assert [(row.title, row.reminded.value) for row in found.stages] == [("first reminder", 1)]
    assert [source.partition(" ")[0] for source in found.again.sources] == ["Ann", "Bob", "Cid"]
    assert [source.partition(" ")[0] for source in found.again_settled.sources] == ["Bob", "Cid"]


def test_an_escalation_says_who_to_whom_when_and_how_it_stands_now() -> None:
    found = report(
        [waiting("Ann"), waiting("Bob")],
        chased("Ann", "escalation", 8, to="Dot"),
        chased("Ann", "escalation", 9, to="Dot"),
        chased("Bob", "escalation", 9),
    ).conduct.reminders
    assert found.escalations == (
        EscalationRow("Ann", "North", "Dot", "8 November 2023, 9 November 2023", "not answered"),
        EscalationRow("Bob", "North", "", "9 November 2023", "not answered"),
    )


def test_whoever_is_no_longer_asked_is_not_counted_here_either() -> None:
    found = report([replace(waiting("Ann"), active=False)], chased("Ann", "first", 1)).conduct.reminders
    assert found.reminded.value == 0


def test_a_source_says_who_was_reminded_at_which_stage_and_when() -> None:
    made = report([waiting("Ann")], chased("Ann", "first", 1), chased("Ann", "second", 2))
    figure = next(entry for entry in explain(made) if entry.id == "conduct.reminders.reminded")
    assert figure.chapters == ("2 How it went",)
    (source,) = figure.sources
    assert source.startswith("Ann (")
    assert source.endswith("nothing received): first reminder 1 November 2023, second reminder 2 November 2023")
