"""``findings export``: the register as a workbook."""

from pathlib import Path

from selfaudit.files.sheets.writing import write_xlsx
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.common.writing.sheets import findings_sheet
from selfaudit.workflow.findings.listing import Filter, findings


def export_findings(workspace: Workspace, wanted: Filter, output: Path | None) -> tuple[Path, int]:
    """Write the findings meant as a workbook (default ``reports/findings.xlsx``); return path and count."""
    path = output_path(workspace, output, workspace.reports / "findings.xlsx")
    kit, found = findings(workspace, wanted)
    write_xlsx(path, [findings_sheet(found, kit)])
    return path, len(found)
