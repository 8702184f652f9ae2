"""Prints the state of the signed papers of a campaign."""

from typing import TYPE_CHECKING

from selfaudit.base.i18n import N_, _
from selfaudit.cli import show

if TYPE_CHECKING:
    from selfaudit.model.progress.paper_status import PaperCounts, PaperStatus

OPEN_PAGES = N_("Unassigned pages: {count}. See papers/unreadable.html; file them with --to.")


def show_papers(found: "PaperStatus") -> None:
    """Print counts by unit, and for every unit whose papers are not confirmed."""
    from selfaudit.model.progress.paper_status import STATES

    show.line()
    header = (
        _("Signed paper"),
        *(_(STATES[state]) for state in ("confirmed", "unconfirmed", "refused", "changed", "missing", "not_due")),
    )
    rows = [_counts_row(counts.name, counts) for counts in found.units.values()]
    show.table(header, [*rows, _counts_row(_("Total"), found.total)])
    if found.waiting:
        title = _("Signed paper not confirmed")
        show.line("\n" + _("{title} ({n}):").format(title=title, n=len(found.waiting)))
    groups: dict[tuple[str, str], list[str]] = {}
    for who in found.waiting:
        if who.reason:
            text = _("  {unit}  {name}  {state}: {reason}")
            show.line(text.format(unit=who.unit, name=who.name, state=_(STATES[who.state]), reason=who.reason))
        else:
            groups.setdefault((who.unit, _(STATES[who.state])), []).append(who.name)
    for (unit, state), names in groups.items():
        show.line(_("  {unit}, {state}: {names}").format(unit=unit, state=state, names=show.some(names)))
    if found.open_pages:
        show.line("\n" + _(OPEN_PAGES).format(count=found.open_pages))


def _counts_row(name: str, row: "PaperCounts") -> tuple[str | int, ...]:
    return (name, row.confirmed, row.unconfirmed, row.refused, row.changed, row.missing, row.not_due)
