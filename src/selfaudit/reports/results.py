"""What the review of a spot check shows, told honestly: each kind of files by itself, what is missing beside it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.progress.confirming import STATES, Confirmation
from selfaudit.model.sampling.agreement import Agreement, agreement
from selfaudit.model.sampling.results import Kind, Projected, Tally, kind_of, projected, summed, tally, to_extend
from selfaudit.model.sampling.reviewed import ReviewedFile
from selfaudit.reports.samples import Listed, Row

Say = Callable[[str], str]
KINDS: dict[Kind, str] = {
    "picked": N_("reviewed in any case"),
    "whole": N_("reviewed whole"),
    "random": N_("drawn at random"),
}
_COUNTS = (N_("Files in total"), N_("Drawn"), N_("Reviewed"), N_("With a problem"), N_("Not reviewed yet"), N_("Lost"))
LEANS = N_(
    "More files were drawn from strata in which problems were found. The limits still hold, but the"
    " estimated rate leans low."
)
MISSING = N_(
    "Files not reviewed yet may have a problem: the lower limit counts none of them, the upper limit"
    " all of them, and there is no estimate until they are reviewed. A lost file counts as one with a"
    " problem."
)
INAPPLICABLE = N_("Limits by criterion refer to all files, including those to which the criterion does not apply.")
HOW = N_(
    "Limits are exact for samples from a finite population, two-sided, at 95 %. For several strata"
    " together they allow for the least favourable way in which files with a problem may be spread"
    " over the strata."
)
BY_CRITERION = N_("Files with a problem by criterion, of those to which it applies")
DUE = N_("Under the rule fixed before the draw, more files have yet to be drawn from these strata ({n}): {strata}.")
FEW = N_("Too few files were reviewed twice for kappa to say much.")
NO_KAPPA = N_("undefined: both gave the same answer for every file")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many files have a problem, by any criterion (``id`` is empty) or by one, for each kind of files.

    ``inapplicable`` are files without a problem to which the criterion does not apply. If it applies to none of those
    reviewed of random strata, nothing is projected.
    """

    id: str
    title: str
    of: Mapping[Kind, Tally]
    inapplicable: Mapping[Kind, int]
    projected: Projected | None

    def told(self, kind: Kind, say: Say) -> str:
        """Return how many files of a kind have a problem, of how many to which the criterion applies."""
        made, none = self.of[kind], self.inapplicable[kind]
        if none and none == made.reviewed:
            return say(N_("not applicable to any of {n}")).format(n=none)
        told = f"{made.problems} / {made.reviewed - none}"
        return say(N_("{told} (not applicable to {n})")).format(told=told, n=none) if none else told


