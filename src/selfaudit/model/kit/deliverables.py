"""What a notice wants to exist in the end: documents that the program makes, and those that people file."""

from typing import Literal

from pydantic import Field

from selfaudit.model.base import Id
from selfaudit.model.kit.outline import Titled

Whose = Literal["body", "unit", "branch", "any unit", "person", "respondent"]
"""Of whom there is one: the body, or each unit that is no branch, each branch, each of all these, each person, each of
those who answer."""


class Deliverable(Titled):
    """One thing that must be there, once or once for each of those that ``of`` and ``roles`` name.

    ``made`` is the document of the program that is meant; without it people file what they have. ``signed`` and
    ``sealed`` say that it counts only when it is. ``who`` sees to it, by default whoever sees to the milestone or phase
    that names it.
    """

    made: str = ""
    whose: Whose = Field("body", alias="of")
    roles: tuple[Id, ...] = ()
    who: str = ""
    signed: bool = False
    sealed: bool = False
