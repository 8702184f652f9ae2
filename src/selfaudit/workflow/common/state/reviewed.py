"""Which files of spot checks were reviewed, with what was found, and who had read them first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from selfaudit.model.form.answers import WORST_FIRST, Answer
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.sampling.reviewed import Review, ReviewedFile
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.state.samples import frozen, states
from selfaudit.workflow.common.state.standings import standings


def reviewed_files(ledger: Ledger, kit: Kit, everybody: Iterable[Standing] | None = None) -> list[ReviewedFile]:
    """Return every file that is given to somebody to review, in the order in which forms went out."""
    known = standings(ledger, kit, "file") if everybody is None else everybody
    asked = [one for one in known if one.active and one.respondent.answers == "file"]
    found: dict[str, list[FindingRecord]] = {}
    for finding in every_finding(ledger, kit, asked):
        found.setdefault(finding.respondent.key, []).append(finding)
    reviews: dict[tuple[str, str], list[Review]] = {}
    for one in asked:
        review = _review(one, found.get(one.respondent.key, ()))
        reviews.setdefault(one.respondent.drawn, []).append(review)
    times = Counter(file for _, file in reviews)
    return [
        ReviewedFile(
            sample,
            file,
            f"{file} ({sample})" if times[file] > 1 else file,
            next(iter(several[0].who.about.values()), ""),
            tuple(several),
        )
        for (sample, file), several in reviews.items()
    ]


def _review(one: Standing, findings: Sequence[FindingRecord]) -> Review:
    answers: dict[str, Answer] = {}
    for item, _, answer, _ in one.answers():
        answers[item] = min(answer, answers.get(item, answer), key=WORST_FIRST.index)
    standing = {finding.item for finding in findings if finding.state != "withdrawn"}
    return Review(
        one.respondent,
        one.unsettled is None,
        tuple(finding for finding in findings if finding.counts),
        answers,
        frozenset(finding.item for finding in findings) - standing,
    )


def readers_of(workspace: Workspace, ledger: Ledger) -> Mapping[tuple[str, str], str | None]:
    """Return what the population says of who read each drawn file first; None where it has no column for that."""
    found: dict[tuple[str, str], str | None] = {}
    for state, version in states(ledger).values():
        if state.drawn:
            one = frozen(workspace, state, version)
            for stratum in one.strata():
                for ranked in stratum.drawn:
                    reader = one.plan.reader
                    found[state.id, ranked.file.id] = ranked.file.values.get(reader, "") if reader else None
    return found
