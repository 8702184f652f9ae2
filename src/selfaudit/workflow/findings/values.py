"""What people write into the register: the fields by any of their names, and what each of them holds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import LANGUAGES, N_, titled, translator
from selfaudit.base.problems import Problem, Term, Where, error
from selfaudit.base.text import CONTROL, clean, loose, shortened
from selfaudit.model.base import LONGEST_TEXT
from selfaudit.model.finding import FindingField
from selfaudit.model.kit.plan import Plan
from selfaudit.model.rectification.fields import register_fields

NO_FIELD = error(
    "findings.no-field",
    N_("“{text}” is no field of the register"),
    N_("Write FIELD=TEXT, such as cause=…; fields: {known}."),
)
BAD_DAY = error(
    "findings.bad-day", N_("{field}: “{value}” is no day"), N_("Write it as YYYY-MM-DD, such as 2027-03-01.")
)
FUTURE_DAY = error(
    "findings.future-day", N_("{field}: {value} is yet to come"), N_("Enter it once it is done, on that day or later.")
)
BAD_SEVERITY = error("findings.bad-severity", N_("{field}: “{value}” is no severity"), N_("Known: {known}."))
BAD_CLASS = error(
    "findings.bad-class",
    N_("{field}: “{value}” begins with no class of handling"),
    N_("Write one line for each: CLASS: TEXT. Known: {known}."),
)
TOO_LONG = error(
    "findings.too-long", N_("{field}: the text has {length} characters, the limit is {limit}"), N_("Shorten it.")
)
UNREADABLE = error(
    "findings.unreadable", N_("{field}: the text contains a control character that nobody sees"), N_("Type it again.")
)

_QUOTED = 60


class Values:
    """Reads what is written for the fields of one campaign's register."""

    def __init__(self, plan: Plan, today: date) -> None:
        """Take the plan and the day after which nothing can have been done."""
        self.fields = register_fields(plan)
        self.by_key = {field.key: field for field in self.fields}
        self.severities = {level.id: level.title for level in plan.severities}
        self.classes = {kind.id: kind.title for kind in plan.dispositions}
        self._today = today
        self._named = {name: field for field in reversed(self.fields) for name in names_of(field)}

    def named(self, text: str) -> FindingField | None:
        """Return the field that a text names by key, title or another word, in either language."""
        return self._named.get(loose(text))

    def no_field(self, text: str) -> Problem:
        """Return that nothing is called so."""
        known = [titled(field.title, key) for key, field in self.by_key.items()]
        return NO_FIELD(text=shortened(text, _QUOTED), known=known)

    def read(self, field: FindingField, text: str) -> Any:
        """Return what a text says in a field: a text, a day, a severity or the texts by class; else a problem."""
        written, name = self.text(field.word, text), Term(field.word)
        if isinstance(written, Problem):
            return written
        match field.kind:
            case "date":
                return self._day(field, written)
            case "severity":
                return self._severity(name, written)
            case "disposition":
                return self._disposition(name, written)
        return written

    def text(self, word: str, text: str) -> str | Problem:
        """Return a text as it is kept, for something called ``word``; a problem if it is too long or unreadable."""
        written = clean(text)
        if len(written) > LONGEST_TEXT:
            return TOO_LONG(field=Term(word), length=len(written), limit=LONGEST_TEXT)
        return UNREADABLE(field=Term(word)) if CONTROL.search(written) else written

    def _day(self, field: FindingField, written: str) -> str | Problem:
        day = read_date(written) if written else ""
        if day is None:
            return BAD_DAY(field=Term(field.word), value=shortened(written, _QUOTED))
        if day > self._today.isoformat() and field.key != "due":
            return FUTURE_DAY(field=Term(field.word), value=day)
        return day

    def _severity(self, name: Term, written: str) -> str | Problem:
        known = {loose(word): key for key, title in self.severities.items() for word in (key, title)}
        if written and loose(written) not in known:
            return BAD_SEVERITY(field=name, value=shortened(written, _QUOTED), known=list(self.severities.values()))
        return known.get(loose(written), "")

    def _disposition(self, name: Term, written: str) -> dict[str, str] | Problem:
        """Return the texts by class of lines such as ``certificates: keep``; a line without a class goes on."""
        known = {loose(word): key for key, title in self.classes.items() for word in (key, title)}
        said: dict[str, str] = dict.fromkeys(self.classes, "")
        current = ""
        for line in written.splitlines():
            head, colon, rest = line.replace("：", ":", 1).partition(":")
            current = known.get(loose(head), current) if colon else current
            if not current:
                return BAD_CLASS(field=name, value=shortened(line, _QUOTED), known=list(self.classes.values()))
            text = rest.strip() if colon and known.get(loose(head)) == current else line
            said[current] = f"{said[current]}\n{text}".strip()
        return said

    def shown(self, field: FindingField, value: Any) -> str:
        """Return what a value looks like in a cell or a line, as ``read`` takes it back."""
        if isinstance(value, dict):
            return "\n".join(f"{self.classes.get(key, key)}: {text}" for key, text in value.items() if text)
        return self.severities.get(value, value) if field.kind == "severity" else str(value)

    def written(self, fields: Iterable[str]) -> tuple[dict[str, Any], list[Problem]]:
        """Return the values of texts such as ``cause=…`` or ``disposition.people=…``, and what is wrong with them."""
        made: dict[str, Any] = {}
        problems: list[Problem] = []
        for one in fields:
            key, _, text = one.partition("=")
            name, dot, below = key.strip().partition(".")
            field = self.named(name)
            if field is None or (dot and below not in self.classes):
                problems.append(self.no_field(key.strip()))
                continue
            value = self.text(field.word, text) if dot else self.read(field, text)
            if dot and isinstance(value, str):
                value = {below: value}
            if isinstance(value, Problem):
                problems.append(value)
            else:
                made[field.key] = {**made.get(field.key, {}), **value} if isinstance(value, dict) else value
        return made, problems


def names_of(field: FindingField) -> set[str]:
    """Return everything that a field may be called, in the form in which names are compared."""
    words = {field.word, field.title, field.asked}
    said = {translator(language)(word) for word in words for language in LANGUAGES}
    return {loose(name) for name in (field.key, *said, *field.aliases.split())}


def at(problem: Problem, where: Where) -> Problem:
    """Return a problem with its place."""
    return replace(problem, where=where)
