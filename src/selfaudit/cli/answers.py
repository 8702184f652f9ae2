"""Commands about what was said: contradictions, findings, export."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json, Output
from selfaudit.cli.verb import DONE, TO_ACT_ON, here, verb

if TYPE_CHECKING:
    from selfaudit.workflow.findings import Filter


class Format(StrEnum):
    """What ``export`` can write."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


@verb
def contradictions_list(campaign: Campaign = None, as_json: Json = False) -> int:
    """List conflicting responses and items on which respondents disagree."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.contradictions import contradictions

    found = contradictions(Workspace.find(here(campaign)))
    if as_json:
        show.data(found.as_data())
        return TO_ACT_ON if found.conflicts or found.disputes else DONE
    for conflict in found.conflicts:
        show.history(conflict)
        command = f"selfaudit contradictions resolve {conflict.key} --choose N --by … --reason …"
        show.line(_("  Choose one: {command}").format(command=command) + "\n")
    for dispute in found.disputes:
        show.line(f"{dispute.item} {dispute.title}")
        show.line(_("  problem: {names}").format(names=_some(dispute.problem)))
        show.line(_("  conform: {names}").format(names=_some(dispute.conform)))
    if not found.conflicts and not found.disputes:
        show.line(_("Nothing contradictory."))
        return DONE
    return TO_ACT_ON


def _some(names: list[str]) -> str:
    return show.names(names[:6]) + (_(" and {n} more").format(n=len(names) - 6) if len(names) > 6 else "")  # noqa: PLR2004


@verb
def contradictions_resolve(
    respondent: Annotated[str, typer.Argument(help=_("Name, number or passport of the respondent."))],
    choose: Annotated[int, typer.Option(metavar="N", help=_("The number of the response that holds."))],
    by: Annotated[str, typer.Option(metavar="NAME", help=_("Who decides."))],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=_("Why."))],
    campaign: Campaign = None,
) -> int:
    """Enter which of several responses holds; the others are kept."""
    from selfaudit.cli.progress import Terminal
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.contradictions import Choice, resolve

    with Terminal() as listener:
        chosen = Choice(respondent, choose, by, reason)
        show.history(resolve(Workspace.find(here(campaign)), chosen, listener))
    return DONE


Unit = Annotated[str, typer.Option(metavar="UNIT", help=_("Only findings of this unit."))]
Area = Annotated[str, typer.Option(metavar="AREA", help=_("Only findings of this area."))]
Item = Annotated[str, typer.Option(metavar="ITEM", help=_("Only findings on this item."))]
Level = Annotated[str, typer.Option(metavar="LEVEL", help=_("Only findings of this severity."))]
Open = Annotated[bool, typer.Option("--incomplete", help=_("Only findings in which something is missing."))]


def _filter(unit: str, area: str, item: str, severity: str, *, incomplete: bool) -> "Filter":
    from selfaudit.workflow.findings import Filter

    return Filter(unit, area, item, severity, incomplete)


@verb
def findings_list(
    unit: Unit = "",
    area: Area = "",
    item: Item = "",
    severity: Level = "",
    incomplete: Open = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List findings."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.findings import findings

    wanted = _filter(unit, area, item, severity, incomplete=incomplete)
    kit, found = findings(Workspace.find(here(campaign)), wanted)
    if as_json:
        show.data([record.as_data() for record in found])
        return DONE
    required = kit.plan.finding_required
    levels = {level.id: level.title for level in kit.plan.severities}
    rows = [
        (f.id, f.place, levels.get(f.severity, f.severity), f.respondent.name,
         f.data.get("fact", "").split("\n")[0][:40],
         show.names(f.missing(required)))
        for f in found
    ]  # fmt: skip
    show.table((_("Finding"), _("Item"), _("Severity"), _("Reported by"), _("Fact"), _("Missing")), rows)
    return DONE


@verb
def findings_show(
    finding: Annotated[str, typer.Argument(help=_("Id of the finding."))],
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show one finding."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.findings import finding as find

    kit, record = find(Workspace.find(here(campaign)), finding)
    if as_json:
        show.data(record.as_data())
        return DONE
    show.line(f"{record.id}  {record.place}  {kit.items[record.item].title if record.item in kit.items else ''}")
    show.line(_("Reported by {name} ({unit})").format(name=record.respondent.name, unit=record.respondent.unit_name))
    for key, value in record.data.items():
        if isinstance(value, dict):
            for part, text in value.items():
                show.line(f"  {key}.{part}: {text}")
        else:
            show.line(f"  {key}: {value}")
    if missing := record.missing(kit.plan.finding_required):
        show.line(_("Missing: {names}").format(names=show.names(missing)))
    return DONE


@verb
def findings_export(
    unit: Unit = "",
    area: Area = "",
    item: Item = "",
    severity: Level = "",
    incomplete: Open = False,
    output: Output = None,
    campaign: Campaign = None,
) -> int:
    """Write findings as an Excel workbook."""
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.findings import export_findings

    wanted = _filter(unit, area, item, severity, incomplete=incomplete)
    path, count = export_findings(Workspace.find(here(campaign)), wanted, output)
    show.line(_("Wrote {count} findings to {path}").format(count=count, path=path))
    return DONE


@verb
def export(
    kind: Annotated[Format, typer.Option("--format", help=_("What to write."))] = Format.YAML,
    output: Output = None,
    campaign: Campaign = None,
) -> int:
    """Write all responses, merged, for other programs."""
    from selfaudit.cli.progress import Terminal
    from selfaudit.store.workspace import Workspace
    from selfaudit.workflow.export import export as run

    with Terminal() as listener:
        done = run(Workspace.find(here(campaign)), kind.value, output, listener)
    show.line(_("Wrote {count} responses to {path}").format(count=done.responses, path=done.path))
    return DONE
