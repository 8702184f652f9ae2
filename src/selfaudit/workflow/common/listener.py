"""How a workflow reports its progress."""

from typing import Protocol


class Listener(Protocol):
    """Receives progress; the command line draws a bar, tests record it."""

    def start(self, what: str, total: int) -> None:
        """Long work begins."""

    def step(self, count: int = 1) -> None:
        """Some of it is done."""

    def waiting(self) -> None:
        """Another command has the campaign locked; this one waits."""


class Silent:
    """Ignores everything."""

    def start(self, what: str, total: int) -> None:
        """Ignore."""

    def step(self, count: int = 1) -> None:
        """Ignore."""

    def waiting(self) -> None:
        """Ignore."""
