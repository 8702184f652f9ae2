"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _

Campaign = Annotated[
    Path | None,
    typer.Option(
        "--campaign", metavar="DIR", help=_("The campaign folder (default: the one around the current folder).")
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print the result as JSON, for scripts."))]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Where to write."))]
