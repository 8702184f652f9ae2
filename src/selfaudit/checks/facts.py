"""Makes a signal of a row that a check points at: what is shown of it, in words, and what it is known by."""

import hmac
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from selfaudit.base.canonical import canonical_json
from selfaudit.base.text import masked
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.keys import AGAIN, BETWEEN, part_of_key
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import Signal
from selfaudit.model.data.persons import person_hash, without_numbers
from selfaudit.model.data.register import Column

NOTHING = "—"
"""What is shown where a register has no value."""
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_SIGNS_OF_HASH = 16
"""64 bits: no two persons of a register have the same."""
_KNOWN = 4096
"""Texts of values that are kept, as the same branches, days and people come again from row to row."""


@dataclass(frozen=True, slots=True)
class Words:
    """How values are shown: what joins several, yes and no, and the secret for numbers of persons."""

    comma: str
    yes: str
    no: str
    secret: str


class _Texts(NamedTuple):
    """A value as the one text for it, and as it is shown."""

    plain: str
    shown: str


class Facts:
    """Makes the signals of one check; ``values`` are those of its parameters."""

    def __init__(
        self,
        kit: DataKit,
        check: DataCheck,
        values: Mapping[str, float],
        words: Words,
        numbers: frozenset[str] = frozenset(),
    ) -> None:
        """Find out what the columns of the result are; ``numbers`` of persons are shown in none of them."""
        self._kit, self._check, self._words, self._numbers = kit, check, words, numbers
        self._values = {name: _number(value) for name, value in values.items()}
        self._columns: dict[str, Column] = {}
        for register, names in (*check.needs.items(), *check.uses.items()):
            for name in names:
                self._columns.setdefault(name, kit.registers[register].column[name])
        self._people = {name for name, column in self._columns.items() if column.type == "person"}
        self._people |= {check.subject.number} if check.subject.number else set()
        # texts and names of columns in turn; what a parameter is, the SQL returns where a line shall say it
        self._lines = [_SLOT.split(line) for line in check.derivation]
        # values that are equal may be of different types and read differently, such as 1 and true
        self._texts = lru_cache(_KNOWN, typed=True)(self._made)
        self._hashed = lru_cache(_KNOWN)(lambda number: person_hash(words.secret, number))

    def signals(self, rows: Iterable[Mapping[str, Any]], taken: Counter[str] | None = None) -> list[Signal]:
        """Return the signals of some rows; of those with the same key the later ones get a number.

        ``taken`` counts the keys of rows before these.
        """
        taken = Counter() if taken is None else taken
        found = []
        for row in rows:
            one = self._signal(row)
            taken[one.key] += 1
            n = taken[one.key]
            found.append(one if n == 1 else one.model_copy(update={"key": f"{one.key}{AGAIN}{n}"}))
        return found

    def _signal(self, row: Mapping[str, Any]) -> Signal:
        check, subject = self._check, self._check.subject
        texts = {name: self._texts_of(name, row) for name in check.shown}
        told = [{name: text.plain for name, text in texts.items()}, self._values, str(row.get("rule") or "")]
        return Signal(
            check=check.id,
            key=self.key_of(row),
            severity=self._hidden(str(row.get("severity") or check.severity)),
            facts={title: texts[name].shown for name, title in check.shown.items()},
            derivation=tuple(self._line(parts, row) for parts in self._lines),
            digest=hmac.digest(self._words.secret.encode(), canonical_json(told), "sha256").hex(),
            unit=self._hidden(self._text_at(subject.unit, row)),
            person=self._hidden(self._text_at(subject.person, row)),
            number=self._hashed(self._text_at(subject.number, row)),
        )

    def key_of(self, row: Mapping[str, Any]) -> str:
        """Return what a row is known by; the number of a person is a hash in it."""
        parts = []
        for name in self._check.key:
            text = self._texts_of(name, row).plain
            if name in self._people or self._hidden(text) != text:
                text = self._hashed(text)[:_SIGNS_OF_HASH]
            parts.append(part_of_key(text))
        return BETWEEN.join(parts)

    def _hidden(self, text: str) -> str:
        return without_numbers(text, self._numbers)

    def _line(self, parts: Sequence[str], row: Mapping[str, Any]) -> str:
        return "".join(self._texts_of(part, row).shown if n % 2 else part for n, part in enumerate(parts))

    def _texts_of(self, name: str, row: Mapping[str, Any]) -> _Texts:
        value = row.get(name)
        return self._texts(name, tuple(value) if isinstance(value, list) else value)

    def _made(self, name: str, value: Any) -> _Texts:
        return _Texts(self._plain(value), self._shown(name, value))

    def _shown(self, name: str, value: Any) -> str:
        if value is None:
            return NOTHING
        if isinstance(value, list | tuple):
            return self._words.comma.join(self._shown(name, one) for one in value) or NOTHING
        if isinstance(value, bool):
            return self._words.yes if value else self._words.no
        text = self._plain(value)
        if name in self._people:
            return masked(text)
        column = self._columns.get(name)
        codes = self._kit.codes.get(column.codes or "", {}) if column else {}
        if column and column.type == "percent" and isinstance(value, int | float | Decimal):
            return f"{_number(float(value) * 100)} %"
        return codes[text].title if text in codes else self._hidden(text)

    def _plain(self, value: Any) -> str:
        """Return a value as the one text for it."""
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, datetime):
            return str(value.date()) if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return ";".join(map(self._plain, value))
        if isinstance(value, float | Decimal):
            return _number(float(value))
        return str(value)

    def _text_at(self, name: str | None, row: Mapping[str, Any]) -> str:
        return self._texts_of(name, row).plain if name else ""


def _number(value: float) -> str:
    """Return a number as people write it: without zeros at its end, with four decimals at most."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
