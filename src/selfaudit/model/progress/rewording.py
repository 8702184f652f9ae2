"""A question that was put in other words while a campaign ran."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewording:
    """A place, as lists call it, with words in which it was issued and those of now, as far as they differ.

    ``since`` is the moment, in UTC, at which the words of now were first issued, empty if they never were since.
    ``old`` and ``new`` are how many respondents answered which of them.
    """

    place: str
    before: str
    now: str
    since: str
    old: int
    new: int
