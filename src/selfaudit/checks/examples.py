"""Whether a check says of its examples what they say of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import duckdb

from selfaudit.checks.gate import lock, only
from selfaudit.checks.judging import Judged, answer, put_rules, values_of
from selfaudit.checks.schema import About, create, insert_given
from selfaudit.model.data.check import DataCheck, Example
from selfaudit.model.data.kit import DataKit

Sort = Literal["signals", "clean", "not_judged", "known_misses"]
_SORTS: tuple[Sort, ...] = ("signals", "clean", "not_judged", "known_misses")
_NO_ROWS = Judged(())
TODAY = date(2026, 6, 30)
"""The day on which an example is run that names none."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an example: which of which sort, from 0, its rows, or what the database says against it."""

    sort: Sort
    number: int
    example: Example
    judged: Judged = _NO_ROWS
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold, and what the check said: key and verdict of rows, or that it cannot be run."""

    sort: Sort
    number: int
    said: tuple[tuple[tuple[str, ...], bool | None], ...] = ()
    broken: str = ""


class Trying:
    """Tries the examples of checks, in one database whose registers are emptied after each."""

    def __init__(self, kit: DataKit) -> None:
        """Make the tables."""
        self._kit = kit
        settings: dict[str, Any] = {"memory_limit": "512MB", "errors_as_json": "true", "threads": "1"}
        self.db = duckdb.connect(":memory:", config=settings)
        create(self.db, kit, About(TODAY))
        lock(self.db)
        self._taken: dict[str, tuple[DataCheck, list[duckdb.Statement]]] = {}

    def take(self, check: DataCheck) -> list[duckdb.Statement]:
        """Take a check whose examples are tried next, and return its statements, read once for all of them."""
        statements = self.db.extract_statements(check.sql)
        put_rules(self.db, check)
        self._taken = {check.id: (check, statements)}
        return statements

    def failures(self, check: DataCheck, values: Mapping[str, float] | None = None) -> Iterator[Failure]:
        """Yield the examples that do not hold; ``values`` replace defaults of parameters."""
        for tried in self.tried(check, values):
            if failure := failure_of(check, tried):
                yield failure

    def tried(self, check: DataCheck, values: Mapping[str, float] | None = None) -> Iterator[Tried]:
        """Yield what comes of each example."""
        for sort in _SORTS:
            for number, example in enumerate(getattr(check.examples, sort)):
                try:
                    yield Tried(sort, number, example, self.judged(check, example, values))
                except duckdb.Error as exc:
                    yield Tried(sort, number, example, broken=str(exc))

    def judged(self, check: DataCheck, example: Example, values: Mapping[str, float] | None = None) -> Judged:
        """Run a check over the rows of an example."""
        if self._taken.get(check.id, (None,))[0] is not check:
            self.take(check)
        facts = [example.today or TODAY, example.today, example.body.get("name", ""), example.body.get("number", "")]
        self.db.execute("BEGIN")
        try:
            self.db.execute("UPDATE campaign SET today = ?, cut_off = ?, body = ?, number = ?", facts)
            insert_given(self.db, self._kit.registers, example.given)
            return answer(self.db, only(self._taken[check.id][1]), {**values_of(check), **(values or {})})
        finally:
            self.db.execute("ROLLBACK")


def failure_of(check: DataCheck, tried: Tried) -> Failure | None:
    """Return why an example does not hold, if it does not."""
    if tried.broken:
        return Failure(tried.sort, tried.number, broken=tried.broken)
    if _holds(tried.sort, tried.example, tried.judged, check):
        return None
    said = tuple((key_of(check, row), row["signal"]) for row in tried.judged.rows)
    return Failure(tried.sort, tried.number, said)


def key_of(check: DataCheck, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the business key of a row."""
    return tuple("" if row[name] is None else str(row[name]) for name in check.key)


def _holds(sort: Sort, example: Example, judged: Judged, check: DataCheck) -> bool:
    signals, unknown = judged.of(signal=True), judged.of(signal=None)
    if sort == "signals":
        found = {key_of(check, row) for row in signals}
        severe = {row.get("severity", check.severity) for row in signals}
        right = found == set(example.keys or found) and severe == ({example.severity} if example.severity else severe)
        return bool(signals) and right
    if sort == "not_judged":
        return bool(unknown) and not signals
    return bool(judged.rows) and not signals and not unknown
