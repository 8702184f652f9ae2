"""Prints where the deliverables of the plan stand."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from selfaudit.base.clock import today
from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign
from selfaudit.model.progress.deliverables import STANDS

if TYPE_CHECKING:
    from selfaudit.model.progress.deliverables import DeliverableStatus, Piece, Stand

MOST_FILES = 2
"""Files of one, by name; with their folders in --json."""
MOST_NAMES = 4
"""Names of those who lack one; the whole list is in --json."""


def list_deliverables(campaign: Path | None, *, as_json: bool) -> int:
    """Print the state of every deliverable; return the exit code."""
    from selfaudit.workflow.deliverables import deliverables

    found = deliverables(find_campaign(campaign), today())
    if as_json:
        show.data([one.as_data() for one in found])
    else:
        _show(found)
        if any(one.lacking for one in found):
            show.line("\n" + _("Next: selfaudit deliverable add FILE --as DELIVERABLE files what you have."))
    return TO_ACT_ON if any(one.overdue for one in found) else DONE


def _show(found: "Sequence[DeliverableStatus]") -> None:
    """Print one line for each deliverable; of those that there are several of, how many lack what, and whose."""
    rows = [(one.deliverable.id, one.deliverable.title, one.who, one.due or "", _state(one)) for one in found]
    show.table((_("Id"), _("Deliverable"), _("Responsible"), _("Due"), _("State")), rows)


def _state(one: "DeliverableStatus") -> str:
    if one.pieces and not one.pieces[0].number:
        text = _of_one(one.pieces[0])
    elif not one.pieces:
        text = _("nobody has to hand one in")
    else:
        there = _("{there} of {all} in place").format(there=len(one.pieces) - len(one.lacking), all=len(one.pieces))
        lacking = {stand: [piece.name for piece in one.lacking if piece.stand == stand] for stand in STANDS}
        text = _("; ").join((there, *(_part(stand, names) for stand, names in lacking.items() if names)))
    return _("{state}, overdue").format(state=text) if one.overdue else text


def _part(stand: "Stand", names: Sequence[str]) -> str:
    text = _("{state} ({n}): {names}")
    return text.format(state=_(STANDS[stand]), n=len(names), names=show.some(names, MOST_NAMES))


def _of_one(piece: "Piece") -> str:
    if piece.omitted:
        return _("none: {reason}").format(reason=piece.omitted)
    text = _(STANDS[piece.stand])
    told = [piece.on.isoformat()] if piece.on else []
    if piece.signed_by:
        told.append(_("signed by {name}").format(name=piece.signed_by))
    told += [show.some([PurePosixPath(file).name for file in piece.files], MOST_FILES)] if piece.files else []
    return _("{state} ({told})").format(state=text, told=_(", ").join(told)) if told else text
