"""``sample freeze`` and ``sample seed``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.base.problems import Severity
from selfaudit.cli import show
from selfaudit.cli.commands.sample.strata import show_strata
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import WrongUsage
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.sample.seeding import Way

Name = Annotated[str, typer.Argument(metavar=_("SAMPLE"), help=_("Which spot check, if the kit has several."))]


@verb
def freeze(
    name: Name = "",
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar=_("FILE"), help=_("A list of files, as a workbook, in place of the registers.")),
    ] = None,
    reason: Reason = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Fix the population of a spot check and print its SHA-256, before there is a seed."""
    from selfaudit.base.clock import today
    from selfaudit.reports.samples import row_of
    from selfaudit.workflow.sample.freezing import Freeze, freeze

    workspace = find_campaign(campaign)
    asked = Freeze(name, source.absolute() if source else None, reason, by)
    with Terminal() as listener:
        done = freeze(workspace, asked, today(), listener)
    rows = [row_of(stratum) for stratum in done.strata]
    if as_json:
        show.data({**done.state.model_dump(mode="json"), "strata": [row.as_data() for row in rows]})
    else:
        many = ngettext("{n} file frozen", "{n} files frozen", done.state.files).format(n=done.state.files)
        show.line(_("{title}: {many} — {why}").format(title=done.plan.title, many=many, why=done.plan.population.why))
        show.line(_("SHA-256 of the population: {sha256}").format(sha256=done.state.population))
        show_strata(done.plan, rows)
        show.line(_("Next: selfaudit sample seed {id} --commit - --by NAME").format(id=done.plan.id))
    show.problems(done.problems)
    return TO_ACT_ON if any(one.severity is not Severity.NOTE for one in done.problems) else DONE


@verb
def seed(
    ctx: typer.Context,
    name: Name = "",
    commit: Annotated[
        str,
        typer.Option(
            metavar=_("TEXT"),
            help=_("Hand in the hash of a text, which itself is not kept; “-” asks for it, so that no shell keeps it."),
        ),
    ] = "",
    hash_: Annotated[
        str, typer.Option("--hash", metavar=_("SHA256"), help=_("Hand in a hash that you made yourself."))
    ] = "",
    reveal: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("Hand in the text, once all hashes are in."))] = "",
    public: Annotated[
        str, typer.Option(metavar=_("TEXT"), help=_("Name a public value that is not known yet, instead."))
    ] = "",
    value: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("The public value, once it is published."))] = "",
    given: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("A seed of one person; it is printed as such."))] = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Make the seed of a draw: two or more people each hand in a hash with --commit, then the text with --reveal."""
    from selfaudit.workflow.sample.seeding import Seed, hand_in

    ways: dict[Way, str] = {
        "commit": commit,
        "hash": hash_,
        "reveal": reveal,
        "public": public,
        "value": value,
        "given": given,
    }
    chosen = [(way, text) for way, text in ways.items() if text.strip()]
    if len(chosen) != 1:
        raise WrongUsage(_("Give one of --commit, --hash, --reveal, --public, --value and --given."), ctx.command_path)
    (way, text) = chosen[0]
    if (way, text.strip()) == ("commit", "-"):
        text = _asked()
    with Terminal() as listener:
        state = hand_in(find_campaign(campaign), Seed(name, way, text, by), listener)
    if as_json:
        show.data(state.model_dump(mode="json") | {"seed": state.seed})
        return DONE
    for who, sha256 in state.hashes.items():
        said = state.texts.get(who, "") or _("not opened yet")
        show.line(_("{who}: {sha256} {said}").format(who=who, sha256=sha256, said=said))
    if state.given:
        show.line(_("Given by {who} alone, and printed as such.").format(who=state.given_by))
    if state.seed:
        show.line(_("Seed: {seed}").format(seed=state.seed))
        show.line(_("Next: selfaudit sample draw {id}").format(id=state.id))
    return DONE


def _asked() -> str:
    """Return a text that nobody else is to see yet: as typed, else from the standard input."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return sys.stdin.readline()
    return str(typer.prompt(_("Text"), hide_input=True, confirmation_prompt=True, err=True))
