"""What documents and workbooks say of a spot check: strata in numbers, how the seed came about, why a file is in."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.sampling.drawing import Ranked, Stratum, points
from selfaudit.model.sampling.frozen import Frozen
from selfaudit.model.sampling.limits import shown_by
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.reviewing import Reviewing
from selfaudit.model.sampling.state import SampleState
from selfaudit.reports.wording import Wording

STRATA = (
    N_("Stratum"),
    N_("Files in total"),
    N_("Drawn"),
    N_("Lost, counted as with a problem"),
    N_("Most that may have a problem if no other drawn file has one (95 %, one-sided)"),
)
"""What is said of each stratum."""
WHOLE = N_("reviewed whole, not projected to other files")
FIRST_READER = N_("First reader")


def reader_title(plan: SamplePlan, say: Callable[[str], str]) -> str:
    """Return what those who read files first are called: the kit's word for them, or ours; ``say`` translates."""
    return plan.reads or say(FIRST_READER)


@dataclass(frozen=True, slots=True)
class Row:
    """A stratum in numbers: its files, those drawn, and those of these that are lost, which count as the worst case.

    ``may_be`` is how many of it may have a problem if no other one that is drawn has.
    """

    stratum: Stratum
    files: int
    drawn: int
    lost: int
    may_be: int | None

    def name(self, plan: SamplePlan, say: Callable[[str], str]) -> str:
        """Return what the stratum is called, with the title of its band; ``say`` translates."""
        band = plan.band_of.get(self.stratum.key.band)
        return " / ".join(
            (
                band.title if band else say(N_("reviewed in any case")),
                *(value or "—" for value in self.stratum.key.values),
            )
        )

    def as_data(self) -> dict[str, Any]:
        """Return it for scripts."""
        known = {"stratum": self.stratum.key.text, "files": self.files, "drawn": self.drawn, "lost": self.lost}
        return {**known, "may_be": self.may_be}


def row_of(stratum: Stratum, lost: Container[str] = ()) -> Row:
    """Return a stratum in numbers; what is reviewed whole, or for its risk, shows nothing of other files."""
    n, gone = len(stratum.files), sum(one.file.id in lost for one in stratum.drawn)
    return Row(stratum, n, stratum.taken, gone, None if stratum.whole else shown_by(n, stratum.taken, gone))


def with_lost(text: str, rows: Iterable[Row], say: Callable[[str], str]) -> str:
    """Return what is said of how many are drawn, and if some of them are lost, how many and that they count as bad."""
    lost = sum(row.lost for row in rows)
    if not lost:
        return text
    more = say(N_("{text} Of those drawn {n} cannot be reviewed and count as files with a problem."))
    return more.format(text=text, n=lost)


@dataclass(frozen=True, slots=True)
class Told:
    """What the review of a file found, empty until it is complete, and what first readers said to it, a line each."""

    opinion: str = ""
    readers: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A spot check with its strata in numbers, and who reviews its files, once they were given out.

    ``told`` is what was found and said of files, by number. ``anew`` says of each earlier draw why the population was
    frozen again after it had been begun.
    """

    one: Frozen
    rows: Sequence[Row]
    reviewing: Reviewing | None
    told: Mapping[str, Told] = field(default_factory=dict)
    anew: Sequence[str] = ()

    @property
    def drawn(self) -> list[Ranked]:
        """The files that are drawn; before the draw there is none."""
        return [ranked for row in self.rows for ranked in row.stratum.drawn] if self.one.state.drawn else []

    @property
    def of_high_risk(self) -> "Listed":
        """The same with nothing but the bands above the last one, and what is reviewed in any case."""
        last = self.one.plan.bands[-1].id
        return replace(self, rows=[row for row in self.rows if row.stratum.key.band != last])

    def reviewers(self, file: str) -> list[str]:
        """Return the names of those who review a file: nobody for one that is replaced."""
        return self.reviewing.names_of(file) if self.reviewing and file not in self.one.state.lost else []


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a file is drawn: its stratum, the points of its risk with the factors they are of, its place by ticket."""

    stratum: str
    points: int
    factors: tuple[str, ...]
    place: str


def reason_of(one: Frozen, row: Row, ranked: Ranked, wording: Wording) -> Reason:
    """Return why a file is drawn, and if it was replaced, that and why, as if it were a factor."""
    plan, file, tr = one.plan, ranked.file, wording.tr
    given = points(plan, file)
    counted = [
        f"{factor.title} {given[factor.id]}"
        for factor in plan.factors
        if given[factor.id] or (factor.mandatory and file.factors.get(factor.id))
    ]
    if unknown := [factor.title for factor in plan.factors if file.factors.get(factor.id) is None]:
        counted.append(wording.pair(tr(N_("not known")), wording.join(unknown)))
    if lost := one.state.lost.get(file.id):
        counted.append(tr(N_("replaced: {why}")).format(why=lost))
    place = tr(N_("ticket {rank} of {files}")).format(rank=ranked.rank, files=row.files)
    return Reason(row.name(plan, tr), sum(given.values()), tuple(counted), place)


def seed_told(state: SampleState, wording: Wording) -> str:
    """Return how a seed came about: from several people, from a public value, or from one person alone."""
    tr = wording.tr
    if state.given:
        return tr(N_("[the seed was given by {name} alone]")).format(name=state.given_by)
    if state.public:
        text = tr(N_("the public value “{public}”, named before it was known: {value}"))
        return text.format(public=state.public, value=state.value)
    text = tr(N_("the texts of {names}, who all handed in a hash before the first text was shown"))
    return text.format(names=wording.join(state.texts))


def rule_told(plan: SamplePlan, wording: Wording) -> str:
    """Return what follows from problems found in a stratum, as the plan fixed it before the draw."""
    rule = plan.extension
    text = wording.tr(
        N_(
            "if {problems} or more of the files drawn last in a stratum have a problem, the next {next} files"
            " of that stratum are drawn; after {times} such extensions, all that are left"
        )
    )
    return text.format(problems=rule.problems, next=rule.next, times=rule.times)
