"""Options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _

if TYPE_CHECKING:
    from selfaudit.workflow.common.respondents import Selection

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


def selection(only: list[str] | None, role: list[str] | None, unit: list[str] | None) -> "Selection":
    """Return who is meant by the options that narrow a command down."""
    from selfaudit.workflow.common.respondents import Selection

    return Selection(tuple(only or ()), tuple(role or ()), tuple(unit or ()))
