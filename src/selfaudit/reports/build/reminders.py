"""Build what the final report says about the reminders."""

from collections.abc import Iterable, Iterator, Sequence

from selfaudit.base.i18n import N_
from selfaudit.model.progress.reminder import STAGES, WORDS, Reminder
from selfaudit.reports.context.parts import EscalationRow, ReminderRow, Reminders
from selfaudit.reports.evidence import Evidence, Voice
from selfaudit.reports.figures import Deferred
from selfaudit.reports.wording import Wording
from selfaudit.word.values import Figure

Chased = list[tuple[Voice, Sequence[Reminder]]]
"""Respondents with the reminders that are meant."""


def reminders(evidence: Evidence) -> Reminders:
    """Return how those who are asked today were reminded."""
    wording = evidence.setting.wording
    chased = [(v, own) for v in evidence.asked if (own := evidence.setting.reminders.get(v.respondent.key, ()))]
    reminded, settled = _figures("conduct.reminders", wording.tr(N_("respondents reminded")), chased, wording)
    return Reminders(
        reminded=reminded,
        settled=settled,
        stages=tuple(_stage_rows(chased, wording)),
        escalations=tuple(_escalation_rows(chased, evidence)),
    )


def _stage_rows(chased: Chased, wording: Wording) -> Iterator[ReminderRow]:
    for stage in STAGES:
        if here := _at(chased, stage):
            title = wording.tr(WORDS[stage])
            reminded, settled = _figures(f"conduct.reminders.{stage}", title, here, wording)
            yield ReminderRow(title=title, reminded=reminded, settled=settled)


def _at(chased: Chased, stage: str) -> Chased:
    kept = ((voice, [reminder for reminder in own if reminder.stage == stage]) for voice, own in chased)
    return [(voice, own) for voice, own in kept if own]


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
