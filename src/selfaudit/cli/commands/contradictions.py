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
    from selfaudit.workflow.contradictions import Found

MOST_QUOTES, LONGEST_QUOTE = 6, 100
"""Texts that are quoted of the two sides, and characters of each; --json has them all."""


@verb
def list_(
    all_: Annotated[bool, typer.Option("--all", help=_("Show those that are settled, too."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List conflicting responses, and statements about the same unit that cannot both be right."""
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
    if not found.conflicts and not found.between:
        show.line(_("No contradictions."))
    if any(one.settled is None for one in found.between):
        show.line(_("Next: ask both, and collect a corrected form of those who are wrong. If both are right, say why:"))
        show.line(f"  selfaudit contradictions settle {_('KEY')} --reason …")
    return TO_ACT_ON if found.open else DONE


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
    """Settle contradictions between respondents; they open again if a side says something else."""
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
