"""Tries SQL in processes of their own: whatever one does, it costs that check or figure and a new process."""

from collections.abc import Iterator, Sequence

from selfaudit.checks.patience import GRACE
from selfaudit.checks.trials import Query, Trials, begin, queries, remarks_on, unfinished
from selfaudit.model.data.check import DataCheck
from selfaudit.model.kit.consistency import Remark
from selfaudit.workflow.common.pool import Pool, WorkerError

_AT_ONCE = 2


def check_sql(trials: Trials, checks: Sequence[DataCheck]) -> Iterator[Remark]:
    """Yield what is wrong with the SQL of checks, their examples, and that of figures and populations."""
    with Pool(min(_AT_ONCE, len(checks) or 1), trials.limit + GRACE, begin, (trials,)) as pool:
        asked: list[DataCheck | Query] = [*checks, *queries(trials)]
        begun = [(what, pool.begin(remarks_on, what)) for what in asked]
        for what, end in begun:
            try:
                yield from end()
            except WorkerError as exc:
                detail = f"{type(exc.raised).__name__}: {exc.raised}" if exc.raised else ""
                yield unfinished(trials, what, late=exc.late, detail=detail)
