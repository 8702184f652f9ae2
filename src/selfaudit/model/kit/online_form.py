"""What a kit says about the form that the authority has filled in online: which numbers it asks for, in which order."""

from pydantic import Field

from selfaudit.model.base import Model, Text
from selfaudit.model.kit.outline import Titled


class OnlineRow(Titled):
    """Something that the online form asks for; ``from`` names a figure of the final report or a profile field."""

    source: Text = Field(alias="from")
    help: str = ""


class OnlineGroup(Model):
    """Rows under one heading."""

    title: Text
    rows: tuple[OnlineRow, ...] = Field(min_length=1)


class OnlineForm(Model):
    """The table from which somebody types the online form; ``title`` is also the name of its files."""

    title: Text
    groups: tuple[OnlineGroup, ...] = Field(min_length=1)
