"""What the benchmarks found, and whether it is what was to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bench.measure import Duel, Usage, growth, least_cpu

LINEAR = 1.1
"""The exponent up to which growth counts as linear."""
STEADY = 1.1
"""The factor up to which memory counts as independent of the number of files."""

Done = dict[int, Duel]
"""The duels of one command by size."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes and how many rounds are run at each; ``short_rounds`` are those of what takes no time.

    ``papers`` is how many people the campaign has whose signature sheets are spoiled.
    """

    rounds: dict[int, int]
    short_rounds: int
    papers: int

    @property
    def largest(self) -> int:
        """The largest size."""
        return max(self.rounds)

    @property
    def most_rounds(self) -> int:
        """How many rounds are run at the smallest size."""
        return max(self.rounds.values())

    @property
    def middle(self) -> int:
        """The largest size but one."""
        return sorted(self.rounds)[-2]


Table = Literal["commands", "forms", "closing", "data"]


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds on the clock that a command takes, with start-up, beside those of what it cannot do without.

    ``seconds_beside`` is None where that did not come to its end.
    """

    what: str
    size: str
    seconds: float
    limit: float
    beside: str
    seconds_beside: float | None

    @property
    def reached(self) -> bool:
        """Whether it is fast enough."""
        return self.seconds <= self.limit


@dataclass(frozen=True, slots=True)
class Ratio:
    """A program against its peer at one size; ``limit`` is what the median ratio is to stay below, if anything.

    ``table`` says in which table of the page it stands.
    """

    what: str
    size: str
    peer: str
    duel: Duel
    limit: float | None = None
    table: Table = "commands"

    @property
    def reached(self) -> bool | None:
        """Whether the limit is kept; None without a limit."""
        return None if self.limit is None else self.duel.median <= self.limit


@dataclass(frozen=True, slots=True)
class Point:
    """The least CPU seconds and the peak bytes of some runs at one size."""

    size: int
    cpu: float
    memory: float

    @classmethod
    def of(cls, size: int, runs: Sequence[Usage]) -> "Point":
        """Sum up runs."""
        return cls(size, least_cpu(runs), min(usage.memory for usage in runs))


@dataclass(frozen=True, slots=True)
class Growth:
    """How a command grows with what it is given; ``start`` is the same command given one."""

    what: str
    of: str
    start: Point
    points: list[Point]

    @property
    def cpu(self) -> float:
        """The exponent of CPU time."""
        return growth([p.size for p in self.points], [p.cpu for p in self.points], self.start.cpu)

    @property
    def memory(self) -> float:
        """The exponent of memory."""
        return growth([p.size for p in self.points], [p.memory for p in self.points], self.start.memory)

    @property
    def reached(self) -> bool:
        """Whether both are linear or better."""
        return max(self.cpu, self.memory) <= LINEAR


@dataclass(frozen=True, slots=True)
class Steady:
    """Memory of one process that should not depend on the number of files."""

    what: str
    sizes: tuple[int, int]
    peaks: tuple[int, int]

    @property
    def ratio(self) -> float:
        """How much more the larger number takes."""
        return self.peaks[1] / self.peaks[0]

    @property
    def reached(self) -> bool:
        """Whether it is as good as the same."""
        return self.ratio <= STEADY


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory in bytes that a command takes, and what it may take, if anything was set."""

    what: str
    size: str
    memory: float
    limit: float | None

    @property
    def reached(self) -> bool | None:
        """Whether the limit is kept; None without a limit."""
        return None if self.limit is None else self.memory <= self.limit


@dataclass(frozen=True, slots=True)
class Slowest:
    """The checks that take longest at one size, with their seconds on the clock, and what each may take."""

    size: str
    checks: list[tuple[str, float]]
    limit: float

    @property
    def reached(self) -> bool:
        """Whether none takes longer."""
        return max(seconds for _, seconds in self.checks) <= self.limit


@dataclass(frozen=True, slots=True)
class Opening:
    """A page in a browser: its fields, its bytes as they are and packed, and the milliseconds until one can type.

    There is one time for each speed of the processor; ``goals`` are the largest ratios of the form to this page.
    """

    page: str
    fields: int
    size: int
    packed: int
    times: list[float]
    goals: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """Signature sheets with one kind of damage: how many pages, recognised, and taken for another, which is wrong."""

    damage: str
    pages: int
    right: int
    wrong: int


Result = Ratio | Timed | Growth | Steady | Peak | Slowest | Opening | Recognised


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step of a spot check cost, beside a peer, if that could be run; ``limit`` is in CPU seconds."""

    what: str
    size: str
    ours: Usage
    limit: float
    peer: str
    theirs: Usage | None

    @property
    def reached(self) -> bool:
        """Whether it is fast enough."""
        return self.ours.cpu <= self.limit


@dataclass(frozen=True, slots=True)
class Covered:
    """How often limits contain the truth in a simulation: those of one stratum, and those of all together.

    ``strata`` says into how many the files are divided, ``rate`` how many of them have a problem; ``width`` is the mean
    distance of the limits of all, as a share of the files, and ``bias`` the mean of the estimates over the truth.
    """

    strata: str
    rate: str
    files: int
    bad: int
    runs: int
    alone: float
    together: float
    width: float
    bias: float
