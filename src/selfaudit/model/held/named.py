"""Numbers that answers and findings name, held against the register that should have them; only what is certain.

“Conform” with a note that says of a number that it holds is held against a status in which it does not. A finding
about a number that the register has not is held against the register. Whatever a note says otherwise is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from selfaudit.base.canonical import canonical_json
from selfaudit.base.text import loose
from selfaudit.model.data.named import Looked
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing
from selfaudit.model.rectification.recurrence import certificates_in, numbers_in, texts_of

_SENTENCE = re.compile(r"[。；;！!？?\n]")
_COMMA = re.compile(r"[，,]")
_ALL = re.compile(r"\s*([均都皆俱]|全部|全都|(both|all)\b)", re.IGNORECASE)
"""What speaks of everything that was named before it in the sentence."""
_DOUBT = re.compile(r"[不无非未失否]|n['’]?t\b|\bno\b|\bnot\b|\binvalid")


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody names a number at a place: in a note that it ``holds``, or in a finding; ``at`` is in UTC."""

    item: str
    part: str
    number: str
    who: Respondent
    text: str
    at: str
    holds: bool = False


@dataclass(frozen=True, slots=True)
class NamedAgainst:
    """Numbers at a place of which a register says otherwise; ``status`` is its title there, empty if it has no row."""

    item: str
    part: str
    register: str
    title: str
    version: int
    number: str
    status: str
    said: tuple[Naming, ...]

    @property
    def key(self) -> str:
        """What it is called in commands: ``2.8.a/certificates/CN-0012``."""
        return f"{'.'.join(filter(None, (self.item, self.part)))}/{self.register}/{self.number}"

    @property
    def place(self) -> str:
        """Item and part as printed."""
        return f"{self.item} {self.part}".strip()

    @property
    def name(self) -> str:
        """What it is about."""
        return self.number

    @property
    def source(self) -> str:
        """What says otherwise."""
        return self.title

    @property
    def weight(self) -> float:
        """One row that says the contrary weighs as much as if every row of a check did."""
        return 1.0

    @property
    def digest(self) -> str:
        """A hash of what both sides say; a decision about it holds as long as this does."""
        said = sorted([one.who.key, one.text] for one in self.said)
        return sha256(canonical_json([said, self.number, self.status])).hexdigest()


class NamedNumbers:
    """Takes what respondents name, and holds it against what was looked up, by register."""

    def __init__(self, kit: Kit, looked: Mapping[str, Looked]) -> None:
        """Take the kit and the registers whose rows answers name, with what was looked up so far."""
        self._kit, self._looked = kit, looked
        self._said: dict[str, list[Naming]] = {register: [] for register in looked}

    @cached_property
    def _texts(self) -> str:
        return texts_of(self._kit)

    def add(self, standing: Standing) -> None:
        """Take what one respondent says."""
        for register, looked in self._looked.items():
            self._said[register] += self._named(standing, looked)

    def numbers(self, register: str) -> list[str]:
        """Return every number that is to be looked up."""
        return sorted({loose(one.number) for one in self._said[register]})

    @property
    def unlooked(self) -> int:
        """How many numbers were named since they were looked up last."""
        return sum(len(set(self.numbers(register)) - looked.found.keys()) for register, looked in self._looked.items())

    def found(self) -> Iterator[NamedAgainst]:
        """Yield what cannot both be right."""
        for register, looked in self._looked.items():
            together: dict[tuple[str, str, str, str], list[Naming]] = {}
            for one in self._said[register]:
                status = _otherwise(one, looked)
                if status is not None:
                    together.setdefault((one.item, one.part, one.number, status), []).append(one)
            for (item, part, number, status), said in together.items():
                yield NamedAgainst(item, part, register, looked.title, looked.version, number, status, tuple(said))

    def _named(self, standing: Standing, looked: Looked) -> Iterator[Naming]:
        content, who = standing.content or {}, standing.respondent
        for item, part, note in _notes(content):
            for clause in _clauses(note):
                if _holds(clause, looked):
                    for number in numbers_in(clause, self._texts):
                        yield Naming(item, part, number, who, note, standing.received_at, holds=True)
        for finding in content.get("findings", ()):
            for number in certificates_in(finding, self._kit, self._texts):
                place = (str(finding.get("item") or ""), str(finding.get("part") or ""))
                yield Naming(*place, number, who, str(finding.get("fact") or ""), standing.received_at)


def _notes(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield item, part and note of every “conform” that has one."""
    for item in content.get("items", ()):
        for part in item.get("parts") or (item,):
            if part.get("answer") == Answer.CONFORM and part.get("note"):
                yield item["id"], part["id"] if part is not item else "", part["note"]


def _clauses(note: str) -> Iterator[str]:
    """Yield the clauses of a note; one about “all of them” is one with what stands before it in the sentence."""
    for sentence in _SENTENCE.split(note):
        said: list[str] = []
        for clause in _COMMA.split(sentence):
            said = [*said, clause] if not _ALL.match(clause) else ["，".join([*said, clause])]
        yield from said


def _holds(clause: str, looked: Looked) -> bool:
    """Return whether a clause says that something holds, and nothing that may turn it round."""
    plain = loose(clause)
    said = any(word in plain for word in looked.holds)
    return said and not any(word in plain for word in looked.others) and not _DOUBT.search(clause.casefold())


def _otherwise(one: Naming, looked: Looked) -> str | None:
    """Return the status that the register has instead, empty if it has no such row; None if nothing is certain."""
    number = loose(one.number)
    if number not in looked.found:
        return None
    status = looked.found[number]
    if status is None:
        # a word of a note may be the number of something else
        return None if one.holds else ""
    return looked.ended.get(status) if one.holds else None
