"""A register: a table of the body's own data as a kit declares it, with the headers under which bodies export it."""

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from selfaudit.base.text import loose
from selfaudit.model.base import Id, Model, Text

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""The name of a register, a column or a parameter: one that SQL takes without quotation marks."""

ColumnType = Literal[
    "text", "list", "date", "time", "integer", "number", "percent", "yes_no", "code", "codes", "person"
]
"""``list`` and ``codes`` contain several values in one cell, ``time`` is a day with or without a time of day.

``person`` is the number of an identity document: it is joined on, and masked wherever it is shown.
"""


class Code(Model):
    """One value of a code list and how exports write it, compared without regard to width, case and spaces.

    ``aliases`` are whole values, ``prefixes`` beginnings of which the longest counts, ``contains`` parts of a text.
    """

    title: Text
    aliases: tuple[Text, ...] = ()
    prefixes: tuple[Text, ...] = ()
    contains: tuple[Text, ...] = ()


class Codes(Model):
    """``registers/codes.yaml``: the code lists of all registers, each by its name."""

    format: Literal["selfaudit/codes/1"]
    lists: dict[Name, dict[str, Code]]


OneDay = Literal["start", "end", "both"]
"""What a cell means that should say from when to when and has one day only."""


class Span(Model):
    """Headers above cells that say two days, from when to when: the second one is for the column ``to``.

    ``one_day`` is what a cell with one day only means.
    """

    to: Name
    headers: tuple[Text, ...] = Field(min_length=1)
    one_day: OneDay


class Column(Model):
    """One column. ``aliases`` are the headers by which it is known besides its title; ``codes`` names its code list.

    ``made_of`` names other columns of which its value is put together where a file has no such column. ``span`` is how
    exports have its day and that of another column in one cell. A copy for others is without the names in a column
    that ``names_people``.
    """

    id: Name
    title: Text
    type: ColumnType = "text"
    required: bool = False
    aliases: tuple[Text, ...] = ()
    codes: Name | None = None
    unit: str = ""
    made_of: tuple[Name, ...] = ()
    span: Span | None = None
    names_people: bool = False
    about: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header by which it is known, its title first."""
        return (self.title, *self.aliases)


class Ahead(Model):
    """Rows that lie before the time of the row they belong to, such as a first stage: those with the values ``own``.

    They belong to the next one of the other register with the values ``other``, if it begins within ``days``.
    """

    own: dict[Name, Text] = Field(min_length=1)
    other: dict[Name, Text] = {}
    days: int = Field(ge=1)


class Otherwise(Model):
    """How a row finds the row it belongs to where no row of its register names one that is there.

    ``by`` are columns of this register with those of the other that must be equal. If ``at`` names a day of this one,
    it must lie in the time from the first of the days ``since`` to the day ``until``, or to the last of ``since`` if
    there is none; of several rows the one that began last is taken. Rows that find none may be ``ahead`` of theirs.
    Without ``at`` there must be one row only.
    ``made_of`` are the columns of which a name is put together for rows that find none, so that those of one audit
    still belong together.
    """

    by: dict[Name, Name] = Field(min_length=1)
    at: Name | None = None
    since: tuple[Name, ...] = ()
    until: Name | None = None
    ahead: Ahead | None = None
    made_of: tuple[Name, ...] = ()


class Fold(Model):
    """Rows that are a part of another row of their register, such as a first stage that has one of its own.

    Those with the values ``part`` belong to the next one with the values ``whole`` that is equal in the columns ``by``
    and whose day ``at`` is the same or at most so many ``days`` later. Where that has an empty cell in a column of
    ``takes``, it takes the value of the named column of its part; of the columns ``adds`` it gets the sum. A part of
    nothing stays a row.
    """

    part: dict[Name, Text] = Field(min_length=1)
    whole: dict[Name, Text] = Field(min_length=1)
    by: tuple[Name, ...] = Field(min_length=1)
    at: Name
    days: int = Field(ge=1)
    takes: dict[Name, Name] = Field(min_length=1)
    adds: tuple[Name, ...] = ()


