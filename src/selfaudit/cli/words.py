"""Words for what a response contains: fields, answers and classes as people call them, never the keys of the data."""

from collections.abc import Iterator, Mapping
from typing import Any

from selfaudit.base.i18n import _, console_language
from selfaudit.cli.show import width
from selfaudit.model.form.answers import WORDS
from selfaudit.model.form.response import FIELD_WORDS
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.standing import DEFAULT_SEVERITY, FindingRecord
from selfaudit.model.rectification.fields import REGISTER_FIELDS
from selfaudit.model.rectification.rectification import Rectification

_WORDS = frozenset(FIELD_WORDS.values())

LONGEST = 48
"""Columns of a text that is quoted in a line."""


class Words:
    """What the console calls things, with the titles that the plan of the campaign gives them."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self._own = {field.key: field.word for field in plan.fields if field.word not in _WORDS}
        self._severities = {level.id: level.title for level in plan.severities}
        self._titles = {
            "coverage": {field.id: field.title for field in plan.coverage},
            "suggestions": {field.id: field.title for field in plan.suggestions},
            "disposition": {kind.id: kind.title for kind in plan.dispositions},
        }
        self._answers = {str(answer): word for answer, word in WORDS[console_language()].items()}

    def severity(self, key: str) -> str:
        """Return the title of a severity."""
        return self._severities.get(key, key)

    def severity_of(self, finding: FindingRecord) -> str:
        """Return the title of the severity of a finding, marked if nobody gave it."""
        title = self.severity(finding.severity)
        return _(DEFAULT_SEVERITY).format(severity=title) if finding.by_default else title

    def field(self, key: str) -> str:
        """Return the word for a field of a response."""
        if key == "declaration":
            return _("declaration accepted")
        return self._own.get(key) or (_(FIELD_WORDS[key]) if key in FIELD_WORDS else key)

    def place(self, steps: tuple[str, ...]) -> str:
        """Return what a place of a response is called; see ``Difference`` for the steps."""
        head, *rest = steps
        if "evidence" in rest:
            at = steps.index("evidence")
            place = self.finding(steps[1:at]) if head == "findings" else " ".join(steps[:at])
            return _("{place}, evidence {file}").format(place=place, file=steps[-1])
        if head == "findings":
            place, field = self._inside_finding(rest)
            return _("{finding}, {field}").format(finding=place, field=field) if field else place
        if head in self._titles and rest:
            return self._titles[head].get(rest[0], rest[0])
        if head in FIELD_WORDS or head == "declaration":
            return self.field(head)
        if rest and rest[-1] == "note":
            return _("{place}, note").format(place=" ".join(steps[:-1]))
        return " ".join(steps)

    def _inside_finding(self, steps: list[str]) -> tuple[str, str]:
        """Return the name of a finding and that of a field of it."""
        if len(steps) > 1 and steps[-2] == "disposition":
            field = f"{self.field('disposition')} ({self._titles['disposition'].get(steps[-1], steps[-1])})"
            return self.finding(tuple(steps[:-2])), field
        return self.finding(tuple(steps[:-1])), self.field(steps[-1])

    def finding(self, steps: tuple[str, ...]) -> str:
        """Return what a finding is called: its number in the response and the item and part it belongs to."""
        *place, number = steps or ("",)
        if not place:
            return _("finding {number}").format(number=number)
        return _("finding {number} on {place}").format(number=number, place=" ".join(place))

    def value(self, steps: tuple[str, ...], value: str) -> str:
        """Return what a response says in a place: the word of an answer, a title, or the text itself, shortened."""
        if not value:
            return _("empty")
        if value in ("True", "False"):
            return _("yes") if value == "True" else _("no")
        if steps[-1] == "severity":
            return self.severity(value)
        if steps[0] not in ("findings", "coverage", "suggestions") and value in self._answers:
            return self._answers[value]
        return _("“{text}”").format(text=short(value))

    def register(self, handled: Rectification) -> Iterator[tuple[str, str]]:
        """Yield name and text of every field that only the register has, if it is filled in."""
        for field in REGISTER_FIELDS:
            if value := getattr(handled, field.key):
                yield _(field.word), str(value)

    def fields(self, finding: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield name and text of every field of a finding that is filled in, without its place."""
        for key, value in finding.items():
            if key in ("item", "part", "number", "severity") or not value:
                continue
            if key == "evidence":
                yield self.field(key), _("; ").join(str(file["name"]) for file in value)
            elif isinstance(value, Mapping):
                titles = self._titles["disposition"]
                yield self.field(key), _("; ").join(f"{titles.get(kind, kind)}: {text}" for kind, text in value.items())
            else:
                yield self.field(key), str(value)


def short(text: str, columns: int = LONGEST) -> str:
    """Return the first line of a text, cut where it is too long for a line of the console."""
    first, _rest, more = text.partition("\n")
    if width(first) <= columns and not more:
        return first
    # none of them is narrower than a column
    first = first[:columns]
    while width(first) >= columns:
        first = first[:-1]
    return first + "…"
