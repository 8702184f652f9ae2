"""What registers give for the numbers of the report, as it was counted last."""

from selfaudit.model.base import Id, Model
from selfaudit.model.data.outcome import Reason

FIGURE = "figure"
"""The kind of the records that contain what was counted last for each figure, by its id."""


class Counted(Model):
    """One number that registers give, None where it is not known; ``label`` tells those of one query apart."""

    label: str = ""
    value: int | None = None


class FigureOutcome(Model):
    """What came of one figure: its numbers, or why there are none.

    ``unknown`` is the number of rows that could not be counted, ``sql`` the query, ``registers`` the version of each
    register that was asked.
    """

    figure: Id
    values: tuple[Counted, ...] = ()
    unknown: int = 0
    sql: str
    reason: Reason | None = None
    detail: str = ""
    missing: tuple[str, ...] = ()
    registers: dict[str, int] = {}

    @property
    def value(self) -> int | None:
        """The number, if there is just one."""
        return self.values[0].value if len(self.values) == 1 else None
