"""Forms in every format: issuing them, and reading workbooks that came back."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.campaigns import Campaign, put_away, step
from bench.measure import Bench, Duel, Usage, duel
from bench.results import Done, Growth, Point, Ratio, Result, Scale

PEOPLE, FINDINGS_EACH, ROUNDS = "respondents", 1, 3
WRITING, BUILDING, CELLS = "as many bytes written", "openpyxl", "openpyxl, read_only"
ALL, SAMPLE, FEW = 1_000, 200, 2
"""Workbooks that openpyxl builds one by one at most, how many of more, and how often it builds many."""
ISSUED_FASTER, READ_FASTER = 1 / 20, 1 / 10
"""The goals: the largest ratio to openpyxl."""
PAGES = {10_000: 3.0}
"""The goal for pages: the largest ratio to writing as many bytes."""
ALONE = ", start-up left out"

Both = tuple[Usage, Usage]
"""A whole run, and its work alone."""


@dataclass(slots=True)
class Forms:
    """Measures them in a scratch folder; ``say`` hears how far it is."""

    bench: Bench
    scratch: Path
    scale: Scale
    say: Callable[[str], None]
    _starts: dict[str, list[Usage]] = field(default_factory=dict)

    def run(self) -> Iterator[Result]:
        """Yield the results in the order in which they are printed."""
        yield from self._issue()
        yield from self._read(self.scale.middle)

    def _issue(self) -> Iterator[Result]:
        one = Campaign.of_people(self.bench, self.scratch / "form-1", 1)
        done: dict[str, Done] = {"html": {}, "xlsx": {}}
        alone = Done()
        for size, rounds in self.scale.rounds.items():
            self.say(f"issue in other formats, {size:,} {PEOPLE}")
            for form in done:
                self._starts.setdefault(form, []).append(one.issue_anew(form))
            campaign = Campaign.of_people(self.bench, self.scratch / f"forms-{size}", size)
            done["html"][size] = against_writing(campaign, rounds, "html")
            done["xlsx"][size], alone[size] = self._against_building(campaign, size, rounds)
        for size, found in done["html"].items():
            goal = PAGES.get(size)
            yield Ratio("issue --format html", f"{size:,} {PEOPLE}", WRITING, found, goal, table="forms")
        for what, found_of in (("issue --format xlsx", done["xlsx"]), ("xlsx_form.write", alone)):
            for size, found in found_of.items():
                peer = BUILDING if size <= ALL else f"{BUILDING}, {SAMPLE} × {size // SAMPLE}"
                sizes = f"{size:,} {PEOPLE}{ALONE if found_of is alone else ''}"
                yield Ratio(what, sizes, peer, found, ISSUED_FASTER if size >= ALL else None, table="forms")
        for form, found_of in done.items():
            points = [Point.of(size, found.ours) for size, found in found_of.items()]
            yield Growth(f"issue --format {form}", PEOPLE, Point.of(1, self._starts[form]), points)

    def _against_building(self, campaign: Campaign, size: int, rounds: int) -> tuple[Duel, Duel]:
        """Return whole commands and the writing alone, each against a program that builds every workbook."""
        campaign.issue_anew("xlsx")
        model = self.scratch / "issued.xlsx"
        shutil.copyfile(next(campaign.root.glob("outbox/*/*.xlsx")), model)
        written, built = list[Usage](), list[Usage]()

        def issue() -> Usage:
            written.append(self.bench.run_telling(step("work", "write", campaign.root, "xlsx"))[1])
            return campaign.issue_anew("xlsx")

        def build() -> Usage:
            whole, alone = self._build(model, size)
            built.append(alone)
            return whole

        commands = duel(issue, build, rounds if size < ALL else FEW)
        return commands, Duel(written, built)

    def _build(self, model: Path, size: int) -> Both:
        """Have openpyxl build so many workbooks, or some of them, and count the building of the rest in."""
        count, folder = size if size <= ALL else SAMPLE, self.scratch / "peer" / "built"
        folder.parent.mkdir(exist_ok=True)
        put_away(folder)
        whole, alone = self.bench.run_telling(step("peers", "build", model, count, folder))
        rest = alone.cpu * (size / count - 1)
        return replace(whole, cpu=whole.cpu + rest), replace(alone, cpu=alone.cpu + rest)

    def _read(self, size: int) -> Iterator[Result]:
        self.say(f"workbooks that came back, {size:,}")
        books, texts = (self._returned(size, form) for form in ("xlsx", "yaml"))
        inbox, count = books.root / "inbox", f"{size:,} workbooks"
        runs: dict[str, list[Both]] = {"cells": [], "drafts": [], "peer": []}
        for number in range(ROUNDS):
            sides = list(runs.items())
            for name, told in sides if number % 2 == 0 else reversed(sides):
                command = step("peers", "cells", inbox) if name == "peer" else step("work", name, inbox)
                told.append(self.bench.run_telling(command))
        for part, left_out in ((0, ""), (1, ALONE)):
            for name, what in (("cells", "open_workbook"), ("drafts", "xlsx_form.read")):
                found = Duel([run[part] for run in runs[name]], [run[part] for run in runs["peer"]])
                yield Ratio(what, count + left_out, CELLS, found, READ_FASTER, table="forms")
        collected = duel(books.collect_anew, texts.collect_anew, ROUNDS)
        yield Ratio("collect", count, "collect, YAML forms", collected, table="forms")

    def _returned(self, size: int, form: str) -> Campaign:
        """Return a campaign with everybody's form in the inbox; for the same seed the answers are the same."""
        campaign = Campaign.of_people(self.bench, self.scratch / f"returned-{form}", size)
        campaign.issue_anew(form)
        campaign.answer(FINDINGS_EACH, form)
        return campaign


def against_writing(campaign: Campaign, rounds: int, form: str = "yaml") -> Duel:
    """Issue in one format against a program that writes as many files of the same sizes."""
    scratch = campaign.root.parent
    manifest, copy = scratch / "manifest.json", scratch / "peer" / "written"
    copy.parent.mkdir(exist_ok=True)
    campaign.issue_anew(form)
    campaign.manifest(manifest)

    def write() -> Usage:
        put_away(copy)
        return campaign.bench.run(step("peers", "write", manifest, copy))

    return duel(lambda: campaign.issue_anew(form), write, rounds)
