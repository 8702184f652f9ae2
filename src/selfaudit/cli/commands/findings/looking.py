"""Findings as they are known now: a list, and one in full."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from selfaudit.base.clock import local, today
from selfaudit.base.i18n import _
from selfaudit.base.text import as_argument
from selfaudit.cli import show
from selfaudit.cli.commands.findings.steps import changes_of
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.cli.words import Words
    from selfaudit.model.kit.kit import Kit
    from selfaudit.model.progress.standing import FindingRecord
    from selfaudit.workflow.findings.listing import Filter, Seen, Version

Unit = Annotated[str, typer.Option(metavar=_("UNIT"), help=_("Only findings of this unit."))]
Area = Annotated[str, typer.Option(metavar=_("AREA"), help=_("Only findings of this area."))]
Item = Annotated[str, typer.Option(metavar=_("ITEM"), help=_("Only findings on this item."))]
Level = Annotated[str, typer.Option(metavar=_("LEVEL"), help=_("Only findings of this severity."))]
Open = Annotated[bool, typer.Option("--incomplete", help=_("Only incomplete findings."))]
StateWord = Annotated[str, typer.Option("--state", metavar=_("STATE"), help=_("Only findings in this state."))]
Owner = Annotated[str, typer.Option(metavar=_("NAME"), help=_("Only findings for which this person is responsible."))]
Overdue = Annotated[bool, typer.Option("--overdue", help=_("Only findings whose correction is overdue."))]


def chosen(
    unit: str, area: str, item: str, severity: str, *, incomplete: bool, state: str, owner: str, overdue: bool
) -> "Filter":
    """Return which findings the options mean."""
    from selfaudit.workflow.findings.listing import Filter

    return Filter(unit, area, item, severity, incomplete, state, owner, today() if overdue else None)


@verb
def list_(
    unit: Unit = "",
    area: Area = "",
    item: Item = "",
    severity: Level = "",
    incomplete: Open = False,
    state: StateWord = "",
    owner: Owner = "",
    overdue: Overdue = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List findings."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.findings.listing import findings

    wanted = chosen(unit, area, item, severity, incomplete=incomplete, state=state, owner=owner, overdue=overdue)
    kit, found = findings(find_campaign(campaign), wanted)
    if as_json:
        show.data([record.as_data() for record in found])
        return DONE
    if not found:
        show.line(_("There are no findings."))
        return DONE
    columns = _columns(kit, Words(kit.plan), found)
    show.table(tuple(columns), [[cell(record) for cell in columns.values()] for record in found])
    show.line(
        "\n"
        + _(
            "Next: selfaudit findings show FINDING prints one in full; selfaudit findings export writes a workbook"
            " of them all."
        )
    )
    return DONE


def _columns(kit: "Kit", words: "Words", found: "list[FindingRecord]") -> dict[str, Any]:
    """Return what each column of the list says of a finding, by its title.

    Who corrects it and by when is there if the kit asks for that or any finding says so.
    """
    from selfaudit.cli.words import short
    from selfaudit.model.rectification.rectification import STATES

    day = today()
    handled: dict[str, tuple[str, Any]] = {
        "owner": (_("Owner"), lambda record: short(str(record.data.get("owner") or ""))),
        "due": (_("Due"), lambda record: _due(record, overdue=record.overdue(day))),
    }
    said = {field.key for field in kit.plan.fields} | {key for one in found for key in handled if one.data.get(key)}
    graded = {_("Severity"): words.severity_of} if len(kit.plan.severities) > 1 else {}
    return {
        _("Finding"): lambda record: record.short_id,
        _("Item"): lambda record: record.place,
        **graded,
        _("State"): lambda record: _(STATES[record.state]) + (_(" (came back)") if record.recurs else ""),
        **{title: cell for key, (title, cell) in handled.items() if key in said},
        _("Reported by"): _reporter,
        _("Fact"): lambda record: short(str(record.data.get("fact", ""))),
        _("Missing"): lambda record: show.names(words.field(key) for key in record.missing(kit.plan.finding_needs)),
    }


def _due(record: "FindingRecord", *, overdue: bool) -> str:
    day = str(record.data.get("due") or "")
    return _("{day} (overdue)").format(day=day) if overdue else day


def _reporter(record: "FindingRecord") -> str:
    name = record.respondent.name
    if made := record.rectification.entered:
        return _("entered by {by}, about {name}").format(by=made.by, name=name)
    return _("{name} (entered by {by})").format(name=name, by=record.on_behalf.by) if record.on_behalf else name


@verb
def show_(
    finding: Annotated[str, typer.Argument(metavar=_("FINDING"), help=_("Id of the finding."))],
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show one finding, what it still needs to be closed, and its history."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.findings.listing import finding as find

    seen = find(find_campaign(campaign), finding)
    if as_json:
        show.data(seen.as_data())
        return DONE
    kit, record = seen.kit, seen.record
    words = Words(kit.plan)
    show.line(f"{record.short_id}  {record.place}  {kit.items[record.item].title if record.item in kit.items else ''}")
    _show_source(record)
    _show_signals(seen)
    graded = [(words.field("severity"), words.severity_of(record))] if len(kit.plan.severities) > 1 else []
    for field, text in (*graded, *words.fields(record.data), *words.register(record.rectification)):
        show.line(_("  {name}: {text}").format(name=field, text=text.replace("\n", "\n    ")))
    _show_state(record)
    if (missing := record.missing(kit.plan.finding_needs)) and record.counts:
        show.line(_("Missing: {names}").format(names=show.names(map(words.field, missing))))
        if record.reported is not None:
            show.line(_("Next: selfaudit remind asks {name} for it.").format(name=record.respondent.name))
        else:
            command = f"selfaudit findings set {record.short_id} {_('FIELD=TEXT')}"
            show.line(_("Next: {step}").format(step=command))
    for version in seen.versions:
        _show_version(version)
    return DONE


def _show_source(record: "FindingRecord") -> None:
    who, entered = record.respondent, record.rectification.entered
    name = who.name if who.name == who.unit_name else _("{name} ({unit})").format(name=who.name, unit=who.unit_name)
    if entered:
        text = _("Entered by {by} on {day}, about {name}; source: {source}")
        source = record.rectification.origin or _("not said")
        show.line(text.format(by=entered.by, day=entered.on, name=name, source=source))
    else:
        show.line(_("Reported by {name}").format(name=name))
    if made := record.on_behalf:
        show.line(
            _("Entered by {by} as told on {day}: {reason}").format(by=made.by, day=made.told_on, reason=made.reason)
        )
    if record.reported_otherwise:
        show.line(_("Reported otherwise since the register was edited; what the register says counts."))
        show.line(_("  Any change with selfaudit findings set confirms that this was seen."))
    if record.reported_no_more:
        show.line(_("Reported no more since the register was edited; it counts all the same."))
        show.line(
            _("  selfaudit findings withdraw {id} takes it out, findings set keeps it.").format(id=record.short_id)
        )


def _show_signals(seen: "Seen") -> None:
    for one in seen.signals:
        text = _("Data check {check}, signal {key}: {state}")
        show.line(text.format(check=one.check, key=as_argument(one.key), state=_(one.state)))
    if seen.signals and seen.record.counts and not any(one.holds for one in seen.signals):
        text = _("No signal of it is confirmed any more. If it is none: selfaudit findings withdraw {id} --reason TEXT")
        show.line(text.format(id=seen.record.short_id))


def _show_state(record: "FindingRecord") -> None:
    from selfaudit.model.rectification.closing import GATES
    from selfaudit.model.rectification.rectification import STATES

    handled = record.rectification
    show.line(_("State: {state}").format(state=_(STATES[record.state])))
    for before in record.recurs:
        text = _("Came back: {id} of the campaign before, on {item} of {unit}, was closed")
        show.line(text.format(id=before.id, item=before.item, unit=before.unit_name))
    if record.merged:
        show.line(_("Merged into it: {ids}").format(ids=show.names(one.short_id for one in record.merged)))
    if handled.merged:
        show.line(_("It is the same as {id}, which counts for it.").format(id=handled.merged_into))
    if record.evidence:
        show.line(_("Files bound to it: {n}").format(n=record.evidence))
    if not handled.settled and (missing := record.missing_to_close):
        show.line(_("To be closed it needs: {gates}").format(gates=show.names(_(GATES[gate]) for gate in missing)))


def _show_version(version: "Version") -> None:
    from selfaudit.model.rectification.rectification import STATES

    text = _("{n}. {at} {by}: {state}") + (_(" ({reason})") if version.reason else "")
    state = _(STATES[version.state])
    told = {"n": version.number, "at": local(version.at), "by": version.by, "state": state, "reason": version.reason}
    show.line(text.format(**told))
    for line in changes_of("  ", version.changes):
        show.line(line)
