"""Which files the reminders of a day make, and what is in each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from selfaudit.base.text import file_name
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.reminder import STAGES, WORDS, Stage
from selfaudit.model.roster import Roster
from selfaudit.workflow.remind.mail import draft
from selfaudit.workflow.remind.texts import DueReminder, Letters, letters

MAIL = "mail"


@dataclass(frozen=True, slots=True)
class DayFile:
    """A file: what makes its content when it is needed, and the reminders in it."""

    make: Callable[[], bytes]
    calls: Sequence[DueReminder]


class DayFiles:
    """Names the files of one day and says what they contain."""

    def __init__(self, kit: Kit, roster: Roster, today: date) -> None:
        """Take the campaign and the day."""
        self._roster = roster
        titles = {item.id: item.title for item in kit.items.values()}
        self._letters = Letters(kit.plan, roster.body.name, today, titles)

    def files(self, calls: Sequence[DueReminder]) -> dict[str, DayFile]:
        """Return a text for each unit and stage and a mail for each respondent; escalations go to each superior.

        Reviewers get one mail about all their files.
        """
        made: dict[str, DayFile] = {}
        for stage in STAGES[:-1]:
            for (unit, name), concerned in _grouped(calls, stage, _unit).items():
                text = partial(self._unit_text, stage, unit, name, concerned)
                made[self._name(name, unit, stage, ".txt")] = DayFile(text, concerned)
            for (key, name), own in letters(call for call in calls if call.stage == stage).items():
                number = key.partition(":")[2] if own[0].standing.respondent.reviewer else own[0].code
                mail = f"{MAIL}/{self._name(name, number if number != name else '', stage, '.eml')}"
                made[mail] = DayFile(partial(self._mail, own), own)
        for (key, name), concerned in _grouped(calls, "escalation", _superior).items():
            number = key.partition(":")[2]
            text = partial(self._escalation, name, concerned)
            made[self._name(name, number, "escalation", ".txt")] = DayFile(text, concerned)
            if key:
                mail = f"{MAIL}/{self._name(name, number, 'escalation', '.eml')}"
                made[mail] = DayFile(partial(self._escalation_mail, name, concerned), concerned)
        return made

    def _name(self, name: str, number: str, stage: Stage, suffix: str) -> str:
        parts = (name, number, self._letters.say(WORDS[stage]))
        return "_".join(file_name(part) for part in parts if part) + suffix

    def _unit_text(self, stage: Stage, unit: str, name: str, calls: Sequence[DueReminder]) -> bytes:
        here = self._roster.unit_of.get(unit)
        head = self._roster.person_of.get(here.head) if here else None
        return self._letters.with_personal(stage, f"{name} {head.name}" if head else name, calls).encode()

    def _mail(self, calls: Sequence[DueReminder]) -> bytes:
        enclosed = [path for call in calls for path in call.enclosed]
        return draft(calls[0].to, self._letters.subject(calls[0].stage), self._letters.personal(calls), enclosed)

    def _escalation(self, name: str, calls: Sequence[DueReminder]) -> bytes:
        return self._letters.about("escalation", name, calls).encode()

    def _escalation_mail(self, name: str, calls: Sequence[DueReminder]) -> bytes:
        text = self._letters.about("escalation", name, calls)
        return draft(calls[0].to, self._letters.subject("escalation"), text)


def _unit(call: DueReminder) -> tuple[str, str]:
    return call.standing.respondent.unit, call.standing.respondent.unit_name


def _superior(call: DueReminder) -> tuple[str, str]:
    return call.to.key, call.to.name


def _grouped(
    calls: Sequence[DueReminder], stage: Stage, key: Callable[[DueReminder], tuple[str, str]]
) -> dict[tuple[str, str], list[DueReminder]]:
    found: dict[tuple[str, str], list[DueReminder]] = {}
    for call in calls:
        if call.stage == stage:
            found.setdefault(key(call), []).append(call)
    return found
