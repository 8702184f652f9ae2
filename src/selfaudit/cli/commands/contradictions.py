"""``contradictions``: what cannot both be right, and who decided."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import local
from selfaudit.base.i18n import _, ngettext
from selfaudit.base.text import shortened
from selfaudit.cli import show
from selfaudit.cli.history import show_history
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.held.subjects import Unplaced
    from selfaudit.reports.context.findings import ContradictionRow
    from selfaudit.workflow.contradictions.listing import Contradictions, Found

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
    from selfaudit.workflow.contradictions.listing import contradictions

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
    _show_nothing(found)
    if any(one.settled is None for one in found.between) or any(one.open for one in found.against):
        show.line(_("Next: ask both, and collect a corrected form of those who are wrong. If both are right, say why:"))
        show.line(f"  selfaudit contradictions settle {_('KEY')} --reason …")
    if found.outdated:
        show.line(_("Registers changed since: {ids}. Run selfaudit check again.").format(ids=show.some(found.outdated)))
    if found.unlooked:
        text = ngettext(
            "{n} number that answers name has not been looked up in the registers. Run selfaudit check again.",
            "{n} numbers that answers name have not been looked up in the registers. Run selfaudit check again.",
            found.unlooked,
        )
        show.line(text.format(n=found.unlooked))
    _show_weaker(found)
    return TO_ACT_ON if found.open else DONE


def _show_nothing(found: "Contradictions") -> None:
    """Say that there is no contradiction only where something was compared."""
    if not found.answered:
        show.line(_("No answers have come in yet, so there is nothing to compare. Next: selfaudit collect"))
    elif not found.conflicts and not found.between and not found.against:
        show.line(_("No contradictions."))
    if found.unchecked:
        show.line(_("No data check has run yet, so no answer was held against the body's own data."))
        show.line(_("Next: {step}").format(step="selfaudit register import FILE… --apply; selfaudit check"))


def _show_data(row: "ContradictionRow") -> None:
    show.line(f"{row.key}  {row.place} {row.title}".rstrip())
    show.line("  " + _("{about} (criterion: {threshold})").format(about=row.about, threshold=row.threshold))
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
        _show_unplaced(found.unplaced)


def _show_unplaced(unplaced: "list[Unplaced]") -> None:
    """Show names that cannot be placed on the roster, those of most signals first, and what to do about them."""
    show.line("\n" + _("Names in the registers that cannot be placed on the roster; their signals count for the body:"))
    why = {
        "unknown": _("not on the roster"),
        "twice": _("several on the roster are called so"),
        "numbers": _("one on the roster is called so, but the registers have several numbers of this name"),
    }
    for one in unplaced[:MOST_NAMES]:
        show.line("  " + _("{name}: {why}, signals: {n}").format(name=one.name, why=why[one.why], n=one.signals))
    if len(unplaced) > MOST_NAMES:
        show.line("  " + _("and {n} more").format(n=len(unplaced) - MOST_NAMES))
    todo = {
        ("unit", "unknown"): _(
            "Units are found by name, number or the beginning of the name. Change the name on the roster, or in the"
            " register at its source, and import it again."
        ),
        ("unit", "twice"): _("Several units are called so: write the full name or the number into the register."),
        ("person", "unknown"): _(
            "People are found by name. Put those who have left on the roster with the leaving date; correct a"
            " misspelt name in the register at its source, and import it again."
        ),
        ("person", "twice"): _(
            "Several people on the roster have one name: look whose signal it is with selfaudit check explain, and"
            " decide with selfaudit check decide … --about UNIT."
        ),
        ("person", "numbers"): _(
            "Several numbers of one name are different people, or one person whose number was misspelt: look at the"
            " number in selfaudit check explain; correct it in the register, or decide with --about UNIT."
        ),
    }
    there = {(one.kind, one.why) for one in unplaced}
    for which, text in todo.items():
        if which in there:
            show.line("  → " + text)


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
    from selfaudit.workflow.contradictions.settling import Settlement
    from selfaudit.workflow.contradictions.settling import settle as run

    with Terminal() as listener:
        made = run(find_campaign(campaign), Settlement(tuple(keys), by, reason), listener)
    show.line(_("Settled: {keys}. Still open: {n}.").format(keys=show.names(keys), n=made.open))
    show.problems(made.problems)
    return TO_ACT_ON if made.open else DONE


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
    from selfaudit.workflow.contradictions.choosing import Choice
    from selfaudit.workflow.contradictions.choosing import resolve as run

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        settled = run(workspace, Choice(respondent, choose, by, reason), listener)
    show_history(settled, Words(workspace.plan()))
    show.line(_("Next: selfaudit contradictions list shows what is still open."))
    return DONE


COMMAND = Family(_("List and settle contradictions."), {"list": list_, "settle": settle, "resolve": resolve})
