"""How far the campaign is: who was asked, who answered, who has not, what is due next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from selfaudit.base.problems import Problem
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Labels
from selfaudit.model.held.figures import CountedFigure
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.approval import Approvals
from selfaudit.model.progress.confirming import Confirmation
from selfaudit.model.progress.findings import AreaAnswers, FindingStatus
from selfaudit.model.progress.milestones import MilestoneStatus
from selfaudit.model.progress.owners import OwnerStatus
from selfaudit.model.progress.paper_status import PaperCounts, PaperStatus
from selfaudit.model.progress.reminder import Reminder
from selfaudit.model.progress.standing import Standing

NextStep = Literal[
    "verify", "issue", "collect", "chase", "resolve", "complete", "correct", "extend", "sign", "confirm", "report"
]


@dataclass(slots=True)
class Progress:
    """Counts of respondents; ``answered`` is complete plus incomplete, with missing and waived it is ``issued``."""

    name: str = ""
    issued: int = 0
    complete: int = 0
    incomplete: int = 0
    missing: int = 0
    waived: int = 0
    overdue: int = 0
    problems: int = 0

    @property
    def answered(self) -> int:
        """How many sent something back."""
        return self.complete + self.incomplete

    def add(self, standing: Standing, today: date) -> None:
        """Count one respondent."""
        self.issued += 1
        setattr(self, standing.state, getattr(self, standing.state) + 1)
        self.overdue += standing.overdue(today)
        self.problems += any(answer is Answer.PROBLEM for _, _, answer, _ in standing.answers())


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has not answered, or not completely; ``reminders`` in the order in which they got them.

    ``name`` distinguishes them from others of the same name.
    """

    key: str
    name: str
    unit: str
    due: date
    overdue: bool
    gaps: tuple[Problem, ...] = ()
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Waived:
    """Somebody who need not answer, who decided that and why."""

    key: str
    name: str
    unit: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that could not be used, and whose it is; ``sure`` if its passport says so, else only its name does.

    ``text`` is the file with what to send back to that person, if anything is; the rest is empty if nothing is known.
    """

    file: str
    respondent: str = ""
    name: str = ""
    unit: str = ""
    sure: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class CheckStatus:
    """What came of data checks: ``signals`` of how many checks, of these ``open`` ones; how many ran and did not."""

    signals: int
    checks: int
    open: int
    ran: int
    not_run: int


@dataclass(slots=True)
class Status:
    """Everything that ``status`` shows; ``papers`` only if the campaign is signed on paper.

    ``contradictions`` are those that nobody has settled, each as place and unit, with what else says otherwise if that
    is the data. ``unsupported`` counts answers that no data check supports, ``figures`` are the numbers that registers
    give, ``checks`` what came of data checks once any ran, ``older`` which of both came of other registers than
    there are. ``doubts`` are numbers that cannot be right together;
    ``unassigned`` are the files of evidence that belong to nothing yet; ``unsound`` says that ledger or originals are
    not as the program left them.
    ``approvals`` are those of the final report, once anybody has approved it. ``owners`` are those who got a form for
    corrections, ``reopened`` the findings that were reopened and are in none of these forms as they are now.
    ``confirmations`` are what the first readers of reviewed files say of what was found; ``extensions`` the strata of
    spot checks of which more is to be drawn, as ``sample extend`` takes them.
    ``areas`` has what was answered in each area, ``findings`` how many there are and how far they are.
    """

    title: str
    today: date
    total: Progress = field(default_factory=Progress)
    units: list[Progress] = field(default_factory=list)
    roles: list[Progress] = field(default_factory=list)
    missing: list[Waiting] = field(default_factory=list)
    incomplete: list[Waiting] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    unsupported: int = 0
    figures: list[CountedFigure] = field(default_factory=list)
    checks: CheckStatus | None = None
    older: Sequence[str] = ()
    doubts: list[Problem] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    to_issue: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unassigned: int = 0
    milestones: list[MilestoneStatus] = field(default_factory=list)
    areas: list[AreaAnswers] = field(default_factory=list)
    findings: FindingStatus = field(default_factory=FindingStatus)
    papers: PaperStatus | None = None
    approvals: Approvals | None = None
    owners: list[OwnerStatus] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)
    unsound: bool = False

    @property
    def next_step(self) -> NextStep:
        """What the coordinator does next."""
        papers = self.papers.total if self.papers else PaperCounts()
        steps: tuple[tuple[object, NextStep], ...] = (
            (self.unsound, "verify"),
            (not self.total.issued or self.to_issue, "issue"),
            (not self.total.answered and self.missing, "collect"),
            (self.conflicts, "resolve"),
            (self.missing, "chase"),
            (self.incomplete, "complete"),
            (self.contradictions, "resolve"),
            (self.doubts, "correct"),
            (self.extensions, "extend"),
            (papers.missing or papers.changed or papers.refused, "sign"),
            (papers.unconfirmed, "confirm"),
        )
        return next((step for due, step in steps if due), "report")

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        data = asdict(self, dict_factory=_plain)
        for key in ("missing", "incomplete"):
            for entry, waiting in zip(data[key], getattr(self, key), strict=True):
                entry["gaps"] = [gap.as_data() for gap in waiting.gaps]
        data["owners"] = [owner.as_data() for owner in self.owners]
        data["figures"] = [one.as_data() for one in self.figures]
        data["doubts"] = [doubt.as_data() for doubt in self.doubts]
        data["milestones"] = [stone.as_data() for stone in self.milestones]
        data["approvals"] = self.approvals.as_data() if self.approvals else None
        return data | {"next_step": self.next_step}


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in pairs}


def status_of(
    kit: Kit,
    standings: Iterable[Standing],
    today: date,
    reminders: Mapping[str, Sequence[Reminder]],
    labels: Labels,
) -> Status:
    """Count the state of everybody; ``reminders`` are by respondent."""
    status = Status(kit.plan.title, today, papers=PaperStatus() if kit.plan.signed_paper else None)
    units: dict[str, Progress] = {}
    roles = {role.id: Progress(role.title) for role in kit.plan.roles}
    for standing in standings:
        who = standing.respondent
        if not standing.active:
            status.dropped.append(labels.of(who))
            # what they said counts, so that it has to be known which of their responses does
            status.conflicts += [labels.of(who)] * standing.conflict
            continue
        groups = [status.total, units.setdefault(who.unit, Progress(who.unit_name))]
        groups += [roles[role] for role in who.roles if role in roles]
        for group in groups:
            group.add(standing, today)
        _list(status, standing, labels.of(who), tuple(reminders.get(who.key, ())))
        if status.papers:
            status.papers.add(standing, labels.of(who))
    status.units = list(units.values())
    status.roles = [progress for progress in roles.values() if progress.issued]
    return status


def _list(status: Status, standing: Standing, name: str, reminders: tuple[Reminder, ...]) -> None:
    who = standing.respondent
    late = standing.overdue(status.today)
    waiting = Waiting(who.key, name, who.unit_name, standing.due, late, standing.gaps, reminders)
    if standing.waiver and standing.state == "waived":
        status.waived.append(Waived(who.key, name, who.unit_name, standing.waiver.by, standing.waiver.reason))
    elif standing.awaited:
        (status.missing if standing.state == "missing" else status.incomplete).append(waiting)
    if standing.conflict:
        status.conflicts.append(name)
    if standing.outdated:
        status.outdated.append(name)
