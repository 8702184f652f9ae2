"""What a notice wants to exist in the end: documents that the program makes, and those that people file."""

from typing import Literal

from pydantic import Field

from selfaudit.model.base import Id, Model, Text
from selfaudit.model.kit.outline import Titled

Whose = Literal["body", "unit", "branch", "any unit", "person", "respondent", "file"]
"""Of whom there is one: the body, or each unit that is no branch, each branch, each of all these, each person, each of
those who answer, or each review of a file that is drawn."""


class Blank(Model):
    """A form to be printed and filled in by hand: lines with a title each, a table with empty rows, who signs it.

    The first column has the numbers of the rows.
    """

    lines: tuple[Text, ...] = ()
    columns: tuple[Text, ...] = Field((), max_length=8)
    rows: int = Field(10, ge=1, le=200)
    signatures: tuple[Text, ...] = ()


class Deliverable(Titled):
    """One thing that must be there, once or once for each of those that ``of`` and ``roles`` name.

    ``made`` is the document of the program that is meant, ``notices`` are the kinds of notices that are; without either
    people file what they have. ``signed`` and
    ``sealed`` say that it counts only when it is. ``who`` sees to it, by default whoever sees to the milestone or phase
    that names it. ``blank`` is an empty form for it.
    """

    made: str = ""
    notices: tuple[Id, ...] = ()
    whose: Whose = Field("body", alias="of")
    roles: tuple[Id, ...] = ()
    who: str = ""
    signed: bool = False
    sealed: bool = False
    blank: Blank | None = None
