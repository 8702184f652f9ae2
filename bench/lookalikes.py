"""Case files that repeat each other: what finding them costs, and what is found, beside others in the same run."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.campaigns import step
from bench.data import VENV
from bench.lookalike_corpus import HARD, KINDS
from bench.lookalike_extracting import Rate, extracting, rates
from bench.lookalike_files import known
from bench.measure import Bench, Usage, growth
from bench.tables import duration, mebibytes, table, yes_no

OURS, SAME = "selfaudit", "selfaudit, text of the others"
PEERS = ("datasketch", "rensa", "gaoya", "daft")
TEN_THOUSAND = 10_000
FASTER, AS_FAST = 5.0, 1.0
"""How many times as fast as datasketch with reading and learning, and as gaoya without reading."""
LITTLE_EDITED, HALF_EDITED = 0.99, 0.97
"""The shares of planted copies to be found."""
MEMORY, MANY, STEADY = 2e9, 200_000, 1.15

HEADING = "\n## Case files that repeat each other\n"
LOOKALIKES = (
    HEADING
    + """
Measured by itself: `python bench/run.py --only lookalikes`. A corpus is made with a seed: forms filled in, of which 40
to 80 % is template, 2 to 100 KB long, and in it planted copies. All find pairs in the same run. We read the corpus and
learn the template of each standard; the others are given texts that are read already and have no template left, since
in the whole texts they find tens of thousands of pairs or none. *Text of the others* is our run on these. They use
shingles of five characters, 128 permutations and a Jaccard threshold of 0.2; Daft needs a space between all characters,
as its words end there. Only we compare in full, name the passages, and make rings of what belongs together.

Seconds are on the clock, on all processors, as somebody waits for them; *CPU* adds up the processors; *MB/s* count the
whole text, also where a program got it without template. *False* are pairs that share nothing but stock phrases; pairs
with a *shared block*, a fifth of each of them, may be found or not.
"""
)
KINDS_FOUND = """
How much of what was planted is found. *Recognised* are copies with one of fifty characters misread and all lines broken
anew; a group or ring is all pairs of its members.
"""
NAIVE = """
Comparing every two texts with programs for one pair, extrapolated from a few pairs of texts without template:
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one program did with a corpus of so many records and bytes.

    ``wall`` and ``cpu`` are seconds without start-up, ``reading`` those of ``wall`` that it read, ``found`` shares by
    kind, ``false`` pairs and ``hard`` ones with a shared block.
    """

    name: str
    records: int
    size: int
    wall: float
    cpu: float
    reading: float
    usage: Usage
    found: dict[str, float]
    false: int
    hard: int


@dataclass(frozen=True, slots=True)
class Each:
    """The seconds that programs for one pair take, by name, and for how many records."""

    records: int
    seconds: dict[str, float]


Measured = Run | Each | Rate


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of records, the largest that each peer is given, and how many documents are read."""

    records: Sequence[int]
    largest: dict[str, int] = field(default_factory=dict)
    documents: int = 300


FULL = Sizes((2_000, 10_000, 50_000, 200_000), {"rensa": 50_000})
QUICK = Sizes((1_000,), documents=20)


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """Measures it; ``say`` hears how far it is."""

    bench: Bench
    scratch: Path
    sizes: Sizes
    say: Callable[[str], None]

    def run(self) -> Iterator[Measured]:
        """Yield the results."""
        self.say(f"look-alikes, reading {self.sizes.documents} documents")
        yield from rates(self.bench, self.scratch / "documents", self.sizes.documents)
        for records in self.sizes.records:
            root = self.scratch / f"lookalikes-{records}"
            root.mkdir()
            self.say(f"look-alikes, a corpus of {records:,} records")
            self.bench.run(step("lookalike_files", "make", root, records))
            self.say(f"look-alikes, {records:,} records")
            yield self._run(OURS, step("lookalike_own", "compare", root, "texts"), root, records)
            self.bench.run(step("lookalike_own", "strip", root))
            yield self._run(SAME, step("lookalike_own", "compare", root, "stripped"), root, records)
            for peer in PEERS:
                if records <= self.sizes.largest.get(peer, records):
                    self.say(f"look-alikes, {records:,} records, {peer}")
                    yield self._run(peer, self._peer(peer, root), root, records)
            if records == self.sizes.records[0]:
                report = root / "each.json"
                self.bench.run([*self._peer("each pair", root), str(report)])
                yield Each(records, json.loads(report.read_text(encoding="utf-8")))
            for file in root.iterdir():
                file.unlink()

    def _peer(self, peer: str, root: Path) -> list[str]:
        return [str(VENV / "python"), str(Path(__file__).parent / "lookalike_peers.py"), peer, str(root)]

    def _run(self, name: str, command: Sequence[str], root: Path, records: int) -> Run:
        report = root / f"{name}.json"
        usage = self.bench.run([*command, str(report)])
        told = json.loads(report.read_text(encoding="utf-8"))
        size = (root / "texts").stat().st_size
        return Run(name, records, size, told["wall"], told["cpu"], told["reading"], usage, *judged(known(root), told))


