"""What time it is; the demo plays in the year of its notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> str:
    """Return the current time as the ledger keeps it: UTC, ISO 8601, to the second."""
    return (_stopped.get() or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")


def not_before(moment: str) -> None:
    """Let it be no earlier than a moment of the ledger in this process: a clock that was set back does not count."""
    if now() < moment:
        _stopped.set(datetime.fromisoformat(moment))


def today() -> date:
    """Return today's date for the person who runs the command."""
    stopped = _stopped.get()
    return stopped.date() if stopped else datetime.now().astimezone().date()


def local(moment: str) -> str:
    """Return a moment of the ledger as people read it: the day and the minute where the program runs."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` inside the block."""
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)
