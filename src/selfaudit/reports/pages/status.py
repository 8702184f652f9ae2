"""The status as one self-contained web page: no script, nothing loaded from anywhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from selfaudit.base.i18n import _, console_language, ngettext
from selfaudit.base.pages import render_page
from selfaudit.model.form.answers import MISSING, Answer, Said
from selfaudit.model.form.answers import WORDS as WORDS_OF_ANSWERS
from selfaudit.model.progress.confirming import STATES as OPINIONS
from selfaudit.model.progress.deliverables import STANDS, DeliverableStatus, Stand
from selfaudit.model.progress.findings import AreaAnswers, FindingStatus, UnitFindings
from selfaudit.model.progress.milestones import MilestoneStatus
from selfaudit.model.progress.paper_status import STATES as PAPERS
from selfaudit.model.progress.reminder import WORDS, Reminder
from selfaudit.model.progress.status import Progress, Status, Waiting
from selfaudit.model.rectification.rectification import STATES, State
from selfaudit.reports.wording import NOT_RETURNED


def status_page(status: Status, deliverables: Sequence[DeliverableStatus] = ()) -> str:
    """Return the page, in the language of the console; it is shown around and quotes neither forms nor notes."""
    status = replace(status, missing=_discreet(status.missing), incomplete=_discreet(status.incomplete))
    status = replace(status, milestones=[_without_note(milestone) for milestone in status.milestones])
    told = {
        "deliverables": deliverables,
        "most": _MOST,
        "milestone": milestone_text,
        "chased": chased,
        "papers": PAPERS,
        "states": STATES,
        "opinions": OPINIONS,
    }
    pictures = {
        "share": lambda part, whole: 100 * part // whole if whole else 0,
        "slices": slices,
        "spoken": _spoken,
        "progress": _progress,
        "answered": _answered,
        "handled": _handled,
        "corrected": _corrected,
        "pieces": _pieces,
        "omitted": _omitted,
    }
    return render_page("selfaudit.reports.pages", "status.html", console_language(), s=status, **told, **pictures)


Parts = Sequence[tuple[str, str, int]]
"""What a bar shows: the look of each part, what it is, and how many there are."""


def slices(parts: Parts) -> Iterator[tuple[str, float, float]]:
    """Yield the look of every part of a bar that is 100 wide, where it begins and how wide it is."""
    whole, before = sum(n for _look, _word, n in parts), 0
    for look, _word, n in parts:
        if n:
            yield look, round(100 * before / whole, 2), round(100 * n / whole, 2)
        before += n


def _spoken(parts: Parts) -> str:
    """Return what a bar shows, for those who do not see it."""
    return ", ".join(f"{word} {n}" for _look, word, n in parts if word)


def _progress(one: Progress) -> Parts:
    waived = [("other", _("need not answer"), one.waived)] if one.waived else []
    rest = ("none", _("missing"), one.missing)
    return [("good", _("complete"), one.complete), ("part", _("incomplete"), one.incomplete), *waived, rest]


def _answered(area: AreaAnswers) -> Parts:
    words = WORDS_OF_ANSWERS[console_language()]
    return [
        (look, _(NOT_RETURNED) if said == MISSING else words[Answer(said)], area.answers[said])
        for said, look in _LOOK_OF_ANSWERS.items()
    ]


def _handled(found: FindingStatus) -> Parts:
    return [(look, _(STATES[state]), found.states[state]) for state, look in _LOOK_OF_STATES.items()]


def _corrected(unit: UnitFindings, found: FindingStatus) -> Parts:
    """Return the findings of a unit beside the most that any unit has."""
    most = max(one.total for one in found.units)
    rest = unit.unsettled - unit.overdue
    done = ("good", _("correction done"), unit.total - unit.unsettled)
    open_ = ("part", _("correction still to be done"), rest)
    return [done, open_, ("bad", _("overdue"), unit.overdue), ("none", "", most - unit.total)]


def _pieces(one: DeliverableStatus) -> Parts:
    stands = [piece.stand for piece in one.pieces if not piece.omitted]
    none = ("other", _("none"), len(one.pieces) - len(stands))
    return [*((look, _(STANDS[stand]), stands.count(stand)) for stand, look in _LOOK_OF_STANDS.items()), none]


def _omitted(one: DeliverableStatus) -> str:
    """Return in parentheses why there is none of a deliverable; empty if nobody said so."""
    reasons = dict.fromkeys(piece.omitted for piece in one.pieces if piece.omitted)
    return _(" ({text})").format(text=_("; ").join(reasons)) if reasons else ""


_MOST = 20
"""Rows of a list that is open when the page is."""
_LOOK_OF_ANSWERS: dict[Said, str] = {
    Answer.CONFORM: "good",
    Answer.PROBLEM: "bad",
    Answer.UNCHECKED: "part",
    Answer.NOT_APPLICABLE: "other",
    MISSING: "none",
}
_LOOK_OF_STATES: dict[State, str] = {
    "closed": "good",
    "verified": "good",
    "corrected": "other",
    "analysed": "part",
    "open": "bad",
    "reopened": "bad",
}
_LOOK_OF_STANDS: dict[Stand, str] = {
    "done": "good",
    "unsigned": "part",
    "changed": "part",
    "old": "part",
    "missing": "none",
}


def _discreet(waiting: Iterable[Waiting]) -> list[Waiting]:
    return [replace(who, gaps=tuple(gap.discreet() for gap in who.gaps)) for who in waiting]


def _without_note(milestone: MilestoneStatus) -> MilestoneStatus:
    return replace(milestone, done=milestone.done and replace(milestone.done, note=""))


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
