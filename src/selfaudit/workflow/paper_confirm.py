"""``paper confirm``: enters that a person has looked at signature and seal, or why a paper is not accepted."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, warning
from selfaudit.model.paper import Paper, PaperState, content_code, paper_state
from selfaudit.store.ledger import Ledger, user
from selfaudit.store.papers import papers, put_paper
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.listener import Listener
from selfaudit.workflow.status import find_respondent

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
NO_REASON = error("confirm.no-reason", N_("a refusal needs a reason"), N_("Write it after --refuse."))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was entered for a respondent: the files it concerns (none: it was entered before), and where he stands."""

    respondent: str
    name: str
    verdict: str
    files: tuple[str, ...]
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


def confirm(workspace: Workspace, names: Iterable[str], refuse: str | None, listener: Listener) -> Confirmed:
    """Enter a verdict on the papers of some respondents; ``refuse`` is the reason for which they are not accepted."""
    if refuse is not None and not refuse.strip():
        raise UserError(NO_REASON())
    done = Confirmed()
    with workspace.writing(listener.waiting) as ledger:
        everybody = dict(find_respondent(ledger, name) for name in names)
        filed = papers(ledger)
        for key, name in everybody.items():
            _enter(ledger, (key, name), filed.get(key, []), (refuse or "").strip(), done)
    return done


def _enter(ledger: Ledger, who: tuple[str, str], filed: list[Paper], reason: str, done: Confirmed) -> None:
    key, name = who
    digest = (ledger.shown(key) or ("",))[0]
    current = [paper for paper in filed if digest and paper.content == content_code(digest)]
    if not current:
        done.problems.append((OLD_PAPER if filed else NO_PAPER)(name=name))
        return
    verdict: Any = "refused" if reason else "confirmed"
    # a scan that came after the others were looked at; without one, somebody thinks better of what he said
    due = [paper for paper in current if not paper.verdict] or [
        paper for paper in current if (paper.verdict, paper.reason) != (verdict, reason)
    ]
    said = {"verdict": verdict, "reason": reason, "scans": [paper.scan for paper in due]}
    entered = [replace(paper, verdict=verdict, verdict_by=user(), verdict_at=now(), reason=reason) for paper in due]
    with ledger.change("confirm", respondent=key, **said) as detail:
        if not due:
            detail.clear()
        for paper in entered:
            put_paper(ledger, paper)
    after = [paper for paper in current if paper not in due] + entered
    files = tuple(paper.file for paper in due)
    done.verdicts.append(Verdict(key, name, verdict, files, paper_state(digest, after)))
