"""Runs one check over the database, in a process that may be ended: what came of it, and its signals."""

import json
import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from selfaudit.base.problems import Problem
from selfaudit.base.text import shortened
from selfaudit.checks.database import Stock, opened, privately
from selfaudit.checks.facts import Facts, Words
from selfaudit.checks.gate import Gate, as_asked, ask
from selfaudit.checks.judging import put_rules, values_of
from selfaudit.checks.schema import names_of
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.needs import missing
from selfaudit.model.data.outcome import MOST_KEPT, Outcome, Reason, Signal
from selfaudit.model.data.persons import without_numbers
from selfaudit.model.data.register import RegisterFigure
from selfaudit.model.sampling.plan import Question

T = TypeVar("T")

_MOST_LACKING = 20
_LONGEST = 300
_BATCH = 5000
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\d{5,}")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What all checks of a run share: the database, what is in it, and for how many seconds each may ask.

    ``severities`` are the ids of a kit from the heaviest.
    """

    path: str
    kit: DataKit
    stock: Stock
    versions: Mapping[str, int]
    severities: Sequence[str]
    words: Words
    limit: float


_now: list[Circumstances] = []


def begin(circumstances: Circumstances) -> None:
    """Take what the checks of this process share."""
    privately()
    # one of Python's own would wait until DuckDB is done
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _now[:] = [circumstances]


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a check, and the signals that are kept."""

    outcome: Outcome
    signals: Sequence[Signal] = ()


def run(check: DataCheck, everything: str = "") -> Found:
    """Run a check; ``everything`` names a file for all its signals, one JSON a line, however many there are."""
    now = circumstances()
    found = answered(check, now, lambda db: _Run(db, check, now).found(everything))
    return found if isinstance(found, Found) else Found(_outcome(check, now, **found))


def circumstances() -> Circumstances:
    """Return what everything in this process shares."""
    (now,) = _now
    return now


def answered(
    question: DataCheck | RegisterFigure | Question, now: Circumstances, ask: Callable[[duckdb.DuckDBPyConnection], T]
) -> T | dict[str, Any]:
    """Ask the database a question within its limits, or return why it did not answer."""
    if lacking := wanting(question.needs, now.stock):
        return lacking
    if refused := _gate(names_of(now.kit)).refused(question.sql):
        return {"reason": "refused", "detail": _said(refused)}
    with opened(now.path) as db:
        timer = threading.Timer(now.limit, db.interrupt)
        timer.daemon = True
        timer.start()
        try:
            return ask(db)
        except duckdb.InterruptException:
            return {"reason": "time"}
        except (duckdb.OutOfMemoryException, MemoryError):
            return {"reason": "memory"}
        except duckdb.Error as exc:
            return {"reason": "error", "detail": _detail(exc)}
        finally:
            timer.cancel()


@lru_cache(1)
def _gate(tables: frozenset[str]) -> Gate:
    return Gate(tables)


def wanting(needs: Mapping[str, Sequence[str]], stock: Stock) -> dict[str, Any]:
    """Return why a question cannot be asked for want of data, with all that is missing; nothing if it can."""
    lacking = missing(needs, stock.filled)
    reasons = [_reason(stock, *name.partition(".")[::2]) for name in lacking]
    order: tuple[Reason, ...] = ("register-missing", "register-empty", "column-missing", "column-empty")
    return {"reason": min(reasons, key=order.index), "missing": lacking} if lacking else {}


def _reason(stock: Stock, register: str, column: str) -> Reason:
    if not column:
        return "register-empty" if register in stock.columns else "register-missing"
    return "column-empty" if column in stock.columns[register] else "column-missing"


def _detail(exc: duckdb.Error) -> str:
    """Return what the database says, without values of registers: they may be about persons."""
    text = str(exc).partition("\n")[0]
    # what is wrong before a row is read quotes names only
    told = text if isinstance(exc, duckdb.BinderException | duckdb.CatalogException) else _QUOTED.sub("…", text)
    return shortened(told, _LONGEST)


def _said(problems: Sequence[Problem]) -> str:
    return "; ".join(f"{one.where.place} {one.message}".strip() for one in problems)


def _outcome(check: DataCheck, now: Circumstances, **said: Any) -> Outcome:
    asked = {*check.needs, *check.uses}
    versions = {name: version for name, version in now.versions.items() if name in asked}
    return Outcome(check=check.id, **{"state": "not_run", "registers": versions, **said})


