"""What reminders say: a text for the person responsible for a unit, or above it, and one for each respondent."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from selfaudit.base.i18n import N_, ngettext
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.reminder import WORDS, Addressee, Reminder, Stage
from selfaudit.model.progress.standing import Standing
from selfaudit.reports.wording import Wording
from selfaudit.workflow.remind.gaps import GapTexts, flat

RULE = "─" * 24

ABOUT: dict[Stage, str] = {
    "first": N_(
        "The self-audit forms of the following respondents have not been returned yet or are incomplete. Please"
        " remind them to complete and return their forms."
    ),
    "second": N_(
        "The self-audit forms of the following respondents are still missing or incomplete. Please make sure that"
        " they are completed now."
    ),
    "last": N_(
        "This is the last reminder: the self-audit forms of the following respondents are still missing or"
        " incomplete. Please have them completed at once. The self-audit report names those who have not answered."
    ),
    "escalation": N_(
        "The self-audit forms of the following respondents are still missing or incomplete. We are bringing this to"
        " your attention because they report to you: please make sure that the forms are completed. The self-audit"
        " report names those who have not answered."
    ),
}
"""What is asked of the person responsible for several respondents."""

REVIEWS = N_(
    "The forms of your following reviews have not been returned yet or are incomplete. Please fill them in and send"
    " them back."
)
"""What is asked of a reviewer of files."""

TONE: dict[Stage, str] = {
    "first": "",
    "second": N_("This is the second reminder."),
    "last": N_("This is the last reminder. The self-audit report names those who have not answered."),
}
"""What is said to a respondent beyond the state of the form."""


COMPLETE = {
    "html": N_(
        "On the web page: open the form again, choose “Load a file” and the file that you sent, complete it, save it"
        " and send the new file."
    ),
    "xlsx": N_("In Excel or WPS: complete the workbook that you sent, save it and send it again."),
    "yaml": N_("Please complete the file that you sent, and send it again."),
}
"""How somebody completes what they sent, by the format of their form."""


def _how_to_go_on(call: "DueReminder") -> Sequence[str]:
    """Return how somebody answers what is missing: in a new form if questions were reworded or added since."""
    return (ASKED_SINCE,) if call.standing.outdated else _how_to_complete(call.issued)


def _how_to_complete(issued: Sequence[str]) -> list[str]:
    """Return how to complete a form of which there are these files; who has page or workbook types in no text."""
    own = [name for name in COMPLETE if any(file.endswith(f".{name}") for file in issued)]
    return [COMPLETE[name] for name in own if name != "yaml"] or [COMPLETE["yaml"]]


ASKED_SINCE = N_(
    "Questions were reworded or added since. Please answer what is marked in the form issued last, {passport}, and send"
    " it back; what you answered before under the same words is carried over."
)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """One reminder to be written: about whom, at which stage, to whom it goes, what went before, the forms to enclose.

    ``name`` distinguishes the respondent from others of that name, ``code`` is their part of the ids of findings.
    ``issued`` are the files of the form that was answered, which say in what formats it can be completed. ``again``
    says that the same reminder was entered earlier on the same day.
    """

    standing: Standing
    stage: Stage
    to: Addressee
    earlier: Sequence[Reminder]
    name: str
    code: str
    again: bool = False
    issued: Sequence[str] = ()
    enclosed: Sequence[Path] = ()

    @property
    def place(self) -> tuple[str, Stage]:
        """Whose reminder it is and at which stage: there is one such on a day."""
        return self.standing.respondent.key, self.stage

    @property
    def recipient(self) -> str:
        """What the recipient is called in a list of names."""
        is_his_own = self.stage != "escalation" and self.standing.respondent.answers == "person"
        return self.name if is_his_own else self.to.name

    @property
    def letter(self) -> tuple[str, str]:
        """Which letter it stands in, by a key and the name of whoever gets it: reviewers get one about all files."""
        who = self.standing.respondent
        # their own form, if it is due as well, is another matter
        return (f"reviews of {self.to.key}", self.to.name) if who.reviewer else (who.key, self.name)

    @property
    def needs_form(self) -> bool:
        """Whether the issued form goes along: nothing came back, or what came back answers an older one."""
        return self.standing.content is None or self.standing.outdated


@dataclass(frozen=True)
class Letters:
    """Writes the texts of one campaign on one day, in the language of the campaign; ``titles`` are those of items."""

    plan: Plan
    body: str
    today: date
    titles: Mapping[str, str]

    @cached_property
    def wording(self) -> Wording:
        """The words of the language."""
        return Wording(self.plan.language)

    @cached_property
    def gaps(self) -> GapTexts:
        """What describes the gaps."""
        return GapTexts(self.wording, self.titles)

    def say(self, text: str) -> str:
        """Translate a text."""
        return self.wording.tr(text)

    def subject(self, stage: Stage) -> str:
        """Return the heading of a reminder."""
        return self.wording.pair(flat(self.plan.title), self.say(WORDS[stage]))

    def about(self, stage: Stage, to: str, calls: Sequence[DueReminder]) -> str:
        """Return the text about several respondents; ``to`` is who gets it."""
        lines = [self.subject(stage), "", *self._salutation(to), self.say(ABOUT[stage])]
        lines += self._list(calls, lambda call: self._called(call, stage))
        if self.plan.return_to:
            lines.append("")
        return _text([*lines, *self._end()])

    def with_personal(self, stage: Stage, to: str, calls: Sequence[DueReminder]) -> str:
        """Return the text about several respondents with, below it, the one for each of them."""
        rest = [self.say(N_("Below is one message per respondent; send each one only to that respondent.")), ""]
        for (_, name), own in letters(calls).items():
            rest += [f"{RULE} {name}", "", self.personal(own)]
        return f"{self.about(stage, to, calls)}\n{RULE}{RULE}\n" + _text(rest)

    def personal(self, calls: Sequence[DueReminder]) -> str:
        """Return the text for a respondent, or for a reviewer about all of their files."""
        return self._reviews(calls) if calls[0].standing.respondent.reviewer else self._personal(calls[0])

    def _reviews(self, calls: Sequence[DueReminder]) -> str:
        lines = [*self._salutation(calls[0].to.name), self.say(REVIEWS)]
        lines += self._list(
            calls, lambda call: self.wording.aside(call.standing.respondent.drawn[1], call.standing.passport)
        )
        half = [call for call in calls if call.standing.content is not None]
        how = (self.say(text).format(passport=call.standing.passport) for call in half for text in _how_to_go_on(call))
        lines += ["", *dict.fromkeys(how)]
        if tone := TONE[calls[0].stage]:
            lines.append(self.say(tone))
        return _text([*lines, *self._end()])

    def _personal(self, call: DueReminder) -> str:
        asked = call.standing
        facts = {"passport": asked.passport, "due": self.wording.date(asked.due), "left": self._left(asked)}
        lines = [*self._salutation(asked.respondent.name)]
        if asked.content is None:
            text = N_("Your self-audit form {passport} is due on {due} ({left}) and has not been returned yet.")
            lines += [self.say(text).format(**facts), self.say(N_("Please fill it in and send it back."))]
        else:
            facts["passport"] = asked.content["passport"]
            text = N_("Your self-audit form {passport}, due on {due} ({left}), was returned incomplete. Still missing:")
            lines += [self.say(text).format(**facts), *(f"- {gap}" for gap in self.gaps.whole(asked.gaps))]
            lines += [self.say(text).format(passport=asked.passport) for text in _how_to_go_on(call)]
        if tone := TONE[call.stage]:
            lines.append(self.say(tone))
        return _text([*lines, *self._end()])

    def _salutation(self, name: str) -> Iterator[str]:
        if name:
            yield self.say(N_("{who}:")).format(who=flat(name))

    def _called(self, call: DueReminder, stage: Stage) -> str:
        who = call.standing.respondent
        return call.name if stage != "escalation" or who.answers == "unit" else f"{flat(who.unit_name)} {call.name}"

    def _list(self, calls: Sequence[DueReminder], called: Callable[[DueReminder], str]) -> Iterator[str]:
        """Yield what has not been returned and what is not complete, each under its own heading."""
        for title, state in ((N_("Not returned ({n}):"), "missing"), (N_("Not complete ({n}):"), "incomplete")):
            concerned = [call for call in calls if call.standing.state == state]
            if concerned:
                yield from ("", self.say(title).format(n=len(concerned)))
            for number, call in enumerate(concerned, 1):
                yield from self._entry(number, called(call), call)

    def _entry(self, number: int, name: str, call: DueReminder) -> Iterator[str]:
        standing, stage = call.standing, call.stage
        text = N_("{who}: due on {due} ({left})")
        due, left = self.wording.date(standing.due), self._left(standing)
        yield f"{number}. " + self.say(text).format(who=name, due=due, left=left)
        for gap in self.gaps.brief(call.standing.gaps, hints=stage != "escalation"):
            yield f"   - {gap}"
        if stage == "escalation" and call.earlier:
            days = self.wording.join(dict.fromkeys(self.wording.date(reminder.day) for reminder in call.earlier))
            yield "   " + self.say(N_("reminded on {days}")).format(days=days)

    def _left(self, asked: Standing) -> str:
        days, language = (asked.due - self.today).days, self.plan.language
        if days < 0 and not asked.overdue(self.today):
            return self.say(N_("was complete in time"))
        if days == 0:
            return self.say(N_("today"))
        if days > 0:
            return ngettext("{n} day left", "{n} days left", days, language).format(n=days)
        return ngettext("{n} day overdue", "{n} days overdue", -days, language).format(n=-days)

    def _end(self) -> Iterator[str]:
        if self.plan.return_to:
            yield self.say(N_("Send it to: {return_to}")).format(return_to=flat(self.plan.return_to))
        yield from ("", flat(self.body), self.wording.date(self.today))


def letters(calls: Iterable[DueReminder]) -> dict[tuple[str, str], list[DueReminder]]:
    """Return the reminders by the letter that they stand in."""
    found: dict[tuple[str, str], list[DueReminder]] = {}
    for call in calls:
        found.setdefault(call.letter, []).append(call)
    return found


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
