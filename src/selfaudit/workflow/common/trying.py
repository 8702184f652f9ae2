"""Tries the SQL of checks in processes of their own: whatever one does, it costs that check and a new process."""

from collections.abc import Iterator, Sequence

from selfaudit.checks.patience import GRACE
from selfaudit.checks.trials import Trials, begin, remarks_on, remarks_on_queries, too_large, too_long
from selfaudit.model.data.check import DataCheck
from selfaudit.model.kit.consistency import Remark
from selfaudit.workflow.common.pool import Pool, WorkerError

_AT_ONCE = 2


def check_sql(trials: Trials, checks: Sequence[DataCheck]) -> Iterator[Remark]:
    """Yield what is wrong with the SQL of checks, their examples, and that of figures and populations."""
    with Pool(min(_AT_ONCE, len(checks) or 1), trials.limit + GRACE, begin, (trials,)) as pool:
        begun = [(check, pool.begin(remarks_on, check)) for check in checks]
        for check, end in begun:
            try:
                yield from end()
            except WorkerError as exc:
                late = isinstance(exc.__cause__, TimeoutError)
                yield (too_long if late else too_large)(trials, check.id)
        yield from pool.run(remarks_on_queries)
