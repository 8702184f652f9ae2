"""Prints everything that came back from one respondent."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from selfaudit.base.clock import local
from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show

if TYPE_CHECKING:
    from selfaudit.cli.words import Words
    from selfaudit.model.form.merge import Difference
    from selfaudit.model.progress.holding import Former
    from selfaudit.model.progress.paper import Paper
    from selfaudit.store.ledger.decisions import Decision
    from selfaudit.workflow.common.state.history import Event, History

MOST_DIFFERENCES = 20


def show_history(found: "History", words: "Words") -> None:
    """Print every response of a respondent in the order of arrival, then their reminders and signed papers."""
    from selfaudit.model.progress.paper_status import STATES
    from selfaudit.model.progress.reminder import WORDS

    show.line(f"{found.name}  [{found.key}]")
    for event in found.events:
        _show_event(event, words)
    for former in found.former:
        show.line("  " + _former_line(former, words))
    if not found.events:
        show.line("  " + _("Nothing received yet."))
    if found.waived:
        show.line("  " + _decided(_("need not answer"), found.waived))
    for reminder in found.reminders:
        text = _("{stage} on {day} to {addressee}") if reminder.addressee else _("{stage} on {day}")
        stage = _(WORDS[reminder.stage])
        show.line("  " + text.format(stage=stage, day=reminder.day, addressee=reminder.addressee))
    if found.papers:
        unsettled = _("does not count before the answers are settled")
        state = unsettled if found.paper == "not_due" else _(STATES[found.paper])
        show.line("  " + _("signed paper: {state}").format(state=state))
    for paper in found.papers:
        show.line("       " + _paper_line(paper, current=paper.content == found.signs))


def _show_event(event: "Event", words: "Words") -> None:
    show.line("  " + _event_line(event))
    if event.entered:
        show.line("       " + _decided(_entered(event.entered), event.entered))
    if event.withdrawn:
        show.line("       " + _decided(_("withdrawn"), event.withdrawn))
    lines = list(_differences(event.differs, words))
    for text in lines[:MOST_DIFFERENCES]:
        show.line(f"       {text}")
    if len(lines) > MOST_DIFFERENCES:
        more = _("… and {n} more differences; --json lists them all")
        show.line("       " + more.format(n=len(lines) - MOST_DIFFERENCES))
    if event.carried:
        text = _("{n} places left empty were answered in response {number} under the same words; they count")
        show.line("       " + text.format(number=event.carried[0], n=event.carried[1]))
    for gap in event.gaps:
        show.line(f"       {gap.message}")


def _differences(found: "list[Difference]", words: "Words") -> Iterator[str]:
    """Yield a line for each difference, one only for a finding that the other response does not have at all."""
    told = (one for one in found if not one.is_listing)
    for finding, group in groupby(told, key=_finding_of):
        same = list(group)
        number = next((one for one in same if one.steps[-1] == "number"), None) if finding else None
        if number:
            text = _("{finding}: only here") if number.one else _("{finding}: only in the one shown")
            fact = next((one.one or one.other for one in same if one.steps[-1] == "fact"), "")
            only = text.format(finding=words.finding(finding))
            yield _("{place}: {text}").format(place=only, text=words.value(("fact",), fact)) if fact else only
            continue
        for one in same:
            here, shown = (words.value(one.steps, text) for text in (one.one, one.other))
            text = _("{place}: {here}; in the one shown: {shown}")
            yield text.format(place=words.place(one.steps), here=here, shown=shown)


def _finding_of(difference: "Difference") -> tuple[str, ...]:
    """Return the steps that name the finding in which a difference is, nothing if it is in none."""
    head, *steps = difference.steps
    if head != "findings":
        return ()
    return tuple(steps[:-2] if len(steps) > 1 and steps[-2] == "disposition" else steps[:-1])


def _event_line(event: "Event") -> str:
    by, on = event.filled_by, event.filled_on.replace("T", " ")
    if by:
        filled = _("filled in by {by} on {on}") if on else _("filled in by {by}, without a date")
    else:
        filled = _("filled in on {on} without a name") if on else _("without name or date")
    came = _("entered {at}") if event.entered else _("received {at} as {file}")
    facts = {
        "n": event.number,
        "mark": _mark(event),
        "filled": filled.format(by=by, on=on),
        "came": came.format(at=local(event.received_at), file=event.file),
        "changes": ngettext("{n} change", "{n} changes", event.changes).format(n=event.changes),
    }
    first = _("{n}. {mark}: {filled}, {came}")
    return (first if event.number == 1 else _("{n}. {mark}: {filled}, {came}, {changes}")).format(**facts)


def _mark(event: "Event") -> str:
    if event.withdrawn:
        return _("withdrawn")
    return _("shown") if event.shown else _("conflicting") if event.contested else _("history")


def _entered(made: "Decision") -> str:
    text = _("{place} “{answer}” entered on their behalf, as told on {day}")
    return text.format(place=made.data["place"], answer=made.data["answer"], day=made.data["told_on"])


def _decided(what: str, made: "Decision") -> str:
    text = _("{what}: decided by {by} on {day}: {reason}")
    return text.format(what=what, by=made.by, day=local(made.at)[:10], reason=made.reason)


def _former_line(former: "Former", words: "Words") -> str:
    text = _("{place} does not count any more: “{ask}” was answered with {answer}")
    answer = words.value(("answer",), str(former.answer))
    line = text.format(place=former.place, ask=former.ask, answer=answer)
    return _("{text} ({note})").format(text=line, note=former.note) if former.note else line


def _paper_line(paper: "Paper", *, current: bool) -> str:
    text = _("{file}, filed {at} by {by}").format(file=paper.file, at=local(paper.matched_at), by=paper.matched_by)
    return text + (_("; for the current answers") if current else _("; for earlier answers")) + _verdict(paper)


def _verdict(paper: "Paper") -> str:
    if not paper.verdict:
        return ""
    text = _("; confirmed {at} by {by}") if paper.verdict == "confirmed" else _("; refused {at} by {by}: {reason}")
    return text.format(at=local(paper.verdict_at), by=paper.verdict_by, reason=paper.reason)
