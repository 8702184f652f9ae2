"""The draw: of every stratum the files with the smallest tickets, so many as the plan says."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from selfaudit.model.sampling.plan import Band, SamplePlan
from selfaudit.model.sampling.population import CaseFile
from selfaudit.model.sampling.seeds import ticket

PICKED = "picked"
"""The stratum of the files that are reviewed in any case; nothing is projected from them."""


@dataclass(frozen=True, slots=True)
class Key:
    """What the files of a stratum have in common: the band, and the values of the columns of ``strata``."""

    band: str
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The name of the stratum as it is written: ``high/华东分公司/QMS``."""
        return "/".join((self.band, *(value or "-" for value in self.values)))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A file with its ticket and its place among those of its stratum, 1 for the first."""

    file: CaseFile
    ticket: str
    rank: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """All files of a stratum in the order of their tickets; the first ``taken`` are drawn.

    ``whole`` says that all are to be reviewed anyway, because of their risk.
    """

    key: Key
    files: tuple[Ranked, ...]
    taken: int
    whole: bool

    @property
    def drawn(self) -> tuple[Ranked, ...]:
        """The files that are drawn."""
        return self.files[: self.taken]


@dataclass(frozen=True, slots=True)
class Added:
    """What was drawn after the first time: so many more files of a stratum, for an extension or for a replacement."""

    stratum: str
    files: int


def points(plan: SamplePlan, file: CaseFile) -> dict[str, int]:
    """Return the points that each factor gives a file, by factor."""
    return {one.id: min((file.factors.get(one.id) or 0) * one.points, one.most) for one in plan.factors}


def key_of(plan: SamplePlan, file: CaseFile) -> Key:
    """Return the stratum of a file."""
    if any(one.mandatory and file.factors.get(one.id) for one in plan.factors):
        return Key(PICKED)
    total = sum(points(plan, file).values())
    band = next((one for one in plan.bands if total >= one.at_least), plan.bands[-1])
    return Key(band.id, tuple(file.values.get(column, "") for column in plan.strata))


def size_of(band: Band, files: int) -> int:
    """Return how many of so many files of a stratum are drawn the first time."""
    if band.take == "all":
        return files
    return min(files, max(band.least, ceil(Fraction(band.share) * files / 100)))


def draw(plan: SamplePlan, files: Iterable[CaseFile], seed: str, added: Iterable[Added] = ()) -> list[Stratum]:
    """Return all strata of a population with what is drawn of each, whatever the order of the files.

    What was picked comes first, then bands as the plan has them, strata by their values. What is ``added`` takes the
    next tickets, so that everything that was drawn stays.
    """
    grouped: dict[Key, list[CaseFile]] = {}
    for file in files:
        grouped.setdefault(key_of(plan, file), []).append(file)
    more = Counter[str]()
    for one in added:
        more[one.stratum] += one.files
    order = {PICKED: -1} | {band.id: n for n, band in enumerate(plan.bands)}
    keys = sorted(grouped, key=lambda key: (order[key.band], key.values))
    return [_stratum(plan, key, grouped[key], seed, more[key.text]) for key in keys]


def _stratum(plan: SamplePlan, key: Key, files: Sequence[CaseFile], seed: str, more: int) -> Stratum:
    tickets = sorted((ticket(seed, file.id), file.id, file) for file in files)
    whole = key.band == PICKED or plan.band_of[key.band].take == "all"
    taken = len(files) if whole else min(len(files), size_of(plan.band_of[key.band], len(files)) + more)
    ranked = tuple(Ranked(file, drawn, rank) for rank, (drawn, _, file) in enumerate(tickets, 1))
    return Stratum(key, ranked, taken, whole)


def lines(strata: Iterable[Stratum]) -> str:
    """Return what is drawn as text: stratum, rank, ticket and number of each file, in the order of the draw."""
    rows = ((s.key.text, str(one.rank), one.ticket, one.file.id) for s in strata for one in s.drawn)
    return "".join("\t".join(row) + "\n" for row in rows)


def by_file(strata: Iterable[Stratum]) -> Mapping[str, tuple[Stratum, Ranked]]:
    """Return every file of the population by its number, with its stratum and place."""
    return {one.file.id: (stratum, one) for stratum in strata for one in stratum.files}
