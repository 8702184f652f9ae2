"""What the review of a spot check shows, in words and tables, told honestly: what is missing stands beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import N_
from selfaudit.model.progress.confirming import STATES
from selfaudit.model.sampling.agreement import Agreement
from selfaudit.model.sampling.results import Kind, Projected, Tally
from selfaudit.reports.results import KINDS, Results, Say

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
class Table:
    """A table for the terminal, a workbook or a document; ``sheet`` is a short name."""

    sheet: str
    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


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
