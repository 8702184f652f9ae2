"""``register map``."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.commands.register.reading import show_file
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import WrongUsage
from selfaudit.cli.verb import DONE, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.data.kit import DataKit
    from selfaudit.model.data.reading import FileRead
    from selfaudit.workflow.register.mapping import Said


@verb
def map_(
    file: Annotated[
        Path | None,
        typer.Argument(metavar=_("FILE"), help=_("A file with these headers (default: list what was said).")),
    ] = None,
    pairs: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("COLUMN=HEADER"), help=_("Columns by id or title; _=HEADER leaves one alone.")),
    ] = None,
    as_: Annotated[str, typer.Option("--as", metavar=_("REGISTER"), help=_("Which register the file is for."))] = "",
    forget: Annotated[
        str, typer.Option("--forget", metavar=_("FINGERPRINT"), help=_("Forget what was said of such headers."))
    ] = "",
    by: By = "",
    reason: Reason = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Say once which header stands for which column: every file with the same header row is read so from then on."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.register import mapping
    from selfaudit.workflow.register.opening import data_kit

    if forget and file:
        raise WrongUsage(_("Give a file or --forget, not both."), "selfaudit register map")
    workspace, deciding = find_campaign(campaign), Deciding(by, reason)
    with Terminal() as listener:
        if forget:
            told = mapping.forget(workspace, [forget], deciding, listener)
        elif file is None:
            told = mapping.said(workspace)
        else:
            read = mapping.look(workspace, file.absolute(), as_, listener)
            if not pairs:
                return _look(read, data_kit(workspace), as_json=as_json)
            meant = mapping.Meant(read, as_, pairs)
            told = mapping.map_columns(workspace, meant, deciding, listener)
    if as_json:
        show.data([one.as_data() for one in told])
    elif forget:
        show.line(_("Forgotten: {ids}").format(ids=show.names(one.id for one in told)))
    else:
        _show(told)
        if file:
            show.line(_("Next: selfaudit register import {file}").format(file=read.file))
    return DONE


def _look(read: "FileRead", kit: "DataKit", *, as_json: bool) -> int:
    from selfaudit.workflow.register.result import plain

    if as_json:
        show.data(plain(read))
    else:
        show_file(read, kit, every=True)
        show.line(
            _("Next: selfaudit register map {file} COLUMN=HEADER, for what is not understood.").format(file=read.file)
        )
    return DONE


def _show(told: "Iterable[Said]") -> None:
    from selfaudit.base.clock import local

    told = list(told)
    if not told:
        show.line(_("Nothing was said of headers; the names that the kit knows are used."))
    for one in told:
        show.line(
            _("{id}  {register}, by {by}, {at}").format(
                id=one.id, register=one.mapping.register_, by=one.by, at=local(one.at)[:16]
            )
        )
        for header, column in one.mapping.columns.items():
            show.line(f"  {header} → {column or _('not used')}")
