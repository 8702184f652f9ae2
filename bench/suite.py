"""The benchmarks: every command against its peer at every size, and how it grows."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.campaigns import SELFAUDIT, Campaign, step
from bench.closing import Closing
from bench.forms import ROUNDS, WRITING, Forms, against_writing
from bench.measure import Bench, Duel, Usage, duel
from bench.results import Done, Growth, Opening, Peak, Point, Ratio, Recognised, Result, Scale, Steady

NOTHING = (sys.executable, "-c", "pass")
FINAL = ("report", "--draft")
PEOPLE, FINDINGS = "respondents", "findings"
PARSER, TABLE = "yaml.load, CSafeLoader", "docxtpl, {%tr%}"
FINDINGS_EACH = 10
"""Findings of every respondent in the campaigns on which ``report final`` is measured."""

HELP, ONE_MORE = 6.0, 1.5
COLLECT, UNCHANGED, REPORT = {1_000: 1.15, 10_000: 0.9}, {1_000: 15.0}, {10_000: 0.75}
"""The goals, by size where there are several: the largest ratio to the peer."""
REPORT_MEMORY = 250 * 2**20
"""Bytes that the largest report may take."""

FULL = Scale({100: 7, 1_000: 5, 10_000: 2}, 25, 100)
QUICK = Scale({10: 2, 100: 2}, 5, 12)


@dataclass(slots=True)
class Suite:
    """Runs everything in a scratch folder; ``say`` hears how far it is."""

    bench: Bench
    scratch: Path
    scale: Scale
    say: Callable[[str], None]
    response_size: float = 0
    _starts: dict[str, list[Usage]] = field(default_factory=dict)

    def run(self) -> Iterator[Result]:
        """Yield the results in the order in which they are printed."""
        self.say("start-up")
        one = self._prepare()
        yield from self._start_up()
        yield from self._issue_and_collect(one)
        yield from self._report(one)
        yield from Forms(self.bench, self.scratch, self.scale, self.say).run()
        yield from Closing(self.bench, self.scratch, self.scale, self.say).run()
        # what loads much comes last, for the peak of this process counts as one of every process that it starts
        yield from self._browser(one)
        yield from self._papers()

    def _prepare(self) -> Campaign:
        """Run everything on a campaign of one respondent; afterwards every module is compiled."""
        self.bench.run(step("corpus", "template", self.scratch / "peer.docx"))
        one = Campaign.of_people(self.bench, self.scratch / "one", 1)
        against_writing(one, 1)
        one.answer(1)
        self._collect(one, 1)
        self._final(one, 1)
        return one

    def _start_up(self) -> Iterator[Result]:
        demo = Campaign(self.bench, self.scratch / "demo")
        self.bench.run([*SELFAUDIT, "demo", str(demo.root)])
        commands: list[tuple[str, str, Callable[[], Usage], float | None]] = [
            ("selfaudit --help", "", lambda: self.bench.run([*SELFAUDIT, "--help"]), HELP),
            ("status", "demo campaign", lambda: demo.run("status"), None),
        ]
        for name, size, command, goal in commands:
            command()  # once, so that nothing is compiled while it is measured
            found = duel(command, lambda: self.bench.run(NOTHING), self.scale.short_rounds)
            yield Ratio(name, size, "python -c pass", found, goal)

    def _measure_nothing(self, one: Campaign, *commands: str) -> None:
        """Measure what commands cost that have next to nothing to do; now and then, as the machine's mood changes."""
        does: Mapping[str, Callable[[], Usage]] = {
            "issue": one.issue_anew,
            "collect": one.collect_anew,
            "unchanged": lambda: one.run("collect"),
            "status": lambda: one.run("status"),
            "final": lambda: one.run(*FINAL),
        }
        for _ in range(2):
            for name in commands:
                self._starts.setdefault(name, []).append(does[name]())

    def _issue_and_collect(self, one: Campaign) -> Iterator[Result]:
        issued, cold, unchanged, idle = Done(), Done(), Done(), Done()
        status: list[Point] = []
        for size, rounds in self.scale.rounds.items():
            self.say(f"issue, collect and status, {size:,} {PEOPLE}")
            self._measure_nothing(one, "issue", "collect", "unchanged", "status")
            campaign = Campaign.of_people(self.bench, self.scratch / f"people-{size}", size)
            issued[size] = against_writing(campaign, rounds)
            campaign.answer(1)
            self.response_size = campaign.response_size()
            cold[size], unchanged[size] = self._collect(campaign, rounds)
            idle[size] = duel(lambda: campaign.run("collect"), lambda: self.bench.run(NOTHING), rounds)  # noqa: B023 - run at once
            status.append(Point.of(size, [campaign.run("status") for _ in range(rounds)]))
        yield from _ratios("issue --format yaml", issued, PEOPLE, WRITING, {})
        yield from _ratios("collect", cold, PEOPLE, PARSER, COLLECT)
        yield from _ratios("collect, unchanged", unchanged, PEOPLE, "collect", {})
        yield from _ratios("collect, unchanged", idle, PEOPLE, "python -c pass", UNCHANGED)
        yield Ratio(
            "collect, one new file", f"{size:,} {PEOPLE}", "collect, unchanged", self._one_more(campaign), ONE_MORE
        )
        yield self._growth("issue --format yaml", "issue", PEOPLE, _points(issued))
        yield self._growth("collect", "collect", PEOPLE, _points(cold))
        yield self._growth("collect, unchanged", "unchanged", PEOPLE, _points(unchanged))
        yield self._growth("status", "status", PEOPLE, status)
        yield from _steady(cold)

    def _collect(self, campaign: Campaign, rounds: int) -> tuple[Duel, Duel]:
        """Return first collections against the parser, and second ones against first ones."""
        again: list[Usage] = []

        def collect() -> Usage:
            first = campaign.collect_anew()
            again.append(campaign.run("collect"))
            return first

        found = duel(collect, lambda: self.bench.run(step("peers", "yaml", campaign.root / "inbox")), rounds)
        return found, Duel(again, found.ours)

    def _one_more(self, campaign: Campaign) -> Duel:
        """Compare collecting one new file among many that are known with collecting nothing new."""

        def collect() -> Usage:
            campaign.correct()
            return campaign.run("collect")

        return duel(collect, lambda: campaign.run("collect"), ROUNDS)

    def _report(self, one: Campaign) -> Iterator[Result]:
        done = Done()
        for size, rounds in self.scale.rounds.items():
            self.say(f"report, {size:,} {FINDINGS}")
            self._measure_nothing(one, "final")
            campaign = Campaign.of_people(self.bench, self.scratch / f"found-{size}", size // FINDINGS_EACH)
            campaign.issue_anew()
            campaign.answer(FINDINGS_EACH)
            campaign.run("collect")
            done[size] = self._final(campaign, rounds + 1)
        yield from _ratios("report", done, FINDINGS, TABLE, REPORT)
        largest = self.scale.largest
        peak = min(run.memory for run in done[largest].ours)
        yield Peak("report", f"{largest:,} {FINDINGS}", peak, REPORT_MEMORY if largest in REPORT else None)
        same_length = self._final(campaign, 2, whole_length=True)
        yield Ratio("report", f"{largest:,} {FINDINGS}", f"{TABLE}, as many rows as the report", same_length)
        self.say(f"report, {largest:,} {PEOPLE}")
        many = self._final(Campaign(self.bench, self.scratch / f"people-{largest}"), 2)
        yield Ratio("report", f"{largest:,} {PEOPLE}, one finding each", TABLE, many)
        yield self._growth("report", "final", FINDINGS, _points(done))

    def _final(self, campaign: Campaign, rounds: int, *, whole_length: bool = False) -> Duel:
        """Compare with a table of the findings, or of so many rows as all tables of the report have together."""
        rows, output = self.scratch / "rows.json", self.scratch / "out.docx"
        self.bench.run(step("corpus", "as_many_rows" if whole_length else "rows", campaign.root, rows))
        peer = step("peers", "word", self.scratch / "peer.docx", rows, output)
        return duel(lambda: campaign.run(*FINAL), lambda: self.bench.run(peer), rounds)

    def _browser(self, one: Campaign) -> Iterator[Opening]:
        from bench.browser import openings  # noqa: PLC0415 - not before everything else was measured

        self.say("the HTML form in a browser")
        one.issue_anew("html")
        (form,) = one.root.glob("outbox/*/*_*.html")
        yield from openings(form, self.scratch, self.scale.most_rounds)

    def _papers(self) -> Iterator[Recognised]:
        from bench.papers import recognition  # noqa: PLC0415 - as above

        self.say("signature sheets")
        for rate in recognition(self.bench, self.scratch, self.scale.papers):
            yield Recognised(rate.spoil, rate.pages, rate.right, rate.wrong)

    def _growth(self, name: str, start: str, of: str, points: list[Point]) -> Growth:
        return Growth(name, of, Point.of(1, self._starts[start]), points)


def _ratios(name: str, done: Done, of: str, peer: str, goals: Mapping[int, float]) -> Iterator[Ratio]:
    for size, found in done.items():
        yield Ratio(name, f"{size:,} {of}", peer, found, goals.get(size))


def _points(done: Done) -> list[Point]:
    return [Point.of(size, found.ours) for size, found in done.items()]


def _steady(done: Done) -> Iterator[Steady]:
    """Compare what the two largest collections took, process by process, where the system reports it."""
    small, large = sorted(done)[-2:]
    parents, workers = ([[getter(run) for run in done[size].ours] for size in (small, large)] for getter in _PEAKS)
    for process, (less, more) in (("parent", parents), ("worker", workers)):
        if all(less + more):
            yield Steady(f"collect, {process} process", (small, large), (max(less), max(more)))


_PEAKS: tuple[Callable[[Usage], int], ...] = (lambda run: run.parent, lambda run: run.worker)
