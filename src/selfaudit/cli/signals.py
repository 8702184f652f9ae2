"""Requests to end, other than Ctrl-C: the program ends in order, so that nothing it started or half wrote is left."""

import signal
from types import FrameType
from typing import Any

_REQUESTS = ("SIGTERM", "SIGHUP")
"""Sent when a service is stopped, and by a terminal that is closed."""


class Ended(KeyboardInterrupt):
    """The program was asked to end."""

    def __init__(self, number: int) -> None:
        """Take the number of the signal."""
        super().__init__()
        self.number = number

    @property
    def code(self) -> int:
        """The exit code that shells know for it."""
        return 128 + self.number


def end_in_order() -> None:
    """From now on, treat a request to end as Ctrl-C is; one that is ignored, as under ``nohup``, stays ignored."""
    for name in _REQUESTS:
        number: Any = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    # once is enough: what is going on now is the end
    signal.signal(number, signal.SIG_IGN)
    raise Ended(number)
