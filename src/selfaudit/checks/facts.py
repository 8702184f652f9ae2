"""Makes a signal of a row that a check points at: what is shown of it, in words, and what it is known by."""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from selfaudit.base.canonical import canonical_json
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import Signal
from selfaudit.model.data.persons import masked, masked_within, person_hash
from selfaudit.model.data.register import Column

NOTHING = "—"
"""What is shown where a register has no value."""
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BETWEEN = "/"
"""Between the parts of a key."""


@dataclass(frozen=True, slots=True)
class Words:
    """How values are shown: what joins several, yes and no, and the secret for numbers of persons."""

    comma: str
    yes: str
    no: str
    secret: str


class Facts:
    """Makes the signals of one check; ``values`` are those of its parameters."""

    def __init__(self, kit: DataKit, check: DataCheck, values: Mapping[str, float], words: Words) -> None:
        """Find out what the columns of the result are."""
        self._kit, self._check, self._words = kit, check, words
        self._values = {name: _number(value) for name, value in values.items()}
        self._columns: dict[str, Column] = {}
        for register, names in (*check.needs.items(), *check.uses.items()):
            for name in names:
                self._columns.setdefault(name, kit.registers[register].column[name])
        self._people = {name for name, column in self._columns.items() if column.type == "person"}
        self._people |= {check.subject.number} if check.subject.number else set()

    def signals(self, rows: Iterable[Mapping[str, Any]]) -> list[Signal]:
        """Return the signals of some rows; of those with the same key the later ones get a number."""
        found: dict[str, Signal] = {}
        for row in rows:
            one = self._signal(row)
            key, n = one.key, 1
            while key in found:
                n += 1
                key = f"{one.key} #{n}"
            found[key] = one if n == 1 else one.model_copy(update={"key": key})
        return list(found.values())

    def _signal(self, row: Mapping[str, Any]) -> Signal:
        check, subject = self._check, self._check.subject
        facts = {title: self._shown(name, row.get(name)) for name, title in check.shown.items()}
        told = [{name: self._plain(row.get(name)) for name in check.shown}, self._values, str(row.get("rule") or "")]
        digest = hmac.new(self._words.secret.encode(), canonical_json(told), "sha256").hexdigest()
        return Signal(
            check=check.id,
            key=self.key_of(row),
            severity=str(row.get("severity") or check.severity),
            facts=facts,
            derivation=tuple(self._line(line, row) for line in check.derivation),
            digest=digest,
            unit=self._text_at(subject.unit, row),
            person=self._text_at(subject.person, row),
            number=person_hash(self._words.secret, self._text_at(subject.number, row)),
        )

    def key_of(self, row: Mapping[str, Any]) -> str:
        """Return what a row is known by; the number of a person is a hash in it."""
        parts = []
        for name in self._check.key:
            text = self._plain(row.get(name))
            if name in self._people or masked_within(text) != text:
                text = person_hash(self._words.secret, text)[:8]
            # a part that contains what stands between parts must not look like two
            parts.append(text.replace(_BETWEEN, "／"))
        return _BETWEEN.join(parts)

    def _line(self, line: str, row: Mapping[str, Any]) -> str:
        return _SLOT.sub(lambda slot: self._values.get(slot[1]) or self._shown(slot[1], row.get(slot[1])), line)

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
        return codes[text].title if text in codes else masked_within(text)

    def _plain(self, value: Any) -> str:
        """Return a value as the one text for it."""
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
        return self._plain(row.get(name)) if name else ""


def split_key(check: DataCheck, key: str) -> dict[str, str]:
    """Return the parts of a key by their columns."""
    return dict(zip(check.key, key.partition(" #")[0].split(_BETWEEN), strict=False))


def _number(value: float) -> str:
    """Return a number as people write it: without zeros at its end, with four decimals at most."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
