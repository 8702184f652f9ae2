"""What no single part of a spot check can know: whether it fits its registers, its checks and the items of the kit."""

from collections.abc import Iterator
from itertools import pairwise

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error
from selfaudit.model.data.check import CheckId
from selfaudit.model.kit.consistency import DUPLICATE_ID, Path, Remark, one_unknown, unknown
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import FILE

BANDS = error(
    "kit.sample-bands",
    N_("the band “{id}” begins at {points} points, and the one before it does not begin above that"),
    N_("Write bands from the highest, and the last one without “at_least”."),
)
LAST_BAND = error(
    "kit.sample-last-band",
    N_("the last band “{id}” leaves out files with fewer than {points} points"),
    N_("Leave “at_least” out of it: every file is in a band."),
)
ITS_NUMBER = error(
    "kit.sample-file-column",
    N_("“{id}” is the column with the number of a file, which every population has"),
    N_("Take it out of the columns."),
)


def check_sample(plan: SamplePlan, file: str, checks: list[CheckId]) -> Iterator[Remark]:
    """Yield everything wrong in a spot check; ``checks`` are all that there are."""
    columns = [column.id for column in plan.columns]
    seen: set[str] = set()
    for key, named in (("columns", columns), ("factors", [factor.id for factor in plan.factors])):
        for n, id_ in enumerate(named):
            at: Path = (key, n, "id")
            if id_ == FILE:
                yield Remark(file, at, ITS_NUMBER, {"id": id_})
            if id_ in seen:
                yield Remark(file, at, DUPLICATE_ID, {"id": id_})
            seen.add(id_)
    yield from unknown(file, ("strata",), N_("column"), plan.strata, columns)
    field = plan.reviewers.field if plan.reviewers else None
    single: tuple[tuple[Path, str | None], ...] = (
        (("reader",), plan.reader),
        (("person",), plan.person),
        (("reviewers", "field"), field),
    )
    for path, column in single:
        if column:
            yield from one_unknown(file, path, N_("column"), column, columns)
    yield from unknown(
        file, ("population", "signals_by"), N_("column"), plan.population.signals_by.values(), [FILE, *columns]
    )
    for n, factor in enumerate(plan.factors):
        yield from unknown(file, ("factors", n, "signals"), N_("data check"), factor.signals, checks)
    yield from _bands(plan, file)


def _bands(plan: SamplePlan, file: str) -> Iterator[Remark]:
    for n, (before, band) in enumerate(pairwise(plan.bands), 1):
        if band.at_least >= before.at_least:
            yield Remark(file, ("bands", n, "at_least"), BANDS, {"id": band.id, "points": band.at_least})
    last = plan.bands[-1]
    if last.at_least:
        at: Path = ("bands", len(plan.bands) - 1, "at_least")
        yield Remark(file, at, LAST_BAND, {"id": last.id, "points": last.at_least})
