"""How one finding is handled, as the register keeps it, and the state that follows from that."""

from collections.abc import Mapping
from typing import Any, Literal

from selfaudit.base.i18n import N_
from selfaudit.model.base import Day, Model
from selfaudit.model.form.response import Free

State = Literal["open", "analysed", "corrected", "verified", "closed", "reopened", "withdrawn", "merged"]
"""How far a finding is: what has happened last. One that is withdrawn or merged into another does not count."""

STATES: dict[State, str] = {
    "open": N_("open"),
    "analysed": N_("cause known"),
    "reopened": N_("reopened"),
    "corrected": N_("correction done"),
    "verified": N_("verified"),
    "closed": N_("closed"),
    "withdrawn": N_("withdrawn"),
    "merged": N_("merged"),
}
"""The words for the states, in the order in which they are counted."""

UNSETTLED: tuple[State, ...] = ("open", "analysed", "reopened")
"""The states in which the correction is still to be done."""
FINDING = "finding"
"""The kind of the records that say how findings are handled; their ids are the short ids of the findings."""


class Made(Model):
    """A step that a person decided: on which day, by whom and why."""

    on: Day
    by: str
    reason: str = ""


class Rectification(Model):
    """How a finding is handled; everything may be missing, and nothing is ever filled in as done.

    ``said`` has the fields of the finding as somebody set them in the register, by key: texts, the id of a severity, a
    day in ISO form, texts by class for the disposition. An empty text clears what was reported. ``owner_key``,
    ``corrected_key`` and ``verified_key`` are the keys (``person:0012``) of those named, if they are on the roster.
    ``reported`` is the finding as it was reported when it was handled last; None for one that nobody reported. With
    ``kept`` a person has handled it since it was reported no more.
    ``source`` says where the finding comes from: ``answer``, ``entered`` or a word of another command. ``about`` is the
    key of the respondent whom it concerns. ``origin``, ``entered`` are of a finding entered by hand: where it comes
    from in words, and by whom.
    """

    said: dict[str, Free | dict[str, Free]] = {}
    owner_key: str = ""
    similar_scope: Free = ""
    similar_found: Free = ""
    corrected_on: Day | None = None
    corrected_by: Free = ""
    corrected_key: str = ""
    no_evidence: Free = ""
    verified_on: Day | None = None
    verified_by: Free = ""
    verified_key: str = ""
    verification: Free = ""
    closed: Made | None = None
    reopened: Made | None = None
    withdrawn: Made | None = None
    merged: Made | None = None
    merged_into: str = ""
    source: str = "answer"
    origin: Free = ""
    entered: Made | None = None
    about: str = ""
    reported: dict[str, Any] | None = None
    kept: bool = False

    @property
    def settled(self) -> bool:
        """Whether it is closed, withdrawn or merged: nothing is changed before it is reopened."""
        return bool(self.closed or self.withdrawn or self.merged)

    @property
    def corrected(self) -> bool:
        """Whether it is known who corrected it and when."""
        return bool(self.corrected_on and self.corrected_by)

    @property
    def verified(self) -> bool:
        """Whether it is known who verified the correction and when."""
        return bool(self.verified_on and self.verified_by)

    def over(self, reported: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of the finding as they are now: what the register says, else what was reported."""
        return {**reported, **self.said, **self._classes(reported)}

    def saying(self, changes: Mapping[str, Any]) -> "Rectification":
        """Return it with what somebody writes into some fields, by key; a disposition class by class."""
        own = {key: value for key, value in changes.items() if key in type(self).model_fields}
        said: dict[str, Any] = {**self.said, **{key: value for key, value in changes.items() if key not in own}}
        if isinstance(classes := changes.get("disposition"), dict):
            before = self.said.get("disposition")
            said["disposition"] = {**(before if isinstance(before, dict) else {}), **classes}
        return type(self).model_validate({**self.model_dump(), **own, "said": said})

    def _classes(self, reported: Mapping[str, Any]) -> dict[str, Any]:
        """Return the disposition, class by class; a class that the register clears is not there."""
        said = self.said.get("disposition")
        if not isinstance(said, dict):
            return {}
        both = {**(reported.get("disposition") or {}), **said}
        return {"disposition": {kind: text for kind, text in both.items() if text}}

    def plain(self) -> dict[str, Any]:
        """Return it as the ledger keeps it."""
        return self.model_dump(mode="json", exclude_defaults=True)


NOTHING = Rectification()
"""The handling of a finding that nobody has handled yet."""


def state_of(handled: Rectification, cause: object) -> State:
    """Return how far a finding is, given how it is handled and its cause as it is known now, empty if it is not."""
    if handled.withdrawn:
        return "withdrawn"
    if handled.merged:
        return "merged"
    if handled.closed:
        return "closed"
    if handled.verified and handled.corrected:
        return "verified"
    if handled.corrected:
        return "corrected"
    if handled.reopened:
        return "reopened"
    return "analysed" if cause else "open"


def again(handled: Rectification, made: Made) -> Rectification:
    """Return a finding taken up again: what was corrected and verified is so no more; earlier versions tell it."""
    cleared = (
        "corrected_on", "corrected_by", "corrected_key", "verified_on", "verified_by", "verified_key", "verification",
        "closed", "withdrawn", "merged", "merged_into",
    )  # fmt: skip
    # nothing was settled by a correction where it was only withdrawn or merged
    aside = handled.withdrawn or handled.merged
    kept = {name for name in cleared if not aside or name in ("closed", "withdrawn", "merged", "merged_into")}
    fields = {name: Rectification.model_fields[name].default for name in kept}
    return handled.model_copy(update={**fields, "reopened": made})
