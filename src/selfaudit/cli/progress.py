"""Progress bars on a terminal, silence elsewhere."""

import sys
from typing import TYPE_CHECKING, Self

from selfaudit.base.i18n import N_, _
from selfaudit.cli import show

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LABELS = {
    "issue": N_("Writing forms"),
    "collect": N_("Reading files"),
    "report": N_("Writing reports"),
    "remind": N_("Writing reminders"),
    "paper": N_("Writing signature sheets"),
    "pdf": N_("Creating PDF files"),
    "match": N_("Reading scans"),
    "archive": N_("Packing the archive"),
    "check": N_("Running data checks"),
    "texts": N_("Reading case files"),
    "similar": N_("Comparing case files"),
}
USUALLY_WORTH_A_BAR = 50
"""Steps below which a bar would only flicker."""
WORTH_A_BAR = {"pdf": 2, "match": 10, "check": 10}
"""The same for steps that take longer."""


class Terminal:
    """A listener that draws a bar for long work."""

    def __init__(self) -> None:
        """Draw nothing yet."""
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Remove the bar at the end of a ``with`` block."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Remove the bar."""
        self._remove()

    def _remove(self) -> None:
        if self._bar:
            self._bar.stop()
            self._bar = None

    def start(self, what: str, total: int) -> None:
        """Begin a bar if somebody can see it and it is worth it."""
        self._remove()
        if total < WORTH_A_BAR.get(what, USUALLY_WORTH_A_BAR) or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(_(LABELS[what]), total=total)
        self._bar.start()

    def step(self, count: int = 1) -> None:
        """Move the bar."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task, count)

    def waiting(self) -> None:
        """Say that another command is at work."""
        show.message(_("Another selfaudit command is writing to this campaign; waiting for it …"))
