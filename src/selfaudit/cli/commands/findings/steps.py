"""What a person does to findings."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.findings.desk import Changed, Edited

Names = Annotated[list[str], typer.Argument(metavar=_("FINDING"), help=_("Ids of findings, such as 2.5-03."))]
Why = Annotated[str, typer.Option("--reason", metavar=_("TEXT"), help=_("Why; kept with the change."))]
Needed = Annotated[str, typer.Option("--reason", metavar=_("TEXT"), help=_("Reason for the decision."))]
On = Annotated[str, typer.Option("--on", metavar=_("DATE"), help=_("The day on which it was done (default: today)."))]
MOST_SHOWN, MOST_IDS = 40, 12
"""Changes that are printed, and findings that are named; --json has all."""


@verb
def set_(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar=_("FINDING... FIELD=TEXT"),
            help=_("Findings and what to write into them, such as 2.5-03 cause=TEXT. An empty text clears a field."),
        ),
    ],
    reason: Why = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Write into fields of the register. What was reported stays beside it."""
    from selfaudit.workflow.findings.steps import Findings, set_fields

    fields = [one for one in what if "=" in one]
    names = tuple(one for one in what if "=" not in one)
    with Terminal() as listener:
        done = set_fields(find_campaign(campaign), Findings(names, by, reason), fields, listener)
    return _told(done, as_json=as_json)


