"""The campaign folder: its ledger, and who may write; what people edit in it is loaded when somebody asks for it."""

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.files.atomic import write_bytes, write_named
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.lock import PATIENCE, writing
from selfaudit.store.operator import operator
from selfaudit.store.turns import Turns

if TYPE_CHECKING:
    from selfaudit.model.kit.plan import Plan
    from selfaudit.store.loading import LoadedCampaign

NO_CAMPAIGN = error(
    "campaign.none",
    N_("{folder} is not a campaign and not inside one"),
    N_("Go to a campaign folder, name one with --campaign, or create one with selfaudit init."),
)
NOT_WRITABLE = error(
    "campaign.not-writable",
    N_("no permission to write to the campaign in {folder}"),
    N_("Copy it to a folder of your own; status, findings list, report -o FILE and export -o FILE work where it is."),
)
ARCHIVED = error(
    "campaign.archived",
    N_("this campaign is an archive, and a change would spoil it"),
    N_("selfaudit archive restore makes a campaign of it that can be continued."),
)

_TAKING_IN = "taking-in-"
_FRESH = 180
"""Seconds for which the mark of a command that takes in files says that it runs; a batch takes at most 60."""


class Workspace(Layout):
    """One campaign folder."""

    __slots__ = ()

    @classmethod
    def find(cls, start: Path) -> "Workspace":
        """Return the campaign that contains ``start``, searching upwards as git does."""
        start = start.resolve()
        for folder in map(cls.in_archive, (start, *start.parents)):
            if cls(folder).plan_file.is_file():
                return cls(folder)
        raise UserError(NO_CAMPAIGN(folder=start))

    def load(self) -> "LoadedCampaign":
        """Load plan, checklists, roster and profile with every mistake in any of them."""
        from selfaudit.store.loading import load_campaign  # noqa: PLC0415 - pydantic takes longer than small commands

        return load_campaign(self)

    def plan(self) -> "Plan":
        """Load the plan alone, for commands that need nothing else."""
        from selfaudit.store.loading import load_plan  # noqa: PLC0415 - as above

        return load_plan(self)

    def keep_original(self, sha256: str, data: bytes, suffix: str) -> None:
        """Keep a returned file under its SHA-256 in hexadecimal for ever; for the holder of the lock."""
        path = self.original_file(sha256, suffix)
        if not path.exists():
            write_named(path, data, self.scratch)

    def keep_evidence(self, name: str, data: bytes) -> None:
        """Keep a file of evidence under its name of ``evidence_name`` for ever; for the holder of the lock."""
        path = self.path(name)
        if not path.exists():
            write_named(path, data, self.scratch)

    @contextmanager
    def writing(self, waiting: Callable[[], None], by: str = "", patience: float = PATIENCE) -> Iterator[Ledger]:
        """Open the ledger for writing, one command at a time; calls ``waiting`` once if another has it.

        ``by`` is who does it, by default the operator of the campaign. Gives up after ``patience`` seconds.
        """
        with self.in_turns(waiting, by) as turns, turns.turn(patience) as ledger:
            yield ledger

    @contextmanager
    def in_turns(self, waiting: Callable[[], None], by: str = "") -> Iterator[Turns]:
        """Open the ledger for a command that takes long: others may write between its turns."""
        self._require_writable(self.scratch)
        clear, person = lambda: _empty(self.scratch), lambda: by or operator(self)
        with closing(Turns(self.own / "lock", self.ledger_file, clear, waiting, person)) as turns:
            yield turns

    @contextmanager
    def alone(self, command: str, waiting: Callable[[], None], by: str = "") -> Iterator[Turns]:
        """Do the same for a command of which one runs at a time."""
        with self.in_turns(waiting, by) as turns, writing(self.own / f"{command}-lock", waiting):
            yield turns

    @contextmanager
    def taking_in(self) -> Iterator[Callable[[], None]]:
        """Say, to commands that run meanwhile, that originals are kept which are not yet in the ledger.

        Yields what is called now and then, so that a mark that a killed command left does not say so for long.
        """
        mark = self.own / f"{_TAKING_IN}{os.getpid()}"
        for left in self._taken_in(fresh=False):
            left.unlink(missing_ok=True)
        try:
            mark.touch()
            yield mark.touch
        finally:
            mark.unlink(missing_ok=True)

    @property
    def is_taking_in(self) -> bool:
        """Whether a command that runs now keeps originals that are not yet in the ledger."""
        return bool(self._taken_in(fresh=True))

    def _taken_in(self, *, fresh: bool) -> list[Path]:
        found = []
        for mark in self.own.glob(f"{_TAKING_IN}*"):
            # it may be gone by now
            with suppress(FileNotFoundError):
                if (time.time() - mark.stat().st_mtime < _FRESH) == fresh:
                    found.append(mark)
        return found

    @contextmanager
    def checking(self, waiting: Callable[[], None], by: str = "") -> Iterator[tuple[Path, Turns]]:
        """Yield an empty folder that nobody else may look into, and turns to write; one command at a time.

        It is empty again at the end; what a killed command left is removed by the next one.
        """
        with self.alone("check", waiting, by) as turns, private(self.check_scratch) as folder:
            yield folder, turns

    @contextmanager
    def printing(self, waiting: Callable[[], None]) -> Iterator[Path]:
        """Yield an empty folder for documents that are not yet complete, one command at a time.

        It has a lock of its own: printing takes long, and others may write to the ledger meanwhile.
        """
        folder = self.print_scratch
        self._require_writable(folder, self.reports)
        with writing(self.own / "print-lock", waiting):
            _empty(folder)
            yield folder

    @property
    def is_writable(self) -> bool:
        """Whether the user may write to the campaign at all."""
        return all(os.access(path, os.W_OK) for path in (self.root, self.own, self.ledger_file) if path.exists())

    def _require_writable(self, scratch: Path, *needed: Path) -> None:
        """Make the scratch folder; stop the command if the user may not write there or into what is needed."""
        if self.is_archived:
            raise UserError(ARCHIVED())
        try:
            scratch.mkdir(parents=True, exist_ok=True)
            allowed = self.is_writable and all(os.access(path, os.W_OK) for path in (scratch, *needed) if path.exists())
        except OSError as exc:
            if exc.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            allowed = False
        if not allowed:
            raise UserError(NOT_WRITABLE(folder=self.root))

    def reading(self) -> Ledger:
        """Open the ledger for reading, which needs no right to write."""
        return Ledger.open(self.ledger_file, writable=False)

    def codes(self, campaign_id: str) -> Callable[[str], str]:
        """Return what makes the respondent's part of a passport from the key of a respondent."""
        from selfaudit.store.secret import codes  # noqa: PLC0415 - small commands do without

        with self.reading() as ledger:
            return codes(self, ledger, campaign_id)

    def put(self, name: str, data: bytes) -> None:
        """Write a file of the campaign at once; for the holder of the lock."""
        write_bytes(self.path(name), data, self.scratch)

    def shown(self, path: Path) -> str:
        """Return a path as the user knows it: relative to the campaign where it lies inside."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


@contextmanager
def private(folder: Path) -> Iterator[Path]:
    """Yield a folder that nobody else may look into; it is empty in the beginning and in the end."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    _empty(folder)
    try:
        yield folder
    finally:
        _empty(folder)


def _empty(folder: Path) -> None:
    """Remove whatever a killed command left; what a program that it started still writes to goes another time."""
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink()
