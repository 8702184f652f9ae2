"""Tries the checks of a kit in a process that may be ended, within the same limits as where they run."""

import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Some, error
from selfaudit.checks.examples import Trying
from selfaudit.checks.gate import Gate
from selfaudit.checks.patience import LIMIT, short_of_memory, within
from selfaudit.checks.schema import names_of
from selfaudit.checks.validating import NO_COLUMN, WRONG, Trial, told_of
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.kit.consistency import Path, Remark

TOO_LONG = error(
    "kit.sql-too-long",
    N_("trying this SQL takes more than {seconds} seconds"),
    N_("Join the registers by columns that are equal, and give examples few rows."),
)

TOO_LARGE = error(
    "kit.sql-too-large",
    N_("trying this SQL takes more memory than there may be"),
    N_("Join the registers by columns that are equal, and let rows be summed up before they are joined."),
)


@dataclass(frozen=True, slots=True)
class Trials:
    """What all trials of a process share: the kit, the shown files of its parts by id, the ids of its severities.

    What takes longer than ``limit`` seconds is interrupted, and said to.
    """

    kit: DataKit
    files: Mapping[str, str]
    severities: tuple[str, ...]
    limit: float = LIMIT


@dataclass(frozen=True, slots=True)
class Query:
    """SQL without examples: where it stands, and the columns that its result must have."""

    file: str
    at: Path
    sql: str
    wanted: tuple[str, ...]


def queries(trials: Trials) -> Iterator[Query]:
    """Yield the SQL of figures of registers, and of spot checks."""
    for register in trials.kit.registers.values():
        for n, figure in enumerate(register.figures):
            yield Query(trials.files[register.id], ("figures", n, "sql"), figure.sql, ("value",))
    for sample in trials.kit.samples.values():
        for at, (question, wanted) in sample.questions.items():
            yield Query(trials.files[sample.id], (*at, "sql"), question.sql, tuple(wanted))


_now: list[tuple[Trials, Gate, list[Trying]]] = []


def begin(trials: Trials) -> None:
    """Take what the trials of this process share."""
    # one of Python's own would wait until DuckDB is done
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _now[:] = [(trials, Gate(names_of(trials.kit)), [Trying(trials.kit)])]


def remarks_on(what: DataCheck | Query) -> list[Remark]:
    """Return what is wrong with the SQL and the examples of a check in which everything else is right, or of a query.

    ``MemoryError`` is raised if it takes too much.
    """
    ((trials, gate, (trying,)),) = _now
    found: list[Remark] = []
    with short_of_memory(), within(trying.db, trials.limit) as late:
        try:
            if isinstance(what, Query):
                found = [Remark(what.file, what.at, kind, args) for kind, args in _of_query(trying.db, gate, what)]
            else:
                file = trials.files[what.id]
                found = list(Trial(trying, gate, trials.kit, what, file, trials.severities).remarks())
        except duckdb.Error:
            if not late.is_set():
                raise
    if not late.is_set():
        return found
    _now[0][2][:] = [Trying(trials.kit)]
    return [unfinished(trials, what, late=True)]


def unfinished(trials: Trials, what: DataCheck | Query, *, late: bool = False, detail: str = "") -> Remark:
    """Return that trying some SQL takes too long, or fails as ``detail`` says, or else takes too much memory."""
    file, at = (what.file, what.at) if isinstance(what, Query) else (trials.files[what.id], ("sql",))
    if late:
        return Remark(file, at, TOO_LONG, {"seconds": trials.limit})
    return Remark(file, at, WRONG, {"detail": detail}) if detail else Remark(file, at, TOO_LARGE, {})


def _of_query(db: duckdb.DuckDBPyConnection, gate: Gate, query: Query) -> Iterator[tuple[Kind, dict[str, Any]]]:
    """Yield what is wrong with SQL whose result must have some columns."""
    if refused := gate.refused(query.sql):
        yield from ((one.kind, dict(one.args)) for one in refused)
        return
    try:
        with short_of_memory():
            names = [row[0] for row in db.execute(f"DESCRIBE {query.sql}").fetchall()]
    except duckdb.Error as exc:
        yield WRONG, {"detail": told_of(str(exc))[0]}
        return
    for name in query.wanted:
        if name not in names:
            yield NO_COLUMN, {"id": name, "known": Some(names)}