@verb
def assign(
    findings: Names,
    to: Annotated[str, typer.Option("--to", metavar=_("NAME"), help=_("Who is responsible: name or number."))],
    due: Annotated[str, typer.Option("--due", metavar=_("DATE"), help=_("By when it must be corrected."))] = "",
    reason: Why = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Make somebody responsible for findings."""
    from selfaudit.workflow.findings.steps import Assigned, Findings
    from selfaudit.workflow.findings.steps import assign as run

    with Terminal() as listener:
        what = Findings(tuple(findings), by, reason)
        done, unreachable = run(find_campaign(campaign), what, Assigned(to, due), listener)
    show.problems([unreachable] if unreachable else [])
    return _told(done, as_json=as_json)


@verb
def correct(
    findings: Names,
    who: Annotated[str, typer.Option("--who", metavar=_("NAME"), help=_("Who did the correction: name or number."))],
    on: On = "",
    no_evidence: Annotated[
        str, typer.Option("--no-evidence", metavar=_("TEXT"), help=_("Why nothing can be shown for it."))
    ] = "",
    reason: Why = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter that the correction is done, by whom and on which day."""
    from selfaudit.workflow.findings.steps import DoneBy, Findings
    from selfaudit.workflow.findings.steps import correct as run

    with Terminal() as listener:
        what, made = Findings(tuple(findings), by, reason), DoneBy(who, on, no_evidence)
        done = run(find_campaign(campaign), what, made, listener)
    return _told(done, as_json=as_json)


@verb
def verify(
    findings: Names,
    who: Annotated[
        str, typer.Option("--who", metavar=_("NAME"), help=_("Who verified it (default: who enters this)."))
    ] = "",
    on: On = "",
    how: Annotated[str, typer.Option("--how", metavar=_("TEXT"), help=_("What was looked at, and the result."))] = "",
    reason: Why = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter that somebody verified the correction: neither its owner nor whoever did it."""
    from selfaudit.workflow.findings.steps import DoneBy, Findings
    from selfaudit.workflow.findings.steps import verify as run

    with Terminal() as listener:
        what, made = Findings(tuple(findings), by, reason), DoneBy(who, on, how)
        done = run(find_campaign(campaign), what, made, listener)
    return _told(done, as_json=as_json)


@verb
def close(
    findings: Annotated[
        list[str] | None, typer.Argument(metavar=_("FINDING"), help=_("Ids of findings, such as 2.5-03."))
    ] = None,
    ready: Annotated[bool, typer.Option("--ready", help=_("Close all that have everything they need."))] = False,
    reason: Why = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Close findings that are corrected and verified. Refuses others and says what is missing."""
    from selfaudit.workflow.findings.steps import Findings
    from selfaudit.workflow.findings.steps import close as run

    with Terminal() as listener:
        done = run(find_campaign(campaign), Findings(tuple(findings or ()), by, reason), listener, ready=ready)
    return _told(done, as_json=as_json)


@verb
def reopen(findings: Names, reason: Needed, by: By = "", campaign: Campaign = None, as_json: Json = False) -> int:
    """Take up again what was corrected, verified, closed, withdrawn or merged. It is corrected and verified anew."""
    from selfaudit.workflow.findings.steps import Findings
    from selfaudit.workflow.findings.steps import reopen as run

    with Terminal() as listener:
        done = run(find_campaign(campaign), Findings(tuple(findings), by, reason), listener)
    return _told(done, as_json=as_json)


@verb
def withdraw(findings: Names, reason: Needed, by: By = "", campaign: Campaign = None, as_json: Json = False) -> int:
    """Withdraw findings that turned out to be none. They are kept and listed, and do not count."""
    from selfaudit.workflow.findings.steps import Findings
    from selfaudit.workflow.findings.steps import withdraw as run

    with Terminal() as listener:
        done = run(find_campaign(campaign), Findings(tuple(findings), by, reason), listener)
    return _told(done, as_json=as_json)


@verb
def merge(
    findings: Annotated[
        list[str],
        typer.Argument(metavar=_("FINDING"), help=_("The finding that stays, then those that are the same.")),
    ],
    reason: Needed,
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Declare findings to be the same: the first one stays and names the others, which no longer count."""
    from selfaudit.workflow.findings.steps import Findings
    from selfaudit.workflow.findings.steps import merge as run

    with Terminal() as listener:
        done = run(find_campaign(campaign), Findings(tuple(findings), by, reason), listener)
    return _told(done, as_json=as_json)


@verb
def add(
    item: Annotated[str, typer.Option("--item", metavar=_("ITEM"), help=_("The item with its part, such as 2.5 a."))],
    about: Annotated[
        str, typer.Option("--about", metavar=_("NAME"), help=_("Whom it concerns: a unit or person of the roster."))
    ],
    fact: Annotated[str, typer.Option("--fact", metavar=_("TEXT"), help=_("What was found: when, where, which."))],
    fields: Annotated[
        list[str] | None, typer.Argument(metavar=_("FIELD=TEXT"), help=_("Further fields, such as cause=TEXT."))
    ] = None,
    source: Annotated[
        str, typer.Option("--source", metavar=_("TEXT"), help=_("Where it comes from, such as an inspection."))
    ] = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter a finding that nobody reported, such as one of an inspector."""
    from selfaudit.workflow.findings.adding import Found
    from selfaudit.workflow.findings.adding import add as run

    found = Found(item, about, fact, by, source, tuple(fields or ()))
    with Terminal() as listener:
        record = run(find_campaign(campaign), found, listener)
    if as_json:
        show.data(record.as_data())
        return DONE
    show.line(_("Entered as {id}, on {place}.").format(id=record.short_id, place=record.place))
    if record.respondent.name != about:
        show.line(_("It belongs to {name}.").format(name=record.respondent.name))
    show.line(_("Next: selfaudit findings assign {id} --to NAME --due DATE").format(id=record.short_id))
    return DONE


def _told(done: "list[Edited]", *, as_json: bool) -> int:
    """Print what changed, or that nothing did."""
    from selfaudit.model.rectification.rectification import STATES

    if as_json:
        show.data([one.record.as_data() for one in done])
        return DONE
    lines = [line for one in done for line in changes_of(one.record.short_id, one.changes)]
    for line in lines[:MOST_SHOWN]:
        show.line(line)
    if len(lines) > MOST_SHOWN:
        show.line(_("… and {n} more changes").format(n=len(lines) - MOST_SHOWN))
    tell_lapsed(done)
    said = _("{state}: {n} ({ids})")
    there = {key: [one.record.short_id for one in done if one.record.state == key] for key in STATES}
    states = [
        said.format(state=_(STATES[key]), n=len(ids), ids=show.some(ids, MOST_IDS)) for key, ids in there.items() if ids
    ]
    text = ngettext("{n} finding; {states}", "{n} findings; {states}", len(done))
    show.line(text.format(n=len(done), states=show.names(states)))
    for into in {one.record.rectification.merged_into: 0 for one in done}:
        if into:
            show.line(_("Merged into {id}, which stays.").format(id=into))
    return DONE


def tell_lapsed(done: "list[Edited]") -> None:
    """Say whose verification ends with a change, and what to do about it."""
    by: dict[str, list[str]] = {}
    for one in done:
        by.setdefault(one.lapsed, []).append(one.record.short_id)
    for name, ids in by.items():
        if name:
            text = _("the verification by {name} lapses, as what was verified changes: {ids}")
            show.line(text.format(name=name, ids=show.some(ids, MOST_IDS)))
            show.line(_("Next: have it verified again: selfaudit findings verify {id} --who NAME").format(id=ids[0]))


def changes_of(finding: str, changes: "tuple[Changed, ...]") -> list[str]:
    """Return a line for each field that changes."""
    from selfaudit.cli.words import short

    quoted = _("“{text}”")
    return [
        _("{finding} {field}: {before} → {after}").format(
            finding=finding,
            field=_(one.field.word),
            before=quoted.format(text=short(one.before.replace("\n", "; "))),
            after=quoted.format(text=short(one.after.replace("\n", "; "))),
        )
        for one in changes
    ]
