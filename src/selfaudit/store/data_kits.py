"""Loads what a kit says about the body's own data: registers, code lists, tables, data checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, errors
from selfaudit.base.resources import shipped
from selfaudit.files.yaml.reader import Document
from selfaudit.model.base import Model
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Codes, Register, Table
from selfaudit.model.kit.consistency import Remark
from selfaudit.model.names import CODES, DATA_CHECKS, REGISTERS, SAMPLES, TABLES
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.store.kits import read_text
from selfaudit.store.model_reader import read_kit_model

NOT_ITS_NAME = error(
    "kit.data-name",
    N_("this file is called “{file}” but says that it is “{id}”"),
    N_("Give file and id the same name, so that each is found where it is looked for."),
)
TWICE = error(
    "kit.data-twice",
    N_("there is “{id}” already, in {first}"),
    N_("Give this one an id of its own."),
)

M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class LoadedData:
    """What could be read, every mistake, and the documents in which places are looked up, by the shown file name."""

    kit: DataKit = field(default_factory=DataKit)
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    file_of: dict[str, str] = field(default_factory=dict)
    """The shown file name of every register, table, check and spot check by its id, and of ``codes.yaml``."""
    unread: set[str] = field(default_factory=set)
    """Ids, and ``codes.yaml``, of files that could not be read."""

    def locate(self, remarks: Iterable[Remark], documents: Mapping[str, Document]) -> None:
        """Give remarks their places and add them to the problems; ``documents`` are those of the rest of the kit."""
        for remark in remarks:
            where = (self.documents.get(remark.file) or documents[remark.file]).where(remark.path)
            self.problems.append(remark.kind(where, **remark.args))

    def sound(self) -> list[DataCheck]:
        """Return the checks that can be tried: nothing is wrong with their file, nor with what they ask."""
        wrong = {problem.where.file for problem in errors(self.problems)}
        if any(Path(file).parent.name != DATA_CHECKS for file in wrong):
            return []
        return [check for check in self.kit.checks.values() if self.file_of[check.id] not in wrong]

    def usable(self) -> DataKit:
        """Return the kit, or stop with everything that is wrong with it."""
        if found := errors(self.problems):
            raise UserError(found)
        return self.kit


def load_data_kit(checklists: Path, base: Path, own: Iterable[Path] = ()) -> LoadedData:
    """Load the folders beside the checklists; ``base`` is what file names are relative to.

    ``own`` are folders with data checks of the campaign itself.
    """
    loaded = LoadedData()
    codes = checklists / REGISTERS / CODES
    if codes.is_file() and (lists := _read(loaded, codes, base, Codes)):
        loaded.kit.codes = lists.lists
        loaded.file_of[CODES] = _shown(codes, base)
    for path in _files(checklists / REGISTERS):
        if (
            path.name != CODES
            and (register := _read(loaded, path, base, Register))
            and _named(loaded, path, base, register)
        ):
            loaded.kit.registers[register.id] = register
    for path in _files(checklists / TABLES):
        if (table := _read(loaded, path, base, Table)) and _named(loaded, path, base, table):
            loaded.kit.tables[table.id] = table
    for path in _files(checklists / SAMPLES):
        if (sample := _read(loaded, path, base, SamplePlan)) and _named(loaded, path, base, sample):
            loaded.kit.samples[sample.id] = sample
    for path in (one for folder in (checklists / DATA_CHECKS, *own) for one in _files(folder)):
        if (check := _read(loaded, path, base, DataCheck)) and _named(loaded, path, base, check):
            loaded.kit.checks[check.id] = check
    return loaded


def as_shipped(checklists: Path, kit: str) -> set[str]:
    """Return the ids of the checks that a campaign has from a shipped kit unchanged, with all that they can ask."""
    theirs = shipped("checklists") / kit

    def same(folder: str, name: str) -> bool:
        ours, other = checklists / folder / name, theirs / folder / name
        return ours.is_file() and other.is_file() and ours.read_bytes() == other.read_bytes()

    for folder in (REGISTERS, TABLES):
        names = {path.name for base in (checklists, theirs) for path in _files(base / folder)}
        if not all(same(folder, name) for name in names):
            return set()
    return {path.stem for path in _files(checklists / DATA_CHECKS) if same(DATA_CHECKS, path.name)}


def data_files(checklists: Path) -> list[str]:
    """Return the names of all these files of a kit, relative to its checklists."""
    folders = (REGISTERS, TABLES, DATA_CHECKS, SAMPLES)
    return [f"{folder}/{path.name}" for folder in folders for path in _files(checklists / folder)]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _read(loaded: LoadedData, path: Path, base: Path, model: type[M]) -> M | None:
    shown = _shown(path, base)
    text = read_text(path, shown, loaded.problems)
    made, problems = None, tuple[Problem, ...]()
    if text is not None:
        made, loaded.documents[shown], problems = read_kit_model(text, shown, model)
        loaded.problems += problems
    if made is None or errors(problems):
        loaded.unread.add(path.name if path.name == CODES else path.stem)
        return None
    return made


def _named(loaded: LoadedData, path: Path, base: Path, made: Register | Table | DataCheck | SamplePlan) -> bool:
    """Enter something by its id, unless there is one already."""
    shown = _shown(path, base)
    place = loaded.documents[shown].where(("id",))
    if first := loaded.file_of.get(made.id):
        loaded.problems.append(TWICE(place, id=made.id, first=first))
        return False
    loaded.file_of[made.id] = shown
    if path.stem != made.id:
        loaded.problems.append(NOT_ITS_NAME(place, file=path.name, id=made.id))
    return True


def _shown(path: Path, base: Path) -> str:
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)
