"""``paper confirm``: enters that a person has looked at signature and seal, or why a paper is not accepted."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, warning
from selfaudit.model.progress.paper import Paper, PaperState, paper_state, papers_for
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import put_paper
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.respondents import find_respondents
from selfaudit.workflow.common.state.standings import standing_of
from selfaudit.workflow.paper.review import refresh_open_pages
from selfaudit.workflow.paper.unsigned import nothing_to_sign

NO_PAPER = warning(
    "confirm.no-paper",
    N_("{name}: no signed paper is filed"),
    N_("File the scan with selfaudit paper match."),
)
OLD_PAPER = warning(
    "confirm.changed",
    N_("{name}: the answers changed after the paper was signed"),
    N_("Print the sheet again with selfaudit paper print and have it signed again."),
)
REFUSED_BEFORE = warning(
    "confirm.refused-before",
    N_("{name}: the paper was refused before ({reason}); a new scan is needed"),
    N_("Have it signed again correctly and file the new scan with selfaudit paper match."),
)
GONE = warning(
    "confirm.gone",
    N_("{name}: {file} is missing, so it cannot be checked"),
    N_("Run selfaudit paper match on the scan again; the file is then restored."),
)
NO_REASON = error("confirm.no-reason", N_("a refusal needs a reason"), N_("Write it after --refuse."))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict on a respondent's paper for the answers shown now, and the state of the paper.

    ``files`` are those on which it was entered now; if ``new`` is false, those on which it was entered before.
    """

    respondent: str
    name: str
    verdict: Literal["confirmed", "refused"]
    files: tuple[str, ...]
    new: bool
    state: PaperState


@dataclass(slots=True)
class Confirmed:
    """The verdicts entered, and why others could not be."""

    verdicts: list[Verdict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "verdicts": [asdict(verdict) for verdict in self.verdicts],
            "problems": [problem.as_data() for problem in self.problems],
        }


def confirm(
    workspace: Workspace, names: Iterable[str], refuse: str | None, listener: Listener, by: str = ""
) -> Confirmed:
    """Enter a verdict on the papers of some respondents; ``refuse`` is the reason for which they are not accepted.

    ``by`` is who has looked at them, by default the operator of the campaign.
    """
    if refuse is not None and not refuse.strip():
        raise UserError(NO_REASON())
    done = Confirmed()
    title, by = workspace.plan().title, decider(workspace, by)
    with workspace.writing(listener.waiting, by) as ledger:
        everybody = find_respondents(ledger, names)
        for key, name in everybody.items():
            _Judge(workspace, ledger, key, name, done).judge((refuse or "").strip())
        refresh_open_pages(workspace, ledger, title)
    return done


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges the papers of one respondent for the answers shown now, all of them together."""

    workspace: Workspace
    ledger: Ledger
    key: str
    name: str
    done: Confirmed

    def judge(self, reason: str) -> None:
        """Refuse every paper for a reason, or without one confirm those not checked yet; or report why not."""
        standing = standing_of(self.ledger, self.key)
        current = papers_for(standing.to_sign, standing.papers)
        if problem := nothing_to_sign(standing):
            self.done.problems.append(problem)
        elif not current:
            self.done.problems.append((OLD_PAPER if standing.papers else NO_PAPER)(name=self.name))
        elif reason:
            due = [paper for paper in current if (paper.verdict, paper.reason) != ("refused", reason)]
            self._enter(standing.to_sign, current, due, "refused", reason)
        else:
            self._confirm(standing.to_sign, current)

    def _confirm(self, digest: str, current: list[Paper]) -> None:
        open_to_it = [paper for paper in current if paper.verdict != "refused"]
        there = [paper for paper in open_to_it if self.workspace.path(paper.file).is_file()]
        self.done.problems += [GONE(name=self.name, file=paper.file) for paper in open_to_it if paper not in there]
        if not open_to_it:
            self.done.problems.append(REFUSED_BEFORE(name=self.name, reason=current[-1].reason))
        elif there:
            self._enter(digest, there, [paper for paper in there if not paper.verdict], "confirmed", "")

    def _enter(
        self, digest: str, papers: list[Paper], due: list[Paper], verdict: Literal["confirmed", "refused"], reason: str
    ) -> None:
        """Enter a verdict on the papers that do not have it yet; return their state together."""
        entered = [
            replace(paper, verdict=verdict, verdict_by=self.ledger.person, verdict_at=now(), reason=reason)
            for paper in due
        ]
        said = {"by": self.ledger.person, "verdict": verdict, "reason": reason, "scans": [paper.scan for paper in due]}
        with self.ledger.change("confirm", respondent=self.key, **said) as change:
            if not due:
                change.unchanged()
            for paper in entered:
                put_paper(self.ledger, paper)
        files = tuple(paper.file for paper in due or papers)
        state = paper_state(digest, [paper for paper in papers if paper not in due] + entered)
        self.done.verdicts.append(Verdict(self.key, self.name, verdict, files, bool(due), state))
