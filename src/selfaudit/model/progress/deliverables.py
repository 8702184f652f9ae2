"""Where every deliverable of the plan stands: made, filed, signed, missing, by when and by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from selfaudit.base.i18n import N_
from selfaudit.model.base import Model, Text
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.kit import Kit

DELIVERABLE = "deliverable"
"""The kind of record that says what was filed as a deliverable."""

Stand = Literal["missing", "old", "unsigned", "changed", "done"]
"""Not there; made, but answers came since; there, but not signed as it must be; signed, but what was signed has changed
since; there as it is wanted."""

STANDS: dict[Stand, str] = {
    "missing": N_("not there"),
    "old": N_("out of date"),
    "unsigned": N_("not signed"),
    "changed": N_("to be signed again"),
    "done": N_("in place"),
}
"""The words for how a deliverable stands."""


class FiledFile(Model):
    """A file as somebody gave it: where it is kept in the campaign, its name, SHA-256 in hexadecimal and bytes.

    ``source`` is the SHA-256 of the scan out of which it was taken, and ``pages`` how many it has, if that is known.
    """

    file: Text
    name: Text
    sha256: Text
    size: int
    source: str = ""
    pages: int = 0


class Filing(Model):
    """What was filed as a deliverable, the data of its record; no files once it was withdrawn.

    ``omitted`` is why there is none at all, as somebody said.

    ``signed_by`` is who signed it. ``content`` is the code of what was signed, if it was read from the paper.
    """

    files: tuple[FiledFile, ...] = ()
    signed_by: str = ""
    content: str = ""
    omitted: str = ""


def record_id(deliverable: str, whose: str = "") -> str:
    """Return the id of the record of a deliverable; ``whose`` is the number of a unit or person, if it is of each."""
    return f"{deliverable}/{whose}" if whose else deliverable


@dataclass(frozen=True, slots=True)
class Piece:
    """A deliverable of one unit, person, or the body (whose number and name are empty).

    ``files`` are where it is in the campaign, ``on`` is the day on which it was made or filed, ``by`` who filed it.
    """

    number: str
    name: str
    stand: Stand
    files: tuple[str, ...] = ()
    on: date | None = None
    by: str = ""
    signed_by: str = ""
    omitted: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        data = {name: getattr(self, name) for name in self.__slots__}
        return data | {"on": self.on.isoformat() if self.on else None}


@dataclass(frozen=True, slots=True)
class DeliverableStatus:
    """A deliverable with its pieces; ``due`` is None if nothing in the plan names it, ``days_left`` then as well."""

    deliverable: Deliverable
    due: date | None
    who: str
    days_left: int | None
    pieces: Sequence[Piece]

    @property
    def lacking(self) -> list[Piece]:
        """The pieces that are not there as they are wanted."""
        return [piece for piece in self.pieces if piece.stand != "done"]

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and something of it is still lacking."""
        return self.days_left is not None and self.days_left < 0 and bool(self.lacking)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        one = self.deliverable
        return {
            "id": one.id,
            "title": one.title,
            "made": one.made,
            "of": one.whose,
            "signed": one.signed,
            "sealed": one.sealed,
            "who": self.who,
            "due": self.due.isoformat() if self.due else None,
            "overdue": self.overdue,
            "pieces": [piece.as_data() for piece in self.pieces],
        }


def dated(kit: Kit, deliverable: Deliverable) -> tuple[date | None, str]:
    """Return the day by which a deliverable must be there, and who sees to it.

    The last milestone that names it says so, or else the last phase, or else the last checklist.
    """
    plan, name = kit.plan, deliverable.id
    stones = [(stone.on, stone.who) for stone in plan.milestones if name in stone.outputs]
    phases = [(phase.end, phase.who) for phase in plan.phases if name in phase.outputs]
    found = stones or phases or list(_of_checklists(kit, name))
    day, who = max(reversed(found), key=lambda one: one[0]) if found else (None, "")
    return day, deliverable.who or who


def _of_checklists(kit: Kit, name: str) -> Iterator[tuple[date, str]]:
    whose = {phase.id: phase.who for phase in kit.plan.phases}
    for checklist, item in kit.placed_items():
        if name in (item.deliverables or checklist.deliverables):
            yield kit.due_of(checklist, item), whose.get(checklist.phase, "")
