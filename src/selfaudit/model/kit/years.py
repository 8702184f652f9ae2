"""Years that a plan's texts still name although its dates are those of another year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selfaudit.model.kit.kit import Kit
from selfaudit.model.names import PLAN

# the year of a day or of a sentence, not that of a standard or of a document (GB/T 27021.1-2017, 〔2023〕3号)
_YEAR = re.compile(r"(?<![0-9A-Za-z_.:：/–—\-〔\[])(?:19|20)\d\d(?![0-9A-Za-z〕\]]|-(?!\d\d-\d\d))")

Path = tuple[str | int, ...]


def years_of(kit: Kit) -> set[int]:
    """Return the years in which something of the plan happens; the notice may be of another one."""
    plan = kit.plan
    days = [plan.cut_off, plan.submission.deadline, *(m.on for m in plan.milestones)]
    days += [day for phase in plan.phases for day in (phase.start, phase.end)]
    days += [kit.due_of(checklist, item) for checklist, item in kit.placed_items()]
    return {day.year for day in days}


@dataclass(frozen=True, slots=True)
class OtherYears:
    """A text, where it is, and the years in it, none of which is one of the plan."""

    file: str
    path: Path
    text: str
    years: tuple[str, ...]

    @property
    def is_title(self) -> bool:
        """Whether it is on the cover of forms or of the report."""
        return self.file == PLAN and self.path in (("title",), ("report", "title"))


def other_years(kit: Kit) -> Iterator[OtherYears]:
    """Yield every text of plan and checklists that names years outside the plan.

    A text that names a year of the plan as well looks back on purpose; the notice is quoted as it is.
    """
    own = {str(year) for year in years_of(kit)}
    for file, model in {PLAN: kit.plan, **kit.checklists}.items():
        for path, text in _texts(model.model_dump(by_alias=True), ()):
            found = tuple(dict.fromkeys(_YEAR.findall(text)))
            if found and own.isdisjoint(found) and path[0] != "notice":
                yield OtherYears(file, path, text, found)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, (list, tuple)):
        for n, inner in enumerate(value):
            yield from _texts(inner, (*path, n))
