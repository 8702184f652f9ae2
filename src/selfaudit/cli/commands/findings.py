"""``findings``: the problems that the answers report."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json, Output
from selfaudit.cli.verb import DONE, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.progress.standing import FindingRecord
    from selfaudit.workflow.findings import Filter

Unit = Annotated[str, typer.Option(metavar=_("UNIT"), help=_("Only findings of this unit."))]
Area = Annotated[str, typer.Option(metavar=_("AREA"), help=_("Only findings of this area."))]
Item = Annotated[str, typer.Option(metavar=_("ITEM"), help=_("Only findings on this item."))]
Level = Annotated[str, typer.Option(metavar=_("LEVEL"), help=_("Only findings of this severity."))]
Open = Annotated[bool, typer.Option("--incomplete", help=_("Only incomplete findings."))]


def _filter(unit: str, area: str, item: str, severity: str, *, incomplete: bool) -> "Filter":
    from selfaudit.workflow.findings import Filter

    return Filter(unit, area, item, severity, incomplete)


@verb
def list_(
    unit: Unit = "",
    area: Area = "",
    item: Item = "",
    severity: Level = "",
    incomplete: Open = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List findings."""
    from selfaudit.cli.words import Words, short
    from selfaudit.workflow.findings import findings

    wanted = _filter(unit, area, item, severity, incomplete=incomplete)
    kit, found = findings(find_campaign(campaign), wanted)
    if as_json:
        show.data([record.as_data() for record in found])
        return DONE
    if not found:
        show.line(_("There are no findings."))
        return DONE
    words = Words(kit.plan)
    graded = len(kit.plan.severities) > 1
    rows = [
        (
            record.short_id,
            record.place,
            *([words.severity_of(record)] if graded else []),
            _reporter(record),
            short(str(record.data.get("fact", ""))),
            show.names(words.field(key) for key in record.missing(kit.plan.finding_needs)),
        )
        for record in found
    ]
    grade = [_("Severity")] if graded else []
    show.table((_("Finding"), _("Item"), *grade, _("Reported by"), _("Fact"), _("Missing")), rows)
    show.line(
        "\n"
        + _(
            "Next: selfaudit findings show FINDING prints one in full; selfaudit findings export writes a workbook"
            " of them all."
        )
    )
    return DONE


def _reporter(record: "FindingRecord") -> str:
    name = record.respondent.name
    return _("{name} (entered by {by})").format(name=name, by=record.on_behalf.by) if record.on_behalf else name


@verb
def show_(
    finding: Annotated[str, typer.Argument(metavar=_("FINDING"), help=_("Id of the finding."))],
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show one finding."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.findings import finding as find

    kit, record = find(find_campaign(campaign), finding)
    if as_json:
        show.data(record.as_data())
        return DONE
    show.line(f"{record.short_id}  {record.place}  {kit.items[record.item].title if record.item in kit.items else ''}")
    who = record.respondent
    name = who.name if who.name == who.unit_name else _("{name} ({unit})").format(name=who.name, unit=who.unit_name)
    show.line(_("Reported by {name}").format(name=name))
    if made := record.on_behalf:
        show.line(
            _("Entered by {by} as told on {day}: {reason}").format(by=made.by, day=made.told_on, reason=made.reason)
        )
    words = Words(kit.plan)
    graded = [(words.field("severity"), words.severity_of(record))] if len(kit.plan.severities) > 1 else []
    for field, text in (*graded, *words.fields(record.data)):
        show.line(_("  {name}: {text}").format(name=field, text=text.replace("\n", "\n    ")))
    if missing := record.missing(kit.plan.finding_needs):
        show.line(_("Missing: {names}").format(names=show.names(map(words.field, missing))))
        show.line(_("Next: selfaudit remind asks {name} for it.").format(name=who.name))
    return DONE


@verb
def export(
    unit: Unit = "",
    area: Area = "",
    item: Item = "",
    severity: Level = "",
    incomplete: Open = False,
    output: Output = None,
    campaign: Campaign = None,
) -> int:
    """Export findings as an Excel workbook."""
    from selfaudit.workflow.findings import export_findings

    wanted = _filter(unit, area, item, severity, incomplete=incomplete)
    path, count = export_findings(find_campaign(campaign), wanted, output)
    show.line(_("Wrote {count} findings to {path}").format(count=count, path=path))
    return DONE


COMMAND = Family(_("Problems reported in the answers."), {"list": list_, "show": show_, "export": export})
