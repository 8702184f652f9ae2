"""What became of the files of a run."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from selfaudit.base.problems import Problem


class Outcome(StrEnum):
    """What became of a file: of a response, or of evidence that belongs to one, or to none yet."""

    NEW = "new"
    UPDATED = "updated"
    OLDER = "older"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    EVIDENCE = "evidence"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: what became of it, whose it is, and what there is to say about it.

    ``dated_early``: it was filled in, it says, before the form was issued.
    """

    file: str
    outcome: Outcome
    respondent: str = ""
    notes: tuple[Problem, ...] = ()
    gaps: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()
    dated_early: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        said = {key: [p.as_data() for p in getattr(self, key)] for key in ("errors", "notes", "gaps")}
        return {"file": self.file, "outcome": self.outcome, "respondent": self.respondent, **said}


@dataclass(slots=True)
class Collected:
    """The summary of a run; files that were here before and changed nothing are only counted.

    ``doubts`` are numbers of the units concerned that cannot be right together.
    """

    results: list[FileResult] = field(default_factory=list)
    unchanged: int = 0
    doubts: list[Problem] = field(default_factory=list)

    def of(self, *outcomes: str) -> list[FileResult]:
        """Return the files with one of these outcomes."""
        return [result for result in self.results if result.outcome in outcomes]

    def count(self, outcome: str) -> int:
        """Return how many files had an outcome."""
        return self.unchanged if outcome == Outcome.UNCHANGED else len(self.of(outcome))

    @property
    def dated_early(self) -> list[str]:
        """The respondents whose forms say that they were filled in before they were issued."""
        return list(dict.fromkeys(result.respondent for result in self.results if result.dated_early))

    @property
    def to_act_on(self) -> bool:
        """Whether somebody has to do something about a file."""
        bad = (Outcome.CONFLICT, Outcome.REJECTED, Outcome.OLDER, Outcome.UNASSIGNED)
        return bool(self.doubts) or any(result.gaps or result.outcome in bad for result in self.results)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "unchanged": self.unchanged,
            "dated_early": self.dated_early,
            "files": [result.as_data() for result in self.results],
            "doubts": [doubt.as_data() for doubt in self.doubts],
        }
