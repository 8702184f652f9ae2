"""The campaign folder: what people edit in it, the ledger, and who may write."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, errors, warning
from selfaudit.files.atomic import write_bytes, write_named
from selfaudit.files.yaml.reader import Document
from selfaudit.model.consistency import PLAN, PROFILE, ROSTER, check_roster
from selfaudit.model.kit import Kit, Plan
from selfaudit.model.profile import Profile
from selfaudit.model.roster import Roster
from selfaudit.store.kits import LoadedKit, load_parts, read_text
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.lock import PATIENCE, writing
from selfaudit.store.model_reader import read_model
from selfaudit.store.roster.check import roster_problems
from selfaudit.store.turns import Turns

NO_CAMPAIGN = error(
    "campaign.none",
    N_("{folder} is not a campaign, nor inside one"),
    N_("Go to a campaign folder, name one with --campaign, or make one with selfaudit init."),
)
NOT_WRITABLE = error(
    "campaign.not-writable",
    N_("the campaign in {folder} may not be written to"),
    N_("Copy it to a folder of your own; status, findings list, report -o FILE and export -o FILE work where it is."),
)
UNKNOWN_FACT = error("profile.unknown-fact", N_("the report has no fact “{id}”"), N_("Known: {known}."))
NOT_A_NUMBER = error(
    "profile.not-a-number", N_("“{value}” is not a whole number"), N_("Write digits only, such as 1280.")
)
NAME_OPEN = warning("roster.name-open", N_("the name of the body is still to be written"), N_("Write it after name:."))

BODY_NAME_OPEN = "……"
"""What ``init`` writes for the body's name until somebody fills it in."""


@dataclass(slots=True)
class LoadedCampaign:
    """Everything that people edit in a campaign folder, with all the mistakes in it and the places of its contents."""

    kit: Kit | None
    roster: Roster | None
    profile: Profile | None
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)

    def usable(self) -> tuple[Kit, Roster]:
        """Return kit and roster, or stop with everything that is wrong."""
        found = errors(self.problems)
        if found or self.kit is None or self.roster is None:
            raise UserError(found)
        return self.kit, self.roster


class Workspace(Layout):
    """One campaign folder."""

    __slots__ = ()

    @classmethod
    def find(cls, start: Path) -> "Workspace":
        """Return the campaign that contains ``start``, searching upwards as git does."""
        start = start.resolve()
        for folder in (start, *start.parents):
            if cls(folder).plan_file.is_file():
                return cls(folder)
        raise UserError(NO_CAMPAIGN(folder=start))

    def load(self) -> LoadedCampaign:
        """Load plan, checklists, roster and profile with every mistake in any of them."""
        loaded = load_parts(self.plan_file, self.checklists, self.root)
        roster = self._roster(loaded)
        profile = self._profile(loaded)
        if loaded.kit and roster:
            loaded.locate(check_roster(loaded.kit, roster))
        return LoadedCampaign(loaded.kit, roster, profile, loaded.problems, loaded.documents)

    def plan(self) -> Plan:
        """Load the plan alone, for commands that need nothing else."""
        problems: list[Problem] = []
        text = read_text(self.plan_file, PLAN, problems)
        plan = None
        if text is not None:
            plan, _, problems = read_model(text, PLAN, Plan)
        if plan is None:
            raise UserError(errors(problems))
        return plan

    def _roster(self, loaded: LoadedKit) -> Roster | None:
        text = read_text(self.roster_file, ROSTER, loaded.problems)
        if text is None:
            return None
        roster, document, problems = read_model(text, ROSTER, Roster)
        loaded.documents[ROSTER] = document
        loaded.problems += problems
        if roster:
            found = roster_problems(roster, document.where)
            loaded.problems += found
            if roster.body.name == BODY_NAME_OPEN:
                loaded.problems.append(NAME_OPEN(document.where(("body", "name"))))
            return None if errors(found) else roster
        return None

    def _profile(self, loaded: LoadedKit) -> Profile | None:
        if not self.profile_file.is_file():
            return None
        text = read_text(self.profile_file, PROFILE, loaded.problems)
        if text is None:
            return None
        profile, document, problems = read_model(text, PROFILE, Profile)
        loaded.problems += problems
        if profile is None or loaded.kit is None:
            return profile
        kinds = {fact.id: fact.kind for fact in loaded.kit.plan.profile}
        for key, value in profile.facts.items():
            where = document.where(("facts", key))
            if key not in kinds:
                loaded.problems.append(UNKNOWN_FACT(where, id=key, known=list(kinds)))
            elif kinds[key] == "number" and value and not value.isdecimal():
                loaded.problems.append(NOT_A_NUMBER(where, value=value))
        return profile

    def keep_original(self, sha256: str, data: bytes, suffix: str) -> None:
        """Keep a returned file under its SHA-256 in hexadecimal for ever; for the holder of the lock."""
        path = self.original_file(sha256, suffix)
        if not path.exists():
            write_named(path, data, self.scratch)

    @contextmanager
    def writing(self, waiting: Callable[[], None], patience: float = PATIENCE) -> Iterator[Ledger]:
        """Open the ledger for writing, one command at a time; calls ``waiting`` once if another has it.

        Gives up after ``patience`` seconds.
        """
        with self.in_turns(waiting) as turns, turns.turn(patience) as ledger:
            yield ledger

    @contextmanager
    def in_turns(self, waiting: Callable[[], None]) -> Iterator[Turns]:
        """Open the ledger for a command that takes long: others may write between its turns."""
        self._require_writable(self.scratch)
        with closing(Turns(self.own / "lock", self.ledger_file, lambda: _empty(self.scratch), waiting)) as turns:
            yield turns

    @contextmanager
    def alone(self, command: str, waiting: Callable[[], None]) -> Iterator[Turns]:
        """Do the same for a command of which one runs at a time."""
        with self.in_turns(waiting) as turns, writing(self.own / f"{command}-lock", waiting):
            yield turns

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

    def put(self, name: str, data: bytes) -> None:
        """Write a file of the campaign at once; for the holder of the lock."""
        write_bytes(self.path(name), data, self.scratch)

    def shown(self, path: Path) -> str:
        """Return a path as the user knows it: relative to the campaign where it lies inside."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def _empty(folder: Path) -> None:
    """Remove whatever a killed command left."""
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
