"""What came of all data checks together: how many ran, what they signalled, and what persons said of that."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from selfaudit.model.data.check import CheckId
from selfaudit.model.data.outcome import Outcome
from selfaudit.model.data.verdict import UNDECIDED, Standing, State


@dataclass(frozen=True, slots=True)
class CheckTotal:
    """What came of one check, and how many of its signals are in which state; those not kept are in none."""

    outcome: Outcome
    states: Mapping[State, int] = field(default_factory=dict)

    @property
    def ran(self) -> bool:
        """Whether it ran, be it in part."""
        return self.outcome.state != "not_run"

    @property
    def undecided(self) -> int:
        """How many signals somebody still has to decide on."""
        return self.outcome.signals - sum(n for state, n in self.states.items() if state not in UNDECIDED)


def totals_of(outcomes: Iterable[Outcome], standings: Iterable[Standing]) -> tuple[CheckTotal, ...]:
    """Return what came of every check that was ever run; without ``standings`` nobody has decided anything."""
    states: dict[CheckId, Counter[State]] = {}
    for one in standings:
        states.setdefault(one.signal.check, Counter())[one.state] += 1
    return tuple(CheckTotal(one, states.get(one.check, {})) for one in outcomes)
