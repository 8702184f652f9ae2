"""A spot check as a table of its strata."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfaudit.base.i18n import _
from selfaudit.cli import show

if TYPE_CHECKING:
    from selfaudit.model.sampling.plan import SamplePlan
    from selfaudit.reports.samples import Row

MOST = 40
"""Strata that are shown; a workbook has all."""


def show_strata(plan: "SamplePlan", rows: "Sequence[Row]") -> None:
    """Show strata in numbers, with what the files drawn of each can show."""
    from selfaudit.reports.samples import STRATA, with_lost

    show.table(
        [_(title) for title in STRATA],
        [(row.name(plan, _), row.files, row.drawn, row.lost, _can_show(row)) for row in rows[:MOST]],
    )
    if len(rows) > MOST:
        more = _("… and {n} more; selfaudit sample list {id} -o FILE.xlsx has all.")
        show.line(more.format(n=len(rows) - MOST, id=plan.id))
    total = (sum(row.files for row in rows), sum(row.drawn for row in rows))
    show.line(with_lost(_("Drawn in total: {drawn} of {files} files.").format(drawn=total[1], files=total[0]), rows, _))


def _can_show(row: "Row") -> str:
    from selfaudit.reports.samples import WHOLE

    if row.may_be is None:
        return _(WHOLE)
    return f"{row.may_be} ({row.may_be / row.files:.1%})"
