"""``findings export``: the register as a workbook, to be printed, or edited and imported again."""

from pathlib import Path

from selfaudit.base.clock import today
from selfaudit.files.sheets.writing import write_xlsx
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.findings.columns import Columns
from selfaudit.workflow.findings.listing import Filter, findings
from selfaudit.workflow.findings.values import Values


def export_findings(workspace: Workspace, wanted: Filter, output: Path | None) -> tuple[Path, int]:
    """Write the findings meant as a workbook (default ``reports/findings.xlsx``); return path and count."""
    path = output_path(workspace, output, workspace.reports / "findings.xlsx")
    kit, found = findings(workspace, wanted)
    columns = Columns(kit.plan, Values(kit.plan, today()))
    write_xlsx(path, [columns.sheet(found)], columns.look)
    return path, len(found)
