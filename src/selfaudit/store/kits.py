"""Loads kits: the shipped ones and the copy that a campaign pins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, errors, warning
from selfaudit.base.resources import shipped
from selfaudit.files.yaml.reader import Document
from selfaudit.model.consistency import Remark, check_kit
from selfaudit.model.kit import Checklist, Citations, Kit, Plan
from selfaudit.model.names import CITATIONS, PLAN
from selfaudit.store.model_reader import read_model

NO_KIT = error("kit.none", N_("there is no kit “{name}”"), N_("Known kits: {known}."))
NO_FILE = error("kit.no-file", N_("the file is missing"), N_("Copy it back from the kit."))
UNREADABLE = error("kit.unreadable", N_("the file is not UTF-8 text"), N_("Save it as UTF-8."))
TOO_LARGE = error("kit.too-large", N_("the file is larger than {limit} MiB"), N_("Split it."))
OTHER_NAME = error(
    "kit.other-name", N_("the kit calls itself “{kit}” but its folder is “{folder}”"), N_("Use one name.")
)

M = TypeVar("M", Plan, Citations, Checklist)

OTHER_SUFFIX = warning(
    "kit.other-suffix", N_("only files that end in .yaml are read"), N_("Rename it, or move it out of the folder.")
)

LARGEST = 16 * 1024 * 1024


@dataclass(slots=True)
class LoadedKit:
    """A kit with the places of its contents; ``kit`` is None when an error keeps it from being used."""

    kit: Kit | None = None
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)

    def locate(self, remarks: Iterable[Remark]) -> None:
        """Give remarks their places and add them to the problems."""
        for remark in remarks:
            where = self.documents[remark.file].where(remark.path)
            self.problems.append(remark.kind(where, **remark.args))

    def usable(self) -> Kit:
        """Return the kit, or stop with everything that is wrong with it."""
        if self.kit is None or errors(self.problems):
            raise UserError(errors(self.problems))
        return self.kit


def kit_names() -> list[str]:
    """Return the names of the shipped kits."""
    folder = shipped("checklists")
    return sorted(p.name for p in folder.iterdir() if (p / PLAN).is_file()) if folder.is_dir() else []


def kit_folder(name: str) -> Path:
    """Return the folder of a shipped kit, or of a kit given by its path."""
    if name in kit_names():
        return shipped("checklists") / name
    if (Path(name) / PLAN).is_file():
        return Path(name)
    raise UserError(NO_KIT(name=name, known=list(kit_names())))


def load_kit(folder: Path) -> LoadedKit:
    """Load a kit folder; its name must be the kit's."""
    loaded = load_parts(folder / PLAN, folder)
    if loaded.kit and loaded.kit.plan.kit != folder.resolve().name:
        where = loaded.documents[PLAN].where(("kit",))
        loaded.problems.append(OTHER_NAME(where, kit=loaded.kit.plan.kit, folder=folder.resolve().name))
    return loaded


def load_parts(plan_file: Path, checklists: Path, shown: Path | None = None) -> LoadedKit:
    """Load a plan and the folder of its checklists and citations; ``shown`` is what file names are relative to."""
    loaded = LoadedKit()
    base = shown or plan_file.parent
    plan = _load(loaded, plan_file, Plan, base, PLAN)
    citations = _load(loaded, checklists / CITATIONS, Citations, base, CITATIONS)
    found: dict[str, Checklist] = {}
    for path in sorted(checklists.iterdir()) if checklists.is_dir() else ():
        if path.suffix.lower() in (".yaml", ".yml") and path.suffix != ".yaml":
            loaded.problems.append(OTHER_SUFFIX(Where(_shown(path, base))))
    for path in sorted(checklists.glob("*.yaml")):
        if path.name not in (PLAN, CITATIONS) and (one := _load(loaded, path, Checklist, base, path.name)):
            found[path.name] = one
    if plan and citations:
        loaded.kit = Kit(plan=plan, citations=citations.citations, checklists=found)
        loaded.locate(check_kit(loaded.kit))
    return loaded


def _load(loaded: LoadedKit, path: Path, model: type[M], base: Path, name: str) -> M | None:
    shown = _shown(path, base)
    text = read_text(path, shown, loaded.problems)
    if text is None:
        return None
    made, document, problems = read_model(text, shown, model)
    loaded.documents[name] = document
    loaded.problems += problems
    return made


def _shown(path: Path, base: Path) -> str:
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)


def read_text(path: Path, shown: str, problems: list[Problem]) -> str | None:
    """Read a UTF-8 file that the user edits; None, with the reason among the problems, if that is not possible."""
    if not path.is_file():
        problems.append(NO_FILE(Where(shown)))
        return None
    if path.stat().st_size > LARGEST:
        problems.append(TOO_LARGE(Where(shown), limit=LARGEST >> 20))
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(UNREADABLE(Where(shown)))
        return None
