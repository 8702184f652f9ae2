"""``contradictions``: what cannot both be right, and who decided."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import local
from selfaudit.base.i18n import _
from selfaudit.base.text import shortened
from selfaudit.cli import show
from selfaudit.cli.history import show_history
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.reports.context.findings import ContradictionRow
    from selfaudit.workflow.contradictions import Contradictions, Found

MOST_NAMES = 20
MOST_QUOTES, LONGEST_QUOTE = 6, 100
"""Texts that are quoted of the two sides, and characters of each; --json has them all."""


@verb
def list_(
    all_: Annotated[bool, typer.Option("--all", help=_("Show those that are settled, too."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List what cannot both be right: responses, statements about the same unit, answers and the body's own data."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.contradictions import contradictions

    workspace = find_campaign(campaign)
    found = contradictions(workspace, settled=all_)
    if as_json:
        show.data(found.as_data())
        return TO_ACT_ON if found.open else DONE
    if found.conflicts:
        words = Words(workspace.plan())
        for conflict in found.conflicts:
            show_history(conflict, words)
            command = f"selfaudit contradictions resolve {conflict.key} --choose {_('NUMBER')} --reason …"
            show.line(_("  Choose one: {command}").format(command=command) + "\n")
    for one in found.between:
        _show(one)
    for against in found.against:
        _show_data(against.row)
    if not found.conflicts and not found.between and not found.against:
        show.line(_("No contradictions."))
    if any(one.settled is None for one in found.between) or any(one.open for one in found.against):
        show.line(_("Next: ask both, and collect a corrected form of those who are wrong. If both are right, say why:"))
        show.line(f"  selfaudit contradictions settle {_('KEY')} --reason …")
    if found.outdated:
        show.line(_("Registers changed since: {ids}. Run selfaudit check again.").format(ids=show.some(found.outdated)))
    _show_weaker(found)
    return TO_ACT_ON if found.open else DONE


def _show_data(row: "ContradictionRow") -> None:
    show.line(f"{row.key}  {row.place} {row.title}".rstrip())
    show.line("  " + _("{about} ({threshold})").format(about=row.about, threshold=row.threshold))
    for side in (row.said, row.data):
        for line in side.splitlines():
            show.line(f"  {line}")
    show.line("  " + row.verdict)


def _show_weaker(found: "Contradictions") -> None:
    """Show what is no contradiction: answers that nothing supports, and names that are not on the roster."""
    if found.unsupported:
        show.line("\n" + _("“Conform” without support, because checks did not run, or in part only:"))
    for row in found.unsupported:
        show.line("  " + _("{name}: {text}").format(name=show.names(row.checks.splitlines()), text=row.reason))
        show.line(f"    {row.places}")
    if found.unplaced:
        show.line(
            "\n" + _("Names in the registers that cannot be placed on the roster; their signals count for no one:")
        )
    why = {"unknown": _("not on the roster"), "twice": _("more than one is called so")}
    for one in found.unplaced[:MOST_NAMES]:
        show.line("  " + _("{name}: {why}, signals: {n}").format(name=one.name, why=why[one.why], n=one.signals))
    if len(found.unplaced) > MOST_NAMES:
        show.line("  " + _("and {n} more").format(n=len(found.unplaced) - MOST_NAMES))


def _show(one: "Found") -> None:
    show.line(f"{one.key}  {one.place} {one.title}".rstrip())
    text = _("  According to {conform}, {about} conforms; according to {problem}, there is a problem.")
    show.line(text.format(about=one.about, conform=show.some(one.conform), problem=show.some(one.problem)))
    for name, text in one.wrote[:MOST_QUOTES]:
        show.line(_("    {name}: “{text}”").format(name=name, text=shortened(" ".join(text.split()), LONGEST_QUOTE)))
    if made := one.settled:
        text = _("  settled by {by} on {at}: {reason}")
        show.line(text.format(by=made.by, at=local(made.at), reason=made.reason))


@verb
def settle(
    keys: Annotated[list[str], typer.Argument(metavar=_("KEY"), help=_("What the list calls it, such as 2.5.d/B6."))],
    reason: Reason,
    by: By = "",
    campaign: Campaign = None,
) -> int:
    """Settle contradictions; they open again if a side says something else."""
    from selfaudit.workflow.contradictions import Settlement
    from selfaudit.workflow.contradictions import settle as run

    with Terminal() as listener:
        still_open = run(find_campaign(campaign), Settlement(tuple(keys), by, reason), listener)
    show.line(_("Settled: {keys}. Still open: {n}.").format(keys=show.names(keys), n=still_open))
    return TO_ACT_ON if still_open else DONE


@verb
def resolve(
    respondent: Annotated[
        str, typer.Argument(metavar=_("RESPONDENT"), help=_("Name, number or passport of the respondent."))
    ],
    choose: Annotated[int, typer.Option(metavar=_("NUMBER"), help=_("The number of the response that counts."))],
    reason: Reason,
    by: By = "",
    campaign: Campaign = None,
) -> int:
    """Choose which response counts; the others are kept."""
    from selfaudit.cli.words import Words
    from selfaudit.workflow.contradictions import Choice
    from selfaudit.workflow.contradictions import resolve as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        settled = run(workspace, Choice(respondent, choose, by, reason), listener)
    show_history(settled, Words(workspace.plan()))
    show.line(_("Next: selfaudit contradictions list shows what is still open."))
    return DONE


COMMAND = Family(_("List and settle contradictions."), {"list": list_, "settle": settle, "resolve": resolve})
