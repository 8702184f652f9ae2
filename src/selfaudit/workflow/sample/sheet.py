"""``sample list -o``: what is drawn as a workbook, to fetch the files and have their first readers sign."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.files.sheets.writing import Look, write_xlsx
from selfaudit.model.sampling.drawing import Ranked, Stratum, points
from selfaudit.reports.wording import Wording
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.samples import Frozen
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.sample.explaining import Row

_WIDTH, _WIDE = 14, 28


def write_list(workspace: Workspace, one: Frozen, rows: Sequence[Row], output: Path) -> Path:
    """Write every file that is drawn, with why it is, and the strata; return where."""
    path = output_path(workspace, output, output.with_suffix(".xlsx"))
    wording = Wording(workspace.plan().language)
    plan, tr = one.plan, wording.tr
    known = [column.title for column in plan.columns]
    header = [plan.file.title, *known, *map(tr, (N_("Stratum"), N_("Points"), N_("Why"), N_("First reader signs")))]
    widths = [_WIDTH] * (len(known) + 1) + [_WIDE, _WIDTH, _WIDE, _WIDTH]
    files = [_line(one, row.stratum, ranked, wording) for row in rows for ranked in row.stratum.drawn]
    strata = (tr(N_("Strata")), list(map(tr, STRATA)), [_WIDE, _WIDTH, _WIDTH, _WIDE], _strata(one, rows, wording))
    write_xlsx(path, [(plan.called, header, widths, files), strata], Look(title=plan.title))
    return path


STRATA = (N_("Stratum"), N_("Files"), N_("Drawn"), N_("If none of these has a problem, at most have one (95 %)"))
"""What is said of each stratum."""


def _strata(one: Frozen, rows: Sequence[Row], wording: Wording) -> Iterator[list[str | int]]:
    whole = wording.tr(N_("reviewed whole; nothing is projected from it"))
    for row in rows:
        yield [row.name(one.plan, wording.tr), row.files, row.drawn, whole if row.may_be is None else row.may_be]


def _line(one: Frozen, stratum: Stratum, ranked: Ranked, wording: Wording) -> list[str | int]:
    plan, file = one.plan, ranked.file
    given = points(plan, file)
    why = [f"{factor.title} {given[factor.id]}" for factor in plan.factors if given[factor.id]]
    values = [file.values.get(column.id, "") for column in plan.columns]
    lost = one.state.lost.get(file.id)
    said = wording.tr(N_("replaced: {why}")).format(why=lost) if lost else wording.join(why)
    name = Row(stratum, 0, 0, None).name(plan, wording.tr)
    return [file.id, *values, name, sum(given.values()), said, ""]
