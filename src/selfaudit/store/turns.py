"""Writing in turns: a command that takes long holds the campaign's lock only while it writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selfaudit.base.problems import UserError
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.lock import PATIENCE, writing

_A_MOMENT = 1.0
"""Seconds to wait for the lock in order to leave the ledger complete in one file."""


class Turns:
    """The ledger of a campaign, open for writing, and the lock that it may be written under."""

    def __init__(
        self,
        lock: Path,
        ledger: Path,
        clear: Callable[[], None],
        waiting: Callable[[], None],
        person: Callable[[], str],
    ) -> None:
        """Take the two files, what removes unfinished files, and what is called once if others have the lock.

        They are removed before every turn, as a killed command may have left them, and in the end. ``person`` returns
        the name of who uses the ledger, empty if it is not known.
        """
        self._lock, self._path = lock, ledger
        self._clear, self._waiting, self._person = clear, waiting, person
        self._told = False
        self._ledger: Ledger | None = None

    @contextmanager
    def turn(self, patience: float = PATIENCE) -> Iterator[Ledger]:
        """Hold the lock; what others changed since the last turn is to be seen in the ledger.

        Gives up after ``patience`` seconds.
        """
        with writing(self._lock, self._wait, patience):
            self._clear()
            self._ledger = self._ledger or Ledger.open(self._path, person=self._person)
            yield self._ledger

    def close(self) -> None:
        """Close the ledger, complete in its one file unless somebody else has begun to write."""
        if self._ledger:
            try:
                with writing(self._lock, lambda: None, _A_MOMENT):
                    self._ledger.close()
                    self._clear()
            except UserError:
                self._ledger.db.close()

    def _wait(self) -> None:
        if not self._told:
            self._told = True
            self._waiting()