class Reference(Model):
    """Columns that name a row of another register, in the order of that register's columns ``to``.

    ``or_by`` are other columns of that register by which a reference of one column may name its rows.

    ``otherwise`` is for registers that name none of those that are there; it is for references of one column.
    """

    columns: tuple[Name, ...] = Field(min_length=1)
    register_: Name = Field(alias="register")
    to: tuple[Name, ...] = Field(min_length=1)
    or_by: tuple[Name, ...] = ()
    otherwise: Otherwise | None = None


class RegisterFigure(Model):
    """A number that registers give, to be shown beside what the profile says: one row with ``value``, or several.

    ``profile`` is the number of the profile that says the same, ``compare`` whether it must be equal or no less.
    ``needs`` names the columns without which it is not known, by register. Several rows have a ``label`` each, such as
    a standard. ``unknown`` in the result is the number of rows that could not be counted. ``why`` says how it is
    counted, for whoever compares.
    """

    id: Id
    title: Text
    unit: str = ""
    why: str = ""
    profile: Id | None = None
    compare: Literal["equal", "at_least"] = "equal"
    needs: dict[Name, tuple[Name, ...]] = Field(min_length=1)
    sql: Text


class Named(Model):
    """How answers name rows of a register: by the number in ``column``; ``status`` is the column of its state.

    ``holds`` are the codes of which people say that it holds, ``ended`` those in which that is wrong.
    """

    column: Name
    status: Name
    holds: tuple[str, ...] = Field(min_length=1)
    ended: tuple[str, ...] = Field(min_length=1)


class Cases(Model):
    """Which columns say of an audit, by its number ``case``, what is compared of its case files."""

    case: Name
    organisation: Name | None = None
    standard: Name | None = None
    period: Name | None = None
    auditors: Name | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The columns that are named, by what they say."""
        return {name: column for name, column in self.model_dump().items() if column}


class Register(Model):
    """``registers/<id>.yaml``. ``key`` names the columns that tell its rows apart; without one, rows may repeat.

    ``mode`` says what another import does with the rows there are: ``replace`` all, or ``merge`` by key. ``figures``
    are numbers counted in it. ``named`` says how answers name its rows, if they are to be held against it. ``beside``
    are registers whose tables are read as this one too, as long as it has none of its own, if the table has these
    columns of it. ``names`` are words in the name of a file or sheet, or above a header, that say that this register is
    meant where headers leave it open. ``yields_to`` are registers that are meant where that says nothing either, unless
    the table has one of these columns. ``dated`` is the column with the days that its rows are of, by which people are
    told that it ends long before the cut-off date. ``folds`` say which rows are a part of others, before anything is
    asked of them. ``cases`` says where it tells whose case files are.
    """

    format: Literal["selfaudit/register/1"]
    id: Name
    title: Text
    about: str = ""
    key: tuple[Name, ...] = ()
    mode: Literal["replace", "merge"] = "replace"
    columns: tuple[Column, ...] = Field(min_length=1)
    references: tuple[Reference, ...] = ()
    beside: dict[Name, tuple[Name, ...]] = {}
    names: tuple[Text, ...] = ()
    yields_to: dict[Name, tuple[Name, ...]] = {}
    dated: Name | None = None
    folds: tuple[Fold, ...] = ()
    figures: tuple[RegisterFigure, ...] = ()
    named: Named | None = None
    cases: Cases | None = None

    @cached_property
    def column(self) -> dict[str, Column]:
        """Every column by its name."""
        return {column.id: column for column in self.columns}

    def is_titled_in(self, text: str) -> bool:
        """Return whether a text, such as what stands above a header, has the title of the register."""
        return loose(self.title) in loose(text)

    def is_named_in(self, text: str) -> bool:
        """Return whether a text, such as the name of a file, says that this register is meant."""
        plain = loose(text)
        words = map(loose, (self.title, *self.names))
        return self.id in re.split(r"[^a-z_]+", plain) or any(word in plain for word in words)


class Table(Model):
    """``tables/<id>.yaml``: figures of a rule that checks look up, such as audit times; each row has all columns.

    ``verified`` says that somebody has compared them with the ``source``.
    """

    format: Literal["selfaudit/table/1"]
    id: Name
    title: Text
    edition: Text
    source: Text
    verified: bool = False
    columns: dict[Name, Literal["text", "integer", "number", "date"]]
    rows: tuple[tuple[str | None, ...], ...] = Field(min_length=1)
