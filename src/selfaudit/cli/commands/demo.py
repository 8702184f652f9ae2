"""``demo``: a whole campaign to look around in."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, verb


@verb
def demo(
    folder: Annotated[Path, typer.Argument(metavar=_("DIR"), help=_("Folder for the sample campaign."))] = Path(
        "selfaudit-demo"
    ),
    seed: Annotated[
        int, typer.Option(metavar=_("NUMBER"), help=_("A different number creates a different fictitious body."))
    ] = 2023,
    draft: Annotated[
        bool, typer.Option("--draft", help=_("Stop at the draft of the report, with everything left open to practise."))
    ] = False,
) -> int:
    """Play a complete sample campaign, from the roster to the archive."""
    from selfaudit.demo.play import demo as run

    with Terminal() as listener:
        lines = run(folder, seed, listener, draft=draft)
    for text in lines:
        show.line(text)
    return DONE


COMMAND = demo
