"""The register as a workbook."""

from selfaudit.base.i18n import _
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
from selfaudit.cli.options import Campaign, Output
from selfaudit.cli.verb import DONE, find_campaign, verb


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
    """Export findings as an Excel workbook."""
    from selfaudit.workflow.findings.export import export_findings

    wanted = chosen(unit, area, item, severity, incomplete=incomplete, state=state, owner=owner, overdue=overdue)
    path, count = export_findings(find_campaign(campaign), wanted, output)
    show.line(_("Wrote {count} findings to {path}").format(count=count, path=path))
    return DONE