@dataclass(frozen=True, slots=True)
class _Answer:
    """How many rows have each verdict, how many cannot be judged for want of what, and the rows that signal."""

    counts: dict[bool | None, int]
    lacking: dict[str, int]
    rows: list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of one check."""

    db: duckdb.DuckDBPyConnection
    check: DataCheck
    now: Circumstances

    def found(self, everything: str) -> Found:
        put_rules(self.db, self.check)
        answer = self._asked()
        judged, unknown = answer.counts[True] + answer.counts[False], answer.counts[None]
        if not judged:
            return Found(self._nothing(answer))
        facts = Facts(self.now.kit, self.check, values_of(self.check), self.now.words, self.now.stock.numbers)
        signals = facts.signals(answer.rows)
        if everything and signals:
            self._write(Path(everything), facts)
        outcome = _outcome(
            self.check,
            self.now,
            state="in_part" if unknown else "ran",
            judged=judged,
            signals=answer.counts[True],
            unknown=unknown,
            kept=len(signals),
            lacking=answer.lacking,
            namesakes=tuple(sorted({one.person for one in signals} & self.now.stock.namesakes)),
        )
        return Found(outcome, signals)

    def _asked(self) -> _Answer:
        """Ask once: how many rows have each verdict, for want of what, and the heaviest of those that signal."""
        names = self._names
        lacking = "CASE WHEN signal IS NULL THEN CAST(lacking AS VARCHAR) END" if "lacking" in names else "NULL"
        query = (
            f"WITH answer AS (SELECT signal, {lacking} AS what, count(*) AS n,"  # noqa: S608 - the SQL of a kit, which passed the gate
            f" arg_min(j, {self._order(names)}, {MOST_KEPT}) FILTER (WHERE signal) AS kept"
            f" FROM ({self._sql}) j GROUP BY ALL)"
            " SELECT signal, what, n, sum(n) OVER (PARTITION BY signal)::BIGINT, kept FROM answer"
            " QUALIFY row_number() OVER (PARTITION BY signal ORDER BY what IS NULL, n DESC, what)"
            f" <= {_MOST_LACKING} ORDER BY n DESC, what"
        )
        answer = _Answer({True: 0, False: 0, None: 0}, {}, [])
        for verdict, what, n, total, kept in ask(self.db, query, values_of(self.check)).fetchall():
            answer.counts[verdict] = total
            answer.rows.extend(kept or ())
            if what is not None:
                told = without_numbers(what, self.now.stock.numbers)
                answer.lacking[told] = answer.lacking.get(told, 0) + n
        return answer

    @property
    def _sql(self) -> str:
        return as_asked(self.check.sql)

    @property
    def _names(self) -> list[str]:
        result = ask(self.db, f"SELECT * FROM ({self._sql}) j LIMIT 0", values_of(self.check))  # noqa: S608 - as above
        return [column[0] for column in result.description or ()]

    def _order(self, names: Sequence[str]) -> str:
        """Return by what signals are ordered: the heaviest first, then by key."""
        ids = ", ".join(f"'{one}'" for one in self.now.severities)
        own = f"coalesce(j.severity, '{self.check.severity}')" if "severity" in names else f"'{self.check.severity}'"
        keys = [f"CAST(j.{name} AS VARCHAR)" for name in self.check.key]
        # of rows with the same key always the same one comes first
        return f"row(list_position([{ids}], {own}), {', '.join(keys)}, hash(j))"

    def _nothing(self, answer: _Answer) -> Outcome:
        """Return why no row was judged: there is none, none can be, or no rule was in force."""
        if unknown := answer.counts[None]:
            said = {"unknown": unknown, "lacking": answer.lacking}
            return _outcome(self.check, self.now, reason="nothing-to-judge", **said)
        reason: Reason = "nothing-to-judge"
        if self.check.rules:
            put_rules(self.db, self.check, always=True)
            reason = "no-rule" if any(self._asked().counts.values()) else reason
        return _outcome(self.check, self.now, reason=reason)

    def _write(self, path: Path, facts: Facts) -> None:
        query = f"SELECT * FROM ({self._sql}) j WHERE signal ORDER BY {self._order(self._names)}"  # noqa: S608 - as above
        taken = Counter[str]()
        with path.open("w", encoding="utf-8") as stream:
            for rows in _batches(ask(self.db, query, values_of(self.check))):
                for one in facts.signals(rows, taken):
                    stream.write(json.dumps(one.model_dump(mode="json"), ensure_ascii=False) + "\n")


def _batches(result: duckdb.DuckDBPyConnection) -> Iterator[list[Mapping[str, Any]]]:
    names = [column[0] for column in result.description or ()]
    while rows := result.fetchmany(_BATCH):
        yield [dict(zip(names, row, strict=True)) for row in rows]
