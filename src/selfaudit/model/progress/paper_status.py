"""Who has signed on paper and who has not."""

from dataclasses import dataclass, field

from selfaudit.base.i18n import N_
from selfaudit.model.progress.paper import PaperState, papers_for
from selfaudit.model.progress.standing import Standing

STATES: dict[PaperState, str] = {
    "not_due": N_("nothing to sign yet"),
    "missing": N_("not received"),
    "changed": N_("to be signed again"),
    "refused": N_("refused"),
    "unconfirmed": N_("not checked yet"),
    "confirmed": N_("confirmed"),
}
"""The state of a respondent's signed paper, as the user reads it."""


@dataclass(slots=True)
class PaperCounts:
    """Counts of respondents; all of them together are those who are asked."""

    name: str = ""
    confirmed: int = 0
    unconfirmed: int = 0
    refused: int = 0
    changed: int = 0
    missing: int = 0
    not_due: int = 0

    def add(self, state: PaperState) -> None:
        """Count one respondent."""
        setattr(self, state, getattr(self, state) + 1)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Somebody whose signed paper is not confirmed, its state, and for what reason it was refused."""

    key: str
    name: str
    unit: str
    state: PaperState
    reason: str = ""


@dataclass(slots=True)
class PaperStatus:
    """The state of the signed papers of a campaign, by unit and in total; ``open_pages`` are unassigned."""

    total: PaperCounts = field(default_factory=PaperCounts)
    units: dict[str, PaperCounts] = field(default_factory=dict)
    waiting: list[Unsigned] = field(default_factory=list)
    open_pages: int = 0

    def add(self, standing: Standing, name: str) -> None:
        """Count one respondent and, if they have something to sign, list them by an unambiguous name."""
        who, state = standing.respondent, standing.paper
        for counts in (self.total, self.units.setdefault(who.unit, PaperCounts(who.unit_name))):
            counts.add(state)
        if state not in ("confirmed", "not_due"):
            current = papers_for(standing.digest, standing.papers) if state == "refused" else []
            reason = current[-1].reason if current else ""
            self.waiting.append(Unsigned(who.key, name, who.unit_name, state, reason))
