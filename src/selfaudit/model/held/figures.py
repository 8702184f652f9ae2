"""Numbers of the profile held against those that registers give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from selfaudit.base.canonical import canonical_json
from selfaudit.model.data.figure import FigureOutcome
from selfaudit.model.data.register import RegisterFigure
from selfaudit.model.names import PROFILE


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """A figure of the registers, what came of it, and the number that the profile says; None without one."""

    figure: RegisterFigure
    outcome: FigureOutcome
    stated: int | None = None

    @property
    def agrees(self) -> bool:
        """Whether the two fit each other; what is not known contradicts nothing."""
        counted = self.outcome.value
        if counted is None or self.stated is None:
            return True
        return self.stated >= counted if self.figure.compare == "at_least" else self.stated == counted

    @property
    def key(self) -> str:
        """What the contradiction is called in commands: ``profile/certificates_total``."""
        return f"profile/{self.figure.profile}"

    @property
    def place(self) -> str:
        """Where it is said."""
        return PROFILE

    @property
    def name(self) -> str:
        """What the number is."""
        return self.figure.title

    @property
    def source(self) -> str:
        """What says otherwise: the number of the same name."""
        return self.figure.title

    @property
    def weight(self) -> float:
        """The share by which the two differ; a number of the body is as near as the body."""
        counted, stated = self.outcome.value or 0, self.stated or 0
        return abs(counted - stated) / max(counted, stated, 1)

    @property
    def digest(self) -> str:
        """A hash of both numbers and of how they are compared; a decision holds as long as this does."""
        said = [self.stated, self.outcome.value, self.figure.compare, self.figure.sql]
        return sha256(canonical_json(said)).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        said = {"id": self.figure.id, "title": self.figure.title, "profile": self.stated, "agrees": self.agrees}
        return {**said, **self.outcome.model_dump(mode="json", exclude={"figure"})}


def counted_figures(
    figures: Iterable[tuple[RegisterFigure, FigureOutcome]], numbers: Mapping[str, int]
) -> list[CountedFigure]:
    """Return every figure beside the number of the profile that says the same."""
    return [CountedFigure(one, outcome, numbers.get(one.profile or "")) for one, outcome in figures]
