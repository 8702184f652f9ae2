"""The benchmarks: every command against its peer at every size, and how it grows."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.campaigns import SELFAUDIT, Campaign, put_away, step
from bench.measure import Bench, Duel, Usage, duel
from bench.results import Growth, Point, Ratio, Result, Steady

NOTHING = (sys.executable, "-c", "pass")
PEOPLE, FINDINGS = "respondents", "findings"
START_ROUNDS = 5
FINDINGS_EACH = 10
"""Findings of every respondent in the campaigns on which ``report final`` is measured."""

HELP = 7.0
COLLECT, UNCHANGED, REPORT = {1_000: 1.6, 10_000: 1.6}, {1_000: 0.05, 10_000: 0.05}, {10_000: 0.5}
"""The goals, by size: the largest ratio to the peer."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes, and how many rounds are run at each."""

    sizes: dict[int, int]
    start_rounds: int

    @property
    def largest(self) -> int:
        """The largest size."""
        return max(self.sizes)


FULL = Scale({100: 7, 1_000: 5, 10_000: 2}, 25)
QUICK = Scale({10: 2, 100: 2}, 5)


@dataclass(slots=True)
class Suite:
    """Runs everything in a scratch folder; ``say`` hears how far it is."""

    bench: Bench
    scratch: Path
    scale: Scale
    say: Callable[[str], None]
    response_size: float = 0
    _starts: dict[str, Usage] = field(default_factory=dict)

    def run(self) -> Iterator[Result]:
        """Yield the results in the order in which they are printed."""
        self.bench.run(step("corpus", "template", self._peer_template))
        self._measure_starts()
        yield from self._start_up()
        yield from self._issue_and_collect()
        yield from self._report()

    @property
    def _peer_template(self) -> Path:
        return self.scratch / "peer.docx"

    def _measure_starts(self) -> None:
        """Run everything on a campaign of one respondent: what it costs to do next to nothing.

        Afterwards every module is compiled, those of the peers too.
        """
        self.say("start-up")
        one = Campaign.of_people(self.bench, self.scratch / "one", 1)
        self._starts["issue"] = _cheapest(one.issue_anew)
        self._issue(one, 1)
        one.answer(1)
        self._starts["collect"] = _cheapest(one.collect_anew)
        self._collect(one, 1)
        self._starts["unchanged"] = _cheapest(lambda: one.run("collect"))
        self._starts["status"] = _cheapest(lambda: one.run("status"))
        self._starts["report"] = _cheapest(lambda: one.run("report", "final", "--draft"))
        self._write_final(one, 1)

    def _start_up(self) -> Iterator[Result]:
        demo = Campaign(self.bench, self.scratch / "demo")
        self.bench.run([*SELFAUDIT, "demo", str(demo.root)])
        commands: list[tuple[str, str, Callable[[], Usage], float | None]] = [
            ("selfaudit --help", "", lambda: self.bench.run([*SELFAUDIT, "--help"]), HELP),
            ("status", "demo campaign", lambda: demo.run("status"), None),
        ]
        for name, size, command, limit in commands:
            command()  # once, so that nothing is compiled while it is measured
            found = duel(command, lambda: self.bench.run(NOTHING), self.scale.start_rounds)
            yield Ratio(name, size, "python -c pass", found, limit)

    def _issue_and_collect(self) -> Iterator[Result]:
        done: dict[str, list[tuple[int, Duel]]] = {"issue": [], "collect": [], "unchanged": []}
        status: list[Point] = []
        for size, rounds in self.scale.sizes.items():
            self.say(f"issue and collect, {size:,} respondents")
            campaign = Campaign.of_people(self.bench, self.scratch / f"people-{size}", size)
            done["issue"].append((size, self._issue(campaign, rounds)))
            campaign.answer(1)
            self.response_size = campaign.response_size()
            cold, unchanged = self._collect(campaign, rounds)
            done["collect"].append((size, cold))
            done["unchanged"].append((size, unchanged))
            status.append(Point.of(size, [campaign.run("status") for _ in range(rounds)]))
        yield from self._ratios("issue", done["issue"], PEOPLE, "as many bytes written", {})
        yield from self._ratios("collect", done["collect"], PEOPLE, "yaml.load, CSafeLoader", COLLECT)
        yield from self._ratios("collect, unchanged", done["unchanged"], PEOPLE, "collect", UNCHANGED)
        for name, key in (("issue", "issue"), ("collect", "collect"), ("collect, unchanged", "unchanged")):
            yield self._growth(name, key, PEOPLE, done[key])
        yield Growth("status", PEOPLE, Point.of(1, [self._starts["status"]]), status)
        yield from _steady(done["collect"])

    def _issue(self, campaign: Campaign, rounds: int) -> Duel:
        campaign.issue_anew()
        manifest, copy = self.scratch / "manifest.json", self.scratch / "peer" / "written"
        copy.parent.mkdir(exist_ok=True)
        campaign.manifest(manifest)

        def write() -> Usage:
            put_away(copy)
            return self.bench.run(step("peers", "write", manifest, copy))

        return duel(campaign.issue_anew, write, rounds)

    def _collect(self, campaign: Campaign, rounds: int) -> tuple[Duel, Duel]:
        again: list[Usage] = []

        def collect() -> Usage:
            cold = campaign.collect_anew()
            again.append(campaign.run("collect"))
            return cold

        found = duel(collect, lambda: self.bench.run(step("peers", "yaml", campaign.root / "inbox")), rounds)
        return found, Duel(again, found.ours)

    def _report(self) -> Iterator[Result]:
        done: list[tuple[int, Duel]] = []
        for size, rounds in self.scale.sizes.items():
            self.say(f"report, {size:,} findings")
            campaign = Campaign.of_people(self.bench, self.scratch / f"found-{size}", size // FINDINGS_EACH)
            campaign.issue_anew()
            campaign.answer(FINDINGS_EACH)
            campaign.run("collect")
            done.append((size, self._write_final(campaign, rounds + 1)))
        yield from self._ratios("report final", done, FINDINGS, "docxtpl, {%tr%}", REPORT)
        self.say(f"report, {self.scale.largest:,} respondents")
        many = self._write_final(Campaign(self.bench, self.scratch / f"people-{self.scale.largest}"), 2)
        yield Ratio("report final", f"{self.scale.largest:,} {PEOPLE}, a finding each", "docxtpl, {%tr%}", many)
        yield self._growth("report final", "report", FINDINGS, done)

    def _write_final(self, campaign: Campaign, rounds: int) -> Duel:
        rows, output = self.scratch / "rows.json", self.scratch / "out.docx"
        self.bench.run(step("corpus", "rows", campaign.root, rows))
        peer = step("peers", "word", self._peer_template, rows, output)
        return duel(lambda: campaign.run("report", "final", "--draft"), lambda: self.bench.run(peer), rounds)

    def _ratios(
        self, name: str, done: list[tuple[int, Duel]], of: str, peer: str, limits: dict[int, float]
    ) -> Iterator[Result]:
        for size, found in done:
            yield Ratio(name, f"{size:,} {of}", peer, found, limits.get(size))

    def _growth(self, name: str, start: str, of: str, done: list[tuple[int, Duel]]) -> Growth:
        points = [Point.of(size, found.ours) for size, found in done]
        return Growth(name, of, Point.of(1, [self._starts[start]]), points)


def _cheapest(command: Callable[[], Usage]) -> Usage:
    return min((command() for _ in range(START_ROUNDS)), key=lambda usage: usage.cpu)


def _steady(done: list[tuple[int, Duel]]) -> Iterator[Steady]:
    """Compare what the two largest collections took, process by process, where the system tells."""
    (small, less), (large, more) = done[-2:]
    for process in ("parent", "worker"):
        peaks = [max(getattr(usage, process) for usage in found.ours) for found in (less, more)]
        if all(peaks):
            yield Steady(f"collect, {process} process", (small, large), (peaks[0], peaks[1]))
