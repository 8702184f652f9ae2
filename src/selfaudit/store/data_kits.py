"""Loads what a kit says about the body's own data: registers, code lists, tables, data checks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error, errors
from selfaudit.files.yaml.reader import Document
from selfaudit.model.base import Model
from selfaudit.model.data.check import DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Codes, Register, Table
from selfaudit.model.names import CODES, DATA_CHECKS, REGISTERS, TABLES
from selfaudit.store.kits import read_text
from selfaudit.store.model_reader import read_model

NOT_ITS_NAME = error(
    "kit.data-name",
    N_("this file is called “{file}” but says that it is “{id}”"),
    N_("Give file and id the same name, so that each is found where it is looked for."),
)
TWICE = error(
    "kit.data-twice",
    N_("there is a data check “{id}” already, in {first}"),
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
    """The shown file name of every register, table and check by its id."""

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
    for path in _files(checklists / REGISTERS):
        if path.name != CODES and (register := _read(loaded, path, base, Register)):
            loaded.kit.registers[register.id] = register
            _named(loaded, path, base, register.id)
    for path in _files(checklists / TABLES):
        if table := _read(loaded, path, base, Table):
            loaded.kit.tables[table.id] = table
            _named(loaded, path, base, table.id)
    for path in (one for folder in (checklists / DATA_CHECKS, *own) for one in _files(folder)):
        if check := _read(loaded, path, base, DataCheck):
            if first := loaded.file_of.get(check.id):
                place = loaded.documents[_shown(path, base)].where(("id",))
                loaded.problems.append(TWICE(place, id=check.id, first=first))
                continue
            loaded.kit.checks[check.id] = check
            _named(loaded, path, base, check.id)
    return loaded


def data_files(checklists: Path) -> list[str]:
    """Return the names of all these files of a kit, relative to its checklists."""
    folders = (REGISTERS, TABLES, DATA_CHECKS)
    return [f"{folder}/{path.name}" for folder in folders for path in _files(checklists / folder)]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _read(loaded: LoadedData, path: Path, base: Path, model: type[M]) -> M | None:
    shown = _shown(path, base)
    text = read_text(path, shown, loaded.problems)
    if text is None:
        return None
    made, loaded.documents[shown], problems = read_model(text, shown, model)
    loaded.problems += problems
    return None if errors(problems) else made


def _named(loaded: LoadedData, path: Path, base: Path, id_: str) -> None:
    shown = _shown(path, base)
    loaded.file_of[id_] = shown
    if path.stem != id_:
        loaded.problems.append(NOT_ITS_NAME(loaded.documents[shown].where(("id",)), file=path.name, id=id_))


def _shown(path: Path, base: Path) -> str:
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)
