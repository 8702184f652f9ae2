"""A disposition: what happens to one certificate, person, reported fact or case file, and how far that is."""

from dataclasses import dataclass
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.model.base import Day, Model

KIND = "disposition"
"""What the ledger calls these records."""

State = Literal["proposed", "approved", "carried_out", "ended", "withdrawn"]
STATES: dict[State, str] = {
    "proposed": N_("proposed"),
    "approved": N_("approved"),
    "carried_out": N_("carried out"),
    "ended": N_("ended"),
    "withdrawn": N_("withdrawn"),
}
"""The word for each state."""


class Disposition(Model):
    """What the ledger keeps of one; ``kind`` is the id of its class, ``action`` the id or title of what is done.

    ``target`` is what it is about, such as the number of a certificate, ``party`` whose that is. ``follow_up`` is the
    day given for it; without one the term of the action says when it is due. ``ended_how`` says what became of it where
    no other disposition does.
    """

    kind: str
    target: str = ""
    party: str = ""
    action: str = ""
    reason_code: str = ""
    reason: str = ""
    findings: tuple[str, ...] = ()
    note: str = ""
    effective: Day | None = None
    follow_up: Day | None = None
    approved_by: str = ""
    approved_on: Day | None = None
    carried_out_on: Day | None = None
    reported_on: Day | None = None
    ended_on: Day | None = None
    ended_how: str = ""
    withdrawn_on: Day | None = None
    withdrawn_why: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that people enter: its key, its title (a message id) and the width of its column in characters.

    What ``decides`` is what was approved: a change of it needs a new approval. ``word`` is what else it is called.
    """

    key: str
    title: str
    width: int
    decides: bool = False
    day: bool = False
    word: str = ""


FIELDS = (
    Field("kind", N_("Class of handling"), 12, decides=True, word=N_("Class")),
    Field("target", N_("About"), 22, decides=True),
    Field("party", N_("Concerns"), 26, decides=True),
    Field("action", N_("Action"), 14, decides=True, word=N_("Measure")),
    Field("reason_code", N_("Reason code"), 14, decides=True),
    Field("reason", N_("Reason"), 36, decides=True),
    Field("effective", N_("Takes effect on"), 13, decides=True, day=True),
    Field("findings", N_("Findings"), 14, decides=True),
    Field("note", N_("Note"), 24),
    Field("follow_up", N_("Follow up by"), 13, decides=True, day=True),
    Field("carried_out_on", N_("Carried out on"), 13, day=True),
    Field("reported_on", N_("Reported on"), 13, day=True),
    Field("ended_on", N_("Ended on"), 13, day=True),
    Field("ended_how", N_("How it ended"), 24),
)
"""The fields that people enter, in the order of the table."""

DECIDES = tuple(field.key for field in FIELDS if field.decides)
"""What is approved."""


def decided(one: Disposition) -> tuple[object, ...]:
    """Return what of it was approved, to tell whether that has changed."""
    return tuple(getattr(one, key) for key in DECIDES)
