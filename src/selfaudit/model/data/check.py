"""A data check: a question to the registers, as SQL that judges rows, with everything a person needs to follow it."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from selfaudit.model.base import Day, Id, ItemId, Model, Text
from selfaudit.model.data.register import Name

CheckId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,19}$")]
"""The name of a check, for ever: ``C08``."""

Given = dict[Name, tuple[dict[Name, Any], ...]]
"""Rows of registers: of each the columns that matter, written as a register's file would write them."""


class Parameter(Model):
    """A threshold: ``$name`` in the SQL. ``why`` says where the default comes from."""

    default: Annotated[str, StringConstraints(pattern=r"^-?\d+(\.\d+)?$")]
    unit: str = ""
    why: Text


class Rule(Model):
    """What is in force between two dates, both included; an end that is open has none.

    The SQL joins the table ``rules``, which has a row for each: ``rule`` (its id), ``effective_from``,
    ``effective_to`` and a column for each of ``values``. A row of a time in which no rule is in force is not judged.
    """

    id: Id
    effective_from: Day | None = None
    effective_to: Day | None = None
    values: dict[Name, str] = {}
    basis: tuple[str, ...] = ()


class Misleading(Model):
    """When a signal is none, and how a person sees that."""

    when: Text
    tell: Text


class Example(Model):
    """Rows of registers and what the check says of them. ``keys`` are the keys of all rows that must signal.

    ``severity`` is the one that all of these must have. ``today`` is the day on which it is run, ``body`` what the
    table ``campaign`` says of the body.
    """

    what: Text
    given: Given
    keys: tuple[tuple[str, ...], ...] = ()
    severity: Id | None = None
    today: Day | None = None
    body: dict[Name, str] = {}


class Examples(Model):
    """At least one example of each verdict: it must signal, must not, cannot be judged; and misses that are known."""

    signals: tuple[Example, ...] = Field(min_length=1)
    clean: tuple[Example, ...] = Field(min_length=1)
    not_judged: tuple[Example, ...] = ()
    known_misses: tuple[Example, ...] = ()


class Subject(Model):
    """Which columns of the result say whom a signal is about: a unit or a person by name, and the person's number."""

    unit: Name | None = None
    person: Name | None = None
    number: Name | None = None


class DataCheck(Model):
    """``data-checks/<id>.yaml``. The SQL returns **every** row that it judges.

    Its column ``signal`` is true, false, or NULL where data are missing, which ``lacking`` may name. A column
    ``severity`` overrides the severity of the check. ``needs`` names the columns without which it cannot run, by
    register, ``uses`` those that are NULL where a body has none. ``judges`` is what a row is to a person. ``key``
    names the columns of the result that tell its rows apart, ``shown`` those that are shown, with their titles.
    ``derivation`` are lines with ``{column}`` slots. ``expected`` is the share of rows, in per cent, up to which
    signals are plausible.
    """

    format: Literal["selfaudit/data-check/1"]
    id: CheckId
    title: Text
    means: Text
    status: Literal["experimental", "stable", "withdrawn"] = "stable"
    replaces: tuple[CheckId, ...] = ()
    judges: Text
    severity: Id
    needs: dict[Name, tuple[Name, ...]] = Field(min_length=1)
    uses: dict[Name, tuple[Name, ...]] = {}
    key: tuple[Name, ...] = Field(min_length=1)
    subject: Subject = Subject()
    shown: dict[Name, Text] = Field(min_length=1)
    derivation: tuple[Text, ...] = Field(min_length=1)
    parameters: dict[Name, Parameter] = {}
    rules: tuple[Rule, ...] = ()
    basis: tuple[str, ...] = ()
    false_positives: tuple[Misleading, ...] = Field(min_length=1)
    items: tuple[ItemId, ...] = ()
    expected: Annotated[str, StringConstraints(pattern=r"^\d+(\.\d+)?$")] = "5"
    sql: Text
    examples: Examples
