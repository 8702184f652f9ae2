"""What is wrong with dispositions and notices, or still open."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, note, warning
from selfaudit.base.text import loose, shortened
from selfaudit.model.disposition.book import Book
from selfaudit.model.disposition.disposition import Disposition
from selfaudit.model.disposition.notice import Said

PROPOSED = warning(
    "disposition.proposed",
    N_("proposed dispositions that nobody has approved: {count} ({ids})"),
    N_("Approve it with selfaudit dispositions approve, or withdraw it with selfaudit dispositions withdraw."),
)
CONTRADICT = warning(
    "disposition.contradict",
    N_("{target}: {id} says “{action}” and {other} says “{other_action}”, which cannot stand beside each other"),
    N_("Withdraw one of them, or enter how one ended: selfaudit dispositions set DISPOSITION ended_on=DATE."),
)
BEFORE_DECISION = warning(
    "disposition.before-decision",
    N_("{id} ({action}: {target}) takes effect on {effective}, before it was approved on {approved}"),
    N_("Correct the date: selfaudit dispositions set {id} effective=DATE, and approve it again."),
)
NOTICE_BEFORE = warning(
    "disposition.notice-before",
    N_("the notice {number} is of {on}, before {id} was approved on {approved}"),
    N_("Withdraw the notice, and make a new one with selfaudit notice make."),
)
EFFECTIVE_LATER = note(
    "disposition.effective-later",
    N_("{id} ({action}: {target}) takes effect on {effective}, after its notice {number} of {on}"),
    N_("This is accepted; correct the date if it is wrong."),
)
TOO_LONG = warning(
    "disposition.too-long",
    N_("{id} ({action}: {target}) is to be followed up by {day}, after its term has ended on {last}"),
    N_("Correct it: selfaudit dispositions set {id} follow_up=DATE."),
)
OVERDUE = warning(
    "disposition.overdue",
    N_("{id} ({action}: {target}) was to be followed up by {day}, and nothing says how it ended"),
    N_(
        "Enter what follows ({ends}) and approve it, or say how it ended: selfaudit dispositions set {id}"
        " ended_on=DATE."
    ),
)
NO_NOTICE = warning(
    "disposition.no-notice",
    N_("{id} ({action}: {target}) is approved, and there is no notice that says so"),
    N_("Make it: selfaudit notice make {kind} --for {id}."),
)
OTHERWISE = warning(
    "disposition.otherwise",
    N_("the notice {number} says of {id} what is not so any more: {fields}"),
    N_("Withdraw it with selfaudit notice withdraw, and make a new one with selfaudit notice make."),
)
GONE = warning(
    "disposition.gone",
    N_("the notice {number} is about {id}, which was withdrawn"),
    N_("Withdraw the notice as well, and tell whom it went to: selfaudit notice withdraw {number} --reason TEXT."),
)
UNFOUNDED = warning(
    "disposition.unfounded",
    N_("{id} ({action}: {target}) rests only on findings that were withdrawn: {findings}"),
    N_("Withdraw it with selfaudit dispositions withdraw, or name other findings: {id} findings=…"),
)
UNFOUNDED_TOLD = warning(
    "disposition.unfounded-told",
    N_("{id} ({action}: {target}) rests only on findings that were withdrawn: {findings}; the notice {number} says so"),
    N_("Withdraw both: selfaudit dispositions withdraw {id} --reason TEXT, then selfaudit notice withdraw {number}."),
)
UNAPPROVED = warning(
    "disposition.unapproved-told",
    N_("the notice {number} is about {id}, which was changed since and is not approved again"),
    N_("Approve it again; if the notice is wrong now, withdraw it and make a new one."),
)
SAID_OTHERWISE = warning(
    "disposition.said-otherwise",
    N_("{id} approves “{action}”, but the finding {finding} says “{said}” ({kind})"),
    N_("Reports print what was approved. Have the finding say the same: selfaudit findings set {finding}."),
)
NOT_MADE = warning(
    "notice.not-made",
    N_("the number {number} was drawn, but its notice was not made"),
    N_("Run selfaudit notice make {kind}: it makes what is missing, with the same number."),
)
NOT_REPORTED = warning(
    "disposition.not-reported",
    N_("{id} ({action}: {target}) was to be reported to the platform by {day}"),
    N_("Enter when it was: selfaudit dispositions set {id} reported_on=DATE."),
)

_MOST_NAMES = 10
_QUOTED = 60
_NAMES = {
    "target": N_("About"),
    "party": N_("Concerns"),
    "action": N_("Action"),
    "reason": N_("Reason"),
    "effective": N_("Takes effect on"),
    "follow_up": N_("Follow up by"),
    "findings": N_("Findings"),
    "note": N_("Note"),
}
"""What a notice says and how that is called."""


def problems_of(book: Book, today: date) -> Iterator[Problem]:
    """Yield everything wrong or open, kind by kind."""
    found = [problem for key in book.dispositions for problem in _one(book, key, today)]
    yield from sorted(found, key=lambda problem: problem.code)
    if proposed := [key for key in book.dispositions if book.state(key) == "proposed"]:
        yield PROPOSED(count=len(proposed), ids=Some(proposed, _MOST_NAMES))
    for number, notice in book.notices.items():
        if notice.state == "drawn":
            yield NOT_MADE(number=number, kind=notice.kind)


def _one(book: Book, key: str, today: date) -> Iterator[Problem]:
    one = book.dispositions[key]
    args: dict[str, Any] = {"id": key, "action": book.action(one).title, "target": one.target or "—"}
    state = book.state(key)
    if state == "withdrawn":
        if number := book.notice_of(key):
            yield GONE(number=number, id=key)
        return
    for other in book.rivals(key):
        theirs = book.action(book.dispositions[other]).title
        yield CONTRADICT(**args, other=other, other_action=theirs)
    yield from _unfounded(book, one, args)
    if state == "proposed":
        yield from _told_before(book, key)
        return
    yield from _dates(book, one, args)
    yield from _open(book, key, one, args, today)


def _unfounded(book: Book, one: Disposition, args: dict[str, Any]) -> Iterator[Problem]:
    if not one.findings or book.findings_of(one):
        return
    args = {**args, "findings": Some(one.findings, _MOST_NAMES)}
    number = book.notice_of(args["id"])
    yield UNFOUNDED_TOLD(**args, number=number) if number else UNFOUNDED(**args)


def _told_before(book: Book, key: str) -> Iterator[Problem]:
    """Yield that there is a notice about one that is only proposed, and what it says otherwise."""
    if number := book.notice_of(key):
        yield UNAPPROVED(number=number, id=key)
        yield from _otherwise(book, key, number)


def _otherwise(book: Book, key: str, number: str) -> Iterator[Problem]:
    if number and (changed := differing(book, key, number)):
        yield OTHERWISE(number=number, id=key, fields=[Term(_NAMES[name]) for name in changed])


def _dates(book: Book, one: Disposition, args: dict[str, Any]) -> Iterator[Problem]:
    if one.effective and one.approved_on and one.effective < one.approved_on:
        yield BEFORE_DECISION(**args, effective=one.effective, approved=one.approved_on)
    last = book.last_day(one)
    if one.follow_up and last and one.follow_up > last:
        yield TOO_LONG(**args, day=one.follow_up, last=last)
    if number := book.notice_of(args["id"]):
        on = book.notices[number].on
        if one.approved_on and on < one.approved_on:
            yield NOTICE_BEFORE(number=number, on=on, id=args["id"], approved=one.approved_on)
        elif one.effective and one.effective > on:
            yield EFFECTIVE_LATER(**args, effective=one.effective, number=number, on=on)


def _open(book: Book, key: str, one: Disposition, args: dict[str, Any], today: date) -> Iterator[Problem]:
    action, due, reported = book.action(one), book.due(one), book.report_due(one)
    if due and due < today and not book.ending(key):
        names = {entry.id: entry.title for kind in book.plan.dispositions for entry in kind.actions}
        ends = [names.get(end, end) for end in action.follow_up.ends] if action.follow_up else []
        yield OVERDUE(**args, day=due, ends=ends or ["…"])
    if reported and reported < today and not one.reported_on:
        yield NOT_REPORTED(**args, day=reported)
    number = book.notice_of(key)
    if action.notice and not number:
        yield NO_NOTICE(**args, kind=action.notice)
    yield from _otherwise(book, key, number)


def said_otherwise(book: Book, finding: str, said: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what was approved about a finding but is not what its own text says, by class of handling."""
    for key in book.approved_about(finding):
        one = book.dispositions[key]
        title, text = book.action(one).title, said.get(one.kind, "")
        usual = [book.action(book.dispositions[other]).title for other in book.approved_about(finding, one.kind)]
        if text and not any(loose(text).startswith(loose(other)) for other in usual):
            args: dict[str, Any] = {
                "finding": finding,
                "said": shortened(text, _QUOTED),
                "kind": book.class_title(one.kind),
            }
            yield SAID_OTHERWISE(id=key, action=title, **args)


def differing(book: Book, key: str, number: str) -> list[str]:
    """Return what a notice says otherwise of a disposition than the ledger does now, as keys of ``Said``."""
    now = said_of(book, key)
    then = next(said for said in book.notices[number].says if said.id == key)
    return [name for name in _NAMES if getattr(now, name) != getattr(then, name)]


def said_of(book: Book, key: str, facts: str = "") -> Said:
    """Return what a notice would say of a disposition now."""
    one = book.dispositions[key]
    action = book.action(one)
    return Said(
        id=key,
        class_title=book.class_title(one.kind),
        target=one.target,
        party=one.party,
        action=action.title,
        reason=book.reason(one),
        effective=one.effective,
        follow_up=book.due(one),
        findings=book.findings_of(one),
        facts=facts,
        note=one.note,
        approved_by=one.approved_by,
        basis=action.basis,
    )
