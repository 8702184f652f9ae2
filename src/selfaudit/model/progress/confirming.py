"""Whether the first readers of reviewed files agree with what the reviews found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from selfaudit.base.i18n import N_

State = Literal["open", "agree", "disagree", "disputed", "earlier", "other"]
STATES: dict[State, str] = {
    "open": N_("has not said yet"),
    "agree": N_("agrees"),
    "disagree": N_("does not agree"),
    "disputed": N_("two answers of one day that contradict each other"),
    "earlier": N_("answered before the review was changed"),
    "other": N_("has not said yet; somebody else filled in the form"),
}
"""What a first reader says of what the review of a file found; ``earlier`` is not said of it as it is now."""

ANSWERED: tuple[State, ...] = ("agree", "disagree")
"""The states in which there is nothing more to be said by the reader."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What one first reader of a file says of its review.

    ``file`` is its number in the ``sample``, ``about`` what it is about, ``by`` who filled in the form, ``on`` when in
    ISO form, in the form with the ``passport``; ``signed`` that they signed just that on paper. ``current`` is False if
    the review was changed since the form that is out.
    """

    sample: str
    file: str
    about: str
    key: str
    reader: str
    unit: str
    state: State
    reason: str = ""
    by: str = ""
    on: str = ""
    passport: str = ""
    signed: bool = False
    current: bool = True

    @property
    def lacks_reason(self) -> bool:
        """Whether the reader does not agree and does not say why."""
        return self.state == "disagree" and not self.reason

    @property
    def is_open(self) -> bool:
        """Whether the reader has still to say something: whoever disagrees says why."""
        return self.state not in ANSWERED or self.lacks_reason

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {name: getattr(self, name) for name in self.__slots__}


def of_file(several: Iterable[Confirmation], sample: str, file: str) -> list[Confirmation]:
    """Return what the first readers of one file say."""
    return [one for one in several if (one.sample, one.file) == (sample, file)]
