"""``check list`` and ``check explain``."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import local
from selfaudit.base.i18n import N_, _, ngettext
from selfaudit.base.text import as_argument
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Json
from selfaudit.cli.verb import DONE, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.data.verdict import Standing
    from selfaudit.workflow.check.looking import Explained, Pointed

MOST_KEYS = 20
"""Signals that are shown of a check; --json has those that were kept, -o writes all."""
MOST_MISSING = 3
"""What a check lacks that the list names; check explain has all."""
STATUS = {"experimental": N_("on trial"), "stable": N_("in use"), "withdrawn": N_("withdrawn")}


@verb
def list_(campaign: Campaign = None, as_json: Json = False) -> int:
    """List all data checks and what came of them when they last ran."""
    from selfaudit.model.data.outcome import told
    from selfaudit.workflow.check.looking import listed

    found = listed(find_campaign(campaign))
    if as_json:
        show.data({"checks": [one.as_data(_) for one in found]})
        return DONE
    header = (_("ID"), _("Check"), _("Severity"), _("Status"), _("Last outcome"))
    show.table(
        header,
        [
            (
                one.check.id,
                one.check.title,
                one.severity,
                _(STATUS[one.check.status]),
                told(one.ran.outcome, _, one.missing, MOST_MISSING) if one.ran else _("never run"),
            )
            for one in found
        ],
    )
    return DONE


@verb
def explain(
    id_: Annotated[str, typer.Argument(metavar=_("ID"), help=_("A data check, such as C08."))],
    key: Annotated[str, typer.Argument(metavar=_("KEY"), help=_("One of its signals."))] = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Explain a data check, or one of its signals: how it was computed, on what basis, and how to tell a false one."""
    from selfaudit.workflow.check.looking import explained, pointed

    workspace = find_campaign(campaign)
    if key:
        one = pointed(workspace, id_, key)
        if as_json:
            show.data(one.as_data(_))
        else:
            _show_signal(one)
        return DONE
    found = explained(workspace, id_)
    if as_json:
        show.data(found.as_data(_))
        return DONE
    _show_check(found)
    _show_outcome(found)
    return DONE


def _show_check(found: "Explained") -> None:
    one = found.check
    show.line(f"{one.id}  {one.title}  [{found.severity}] {_(STATUS[one.status])}")
    show.line(f"  {one.means}")
    show.line(_("  It judges: {what}").format(what=one.judges))
    for name, parameter in one.parameters.items():
        text = _("  Threshold {name} = {value}: {why}")
        value = f"{parameter.default} {parameter.unit}".rstrip()
        show.line(text.format(name=name, value=value, why=parameter.why))
    for rule in one.rules:
        values = show.names(f"{name} = {value}" for name, value in rule.values.items())
        since, until = rule.effective_from or "…", rule.effective_to or "…"
        text = _("  Rule {id}, {since} to {until}: {values}")
        show.line(text.format(id=rule.id, since=since, until=until, values=values).rstrip(": "))
    _show_basis(found)
    _show_false(found)


def _show_basis(found: "Explained") -> None:
    for cited in found.basis:
        show.line(_("  Basis: {cited}").format(cited=cited))


def _show_false(found: "Explained") -> None:
    show.line(_("  It may be wrong where:"))
    for one in found.check.false_positives:
        show.line(_("    {when}. How to tell: {tell}").format(when=one.when, tell=one.tell))


