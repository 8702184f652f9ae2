"""Which milestones of the plan are done, as somebody said, and how far away or overdue the others are."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from selfaudit.model.kit.plan import Plan

MILESTONE = "milestone"
"""The kind of decision that a milestone is done."""


@dataclass(frozen=True, slots=True)
class Done:
    """That a milestone is done: on which day, who said so, and a note."""

    on: date
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneStatus:
    """A milestone with the days left until it (negative when it has passed), and whether it is done."""

    id: str
    title: str
    on: date
    who: str
    days_left: int
    done: Done | None = None

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and nobody said that it is done."""
        return self.done is None and self.days_left < 0

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        done = {"on": self.done.on.isoformat(), "by": self.done.by, "note": self.done.note} if self.done else None
        return asdict(self) | {"on": self.on.isoformat(), "overdue": self.overdue, "done": done}


def milestone_states(plan: Plan, done: Mapping[str, Done], today: date) -> list[MilestoneStatus]:
    """Return the state of every milestone, in the order of the plan; ``done`` is by their ids."""
    return [
        MilestoneStatus(stone.id, stone.title, stone.on, stone.who, (stone.on - today).days, done.get(stone.id))
        for stone in plan.milestones
    ]
