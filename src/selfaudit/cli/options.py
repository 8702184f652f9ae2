"""Options that several commands share."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import _
from selfaudit.base.problems import UserError

if TYPE_CHECKING:
    from selfaudit.workflow.common.state.respondents import Selection

Campaign = Annotated[
    Path | None,
    typer.Option(
        "--campaign",
        metavar=_("DIR"),
        help=_("The campaign folder (default: found by searching upwards from the current folder)."),
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print the result as JSON, for scripts."))]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("Where to write the output."))]
By = Annotated[
    str, typer.Option("--by", metavar=_("NAME"), help=_("Who decides this (default: operator: in campaign.yaml)."))
]
Reason = Annotated[str, typer.Option("--reason", metavar=_("TEXT"), help=_("Reason for the decision."))]
Only = Annotated[list[str] | None, typer.Option(metavar=_("NAME"), help=_("Only these respondents (name or number)."))]
Role = Annotated[list[str] | None, typer.Option(metavar=_("ROLE"), help=_("Only these roles."))]
Unit = Annotated[list[str] | None, typer.Option(metavar=_("UNIT"), help=_("Only these units."))]


class Round(StrEnum):
    """What forms are issued for."""

    ANSWERS = "answers"
    CORRECTIONS = "corrections"
    CONFIRMATIONS = "confirmations"


OfRound = Annotated[
    Round,
    typer.Option(
        "--round",
        help=_(
            "answers: the self-audit itself; corrections: the findings, with their owners; confirmations: reviewed"
            " files, with those who read them first."
        ),
    ),
]


def selection(only: list[str] | None, role: list[str] | None, unit: list[str] | None) -> "Selection":
    """Return who is meant by the options that narrow a command down."""
    from selfaudit.workflow.common.state.respondents import Selection

    return Selection(tuple(only or ()), tuple(role or ()), tuple(unit or ()))


def day(text: str) -> date:
    """Return a day in any of the forms in which forms take one; anything else is a mistake of the user."""
    if found := read_date(text):
        return date.fromisoformat(found)
    from selfaudit.store.model_reader import BAD_DATE

    raise UserError(BAD_DATE(value=text))
