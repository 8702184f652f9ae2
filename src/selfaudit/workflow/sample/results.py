"""``review``: how far the review of a spot check is, and what it shows."""

from pathlib import Path

from selfaudit.base.problems import UserError
from selfaudit.files.sheets.writing import Look, write_xlsx
from selfaudit.reports.results import Results
from selfaudit.reports.results_told import Table, progress, remarks, tables
from selfaudit.reports.wording import Wording
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.data import data_of
from selfaudit.workflow.common.state.results import results
from selfaudit.workflow.common.state.samples import listed
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.sample.desk import frozen_one, plan_meant
from selfaudit.workflow.sample.drawing import NOT_DRAWN

_FIRST, _WIDTH = 36, 18


def reviewed(workspace: Workspace, name: str) -> Results:
    """Return what the review of a spot check shows so far; stops if nothing is drawn."""
    loaded = workspace.load()
    plan = plan_meant(data_of(workspace, loaded).kit, name)
    kit, _ = loaded.usable()
    with workspace.reading() as ledger:
        one = frozen_one(workspace, ledger, plan)
        if not one.state.drawn:
            raise UserError(NOT_DRAWN(id=one.state.id))
        (found,) = results(ledger, kit, [listed(ledger, one)])
    return found


def write_results(workspace: Workspace, found: Results, output: Path) -> Path:
    """Write everything that the review shows to a workbook, a sheet for each table; return where."""
    wording = Wording(workspace.plan().language)
    path = output_path(workspace, output, output.with_suffix(".xlsx"))
    told, *others = [*tables(found, wording.tr), progress(found, wording.tr)]
    beside = [(remark, *[""] * (len(told.head) - 1)) for remark in remarks(found, wording.tr)]
    first = Table(told.sheet, told.title, told.head, [*told.rows, *beside])
    write_xlsx(path, [_sheet(one) for one in (first, *others)], Look(title=found.listed.one.plan.title))
    return path


def _sheet(one: Table) -> tuple[str, tuple[str, ...], list[int], list[tuple[str | int, ...]]]:
    widths = [_FIRST, *[_WIDTH] * (len(one.head) - 2), _FIRST]
    rows = [tuple(int(cell) if cell.isdecimal() else cell for cell in row) for row in one.rows]
    return one.sheet, one.head, widths, rows
