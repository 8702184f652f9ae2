"""How a kit has files drawn for review: the population, what makes a file risky, the strata, and how many of each."""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from selfaudit.model.base import Id, Model, Text
from selfaudit.model.data.check import CheckId
from selfaudit.model.data.register import Name

Share = Annotated[str, StringConstraints(pattern=r"^(100|\d{1,2}(\.\d{1,2})?)$")]
"""A share in per cent, written ``12.5``."""


class Heading(Model):
    """The number of a file: what it is called, and the headers by which a list of files may call it."""

    title: Text
    aliases: tuple[Text, ...] = ()


class SampleColumn(Model):
    """Something that is known of each file.

    ``aliases`` are headers by which a list of files may call it, ``codes`` the code list of which it shows titles. A
    copy for others is without the names in a column that ``names_people``. In one that ``names_units``, a unit of the
    roster has one spelling, so that it is one stratum.
    """

    id: Name
    title: Text
    aliases: tuple[Text, ...] = ()
    codes: Name | None = None
    names_people: bool = False
    names_units: bool = False


class Factor(Model):
    """What makes a file risky: a whole number of each file, such as how many complaints there were.

    Each one counts ``points``, together at most ``most``. A file of which a ``mandatory`` factor is not 0 is reviewed
    in any case. ``signals`` names the data checks whose signals on the file are counted; a factor without them is a
    column of the result. A number that is not known counts nothing, and is shown as not known.
    """

    id: Name
    title: Text
    points: int = Field(ge=0, le=1000)
    most: int = Field(1000, ge=0, le=1000)
    mandatory: bool = False
    signals: tuple[CheckId, ...] = ()
    why: Text


class Band(Model):
    """Files from so many points on. ``take`` says how many of each stratum: all, or a share with a least number."""

    id: Id
    title: Text
    at_least: int = Field(0, ge=0)
    take: Literal["all", "share"] = "share"
    share: Share = "0"
    least: int = Field(1, ge=0)


class Extension(Model):
    """What follows from problems found in a stratum, fixed before the draw.

    With ``problems`` files or more in which there is one, of those drawn last, the ``next`` files of the stratum are
    drawn, at most ``times`` times; then all that are left.
    """

    problems: int = Field(1, ge=1)
    next: int = Field(ge=1)
    times: int = Field(1, ge=1)


class Question(Model):
    """SQL over the registers, which cannot do without the columns that it ``needs``, but without those it ``uses``."""

    needs: dict[Name, tuple[Name, ...]] = {}
    uses: dict[Name, tuple[Name, ...]] = {}
    sql: Text

    @property
    def registers(self) -> set[str]:
        """The registers that are asked."""
        return {*self.needs, *self.uses}


class Population(Question):
    """Where the files come from: SQL over the registers with one row for each, with a column ``file``, its number.

    ``signals_by`` says by what signals name a file: columns of the keys of data checks, each with the column of the
    population that must be equal. ``why`` says which files these are, for whoever reads the report.
    """

    why: Text
    needs: dict[Name, tuple[Name, ...]] = Field(min_length=1)
    signals_by: dict[Name, Name] = {}


MAY = ("name", "number", "field")
"""The columns of the result of ``may``."""
INVOLVED = ("file", "name", "number", "did")
"""The columns of the result of ``involved``."""


class Reviewers(Model):
    """Who reviews the files that are drawn.

    ``may`` returns a row for everybody who may review and each field in which they are competent; ``field`` is the
    column of the population all of whose values must be among these. ``involved`` returns who had to do with a file,
    and what they ``did``; these never review it. A row without a name says that it is not known who did it.
    ``room`` is the most files of one reviewer. A share of the files is reviewed ``twice``, by two who do not know what
    the other says.
    """

    may: Question
    involved: Question
    field: Name | None = None
    room: int | None = Field(None, ge=1)
    twice: Share = "0"


class SamplePlan(Model):
    """``samples/<id>.yaml``: one spot check.

    ``called`` is what a thing drawn is called, ``reader`` the column that says who read it first, ``strata`` the
    columns by which bands are divided, ``reviewers`` who reviews it now. ``person`` is the column with the name of
    whoever a file is about, the only name that its reviewer is told. The items by which it is reviewed are those of the
    role of the kit that names this sample. ``bands`` are written from the highest; the last one takes every file.
    """

    format: Literal["selfaudit/sample/1"]
    id: Id
    title: Text
    called: Text
    file: Heading
    population: Population
    columns: tuple[SampleColumn, ...] = Field(min_length=1)
    strata: tuple[Name, ...] = ()
    factors: tuple[Factor, ...] = ()
    bands: tuple[Band, ...] = Field(min_length=1)
    extension: Extension
    reader: Name | None = None
    person: Name | None = None
    reviewers: Reviewers | None = None

    @cached_property
    def band_of(self) -> dict[str, Band]:
        """Every band by id."""
        return {band.id: band for band in self.bands}

    @property
    def reads(self) -> str:
        """What whoever read a file first is called here: the title of the column with their names, empty for none."""
        return self.titles.get(self.reader or "", "")

    @property
    def asked(self) -> list[str]:
        """The columns that the SQL must return."""
        counted = [factor.id for factor in self.factors if not factor.signals]
        return ["file", *(column.id for column in self.columns), *counted]

    def codes_of(self, column: str | None) -> str:
        """Return the code list of a column, empty for none."""
        return next((one.codes or "" for one in self.columns if one.id == column), "")

    @property
    def questions(self) -> dict[tuple[str, ...], tuple[Question, list[str]]]:
        """What registers are asked, by where it stands, with the columns that the result must have."""
        asked: dict[tuple[str, ...], tuple[Question, list[str]]] = {("population",): (self.population, self.asked)}
        if found := self.reviewers:
            asked["reviewers", "may"] = (found.may, list(MAY))
            asked["reviewers", "involved"] = (found.involved, list(INVOLVED))
        return asked

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every column and factor, by id, in the order in which a population has them."""
        columns = {column.id: column.title for column in self.columns}
        return columns | {factor.id: factor.title for factor in self.factors}
