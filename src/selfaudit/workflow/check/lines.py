"""Which checks are meant, and what came of them, with the words for it, the weighty first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.keys import nearest
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import Outcome, is_implausible, told, why
from selfaudit.model.data.titles import titles
from selfaudit.model.data.verdict import UNDECIDED, State
from selfaudit.workflow.common.data import CampaignData

NO_CHECK = error("check.unknown", N_("there is no data check “{id}”"), N_("Nearest: {near}. All: selfaudit check list"))


@dataclass(frozen=True, slots=True)
class Line:
    """What came of a check; ``missing`` are the titles of what it lacks, ``severity`` is that of the check.

    ``verdicts`` says what holds of its signals: how many are to be decided, confirmed, explained or excepted.
    """

    check: DataCheck
    outcome: Outcome
    severity: str
    missing: Sequence[str]
    verdicts: Mapping[State, int] = field(default_factory=dict)

    @property
    def implausible(self) -> bool:
        """Whether it signals so much that rule or data are more likely wrong."""
        return is_implausible(self.check, self.outcome)

    @property
    def open(self) -> int:
        """How many of its signals somebody has to decide on."""
        return sum(self.verdicts.get(state, 0) for state in UNDECIDED)

    def told(self, say: Callable[[str], str]) -> str:
        """Return what came of it in words, with everything that is missing."""
        return told(self.outcome, say, self.missing)

    def why(self, say: Callable[[str], str]) -> str:
        """Return why it did not run, or in part only, with everything that is missing."""
        return why(self.outcome, say, self.missing)

    def as_data(self, say: Callable[[str], str]) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        said = {"title": self.check.title, "severity": self.check.severity, "implausible": self.implausible}
        said |= {"verdicts": dict(self.verdicts)}
        return {**self.outcome.model_dump(mode="json", exclude={"file"}), **said, "said": self.told(say)}


def chosen(data: CampaignData, ids: Sequence[str]) -> list[DataCheck]:
    """Return the checks that are asked for by their ids, in any case; all that are not withdrawn if none is."""
    known = {id_.casefold(): check for id_, check in data.checks.items()}
    if unknown := [id_ for id_ in ids if id_.casefold() not in known]:
        broken = [one for one in data.problems if Path(one.where.file).stem.casefold() in map(str.casefold, unknown)]
        raise UserError(broken or [NO_CHECK(id=id_, near=nearest(id_, data.checks)) for id_ in unknown])
    if ids:
        return [known[id_] for id_ in dict.fromkeys(map(str.casefold, ids))]
    return [check for check in data.checks.values() if check.status != "withdrawn"]


def lines_of(
    outcomes: Sequence[tuple[DataCheck, Outcome]], kit: DataKit, severities: Mapping[str, str]
) -> Iterator[Line]:
    """Yield outcomes with the words for what they name; ``severities`` are the titles of those of the kit."""
    for check, outcome in outcomes:
        yield Line(check, outcome, severities.get(check.severity, check.severity), titles(kit, outcome.missing))


def ordered(lines: Iterator[Line], severities: Sequence[str]) -> list[Line]:
    """Return lines, the weighty first: what signals, by severity and number; what does not; what did not run.

    Of one severity, a check whose rule may be wrong comes after the others.
    """

    def weight(line: Line) -> tuple[bool, bool, int, bool, int, str]:
        rank = severities.index(line.check.severity) if line.check.severity in severities else len(severities)
        one = line.outcome
        return one.state == "not_run", not one.signals, rank, line.implausible, -one.signals, one.check

    return sorted(lines, key=weight)
