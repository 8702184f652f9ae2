"""``similar show`` and ``similar pages``: what is alike, side by side in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show as screen
from selfaudit.cli.options import Campaign
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, find_campaign, verb

One = Annotated[
    str, typer.Argument(metavar="A", help=_("A record: its file, the end of its path, or the number of its case."))
]
Other = Annotated[str, typer.Argument(metavar="B", help=_("The other one."))]
PagePath = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar=_("FILE"), help=_("Where to write the page (default: in similar/pages/).")),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar=_("FOLDER"), help=_("A new folder for the pages (default: similar/pages/).")
    ),
]
Most = Annotated[
    int,
    typer.Option(
        "--most", metavar=_("NUMBER"), min=1, help=_("Pairs that have a page of their own, the most alike first.")
    ),
]


@verb
def show(one: One, other: Other, output: PagePath = None, campaign: Campaign = None) -> int:
    """Write a page on which two records stand side by side, with what is the same in both and what was changed."""
    from selfaudit.workflow.similar.showing import show as write

    workspace = find_campaign(campaign)
    path = write(workspace, one, other, output)
    screen.line(_("Wrote {path}").format(path=workspace.shown(path)))
    return DONE


@verb
def pages(output: Folder = None, most: Most = 200, campaign: Campaign = None) -> int:
    """Write a page for each pair and each ring, and a list of all to begin with."""
    from selfaudit.workflow.similar.showing import write_pages

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        made = write_pages(workspace, output, most, listener)
    text = _("Pages of {pairs} pairs and {rings} rings. Begin with {path}")
    screen.line(text.format(pairs=made.pairs, rings=made.rings, path=workspace.shown(made.start)))
    if made.left:
        screen.line(
            _("{n} pairs that are less alike are in the list only; --most says how many have pages.").format(
                n=made.left
            )
        )
    return DONE
