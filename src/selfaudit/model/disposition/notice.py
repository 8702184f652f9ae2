"""A notice: a letter that says what was decided, with a number that nobody else gets."""

from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.model.base import Day, Model

KIND = "notice"
"""What the ledger calls these records."""

NoticeState = Literal["drawn", "made", "delivered", "withdrawn"]
NOTICE_STATES: dict[NoticeState, str] = {
    "drawn": N_("number drawn, not made"),
    "made": N_("made"),
    "delivered": N_("delivered"),
    "withdrawn": N_("withdrawn"),
}
"""The word for each state."""


class Said(Model):
    """What a notice says of one disposition: as it was when the number was drawn, in the words that are printed."""

    id: str
    class_title: str = ""
    target: str = ""
    party: str = ""
    action: str = ""
    reason: str = ""
    effective: Day | None = None
    follow_up: Day | None = None
    findings: tuple[str, ...] = ()
    facts: str = ""
    note: str = ""
    approved_by: str = ""
    basis: tuple[str, ...] = ()


class Notice(Model):
    """What the ledger keeps of one, by its number. ``series`` and ``n`` are what it was counted in, and as which.

    ``says`` is what it says of each of its dispositions. ``file`` and ``sha256`` are empty until it has been made.
    """

    kind: str
    title: str
    series: str
    n: int
    on: Day
    to: str = ""
    says: tuple[Said, ...]
    made_by: str = ""
    file: str = ""
    sha256: str = ""
    delivered_on: Day | None = None
    delivered_how: str = ""
    receipt: str = ""
    receipt_sha256: str = ""
    withdrawn_on: Day | None = None
    withdrawn_why: str = ""

    @property
    def state(self) -> NoticeState:
        """How far it is."""
        if self.withdrawn_on:
            return "withdrawn"
        if self.delivered_on:
            return "delivered"
        return "made" if self.sha256 else "drawn"

    @property
    def lost(self) -> bool:
        """Whether it was withdrawn after it had been delivered, so that whoever has it must be told."""
        return bool(self.withdrawn_on and self.delivered_on)

    @property
    def dispositions(self) -> tuple[str, ...]:
        """The ids of the dispositions that it is about."""
        return tuple(said.id for said in self.says)
