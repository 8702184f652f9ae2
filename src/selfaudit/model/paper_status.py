"""Who has signed on paper and who has not."""

from dataclasses import dataclass, field

from selfaudit.base.i18n import N_
from selfaudit.model.paper import PaperState
from selfaudit.model.standing import Standing

STATES: dict[PaperState, str] = {
    "not_due": N_("nothing to sign yet"),
    "missing": N_("not there"),
    "changed": N_("to be signed again"),
    "refused": N_("refused"),
    "unconfirmed": N_("not looked at yet"),
    "confirmed": N_("confirmed"),
}
"""Where the signed paper of a respondent stands, as the user reads it."""


@dataclass(slots=True)
class PaperCounts:
    """Counts of respondents whose answers are complete, so that they can sign them."""

    name: str = ""
    confirmed: int = 0
    unconfirmed: int = 0
    refused: int = 0
    changed: int = 0
    missing: int = 0

    def add(self, state: PaperState) -> None:
        """Count one respondent."""
        setattr(self, state, getattr(self, state) + 1)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Somebody whose signed paper is not confirmed, and where it stands."""

    key: str
    name: str
    unit: str
    state: PaperState


@dataclass(slots=True)
class PaperStatus:
    """Where the signed papers of a campaign stand, by unit and together."""

    total: PaperCounts = field(default_factory=PaperCounts)
    units: dict[str, PaperCounts] = field(default_factory=dict)
    waiting: list[Unsigned] = field(default_factory=list)

    def add(self, standing: Standing) -> None:
        """Count one respondent; whoever has nothing to sign yet is not counted."""
        who, state = standing.respondent, standing.paper
        if state == "not_due":
            return
        for counts in (self.total, self.units.setdefault(who.unit, PaperCounts(who.unit_name))):
            counts.add(state)
        if state != "confirmed":
            self.waiting.append(Unsigned(who.key, who.name, who.unit_name, state))
