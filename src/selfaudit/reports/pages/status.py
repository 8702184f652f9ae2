"""The status as one self-contained web page: no script, nothing loaded from anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from selfaudit.base.i18n import _, console_language, ngettext
from selfaudit.base.pages import render_page
from selfaudit.model.progress.milestones import MilestoneStatus
from selfaudit.model.progress.paper_status import STATES
from selfaudit.model.progress.reminder import WORDS, Reminder
from selfaudit.model.progress.status import Status, Waiting


def status_page(status: Status) -> str:
    """Return the page, in the language of the console; it is shown around and quotes neither forms nor notes."""
    status = replace(status, missing=_discreet(status.missing), incomplete=_discreet(status.incomplete))
    status = replace(status, milestones=[_without_note(milestone) for milestone in status.milestones])
    told = {"share": _share, "milestone": milestone_text, "chased": chased, "states": STATES}
    return render_page("selfaudit.reports.pages", "status.html", console_language(), s=status, **told)


def _discreet(waiting: Iterable[Waiting]) -> list[Waiting]:
    return [replace(who, gaps=tuple(gap.discreet() for gap in who.gaps)) for who in waiting]


def _without_note(milestone: MilestoneStatus) -> MilestoneStatus:
    return replace(milestone, done=milestone.done and replace(milestone.done, note=""))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}" if whole else "0"


def milestone_text(milestone: MilestoneStatus) -> str:
    """Return whether a milestone is done, or how far away or overdue it is, in the language of the console."""
    if done := milestone.done:
        text = _("done {day}, {by}: {note}") if done.note else _("done {day}, {by}")
        return text.format(day=done.on, by=done.by, note=done.note)
    days = milestone.days_left
    left, over = ngettext("{n} day left", "{n} days left", days), ngettext("{n} day overdue", "{n} days overdue", -days)
    return (left if days >= 0 else over).format(n=abs(days))


def chased(reminders: Sequence[Reminder]) -> str:
    """Return how often and when last somebody was reminded, in the language of the console; empty if never."""
    if not reminders:
        return ""
    text = ngettext("reminded {day} ({stage})", "reminded {n} times, last {day} ({stage})", len(reminders))
    return text.format(n=len(reminders), day=reminders[-1].day, stage=_(WORDS[reminders[-1].stage]))
