"""What a kit says of handling: what can happen to certificates and the like, and the notices that say so."""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from selfaudit.model.base import Id, Model, Text
from selfaudit.model.kit.outline import Titled

_MONTHS_A_YEAR = 12
_SLOT = re.compile(r"\{([^{}]*)\}")


class FollowUp(Model):
    """Within which time after it takes effect an action is followed up, and by which other actions it is ended."""

    days: int = Field(0, ge=0)
    months: int = Field(0, ge=0)
    ends: tuple[Id, ...] = ()

    def last_day(self, begin: date) -> date:
        """Return the last day of the term that begins on a day; a month ends with its last day at the latest."""
        year, month = divmod(begin.year * _MONTHS_A_YEAR + begin.month - 1 + self.months, _MONTHS_A_YEAR)
        day = min(begin.day, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, day) + timedelta(self.days)


class Action(Model):
    """Something that can be done with what a class of handling is about; one without an id is a text to choose.

    ``notice`` is the kind of notice that says so. ``excludes`` names actions that cannot stand beside it for the same
    certificate, person or file. It is reported to a platform within ``reported`` days, 0 for no report. ``reasons``
    are those to choose from, ``basis`` the ids of citations. A ``task`` is over once it is carried out.
    """

    id: Id | Literal[""] = ""
    title: Text
    notice: Id | Literal[""] = ""
    follow_up: FollowUp | None = None
    excludes: tuple[Id, ...] = ()
    reported: int = Field(0, ge=0)
    reasons: tuple[Titled, ...] = ()
    basis: tuple[str, ...] = ()
    task: bool = False

    @property
    def key(self) -> str:
        """What the ledger calls it."""
        return self.id or self.title


def _entry(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


class DispositionClass(Titled):
    """A class of handling; ``actions`` are the usual ones, free text is allowed.

    ``target`` is what it is about (a certificate), ``party`` whose that is and who gets the notice, both as columns are
    headed; ``named_in`` is the field of a finding that names the targets. What is ``remembered`` has numbers by which a
    finding is known again in the next campaign; never set it where people are the targets.
    """

    actions: tuple[Annotated[Action, BeforeValidator(_entry, json_schema_input_type=Action | Text)], ...] = ()
    target: str = ""
    party: str = ""
    named_in: str = ""
    remembered: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """What it calls fields of its own, by key."""
        return {"target": self.target, "party": self.party}

    def action(self, key: str) -> Action:
        """Return the action of an id or title; a free text is an action of that title."""
        return next((one for one in self.actions if key and key in (one.id, one.title)), None) or Action(
            title=key or "—"
        )


class NoticeKind(Titled):
    """A kind of notice: what it is called, how it is numbered, to whom it goes and what it says.

    There is one for each disposition, for each ``party``, or one for ``all`` together. ``number`` counts ``{n}`` among
    those that are alike but for it. In ``text``, a paragraph of which a slot has nothing to print is left out.
    ``listed`` adds a table of the dispositions, ``receipt`` a slip to sign. ``masked`` prints only the first character
    of a name.
    """

    number: Text
    heading: str = ""
    one_for: Literal["disposition", "party", "all"] = "disposition"
    to: str = "{party}"
    text: tuple[Text, ...] = Field(min_length=1)
    listed: bool = False
    attachments: tuple[Text, ...] = ()
    issuer: str = "{body}"
    copies: str = ""
    red_head: bool = False
    receipt: bool = False
    masked: bool = False

    @property
    def sentences(self) -> dict[str, tuple[str, ...]]:
        """Everything in which slots are filled but the number, by key."""
        single = {key: (getattr(self, key),) for key in ("heading", "to", "issuer", "copies")}
        return {**single, "text": self.text, "attachments": self.attachments}


SLOTS = (
    "body", "number", "date", "party", "target", "action", "reason", "effective", "follow_up", "basis", "findings",
    "facts", "note", "approved_by", "campaign", "cut_off",
)  # fmt: skip
"""What a sentence of a notice can name, beside the fields of the profile."""
NUMBER_SLOTS = ("n", "year")
"""What a number of a notice can name, beside the fields of the profile."""


def slots_in(text: str) -> list[str]:
    """Return the names in braces in a text."""
    return _SLOT.findall(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its slots filled in; empty if one of them has nothing to print."""
    if not all(values.get(name) for name in slots_in(text)):
        return ""
    return _SLOT.sub(lambda found: values[found[1]], text)


def slots_of(notices: Iterable[NoticeKind]) -> Iterator[str]:
    """Yield every name in braces in kinds of notices."""
    for kind in notices:
        for text in (kind.number, *chain.from_iterable(kind.sentences.values())):
            yield from slots_in(text)
