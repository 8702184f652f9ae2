"""``findings export``: the register as a workbook, to be printed, or edited and imported again."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, warning
from selfaudit.files.sheets.writing import LONGEST_CELL, write_xlsx
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.findings.columns import Columns
from selfaudit.workflow.findings.listing import Filter, findings
from selfaudit.workflow.findings.values import Values

CUT = warning(
    "findings.cell-cut",
    N_("{id}, {field}: the text has {length} characters and is cut in the workbook, as a cell holds {limit}"),
    N_("Read it whole with selfaudit findings show {id}; a cell that is left as it is changes nothing when imported."),
)


def export_findings(workspace: Workspace, wanted: Filter, output: Path | None) -> tuple[Path, int, list[Problem]]:
    """Write the findings meant as a workbook (default ``reports/findings.xlsx``).

    Return path and count, and which cells do not hold the whole text.
    """
    path = output_path(workspace, output, workspace.reports / "findings.xlsx")
    kit, found = findings(workspace, wanted)
    columns = Columns(kit.plan, Values(kit.plan, today()))
    write_xlsx(path, [columns.sheet(found)], columns.look)
    return path, len(found), list(_cut(columns, found))


def _cut(columns: Columns, found: Iterable[FindingRecord]) -> Iterator[Problem]:
    for record in found:
        for key, field in columns.values.by_key.items():
            if len(text := columns.whole(record, key)) > LONGEST_CELL:
                yield CUT(id=record.short_id, field=Term(field.word), length=len(text), limit=LONGEST_CELL)