@dataclass(frozen=True, slots=True)
class OfStratum:
    """A stratum with what was found in it; ``extend`` is how many files with a problem ask for more of it."""

    row: Row
    kind: Kind
    tally: Tally
    projected: Projected | None
    extend: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table for the terminal, a workbook or a document; ``sheet`` is a short name."""

    sheet: str
    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Results:
    """A spot check with its reviews, what first readers say to them, and the title of each criterion by id."""

    listed: Listed
    files: Mapping[str, ReviewedFile]
    confirmed: Sequence[Confirmation]
    criteria: Mapping[str, str]

    @cached_property
    def strata(self) -> list[OfStratum]:
        """Every stratum with what was found in it."""
        return [self._of(row) for row in self.listed.rows]

    @cached_property
    def figures(self) -> list[Figures]:
        """What was found by any criterion, then by each of them."""
        several = [self._figures("", "", [*self.criteria], set())]
        for id_, title in self.criteria.items():
            none = {file for file, one in self.files.items() if one.inapplicable(id_)}
            several.append(self._figures(id_, title, [id_], none))
        return several

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """How far two reviewers agree, by criterion; empty for whether there is any problem in the file.

        Answers to different criteria are not put together: that some apply to no file would look like agreement.
        """
        twice = [one.reviews for one in self.files.values() if len(one.reviews) > 1 and one.done]
        found = [(str(a.finds(self.criteria)), str(b.finds(self.criteria))) for a, b in twice]
        pairs = {id_: [(a.answers[id_], b.answers[id_]) for a, b in twice] for id_ in self.criteria}
        return {"": agreement(found), **{id_: agreement(several) for id_, several in pairs.items()}}

    @property
    def twice(self) -> int:
        """How many files two reviewers have reviewed."""
        return sum(len(one.reviews) > 1 and one.done for one in self.files.values())

    @property
    def open(self) -> list[str]:
        """Files that are not reviewed yet."""
        lost = self.listed.one.state.lost
        drawn = [ranked.file.id for ranked in self.listed.drawn if ranked.file.id not in lost]
        return [file for file in drawn if file not in self.files or not self.files[file].done]

    @property
    def extended(self) -> bool:
        """Whether more files were drawn for problems."""
        return any(one.why == "extended" for one in self.listed.one.state.more)

    @property
    def to_act_on(self) -> bool:
        """Whether something is open: a review, a confirmation, or a stratum of which more is to be drawn."""
        unsettled = any(one.state != "agree" for one in self.confirmed)
        return bool(self.open) or unsettled or any(one.extend for one in self.strata)

    def _verdicts(self, criteria: Sequence[str]) -> dict[str, bool | None]:
        return {file: one.verdict(criteria) for file, one in self.files.items()}

    def _of(self, row: Row) -> OfStratum:
        state, kind, verdicts = self.listed.one.state, kind_of(row.stratum), self._any
        made = tally(row.stratum, verdicts, state.lost)
        shown = projected([made]) if kind == "random" else None
        more = to_extend(self.listed.one.plan.extension, row.stratum, state.more, verdicts)
        return OfStratum(row, kind, made, shown, more)

    @cached_property
    def _any(self) -> dict[str, bool | None]:
        return self._verdicts([*self.criteria])

    def _figures(self, id_: str, title: str, criteria: Sequence[str], none: set[str]) -> Figures:
        verdicts, lost = self._verdicts(criteria), self.listed.one.state.lost
        made, inapplicable = [], Counter[Kind]()
        for row in self.listed.rows:
            kind = kind_of(row.stratum)
            made.append((kind, tally(row.stratum, verdicts, lost)))
            inapplicable[kind] += sum(ranked.file.id in none for ranked in row.stratum.drawn)
        drawn = [one for kind, one in made if kind == "random"]
        kinds = {kind: summed(one for of, one in made if of == kind) for kind in KINDS}
        applies = not inapplicable["random"] or inapplicable["random"] < kinds["random"].reviewed
        shown = projected(drawn) if drawn and applies else None
        return Figures(id_, title, {kind: one for kind, one in kinds.items() if one.files}, inapplicable, shown)

    def as_data(self) -> dict[str, Any]:
        """Return it for scripts."""
        return {
            "sample": self.listed.one.state.id,
            "drawn": len(self.listed.drawn),
            "open": self.open,
            "lost": dict(self.listed.one.state.lost),
            "reviewed_twice": self.twice,
            "confirmations": Counter(one.state for one in self.confirmed),
            "extended": self.extended,
            "strata": [
                {"stratum": one.row.stratum.key.text, "kind": one.kind, **one.tally.as_data(), "extend": one.extend}
                | ({"limits": one.projected.as_data()} if one.projected else {})
                for one in self.strata
            ],
            "results": [
                {
                    "criterion": one.id,
                    "kinds": {
                        kind: made.as_data() | {"not_applicable": one.inapplicable[kind]}
                        for kind, made in one.of.items()
                    },
                }
                | ({"limits": one.projected.as_data()} if one.projected else {})
                for one in self.figures
            ],
            "agreement": {
                id_: {"files": one.files, "same": one.same, "kappa": one.kappa} for id_, one in self.agreements.items()
            },
        }


def results_of(
    listed: Listed, files: Sequence[ReviewedFile], confirmed: Sequence[Confirmation], criteria: Mapping[str, str]
) -> Results:
    """Return what the reviews of one spot check show; ``files`` and ``confirmed`` may also be of others."""
    id_, lost = listed.one.state.id, listed.one.state.lost
    drawn = {ranked.file.id for ranked in listed.drawn} - lost.keys()
    own = {one.file: one for one in files if one.sample == id_ and one.file in drawn}
    return Results(listed, own, [one for one in confirmed if one.sample == id_ and one.file in own], criteria)


def how_far(found: Results, say: Say) -> str:
    """Return how many files are drawn, reviewed, and not reviewed."""
    text = say(
        N_(
            "{title}: files drawn: {drawn}, of which lost: {lost}; reviewed: {reviewed}, of which by two"
            " reviewers: {twice}; not reviewed yet: {open}."
        )
    )
    drawn, lost, still = len(found.listed.drawn), len(found.listed.one.state.lost), len(found.open)
    counted = {"drawn": drawn, "lost": lost, "reviewed": drawn - lost - still, "open": still, "twice": found.twice}
    return text.format(title=found.listed.one.plan.title, **counted)


def tables(found: Results, say: Say) -> list[Table]:
    """Return everything that the review shows as tables; those that would be empty are left out."""
    made = (_kinds(found, say), _criteria(found, say), _strata(found, say), agreements(found, say))
    return [one for one in made if one.rows]


def remarks(found: Results, say: Say) -> Iterator[str]:
    """Yield what must be said beside the numbers."""
    if any(one.projected for one in found.figures):
        yield say(HOW)
    if any(one.projected and any(one.inapplicable.values()) for one in found.figures):
        yield say(INAPPLICABLE)
    if found.open or found.listed.one.state.lost:
        yield say(MISSING)
    if found.extended:
        yield say(LEANS)
    if due := [one.row.name(found.listed.one.plan, say) for one in found.strata if one.extend]:
        yield say(DUE).format(n=len(due), strata=say(N_("; ")).join(due))


def progress(found: Results, say: Say) -> Table:
    """Return how far each reviewer is."""
    given, back = Counter[str](), Counter[str]()
    for one in found.files.values():
        for review in one.reviews:
            given[review.who.reviewer] += 1
            back[review.who.reviewer] += review.done
    rows = [(name, str(n), str(back[name]), str(n - back[name])) for name, n in sorted(given.items())]
    head = (N_("Reviewer"), N_("Assigned"), N_("Reviewed"), N_("Not reviewed yet"))
    return Table(say(N_("Reviewers")), say(N_("Progress of the reviewers")), tuple(map(say, head)), rows)


def shows(kind: Kind, one: Tally, limits: Projected | None, say: Say) -> str:
    """Return what a kind of files shows, and of what."""
    if kind == "picked":
        text = say(N_("{n} of {reviewed} with a problem; they do not represent other files, so no rate is projected"))
    elif kind == "whole":
        text = say(N_("{n} of {reviewed} with a problem (all were reviewed, so there is no sampling error)"))
    else:
        text = say(N_("{n} of {reviewed} with a problem; {limits}"))
    told = text.format(n=one.problems, reviewed=one.reviewed, limits=limited(limits, say))
    if one.worst > one.problems:
        told += say(N_("; at worst {n} of {drawn}")).format(n=one.worst, drawn=one.drawn)
    return told


def limited(limits: Projected | None, say: Say) -> str:
    """Return limits with the estimate, or that there is none yet."""
    if limits is None:
        return ""
    text = say(N_("95 % limits: {low} to {high} of {files} files ({share})"))
    low, high = (n / limits.files if limits.files else 0 for n in (limits.low, limits.high))
    told = text.format(files=limits.files, low=limits.low, high=limits.high, share=f"{low:.1%}–{high:.1%}")
    if limits.estimate is None:
        return told
    return say(N_("{limits}, estimate: {n}")).format(limits=told, n=f"{limits.estimate:.0f}")


def _counts(one: Tally) -> tuple[str, ...]:
    return tuple(map(str, (one.files, one.drawn, one.reviewed, one.problems, one.open, one.lost)))


def _kinds(found: Results, say: Say) -> Table:
    every = found.figures[0]
    rows = [(say(KINDS[kind]), *_counts(one), shows(kind, one, every.projected, say)) for kind, one in every.of.items()]
    head = (N_("Kind"), *_COUNTS, N_("What this shows"))
    return Table(say(N_("Results")), say(N_("Results by kind of file")), tuple(map(say, head)), rows)


def _criteria(found: Results, say: Say) -> Table:
    kinds = [kind for kind in KINDS if kind in found.figures[0].of]
    rows = [
        (
            f"{one.id} {one.title}",
            *(one.told(kind, say) for kind in kinds),
            limited(one.projected, say),
        )
        for one in found.figures[1:]
    ]
    head = (N_("Criterion"), *(KINDS[kind] for kind in kinds), N_("Projected to all files of the random strata"))
    return Table(
        say(N_("Criteria")),
        say(BY_CRITERION),
        tuple(map(say, head)),
        rows,
    )


def _strata(found: Results, say: Say) -> Table:
    plan = found.listed.one.plan
    rows = [
        (
            one.row.name(plan, say),
            *_counts(one.tally),
            f"{one.projected.low}–{one.projected.high}" if one.projected else "",
        )
        for one in found.strata
    ]
    head = (N_("Stratum"), *_COUNTS, N_("Limits (95 %, two-sided)"))
    return Table(say(N_("Strata")), say(N_("Results by stratum")), tuple(map(say, head)), rows)


def agreements(found: Results, say: Say) -> Table:
    """Return how far two reviewers of the same files agree, by criterion."""
    rows = [
        (
            f"{id_} {found.criteria[id_]}" if id_ else say(N_("any problem in the file")),
            str(one.files),
            str(one.same),
            kappa_told(one, say),
        )
        for id_, one in found.agreements.items()
        if one.files
    ]
    head = (N_("Criterion"), N_("Reviewed twice"), N_("Same answer"), N_("Cohen's kappa"))
    return Table(say(N_("Agreement")), say(N_("Agreement of two reviewers")), tuple(map(say, head)), rows)


def kappa_told(one: Agreement, say: Say) -> str:
    """Return kappa, or why there is none."""
    return say(NO_KAPPA) if one.kappa is None else f"{one.kappa:.2f}"


def confirmed_told(found: Results, say: Say) -> str:
    """Return how many first readers say what."""
    counted = Counter(one.state for one in found.confirmed)
    parts = (f"{say(STATES[state])} {counted[state]}" for state in STATES if counted[state])
    return say(N_(", ")).join(parts)
