"""Documents that a kit adds to those every campaign has."""

from typing import Literal

from pydantic import Field

from selfaudit.model.base import Id, Text
from selfaudit.model.kit.outline import Titled

Whom = Literal["body", "unit", "person", "finding"]
"""What a document of a kit is for: one for the whole body, or one each for units, people or findings."""


class OwnDocument(Titled):
    """A document of a kit: what or whom it is for, and the folder of its Word template.

    ``roles`` limits it to units or people in one of these roles, or to the findings that these reported.
    """

    whom: Whom = Field(alias="for")
    template: Text
    roles: tuple[Id, ...] = ()