def judged(records: Iterable[dict[str, Any]], told: dict[str, Any]) -> tuple[dict[str, float], int, int]:
    """Return the share of planted pairs found by kind, and how many pairs are false, and have a shared block."""
    family = [(one["family"], one["kind"]) for one in records]
    members = defaultdict(list)
    for number, (planted, _kind) in enumerate(family):
        if planted:
            members[planted].append(number)
    ring_of = {number: place for place, ring in enumerate(told["rings"]) for number in ring}
    pairs = {(min(pair), max(pair)) for pair in told["pairs"]}
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for numbers in members.values():
        kind = family[numbers[0]][1]
        for a, b in combinations(numbers, 2):
            there[kind] += 1
            found[kind] += (a, b) in pairs or (a in ring_of and ring_of[a] == ring_of.get(b))
    alone = sum(not family[a][0] or family[a][0] != family[b][0] for a, b in pairs)
    return {kind: found[kind] / there[kind] for kind in KINDS if there[kind]}, alone, found[HARD]


def section(results: Sequence[Measured]) -> str:
    """Return the section of the page."""
    runs = [one for one in results if isinstance(one, Run)]
    head = ("Records", "Text", "Program", "Seconds", "CPU", "MB/s", "Peak memory", "False", "Shared block", "Ours is")
    found = ("Records", "Program", *(kind[0].upper() + kind[1:] for kind in KINDS))
    ours, same = ({one.records: one for one in runs if one.name == name} for name in (OURS, SAME))
    goals = ("Goal", "Size", "Measured", "Wanted", "Reached")
    parts = [LOOKALIKES, table(head, [_cost(one, ours[one.records]) for one in runs])]
    parts += [KINDS_FOUND, table(found, map(_found, runs)), table(goals, _goals(runs, ours, same))]
    for each in (one for one in results if isinstance(one, Each)):
        naive = ("Program", "A pair", *(f"{n:,} records" for n in ours))
        parts += [NAIVE, table(naive, [_naive(name, one, tuple(ours)) for name, one in each.seconds.items()])]
    return "".join([*parts, extracting([one for one in results if isinstance(one, Rate)])])


def _cost(one: Run, ours: Run) -> Sequence[str]:
    is_ours = one.name in (OURS, SAME)
    reading = f" ({duration(one.reading)} of it reading)" if is_ours else ""
    times = "–" if is_ours else f"{one.wall / ours.wall:.1f} × as fast"
    return (
        f"{one.records:,}", f"{one.size / 1e6:,.0f} MB", one.name, f"{duration(one.wall)}{reading}", duration(one.cpu),
        f"{one.size / 1e6 / one.wall:.1f}", mebibytes(one.usage.memory), f"{one.false:,}", f"{one.hard}", times,
    )  # fmt: skip


def _found(one: Run) -> Sequence[str]:
    return (f"{one.records:,}", one.name, *(f"{one.found[kind]:.3f}" if kind in one.found else "–" for kind in KINDS))


def _naive(name: str, seconds: float, sizes: Sequence[int]) -> Sequence[str]:
    return (name, f"{seconds * 1000:.2f} ms", *(f"{seconds * n * (n - 1) / 2 / 3600:,.1f} h" for n in sizes))


def _goals(runs: Sequence[Run], ours: dict[int, Run], same: dict[int, Run]) -> Iterator[Sequence[str]]:
    for one in runs:
        size, own = f"{one.records:,}", ours[one.records]
        if one.name == "datasketch" and one.records >= TEN_THOUSAND:
            times = one.wall / own.wall
            yield "datasketch", size, f"{times:.1f} ×", f"≥ {FASTER:.0f} ×", yes_no(times >= FASTER)
        if one.name == "gaoya" and one.records >= TEN_THOUSAND:
            for what, run in {"without reading": own, "the same text": same[one.records]}.items():
                times = one.wall / (run.wall - run.reading)
                yield f"gaoya, {what}", size, f"{times:.1f} ×", f"≥ {AS_FAST:.0f} ×", yes_no(times >= AS_FAST)
    for one in ours.values():
        half = one.found.get("edited 50 %", 1.0)
        rest = min(share for kind, share in one.found.items() if kind != "edited 50 %")
        size = f"{one.records:,}"
        yield "found, up to 35 % edited", size, f"{rest:.3f}", f"≥ {LITTLE_EDITED}", yes_no(rest >= LITTLE_EDITED)
        yield "found, 50 % edited", size, f"{half:.3f}", f"≥ {HALF_EDITED}", yes_no(half >= HALF_EDITED)
        yield "false pairs", size, f"{one.false}", "0", yes_no(not one.false)
    if MANY in ours:
        used = ours[MANY].usage.memory
        yield "peak memory", f"{MANY:,}", mebibytes(used), f"≤ {mebibytes(MEMORY)}", yes_no(used <= MEMORY)
    if len(ours) > 1:
        exponent = growth([one.size for one in ours.values()], [one.cpu for one in ours.values()], 0)
        yield "exponent of CPU", "the largest two", f"{exponent:.2f}", f"≤ {STEADY}", yes_no(exponent <= STEADY)
