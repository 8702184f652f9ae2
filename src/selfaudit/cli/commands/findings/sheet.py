"""The register as a workbook: to be printed, or edited and read back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.commands.findings.looking import (
    Area,
    Item,
    Level,
    Open,
    Overdue,
    Owner,
    StateWord,
    Unit,
    chosen,
)
from selfaudit.cli.commands.findings.steps import Why, changes_of, tell_lapsed
from selfaudit.cli.options import By, Campaign, Json, Output
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.findings.importing import Imported


@verb
def export(
    unit: Unit = "",
    area: Area = "",
    item: Item = "",
    severity: Level = "",
    incomplete: Open = False,
    state: StateWord = "",
    owner: Owner = "",
    overdue: Overdue = False,
    output: Output = None,
    campaign: Campaign = None,
) -> int:
    """Write the register as an Excel workbook, to be printed, or edited and imported again."""
    from selfaudit.workflow.findings.export import export_findings

    wanted = chosen(unit, area, item, severity, incomplete=incomplete, state=state, owner=owner, overdue=overdue)
    path, count, cut = export_findings(find_campaign(campaign), wanted, output)
    show.line(_("Wrote {count} findings to {path}").format(count=count, path=path))
    show.problems(cut)
    return DONE


@verb
def import_(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The edited workbook of findings export."))],
    yes: Annotated[bool, typer.Option("--yes", help=_("Make the changes without asking."))] = False,
    reason: Why = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Read an edited workbook back: shows every change and every refused row, and asks before it changes anything."""
    from selfaudit.workflow.findings.importing import import_findings, preview

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        found = import_findings(workspace, file, by, listener, reason) if yes else preview(workspace, file, reason)
        if not as_json:
            _show(found)
        asks = not (yes or as_json) and found.edited and sys.stdin.isatty() and sys.stdout.isatty()
        if asks and typer.confirm(_("Make these changes?")):
            seen, found = found.problems, import_findings(workspace, file, by, listener, reason)
            show.problems([problem for problem in found.refused if problem not in seen])
    if as_json:
        show.data(_data(found))
    elif found.applied:
        text = ngettext("Changed {n} finding.", "Changed {n} findings.", len(found.edited))
        show.line(text.format(n=len(found.edited)))
    elif found.edited:
        show.line(_("Nothing was changed. Next: repeat this with --yes to make these changes."))
    return TO_ACT_ON if found.refused or (found.edited and not found.applied) else DONE


def _show(found: "Imported") -> None:
    for one in found.edited:
        for line in changes_of(one.record.short_id, one.changes):
            show.line(line)
    tell_lapsed(found.edited)
    show.problems(found.problems)
    text = _("{rows} rows read; findings to change: {changed}; rows refused: {refused}")
    show.line(text.format(rows=found.rows, changed=len(found.edited), refused=found.refused_rows))


def _data(found: "Imported") -> dict[str, object]:
    changes = [
        {"id": one.record.short_id, "field": change.field.key, "before": change.before, "after": change.after}
        for one in found.edited
        for change in one.changes
    ]
    problems = [problem.as_data() for problem in found.problems]
    return {"applied": found.applied, "rows": found.rows, "changes": changes, "problems": problems}
