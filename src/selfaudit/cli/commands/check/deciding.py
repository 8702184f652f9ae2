"""``check decide``, ``check export`` and ``check import``: what people say of signals, one by one or in a list."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.base.text import as_argument
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json, Reason, day
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import WrongUsage
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.data.verdict import Code, Said
    from selfaudit.workflow.verdicts.desk import Decided, Whose
    from selfaudit.workflow.verdicts.importing import Imported

Where = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_("PATH"),
        help=_("A file that ends in .xlsx, or a new folder for one file for each unit."),
    ),
]


@verb
def decide(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar=_("ID"), help=_("A data check, such as C08."))],
    key: Annotated[str, typer.Argument(metavar=_("KEY"), help=_("One of its signals."))],
    confirm: Annotated[bool, typer.Option("--confirm", help=_("It is so: the signal becomes a finding."))] = False,
    explained: Annotated[bool, typer.Option("--explained", help=_("It is none, for the reason given."))] = False,
    undo: Annotated[bool, typer.Option("--undo", help=_("Take back what was decided."))] = False,
    code: Annotated[
        str,
        typer.Option(
            metavar=_("CODE"),
            help=_("Why it is none: data (wrong), permitted, measured (otherwise), same (person or place), other."),
        ),
    ] = "",
    reason: Reason = "",
    until: Annotated[str, typer.Option(metavar=_("DATE"), help=_("The last day on which an explanation holds."))] = "",
    seconded: Annotated[str, typer.Option(metavar=_("NAME"), help=_("Who agrees that a severe signal is none."))] = "",
    item: Annotated[
        str, typer.Option(metavar=_("ITEM"), help=_("The item of the finding, if the check names several."))
    ] = "",
    about: Annotated[
        str, typer.Option(metavar=_("NAME"), help=_("Whom the finding is about, if the signal does not say."))
    ] = "",
    finding: Annotated[
        str, typer.Option(metavar=_("FINDING"), help=_("A finding that there is, of which the signal is a part."))
    ] = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Decide on a signal: confirm it, which makes it a finding, explain it, or take that back.

    A verdict holds as long as the facts are the same, over all further runs. When they change, the signal is to be
    decided again, with the old verdict shown. An explained signal is counted and listed all the same.
    """
    from selfaudit.model.data.verdict import CODES
    from selfaudit.workflow.verdicts.deciding import decide as decide_on
    from selfaudit.workflow.verdicts.desk import Wanted

    if confirm + explained + undo != 1:
        raise WrongUsage(_("Give one of --confirm, --explained and --undo."), ctx.command_path)
    if finding and not confirm:
        raise WrongUsage(_("--finding goes with --confirm."), ctx.command_path)
    if explained and not code:
        text = _("--explained goes with --code, which is one of: {known}")
        raise WrongUsage(text.format(known=show.names(CODES)), ctx.command_path)
    said: Said | None = "confirmed" if confirm else "explained" if explained else None
    last = day(until) if until else None
    wanted = Wanted(said, reason, _code(code, ctx), last, seconded, item, about, finding)
    with Terminal() as listener:
        made = decide_on(find_campaign(campaign), (id_, key), wanted, by, listener)
    if as_json:
        show.data(_data(made))
    else:
        _tell(made)
    return DONE


def _code(text: str, ctx: typer.Context) -> "Code":
    from selfaudit.model.data.verdict import CODES

    found = next((code for code in CODES if code == (text or "other")), None)
    if found is None:
        raise WrongUsage(_("--code is one of: {known}").format(known=show.names(CODES)), ctx.command_path)
    return found


def _tell(made: "Decided") -> None:
    from selfaudit.model.data.verdict import STATES

    verdict = made.verdict
    if verdict.said:
        show.line(f"{verdict.check} {verdict.key}: {_(STATES[verdict.said])}")
    else:
        show.line(_("{check} {key}: taken back").format(check=verdict.check, key=verdict.key))
    _tell_outsiders([made])
    if made.new_finding:
        show.line(_("It is the finding {id} now.").format(id=verdict.finding))
    elif verdict.finding and verdict.said == "confirmed":
        before = made.before.verdict.finding if made.before and made.before.verdict else ""
        known = before == verdict.finding
        text = _("It is the finding {id} already.") if known else _("It is a part of the finding {id} now.")
        show.line(text.format(id=verdict.finding))
    elif verdict.finding:
        text = _("The finding {id} stays. If it is none: selfaudit findings withdraw {id} --reason TEXT")
        show.line(text.format(id=verdict.finding))
    if made.whose:
        _tell_whose(verdict.finding, made.whose)


