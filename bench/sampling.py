"""The spot check: draws from a large population, gives what is drawn to reviewers, and measures its limits.

``python -m bench.sampling draw|tickets|assign|flow FILES …`` is one step, a process of its own.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selfaudit.model.sampling.plan import SamplePlan
    from selfaudit.model.sampling.population import CaseFile

from bench.campaigns import step
from bench.data import VENV
from bench.measure import Bench, Usage
from bench.results import Cost, Covered
from bench.tables import duration, mebibytes, table, yes_no

SECONDS = 10.0
"""The goal for the draw and for the assignment, in CPU seconds with start-up."""
SEED = "c0ffee" * 10
RATES, RUNS, SIMULATED = ((200, "0.5 %"), (50, "2 %"), (10, "10 %"), (5, "20 %")), 1_000, 2_000
"""One in how many files has a problem; how often, and from how many files, a simulation draws."""
SHAPES = ((3, 2), (19, 5))
"""Branches and standards of the files of a simulation: few strata, and many of which one or two files are drawn."""
FEW = 20
"""Branches times standards beyond which one file of each stratum is enough."""

SAMPLING = """
## The spot check

Measured by itself: `python bench/run.py --only sampling`. Everything runs once and in one process, so that CPU seconds
are what somebody waits for on a machine that is idle; start-up is in them. The goals are for the larger size.

- `draw` makes the canonical text of a population, hashes it, reads it again, sorts it into strata by risk, branch and
  standard, and lists what is drawn. `hashlib, sorted` only hashes every number with the seed, and sorts by that.
- `assign` gives every file to one of about 140 reviewers who may have it, with room for a tenth more than there are,
  as level as can be. `networkx` finds a maximum flow through the same graph with Dinitz' algorithm, which says nothing
  of level loads; of the larger size its graph has two million edges, and it is not run.
"""
LIMITS = """
In simulation, files are drawn again and again from a population in which it is known which have a problem. *Limits of a
stratum* says how often the limits of 95 % contained the number of its files with a problem, *limits of all* how often
those of all strata together did, *width* how far apart these are on average, as a share of all files. Limits of few
files cannot come closer to 95 % than the numbers that there are, so that they contain the truth more often.

