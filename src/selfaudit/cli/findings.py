"""Prints how far the findings of a campaign are."""

from typing import TYPE_CHECKING

from selfaudit.base.i18n import _
from selfaudit.cli import show

if TYPE_CHECKING:
    from selfaudit.model.progress.findings import FindingStatus


def show_findings(found: "FindingStatus") -> None:
    """Print findings by state, the overdue ones with who is responsible, and what is reported otherwise by now."""
    from selfaudit.model.rectification.rectification import STATES

    counted = [_("{state}: {n}").format(state=_(STATES[state]), n=n) for state, n in found.states.items() if n]
    states = show.names(counted)
    show.line("\n" + _("Findings ({n}): {states}").format(n=found.total, states=states))
    late = [" ".join(filter(None, (one.id, one.owner, one.due))) for one in found.overdue]
    lists = (
        (_("Corrections overdue"), late),
        (_("Reported otherwise since the register was edited"), found.otherwise),
        (_("Reported no more since the register was edited"), found.no_more),
    )
    for title, names in lists:
        if names:
            show.line("  " + _("{title} ({n}): {names}").format(title=title, n=len(names), names=show.some(names)))