def _tell_outsiders(decided: "Sequence[Decided]") -> None:
    if names := dict.fromkeys(one.verdict.seconded for one in decided if one.outsider):
        text = _("Not on the roster, so taken for people from outside: {names}. If misspelt, decide again.")
        show.line(text.format(names=show.names(names)))


def _tell_whose(finding: str, whose: "Whose") -> None:
    if whose.owner:
        show.line(_("It is about {about}; {owner} corrects it.").format(about=whose.about, owner=whose.owner))
        show.line(_("Next: selfaudit findings show {id}").format(id=finding))
        return
    show.line(_("It is about {about}; nobody was named yet to correct it.").format(about=whose.about))
    to = as_argument(whose.likely) if whose.likely else _("NAME")
    show.line(_("Next: selfaudit findings assign {id} --to {name} --due DATE").format(id=finding, name=to))


def _data(made: "Decided") -> dict[str, Any]:
    about, owner = (made.whose.about, made.whose.owner) if made.whose else ("", "")
    said = {"new_finding": made.new_finding, "about": about, "owner": owner}
    return {**made.verdict.model_dump(mode="json"), **said}


@verb
def export(
    unit: Annotated[
        str, typer.Option(metavar=_("UNIT"), help=_("Only signals about this unit and what is below it."))
    ] = "",
    output: Where = None,
    campaign: Campaign = None,
) -> int:
    """Write the signals as a list to be filled in: one workbook, or one for each unit with its own signals only."""
    from selfaudit.workflow.verdicts.exporting import export_signals

    for one in export_signals(find_campaign(campaign), output, unit):
        text = ngettext("Wrote {n} signal to {path}", "Wrote {n} signals to {path}", one.signals)
        show.line(text.format(n=one.signals, path=one.path))
        if one.unknown is not None:
            show.line(_("  These are about nobody on the roster: fill the list in yourself, with whom each is about."))
            if names := [name for name in one.unknown if name]:
                text = _("  Or enter these units in the roster as the registers call them: {names}")
                show.line(text.format(names=show.some(names)))
    return DONE


@verb
def import_(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The filled-in workbook of check export."))],
    apply: Annotated[bool, typer.Option("--apply", help=_("Decide what it says, without asking."))] = False,
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Read a filled-in list back: shows every verdict and every refused row before anything is decided."""
    from selfaudit.workflow.verdicts.importing import import_signals, preview

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        found = import_signals(workspace, file, by, listener) if apply else preview(workspace, file, by)
        if not as_json:
            _show(found)
        asks = not (apply or as_json) and found.decided and sys.stdin.isatty() and sys.stdout.isatty()
        if asks and typer.confirm(_("Decide so?")):
            seen, found = found.problems, import_signals(workspace, file, by, listener)
            show.problems([problem for problem in found.problems if problem not in seen])
    if as_json:
        problems = [problem.as_data() for problem in found.problems]
        decided = [_data(one) for one in found.decided]
        show.data({"applied": found.applied, "rows": found.rows, "decided": decided, "problems": problems})
    elif found.applied:
        _made(found.decided)
    elif found.decided:
        show.line(_("Nothing was decided. Next: repeat this with --apply to decide so."))
    return TO_ACT_ON if found.refused_rows or (found.decided and not found.applied) else DONE


def _show(found: "Imported") -> None:
    from selfaudit.model.data.verdict import STATES

    for one in found.decided:
        verdict = one.verdict
        before = _(STATES[one.before.state]) if one.before else ""
        after = _(STATES[verdict.said]) if verdict.said else ""
        show.line(f"{verdict.check} {verdict.key}: {before} → {after} ({verdict.reason})")
    show.problems(found.problems)
    _tell_outsiders(found.decided)
    text = _("{rows} rows read; signals to decide on: {decided}; rows refused: {refused}")
    show.line(text.format(rows=found.rows, decided=len(found.decided), refused=found.refused_rows))
    if found.same_rows:
        text = ngettext("As it is already: {n} row.", "As it is already: {n} rows.", found.same_rows)
        show.line(text.format(n=found.same_rows))


def _made(decided: "Sequence[Decided]") -> None:
    text = ngettext("Decided on {n} signal.", "Decided on {n} signals.", len(decided))
    show.line(text.format(n=len(decided)))
    if new := [one.verdict.finding for one in decided if one.new_finding]:
        show.line(_("New findings: {ids}").format(ids=show.names(new)))
