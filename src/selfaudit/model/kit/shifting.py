"""The days of a kit: what changes when its plan is carried out at another time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from selfaudit.model.base import Model
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Plan
from selfaudit.model.names import PLAN

T = TypeVar("T")

Place = tuple[str, tuple[str | int, ...]]
"""A file of the kit and a path in it."""

_GIVEN = ("notice", "legal_basis")
"""What somebody else said, which no plan changes."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Dated:
    """One line of a plan as people read it; ``start`` is None for what has one day only."""

    title: str
    start: date | None
    end: date


def plan_lines(plan: Plan) -> list[Dated]:
    """Return phases and milestones of a plan in the order of their days."""
    phases = [Dated(phase.title, phase.start, phase.end) for phase in plan.phases]
    milestones = [Dated(milestone.title, None, milestone.on) for milestone in plan.milestones]
    return sorted([*phases, *milestones], key=lambda line: (line.start or line.end, line.end))


def begins(plan: Plan) -> date:
    """Return the first day of a plan."""
    return min(phase.start for phase in plan.phases)


def shifted(kit: Kit, start: date) -> dict[Place, date]:
    """Return every day of a kit, moved so that its plan begins on ``start``; ``OverflowError`` past the year 9999."""
    by = start - begins(kit.plan)
    return {place: day + by for place, day in _values(kit, date)}


def ends_on_weekend(kit: Kit) -> Iterator[tuple[Place, date]]:
    """Yield the days on which something must be there and which are a Saturday or Sunday."""
    for (file, path), day in _values(kit, date):
        last = path[0] in ("submission", "due") or path[-1] in ("to", "on", "due")
        if last and "stated_elsewhere" not in path and day.weekday() >= _SATURDAY:
            yield (file, path), day


def _values(kit: Kit, kind: type[T]) -> Iterator[tuple[Place, T]]:
    models: dict[str, Model] = {PLAN: kit.plan, **kit.checklists}
    for file, model in models.items():
        for path, value in _inside(model, (), kind):
            if path[0] not in _GIVEN:
                yield (file, path), value


def _inside(value: Any, path: tuple[str | int, ...], kind: type[T]) -> Iterator[tuple[tuple[str | int, ...], T]]:
    if isinstance(value, kind):
        yield path, value
    elif isinstance(value, Model):
        for name, field in type(value).model_fields.items():
            yield from _inside(getattr(value, name), (*path, field.alias or name), kind)
    elif isinstance(value, tuple):
        for n, entry in enumerate(value):
            yield from _inside(entry, (*path, n), kind)
