"""Everything that the body's own data contradict: answers, and numbers of the profile."""

from collections.abc import Iterable

from selfaudit.model.held.against import Against, HeldAgainst
from selfaudit.model.held.figures import CountedFigure
from selfaudit.model.held.named import NamedAgainst

Held = Against | CountedFigure | NamedAgainst
"""A contradiction between what somebody says and the data."""


def called(one: Held) -> str:
    """Return where it is, about whom, and what says otherwise, as lists name it."""
    return " ".join(dict.fromkeys((one.place, one.name, one.source)))


def held_against(answers: HeldAgainst, figures: Iterable[CountedFigure]) -> list[Held]:
    """Return every contradiction, those of the greatest weight first."""
    found: list[Held] = [*answers.found(), *answers.named.found(), *(one for one in figures if not one.agrees)]
    return sorted(found, key=lambda one: (-one.weight, one.key))
