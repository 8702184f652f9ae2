"""Checks in a process of their own: whatever one does, it costs that check and a new process."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.checks.counting import count
from selfaudit.checks.database import Stock, build, privately
from selfaudit.checks.facts import Words
from selfaudit.checks.naming import look_up
from selfaudit.checks.patience import GRACE
from selfaudit.checks.populating import populate
from selfaudit.checks.reviewing import get_to_know
from selfaudit.checks.running import Circumstances, Found, begin, run
from selfaudit.checks.schema import About
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.figure import FigureOutcome
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import Outcome
from selfaudit.model.data.register import Named, RegisterFigure
from selfaudit.model.sampling.outcome import Populated
from selfaudit.model.sampling.plan import Reviewers, SamplePlan
from selfaudit.model.sampling.reviewing import Known, Unknown
from selfaudit.workflow.common.pool import Pool, WorkerError

NO_DATABASE = error(
    "check.no-database",
    N_("the registers could not be opened together: that needs more memory, time or space on the disk than there is"),
    N_("Free memory and space on the disk, and run the checks again."),
)
_BUILDING = 1800.0
_DATABASE = "registers.duckdb"


@dataclass(frozen=True, slots=True)
class Data:
    """What is asked: a kit, the Parquet of each register with its version, what ``campaign`` says.

    ``severities`` are those of the kit, the heaviest first.
    """

    kit: DataKit
    tables: Mapping[str, Path]
    versions: Mapping[str, int]
    about: About
    severities: tuple[str, ...]
    words: Words


def built(data: Data, folder: Path, limit: float, asked: Sequence[DataCheck] | None = None) -> Circumstances:
    """Make the database in a folder that is empty, and for nobody else to read, with what some checks can read."""
    path = str(folder / _DATABASE)
    with Pool(1, _BUILDING, privately) as pool:
        tables = {name: str(table) for name, table in data.tables.items()}
        try:
            stock: Stock = pool.run(build, path, data.kit, data.about, tables, asked)
        except WorkerError as exc:
            exc.only_short(_DATABASE)
            raise UserError(NO_DATABASE()) from None
    return Circumstances(path, replace(data.kit, checks={}), stock, data.versions, data.severities, data.words, limit)


def run_all(
    shared: Circumstances, checks: Iterable[DataCheck], folder: Path, *, full: bool = False
) -> Iterator[tuple[DataCheck, Found]]:
    """Yield what came of every check, in their order; with ``full`` all signals of each are in ``full_list``."""
    with Pool(1, shared.limit + GRACE, begin, (shared,)) as pool:
        begun = [(check, pool.begin(run, check, str(full_list(folder, check.id)) if full else "")) for check in checks]
        for check, end in begun:
            try:
                yield check, end()
            except WorkerError as exc:
                asked = {*check.needs, *check.uses}
                versions = {name: version for name, version in shared.versions.items() if name in asked}
                outcome = Outcome(check=check.id, state="not_run", registers=versions, **_said(exc))
                yield check, Found(outcome)


def count_all(shared: Circumstances, figures: Iterable[RegisterFigure]) -> Iterator[FigureOutcome]:
    """Yield what came of every figure, in their order."""
    with Pool(1, shared.limit + GRACE, begin, (shared,)) as pool:
        for figure, end in [(figure, pool.begin(count, figure)) for figure in figures]:
            try:
                yield end()
            except WorkerError as exc:
                yield FigureOutcome(figure=figure.id, sql=figure.sql, **_said(exc))


def population_of(shared: Circumstances, plan: SamplePlan) -> Populated:
    """Return the files of a spot check, or why the registers cannot tell."""
    with Pool(1, shared.limit + GRACE, begin, (shared,)) as pool:
        try:
            return pool.run(populate, plan)
        except WorkerError as exc:
            return Populated(**_said(exc))


def known_of(shared: Circumstances, plan: SamplePlan, reviewers: Reviewers, files: frozenset[str]) -> Known | Unknown:
    """Return who may review files, and who had to do with them, or why the registers cannot tell."""
    # two questions, each with its own limit
    with Pool(1, 2 * (shared.limit + GRACE), begin, (shared,)) as pool:
        try:
            return pool.run(get_to_know, plan, reviewers, files)
        except WorkerError as exc:
            return Unknown(**_said(exc))


def look_up_all(
    shared: Circumstances, asked: Mapping[str, tuple[Named, Sequence[str]]]
) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Yield what registers say of numbers; of one that cannot be asked nothing."""
    with Pool(1, shared.limit + GRACE, begin, (shared,)) as pool:
        for register, (named, numbers) in asked.items():
            with suppress(WorkerError):
                yield register, pool.run(look_up, register, named, numbers)


def full_list(folder: Path, check: str) -> Path:
    """Return the file with all signals of a check, one JSON a line; there is none if it has none."""
    return folder / f"{check}.jsonl"


def _said(exc: WorkerError) -> dict[str, Any]:
    """Return why a question was not answered; what it raised may quote values of registers, which nobody may read."""
    if exc.raised:
        return {"reason": "error", "detail": type(exc.raised).__name__}
    return {"reason": "time" if exc.late else "memory"}
