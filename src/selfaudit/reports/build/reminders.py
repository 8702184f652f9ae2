"""Build what the final report says about the reminders."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from selfaudit.base.i18n import N_
from selfaudit.model.progress.reminder import STAGES, WORDS, Reminder
from selfaudit.reports.context.parts import EscalationRow, ReminderRow, Reminders
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.figures import Deferred
from selfaudit.reports.setting import Voice
from selfaudit.reports.wording import Wording
from selfaudit.word.values import Figure

Chased = list[tuple[Voice, Sequence[Reminder]]]
"""Respondents with the reminders that are meant."""


def reminders(evidence: Evidence) -> Reminders:
    """Return how those who are asked today were reminded."""
    wording = evidence.setting.wording
    everything = [(voice, evidence.setting.reminders.get(voice.respondent.key, ())) for voice in evidence.asked]
    chased = _only(everything, lambda voice, reminder: not _was_complete(voice, reminder))
    reminded, settled = _figures("conduct.reminders", wording.tr(N_("respondents reminded")), chased, wording)
    title = wording.tr(N_("respondents reminded who had been complete"))
    again, again_settled = _figures("conduct.reminders.again", title, _only(everything, _was_complete), wording)
    return Reminders(
        reminded=reminded,
        settled=settled,
        again=again,
        again_settled=again_settled,
        stages=tuple(_stage_rows(chased, wording)),
        escalations=tuple(_escalation_rows(everything, evidence)),
    )


def _was_complete(voice: Voice, reminder: Reminder) -> bool:
    """Return whether somebody had answered everything before, so that what was open then came up later."""
    return reminder.state == "incomplete" and voice.completed_at != "" and voice.completed_at < reminder.at


def _only(chased: Chased, meant: Callable[[Voice, Reminder], bool]) -> Chased:
    """Return the reminders that are meant, without those who got none of them."""
    kept = ((voice, [reminder for reminder in own if meant(voice, reminder)]) for voice, own in chased)
    return [(voice, own) for voice, own in kept if own]


def _stage_rows(chased: Chased, wording: Wording) -> Iterator[ReminderRow]:
    for stage in STAGES:
        if here := _at(chased, stage):
            title = wording.tr(WORDS[stage])
            reminded, settled = _figures(f"conduct.reminders.{stage}", title, here, wording)
            yield ReminderRow(title=title, reminded=reminded, settled=settled)


def _at(chased: Chased, stage: str) -> Chased:
    return _only(chased, lambda _voice, reminder: reminder.stage == stage)


def _figures(prefix: str, title: str, chased: Chased, wording: Wording) -> tuple[Figure, Figure]:
    """Return how many were reminded, and how many of them did since what they were reminded of."""
    done = [(voice, own) for voice, own in chased if _is_settled(voice, own[-1])]
    title_done = wording.pair(title, wording.tr(N_("answered or completed since")))
    return (
        Figure(f"{prefix}.reminded", len(chased), title, Deferred(lambda: _sources(chased, wording))),
        Figure(f"{prefix}.settled", len(done), title_done, Deferred(lambda: _sources(done, wording))),
    )


def _is_settled(voice: Voice, reminder: Reminder) -> bool:
    """Return whether somebody who owed a form has sent one, or somebody who sent half of it the rest."""
    return voice.answered if reminder.state == "missing" else voice.state == "complete"


def _sources(chased: Chased, wording: Wording) -> Iterable[str]:
    for voice, own in chased:
        days = wording.join(f"{wording.tr(WORDS[r.stage])} {wording.date(r.day)}" for r in own)
        yield wording.pair(voice.source(wording), days)


def _escalation_rows(chased: Chased, evidence: Evidence) -> Iterator[EscalationRow]:
    setting = evidence.setting
    for voice, own in _at(chased, "escalation"):
        yield EscalationRow(
            name=voice.name,
            unit=voice.respondent.unit_name,
            superior=setting.wording.join(dict.fromkeys(filter(None, (reminder.addressee for reminder in own)))),
            on=setting.wording.join(setting.wording.date(reminder.day) for reminder in own),
            state=setting.state_text(voice),
        )
