"""Reminders: which one somebody gets next, whom it goes to, and what the ledger keeps of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from selfaudit.base.i18n import N_
from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.standing import State
from selfaudit.model.roster import Roster, Unit

Stage = Literal["first", "second", "last", "escalation"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""The stages in the order in which they follow each other; nobody is escalated unless a person asks for it."""

WORDS: dict[Stage, str] = {
    "first": N_("first reminder"),
    "second": N_("second reminder"),
    "last": N_("last reminder"),
    "escalation": N_("escalation"),
}
"""The word for each stage."""

_AFTER: dict[Stage, Stage] = {"first": "second", "second": "last", "last": "last"}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: who was chased at which stage on which day, their state then, and whom it went to.

    ``addressee`` is a name; it is empty where nobody was known. ``at`` is the moment in UTC.
    """

    respondent: str
    stage: Stage
    day: date
    state: State
    addressee: str
    at: str


def next_stage(earlier: Sequence[Reminder], today: date) -> Stage:
    """Return the stage that somebody gets next, given their reminders in the order in which they were entered.

    One stage a day: somebody already chased today gets the same again.
    """
    own = [reminder for reminder in earlier if reminder.stage in _AFTER]
    if not own:
        return "first"
    latest = max(own, key=lambda reminder: (reminder.day, STAGES.index(reminder.stage)))
    return latest.stage if latest.day == today else _AFTER[max(own, key=_rank).stage]


def _rank(reminder: Reminder) -> int:
    return STAGES.index(reminder.stage)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a reminder goes to: key (as of a respondent), name and mail address, as far as they are known."""

    key: str
    name: str
    email: str = ""


NOBODY = Addressee("", "")


def addressee(roster: Roster, who: Respondent, stage: Stage) -> Addressee:
    """Return whom a reminder goes to: the person, the one who answers for the unit, or finally the superior.

    The reviewer of a file is somebody on the roster only if nobody else there has the name.
    """
    if stage == "escalation":
        return superior(roster, who)
    if who.answers == "person":
        person = roster.person_of.get(who.number)
        return Addressee(who.key, who.name, person.email if person else "")
    if who.answers == "file":
        reviewer = roster.called(who.reviewer)
        key = f"person:{reviewer.id}" if reviewer else f"reviewer:{who.reviewer}"
        return Addressee(key, who.reviewer, reviewer.email if reviewer else "")
    unit = roster.unit_of.get(who.number)
    head = roster.person_of.get(unit.head) if unit else None
    email = (unit.email if unit else "") or (head.email if head else "")
    return Addressee(who.key, head.name if head else who.name, email)


def superior(roster: Roster, who: Respondent) -> Addressee:
    """Return whom somebody answers to, ``NOBODY`` if the roster does not say.

    For a person it is the head of the unit, for a unit that of the unit above; where that is nobody, or the same,
    the next one above, and last the head of the management. Reviewers of files answer to the unit that collects these.
    """
    if who.answers != "unit":
        person = roster.called(who.reviewer) if who.reviewer else roster.person_of.get(who.number)
        within = person.unit if person and not who.reviewer else who.unit
        start, himself = roster.unit_of.get(within), person.id if person else ""
        above = list(_upwards(roster, start))
    else:
        start = roster.unit_of.get(who.number)
        himself = start.head if start else ""
        above = list(_upwards(roster, start))[1:]
    above += [unit for unit in roster.units if roster.like(unit) == "management" and unit is not start]
    for unit in above:
        head = roster.person_of.get(unit.head)
        if head and head.id != himself:
            return Addressee(f"person:{head.id}", head.name, head.email)
    return NOBODY


def _upwards(roster: Roster, unit: Unit | None) -> Iterator[Unit]:
    while unit:
        yield unit
        unit = roster.unit_of.get(unit.parent)


def by_respondent(reminders: Iterable[Reminder]) -> dict[str, list[Reminder]]:
    """Return the reminders of everybody, by key, in the order given."""
    found: dict[str, list[Reminder]] = {}
    for reminder in reminders:
        found.setdefault(reminder.respondent, []).append(reminder)
    return found