def _show_outcome(found: "Explained") -> None:
    from selfaudit.model.data.outcome import told
    from selfaudit.model.data.verdict import STATES

    if found.ran is None:
        show.line(_("  It has not been run: selfaudit check {id}").format(id=found.check.id))
        return
    show.line(_("  Outcome ({at}): {said}").format(at=local(found.ran.at), said=told(found.ran.outcome, _)))
    for title in found.missing:
        show.line(_("    missing: {title}").format(title=title))
    if found.stale:
        show.line(_("  The registers are others by now: run it again."))
    for one in found.standings[:MOST_KEYS]:
        facts = show.names(f"{name} {text}" for name, text in one.signal.facts.items())
        state = "" if one.state == "open" else f"  [{_(STATES[one.state])}]"
        show.line(f"    {as_argument(one.signal.key)}  {facts}{state}")
    if len(found.signals) > MOST_KEYS:
        text = _("    {shown} of {n} are shown. All: selfaudit check {id} -o FILE.xlsx")
        show.line(text.format(shown=MOST_KEYS, n=found.ran.outcome.signals, id=found.check.id))
    for gone in found.gone[:MOST_KEYS]:
        text = _("    {key}  [no longer signalled; {by}, {on}: {word}: {reason}]")
        word = _(STATES[gone.said or "open"])
        show.line(text.format(key=as_argument(gone.key), by=gone.by, on=gone.on, word=word, reason=gone.reason))
    if len(found.gone) > MOST_KEYS:
        text = _("    {shown} of {n} verdicts on what is signalled no longer are shown. All: --json")
        show.line(text.format(shown=MOST_KEYS, n=len(found.gone)))
    if found.signals:
        text = _("Next: selfaudit check explain {id} {key} shows how it was computed.")
        first = next((one for one in found.standings if one.open), found.standings[0])
        show.line(text.format(id=found.check.id, key=as_argument(first.signal.key)))


def _show_signal(one: "Pointed") -> None:
    found = one.explained
    show.line(f"{found.check.id}  {found.check.title}  [{one.severity}]")
    show.line(f"  {found.check.means}")
    signal = one.standing.signal
    show.line(_("  Key: {key}").format(key=signal.key))
    for name, text in signal.facts.items():
        show.line(_("  {name}: {text}").format(name=name, text=text))
    show.line(_("  How it was computed:"))
    for line in signal.derivation:
        show.line(f"    {line}")
    _show_basis(found)
    _show_false(found)
    for title, rows in one.rows.items():
        text = ngettext("  In the file of “{title}”, {n} row", "  In the file of “{title}”, {n} rows", rows.n)
        by = show.names(f"{name} {part or '—'}" for name, part in rows.by.items())
        numbers = show.names(rows.first) + (" …" if rows.n > len(rows.first) else "")
        show.line(_("{text} with {by}: {rows}").format(text=text.format(title=title, n=rows.n), by=by, rows=numbers))
    _show_numbers(one)
    _show_verdict(one.standing)
    if found.stale:
        show.line(_("  The registers are others by now: run it again."))


def _show_numbers(one: "Pointed") -> None:
    if not one.numbers:
        return
    text = _("  Several numbers stand beside “{name}”: one is misspelt, or they are different people.")
    show.line(text.format(name=one.standing.signal.person))
    wrong = _("{number} (the check digit is wrong)")
    for title, several in one.numbers.items():
        ends = ((wrong if each.misspelt else "{number}").format(number=f"****{each.end}") for each in several)
        show.line("    " + _("{name}: {text}").format(name=title, text=show.names(ends)))


def _show_verdict(one: "Standing") -> None:
    from selfaudit.model.data.verdict import CODES, STATES

    show.line(_("  State: {state}").format(state=_(STATES[one.state])))
    if one.exception:
        text = _("    excepted by {by} in exceptions.yaml: {reason}")
        show.line(text.format(by=one.exception.by, reason=one.exception.reason))
    if one.over:
        text = _("    the exception of {by} was until {until}: {reason}")
        show.line(text.format(by=one.over.by, until=one.over.until, reason=one.over.reason))
    if (said := one.verdict) and said.said:
        word = _(STATES[said.said]) + (f", {_(CODES[said.code])}" if said.code else "")
        text = _("    {by}, {on}: {word}: {reason}")
        show.line(text.format(by=said.by, on=said.on, word=word, reason=said.reason))
        if one.state == "reopened":
            before = [f"{name} {text}" for name, text in said.facts.items() if one.signal.facts.get(name) != text]
            show.line(_("    then: {facts}").format(facts=show.names(before)))
        if said.finding:
            show.line(_("    finding: {id}").format(id=said.finding))
