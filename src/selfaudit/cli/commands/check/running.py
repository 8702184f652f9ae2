"""``check`` and ``check ID…``: runs checks and shows what came of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json, day
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.check.lines import Line
    from selfaudit.workflow.check.run import Checked

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write every signal to this file: .xlsx or .csv.")),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", metavar=_("DATE"), help=_("Judge as of this day (default: today), such as the cut-off date.")
    ),
]
MOST_FIRST = 5
"""Checks that are named to begin with."""
Ids = Annotated[list[str] | None, typer.Argument(metavar=_("ID"), help=_("More checks."))]


def check(
    ctx: typer.Context,
    output: Output = None,
    as_of: AsOf = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> None:
    """Run all data checks, or those that are named, and show what came of each."""
    if ctx.invoked_subcommand is None:
        everything(output, as_of, by, campaign, as_json)


@verb
def everything(output: Path | None, as_of: str, by: str, campaign: Path | None, as_json: bool) -> int:
    """Run all checks."""
    return _run((), output, as_of, by, campaign, as_json=as_json)


@verb
def some(
    ctx: typer.Context,
    ids: Ids = None,
    output: Output = None,
    as_of: AsOf = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Run the data checks with these ids."""
    return _run((str(ctx.info_name), *(ids or ())), output, as_of, by, campaign, as_json=as_json)


def _run(ids: Sequence[str], output: Path | None, as_of: str, by: str, campaign: Path | None, *, as_json: bool) -> int:
    from selfaudit.base.clock import today
    from selfaudit.workflow.check.run import Asked, run_checks

    asked = Asked(ids, output, by, day(as_of) if as_of else None)
    with Terminal() as listener:
        found = run_checks(find_campaign(campaign), asked, today(), listener)
    if as_json:
        wrong = [problem.as_data() for problem in found.problems]
        show.data({"checks": [line.as_data(_) for line in found.lines], "problems": wrong})
    else:
        _show_day(found)
        _show(found)
    show.problems(found.problems)
    return TO_ACT_ON if found.to_act_on else DONE


def _show_day(found: "Checked") -> None:
    show.line(_("Judged as of {day}.").format(day=found.as_of))
    if found.ended:
        text = _("The registers end on {newest}. To judge as of the cut-off date: selfaudit check --as-of {cut_off}")
        show.line("  " + text.format(newest=found.ended, cut_off=found.cut_off))


def _show(found: "Checked") -> None:
    if found.signalling:
        show.line(_("Signals, each a question to a person and not a verdict:"))
        _table(found.signalling)
        if many := [line.check.id for line in found.signalling if line.implausible]:
            text = _("More signals than is plausible: {ids}. Rule or data may be wrong: look at 10 of each first.")
            show.line("  " + text.format(ids=show.names(many)))
        show.line()
    if found.silent:
        show.line(_("No signals:"))
        _table(found.silent)
        show.line()
    if found.not_run:
        show.line(_("Not run, so nothing is known:"))
        header = (_("ID"), _("Check"), _("Severity"), _("Why"))
        show.table(header, [(line.check.id, line.check.title, line.severity, line.why(_)) for line in found.not_run])
        show.line()
    if found.written:
        show.line(_("Every signal is in {path}").format(path=found.written))
    if found.signalling:
        _show_first(found)
    if any(line.missing for line in found.not_run):
        show.line(_("Next: selfaudit register import FILE brings in what is missing."))


def _show_first(found: "Checked") -> None:
    """Say how much there is to decide, and where to begin."""
    signals = sum(line.outcome.signals for line in found.signalling)
    text = ngettext("{n} signal; to be decided: {open}", "{n} signals; to be decided: {open}", signals)
    show.line(text.format(n=signals, open=sum(line.open for line in found.signalling)))
    if begin := [line for line in found.signalling if line.open]:
        text = _("Begin with the most severe: {ids}")
        show.line(text.format(ids=show.names(line.check.id for line in begin[:MOST_FIRST])))
        text = _("Next: selfaudit check explain {id} shows what it asks and what it points at.")
        show.line(text.format(id=begin[0].check.id))


def _table(lines: "Sequence[Line]") -> None:
    from selfaudit.model.data.verdict import told_of

    header = (_("ID"), _("Check"), _("Severity"), _("Outcome"), _("Of these"))
    rows = [(line.check.id, line.check.title, line.severity, line.told(_), told_of(line.verdicts, _)) for line in lines]
    # where nothing is signalled, there is nothing to decide
    show.table(header, rows) if any(line.verdicts for line in lines) else show.table(
        header[:-1], [row[:-1] for row in rows]
    )
