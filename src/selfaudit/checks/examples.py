"""Whether a check says of its examples what they say of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from selfaudit.checks.judging import Judged, judge
from selfaudit.checks.schema import About, create, insert_given
from selfaudit.model.data.check import DataCheck, Example
from selfaudit.model.data.kit import DataKit

Sort = Literal["signals", "clean", "not_judged", "known_misses"]
_SORTS: tuple[Sort, ...] = ("signals", "clean", "not_judged", "known_misses")
_TODAY = date(2026, 6, 30)
"""The day on which an example is run that names none."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: which of which sort, from 0, and what the check said: key and verdict of rows."""

    sort: Sort
    number: int
    said: tuple[tuple[tuple[str, ...], bool | None], ...]


class Trying:
    """Tries the examples of checks, in one database whose registers are emptied after each."""

    def __init__(self, kit: DataKit) -> None:
        """Make the tables."""
        self._kit = kit
        self.db = duckdb.connect(":memory:")
        create(self.db, kit, About(_TODAY))

    def failures(self, check: DataCheck, values: Mapping[str, float] | None = None) -> Iterator[Failure]:
        """Yield the examples that do not hold; ``values`` replace defaults of parameters."""
        for sort in _SORTS:
            for number, example in enumerate(getattr(check.examples, sort)):
                judged = self.judged(check, example, values)
                said = tuple((key_of(check, row), row["signal"]) for row in judged.rows)
                if not _holds(sort, example, judged, check):
                    yield Failure(sort, number, said)

    def judged(self, check: DataCheck, example: Example, values: Mapping[str, float] | None = None) -> Judged:
        """Run a check over the rows of an example."""
        facts = [example.today or _TODAY, example.today, example.body.get("name", ""), example.body.get("number", "")]
        self.db.execute("BEGIN")
        try:
            self.db.execute("UPDATE campaign SET today = ?, cut_off = ?, body = ?, number = ?", facts)
            insert_given(self.db, self._kit.registers, example.given)
            return judge(self.db, check, values)
        finally:
            self.db.execute("ROLLBACK")


def key_of(check: DataCheck, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the business key of a row."""
    return tuple("" if row[name] is None else str(row[name]) for name in check.key)


def _holds(sort: Sort, example: Example, judged: Judged, check: DataCheck) -> bool:
    signals, unknown = judged.of(signal=True), judged.of(signal=None)
    if sort == "signals":
        found = {key_of(check, row) for row in signals}
        return bool(signals) and (not example.keys or found == set(example.keys))
    if sort == "not_judged":
        return bool(unknown) and not signals
    return bool(judged.rows) and not signals and not unknown
