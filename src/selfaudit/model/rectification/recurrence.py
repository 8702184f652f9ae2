"""Findings that an earlier campaign had closed and that came back: what is remembered of those, and which came back.

Only items that are the same in both campaigns are compared: by their titles, or by their ids where no title is the
same. No name of a person is remembered, nor what was found: a campaign may outlast both.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from selfaudit.base.names import name_key
from selfaudit.base.text import loose
from selfaudit.model.base import Day, Model
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Kit

_NUMBER = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._-]*[0-9A-Za-z])?")
_SHORTEST = 6
"""Characters of the shortest number that is remembered; shorter words say that there is none."""
_OTHER = re.compile(
    # a day; a telephone or identity card number, which is nobody's business here; the number of a standard
    r"(19|20)\d\d([-._]?\d{1,2}){1,2}"
    r"|(86)?1[3-9]\d{9}|0\d{9,11}|\d{15}|\d{17}[\dX]"
    r"|\d{4,5}([-._]\d{1,2})?[-._](19|20)\d\d"
    r"|(ISO|IEC|GB|EN|T)[A-Z]*[-._]?\d{3,5}([-._]\d{1,4})*",
    re.IGNORECASE,
)


class Closed(Model):
    """A finding that was closed: its short id, its item with the title, whom it concerned, and the certificates."""

    id: str
    item: str = ""
    title: str = ""
    key: str = ""
    unit: str = ""
    unit_name: str = ""
    certificates: tuple[str, ...] = ()
    closed: Day | None = None


class Previous(Model):
    """``previous.yaml``: the closed findings of the campaign before."""

    format: Literal["selfaudit/previous/1"]
    campaign: str
    title: str = ""
    findings: tuple[Closed, ...] = ()


def certificates_in(data: Mapping[str, Any], kit: Kit, texts: str) -> tuple[str, ...]:
    """Return the numbers of certificates that a finding names, in the fields of what the kit says is remembered.

    What the kit itself mentions (``texts`` of it), such as a standard, is no number of a certificate.
    """
    fields = dict.fromkeys(kind.named_in for kind in kit.plan.dispositions if kind.named_in and kind.remembered)
    return tuple(dict.fromkeys(word for field in fields for word in numbers_in(str(data.get(field) or ""), texts)))


def numbers_in(text: str, texts: str) -> tuple[str, ...]:
    """Return the numbers that a text names, without what the kit itself mentions (``texts`` of it)."""
    words = dict.fromkeys(_NUMBER.findall(text))
    return tuple(word for word in words if _is_number(word) and loose(word) not in texts)


def _is_number(word: str) -> bool:
    if len(word) < _SHORTEST or not any(map(str.isdigit, word)):
        return False
    return not (_OTHER.fullmatch(word) or _OTHER.fullmatch(re.sub("[-._]", "", word)))


def texts_of(kit: Kit) -> str:
    """Return everything that the plan and the items of a kit say, to be searched for a word in its ``loose`` form."""
    said = (*(item.model_dump_json() for item in kit.items.values()), kit.plan.model_dump_json())
    return loose(" ".join(said))


@dataclass(frozen=True)
class Recurrence:
    """Compares findings with those that were closed before, in one kit."""

    previous: Previous
    kit: Kit

    @cached_property
    def _texts(self) -> str:
        return texts_of(self.kit)

    @cached_property
    def _items(self) -> dict[tuple[str, str], str]:
        """The item of the kit that an earlier item is, by its id and title."""
        titles = {loose(item.title): item.id for item in self.kit.items.values()}
        pairs = {(one.item, one.title) for one in self.previous.findings}
        return {
            (item, title): found
            for item, title in pairs
            if (found := titles.get(loose(title)) or (item if item in self.kit.items else ""))
        }

    @cached_property
    def _by_item(self) -> dict[str, list[Closed]]:
        found: dict[str, list[Closed]] = {}
        for one in self.previous.findings:
            if item := self._items.get((one.item, one.title)):
                found.setdefault(item, []).append(one)
        return found

    @cached_property
    def _by_certificate(self) -> dict[str, list[Closed]]:
        found: dict[str, list[Closed]] = {}
        for one in self.previous.findings:
            for certificate in one.certificates:
                found.setdefault(loose(certificate), []).append(one)
        return found

    def incomparable(self) -> list[Closed]:
        """Return the closed findings whose item this kit does not have."""
        return [one for one in self.previous.findings if (one.item, one.title) not in self._items]

    def of(self, item: str, data: Mapping[str, Any], who: Respondent) -> tuple[Closed, ...]:
        """Return what a finding is again: closed on the same item of the same unit or person, or of a certificate."""
        return tuple(dict.fromkeys(self._of(item, data, who)))

    def _of(self, item: str, data: Mapping[str, Any], who: Respondent) -> Iterable[Closed]:
        yield from (one for one in self._by_item.get(item, ()) if _same(one, who))
        for certificate in certificates_in(data, self.kit, self._texts):
            yield from self._by_certificate.get(loose(certificate), ())


def _same(one: Closed, who: Respondent) -> bool:
    # ids are given anew, and one name may be that of several: only both together are the same
    return one.unit == who.unit and name_key(one.unit_name) == name_key(who.unit_name)