Limits of all are those of an exact test, for the least favourable way in which the files with a problem may be spread
over the strata. In eight small plans of which all outcomes were counted they held 95.5 % or more wherever such files
were. The usual way, to add the distances of the limits of strata as squares, held 87 % at worst: its lower limit is too
high where one file each is found in several strata. It is twice as wide where few files have a problem; where one in
five has, in forty strata with one file drawn of each, it is a fifth narrower, and misses the truth too often.
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Files of the population, files drawn, reviewers, and files that the peer of the assignment is given."""

    files: int
    drawn: int
    reviewers: int
    few: int
    runs: int


FULL, QUICK = Sizes(300_000, 15_000, 400, 1_500, RUNS), Sizes(3_000, 150, 40, 50, 10)


@dataclass(frozen=True, slots=True)
class Sampling:
    """Measures it; ``say`` hears how far it is."""

    bench: Bench
    sizes: Sizes
    say: Callable[[str], None]

    def run(self) -> Iterator[Cost | Covered]:
        """Yield the results in the order in which they are printed."""
        sizes = self.sizes
        size = f"{sizes.files:,} files"
        self.say(f"draw, {size}")
        drawn = self.bench.run(step("sampling", "draw", sizes.files))
        tickets = self.bench.run(step("sampling", "tickets", sizes.files))
        yield Cost("draw", size, drawn, SECONDS, "hashlib, sorted", tickets)
        for files in (sizes.few, sizes.drawn):
            size = f"{files:,} files, {sizes.reviewers} reviewers"
            self.say(f"assign, {size}")
            given = self.bench.run(step("sampling", "assign", files, sizes.reviewers))
            yield Cost("assign", size, given, SECONDS, "networkx", self._flow(files) if files == sizes.few else None)
        for shape in SHAPES:
            for one_in, rate in RATES:
                self.say(f"limits in simulation, {rate}")
                # many strata take longer
                yield covered(one_in, rate, sizes.runs // (5 if shape == SHAPES[-1] else 1), shape)

    def _flow(self, files: int) -> Usage:
        here = [str(VENV / "python"), str(Path(__file__))]
        return self.bench.run([*here, "flow", str(files), str(self.sizes.reviewers)])


def section(results: Sequence[Cost | Covered]) -> str:
    """Return the section of the page."""
    costs = [one for one in results if isinstance(one, Cost)]
    simulated = [one for one in results if isinstance(one, Covered)]
    head = ("What", "Size", "CPU", "Peak memory", "Peer", "CPU of peer", "Its memory", "Goal", "Reached")
    limits = ("Strata", "Files with a problem", "Runs", "Limits of a stratum", "Limits of all", "Width")
    covered = table((*limits, "Mean estimate / truth"), map(_covered, simulated))
    return "".join([SAMPLING, table(head, map(_cost, costs)), LIMITS, covered])


def _cost(one: Cost) -> Sequence[str]:
    ours = (f"`{one.what}`", one.size, duration(one.ours.cpu), mebibytes(one.ours.memory))
    beside = (duration(one.theirs.cpu), mebibytes(one.theirs.memory)) if one.theirs else ("–", "–")
    return (*ours, one.peer, *beside, f"≤ {duration(one.limit)}", yes_no(one.reached))


def _covered(one: Covered) -> Sequence[str]:
    bad = f"{one.rate}: {one.bad} of {one.files:,}"
    covered = (f"{one.alone:.1%}", f"{one.together:.1%}", f"{one.width:.1%}", f"{one.bias:.3f}")
    return one.strata, bad, f"{one.runs}", *covered


def covered(one_in: int, rate: str, runs: int, shape: tuple[int, int]) -> Covered:
    """Draw again and again from a population in which it is known which files have a problem.

    Count how often the limits contain the truth: those of every stratum, and those of all together.
    """
    from selfaudit.model.sampling.drawing import draw  # noqa: PLC0415 - peers run this file without selfaudit
    from selfaudit.model.sampling.limits import limits  # noqa: PLC0415
    from selfaudit.model.sampling.together import together  # noqa: PLC0415

    branches, standards = shape
    few = branches * standards > FEW
    plan, files = _plan(1 if few else 10), list(_files(SIMULATED, branches=branches, standards=standards))
    rng = Random(one_in)
    bad = {file.id for file in files if rng.randrange(one_in) == 0}
    alone = strata = right = width = 0
    total = 0.0
    for run in range(runs):
        parts = [
            (len(stratum.files), stratum.taken, {one.file.id for one in stratum.drawn} & bad, stratum)
            for stratum in draw(plan, files, f"{run:064x}")
        ]
        strata += len(parts)
        for population, sample, found, stratum in parts:
            truth = sum(one.file.id in bad for one in stratum.files)
            made = limits(population, sample, len(found))
            alone += made.low <= truth <= made.high
        made = together((population, sample, len(found)) for population, sample, found, _ in parts)
        right += made.low <= len(bad) <= made.high
        width += made.high - made.low
        total += made.estimate
    drawn = [sample for _, sample, _, stratum in parts if not stratum.whole]
    of = f"{len(parts)}, of {min(drawn)} to {max(drawn)} drawn"
    mean = width / runs / len(files), total / runs / len(bad)
    return Covered(of, rate, len(files), len(bad), runs, alone / strata, right / runs, *mean)


def _plan(least: int) -> "SamplePlan":
    """Return a plan of three bands, in strata of branch and standard, of each of which so many are drawn at least."""
    from selfaudit.model.sampling.plan import SamplePlan  # noqa: PLC0415

    return SamplePlan.model_validate(
        {
            "format": "selfaudit/sample/1", "id": "bench", "title": "案卷抽查", "called": "案卷",
            "file": {"title": "项目编号"},
            "population": {"why": "全部案卷", "needs": {"audits": ["project"]}, "sql": "SELECT 1"},
            "columns": [{"id": "branch", "title": "分公司"}, {"id": "standard", "title": "认证项目"}],
            "strata": ["branch", "standard"],
            "factors": [{"id": "risk", "title": "风险", "points": 1, "why": "风险"}],
            "bands": [
                {"id": "whole", "title": "全查", "at_least": 12, "take": "all"},
                {"id": "high", "title": "高风险", "at_least": 6, "share": "20", "least": 3},
                {"id": "normal", "title": "一般", "share": "5", "least": least},
            ],
            "extension": {"next": 5},
        }
    )  # fmt: skip


def _files(count: int, *, branches: int, standards: int) -> Iterator["CaseFile"]:
    """Yield files, most of them of no risk, some of high risk, few to be reviewed whole."""
    from selfaudit.model.sampling.population import CaseFile  # noqa: PLC0415

    for n in range(count):
        risk = 12 if n % 500 == 0 else 6 if n % 20 == 0 else n % 5
        values = {"branch": f"第{n % branches}分公司", "standard": f"S{n // branches % standards}"}
        yield CaseFile(f"P{n:07}", values, {"risk": risk})


def draw_files(count: str) -> None:
    """Draw from the canonical text of a population, as ``sample draw`` does."""
    from selfaudit.model.sampling.drawing import draw, lines  # noqa: PLC0415
    from selfaudit.model.sampling.population import canonical, digest, parse  # noqa: PLC0415

    plan = _plan(10)
    text = canonical(plan, _files(int(count), branches=30, standards=5))
    digest(text)
    lines(draw(plan, parse(plan, text, "population.tsv"), SEED))


def tickets(count: str) -> None:
    """Do the least that a draw could take: hash every file with the seed, and sort by that."""
    sorted((sha256(f"{SEED}\x1fP{n:07}".encode()).hexdigest(), n) for n in range(int(count)))


def may_review(files: int, reviewers: int) -> dict[str, frozenset[str]]:
    """Return who may review each file: everybody of its two of five fields, but five who had to do with it."""
    rng = Random(7)
    fields = [frozenset(name for name in range(reviewers) if field in (name % 5, name // 5 % 5)) for field in range(5)]
    return {
        f"P{n:07}": frozenset(f"R{name}" for name in fields[n % 5] - {*rng.sample(range(reviewers), 5)})
        for n in range(files)
    }


def room_of(files: int, reviewers: int) -> dict[str, int]:
    """Return how many files each reviewer has room for, together a tenth more than there are."""
    return {f"R{name}": files * 11 // (reviewers * 10) + 1 for name in range(reviewers)}


def assign_files(files: str, reviewers: str) -> None:
    """Give everything that is drawn to reviewers."""
    from selfaudit.model.sampling.assigning import assign  # noqa: PLC0415

    made = assign(may_review(int(files), int(reviewers)), room_of(int(files), int(reviewers)), SEED)
    if made.left:
        raise SystemExit(f"{len(made.left)} left over")


def flow(files: str, reviewers: str) -> None:
    """Do the same as a flow from a source through files and reviewers; nobody has care that loads are level."""
    import networkx as nx  # noqa: PLC0415

    graph: Any = nx.DiGraph()
    for name, room in room_of(int(files), int(reviewers)).items():
        graph.add_edge(name, "end", capacity=room)
    for file, several in may_review(int(files), int(reviewers)).items():
        graph.add_edge("begin", file, capacity=1)
        graph.add_edges_from(((file, name) for name in several), capacity=1)
    if nx.maximum_flow(graph, "begin", "end", flow_func=nx.algorithms.flow.dinitz)[0] != int(files):
        raise SystemExit("some are left over")


STEPS: dict[str, Callable[..., None]] = {"draw": draw_files, "tickets": tickets, "assign": assign_files, "flow": flow}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
