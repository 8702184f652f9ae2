"""Tries the checks of a kit in a process that may be ended, within the same limits as where they run."""

import signal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Some, error
from selfaudit.checks.examples import Trying
from selfaudit.checks.gate import Gate
from selfaudit.checks.patience import LIMIT, within
from selfaudit.checks.schema import names_of
from selfaudit.checks.validating import NO_COLUMN, WRONG, Trial, told_of
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.kit.consistency import Remark

TOO_LONG = error(
    "kit.sql-too-long",
    N_("trying its SQL with its examples takes more than {seconds} seconds"),
    N_("Join the registers by columns that are equal, and give examples few rows."),
)

TOO_LARGE = error(
    "kit.sql-too-large",
    N_("trying its SQL with its examples takes more memory than a check may have"),
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


_now: list[tuple[Trials, Gate, list[Trying]]] = []


def begin(trials: Trials) -> None:
    """Take what the trials of this process share."""
    # one of Python's own would wait until DuckDB is done
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _now[:] = [(trials, Gate(names_of(trials.kit)), [Trying(trials.kit)])]


def remarks_on(check: DataCheck) -> list[Remark]:
    """Return what is wrong with the SQL and the examples of a check in which everything else is right."""
    ((trials, gate, (trying,)),) = _now
    found: list[Remark] = []
    with within(trying.db, trials.limit) as late:
        try:
            found = list(Trial(trying, gate, trials.kit, check, trials.files[check.id], trials.severities).remarks())
        except duckdb.Error:
            if not late.is_set():
                raise
    if not late.is_set():
        return found
    _now[0][2][:] = [Trying(trials.kit)]
    return [too_long(trials, check.id)]


def too_long(trials: Trials, name: str) -> Remark:
    """Return that trying the SQL of a check takes too long."""
    return Remark(trials.files[name], ("sql",), TOO_LONG, {"seconds": trials.limit})


def too_large(trials: Trials, name: str) -> Remark:
    """Return that trying the SQL of a check takes too much memory, or brought its process down."""
    return Remark(trials.files[name], ("sql",), TOO_LARGE, {})


def remarks_on_queries() -> list[Remark]:
    """Return what is wrong with the SQL of figures of registers, and of populations."""
    ((trials, gate, (trying,)),) = _now
    with within(trying.db, trials.limit):
        return list(_queries(trying.db, gate, trials.kit, trials.files))


def _queries(db: duckdb.DuckDBPyConnection, gate: Gate, kit: DataKit, files: Mapping[str, str]) -> Iterator[Remark]:
    """Yield what is wrong with the SQL of figures and spot checks."""
    for register in kit.registers.values():
        for n, figure in enumerate(register.figures):
            for kind, args in _of_query(db, gate, figure.sql, ["value"]):
                yield Remark(files[register.id], ("figures", n, "sql"), kind, args)
    for sample in kit.samples.values():
        for at, (question, wanted) in sample.questions.items():
            for kind, args in _of_query(db, gate, question.sql, wanted):
                yield Remark(files[sample.id], (*at, "sql"), kind, args)


def _of_query(
    db: duckdb.DuckDBPyConnection, gate: Gate, sql: str, wanted: Iterable[str]
) -> Iterator[tuple[Kind, dict[str, Any]]]:
    """Yield what is wrong with the SQL of a figure or of a spot check, whose result must have some columns."""
    if refused := gate.refused(sql):
        yield from ((one.kind, dict(one.args)) for one in refused)
        return
    try:
        names = [row[0] for row in db.execute(f"DESCRIBE {sql}").fetchall()]
    except duckdb.Error as exc:
        yield WRONG, {"detail": told_of(str(exc))[0]}
        return
    for name in wanted:
        if name not in names:
            yield NO_COLUMN, {"id": name, "known": Some(names)}
