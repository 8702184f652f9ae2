"""``export``: everything that was said, for other programs."""

from enum import StrEnum
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.options import Campaign, Output
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, find_campaign, verb


class Format(StrEnum):
    """What ``export`` can write."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


@verb
def export(
    kind: Annotated[Format, typer.Option("--format", help=_("Output format."))] = Format.YAML,
    output: Output = None,
    campaign: Campaign = None,
) -> int:
    """Export all responses, merged, for other programs."""
    from selfaudit.workflow.export.export import export as run

    with Terminal() as listener:
        done = run(find_campaign(campaign), kind.value, output, listener)
    tables = _("Wrote the tables to {path}; responses in them: {count}")
    text = tables if kind is Format.PARQUET else _("Wrote {count} responses to {path}")
    show.line(text.format(count=done.responses, path=done.path))
    return DONE


COMMAND = export
