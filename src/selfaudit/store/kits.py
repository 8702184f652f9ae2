"""Loads kits: the shipped ones and the copy that a campaign pins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TypeVar

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, errors, note, warning
from selfaudit.base.resources import shipped
from selfaudit.files.litter import not_here_yet
from selfaudit.files.yaml.reader import Document
from selfaudit.model.kit.consistency import Remark, check_kit
from selfaudit.model.kit.deliverables_check import check_deliverables
from selfaudit.model.kit.handling_check import check_handling
from selfaudit.model.kit.kit import Checklist, Citations, Kit
from selfaudit.model.kit.outline_check import check_outline
from selfaudit.model.kit.plan import Plan
from selfaudit.model.names import CITATIONS, PLAN
from selfaudit.store.doubt import Doubt
from selfaudit.store.layout import Layout
from selfaudit.store.model_reader import read_kit_model

NO_KIT = error("kit.none", N_("there is no kit “{name}”"), N_("Known kits: {known}."))
NO_FILE = error("kit.no-file", N_("the file is missing"), N_("Check its name, or copy it back from where it was."))
NO_CITATIONS = error(
    "kit.no-citations",
    N_("the file is missing, but these citations are named: {ids}"),
    N_("Write them into it, each with its document and clause, or take their names out."),
)
NO_CHECKLIST = error(
    "kit.no-checklist",
    N_("there is no checklist"),
    N_("Write one .yaml file for each area; its first line is format: {format}"),
)
NOT_HERE = error(
    "kit.not-here",
    N_("“{file}” has not been downloaded yet; only a placeholder or part of it is here"),
    N_("Download the file, then run this again."),
)
NOT_PART = note(
    "kit.not-part",
    N_("this is no part of a kit and is not read"),
    N_("You may leave it. A checklist has the line format: {format}"),
)
UNREADABLE = error("kit.unreadable", N_("the file is not UTF-8 text"), N_("Save it as UTF-8."))
TOO_LARGE = error("kit.too-large", N_("the file is larger than {limit} MiB"), N_("Split it."))
OTHER_NAME = note(
    "kit.other-name",
    N_("the kit calls itself “{kit}” but its folder is “{folder}”"),
    N_("Use one name where other people get the kit."),
)
IS_CAMPAIGN = error(
    "kit.is-campaign",
    N_("{folder} is a campaign, not a kit"),
    N_("Make a kit of it: selfaudit checklist save KIT --campaign {folder}"),
)

M = TypeVar("M", Plan, Citations, Checklist)

OTHER_SUFFIX = warning(
    "kit.other-suffix", N_("only files that end in .yaml are read"), N_("Rename it, or move it out of the folder.")
)

LARGEST = 16 * 1024 * 1024

CHECKLIST_FORMAT = "selfaudit/checklist/1"
_OTHER_FORMAT = re.compile(rb"(?m)^format: *selfaudit/(?!checklist)(?=[a-z]+/)")
_CHECKLIST_LINE = re.compile(rb"(?m)^ *(format|area|phase|items) *(:|\xef\xbc\x9a)")


@dataclass(slots=True)
class LoadedKit:
    """A kit with the places of its contents; ``kit`` is None when an error keeps it from being used."""

    kit: Kit | None = None
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Files of which nothing could be read."""

    def locate(self, remarks: Iterable[Remark]) -> None:
        """Give remarks their places and add them to the problems."""
        told = {problem.where for problem in errors(self.problems)}
        remarks = list(remarks)
        doubt = Doubt.about(self.problems, remarks, self.documents, self.unread)
        for remark in remarks:
            where = self.documents[remark.file].where(remark.path)
            if where not in told and not doubt.covers(remark):
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


def looks_like_kit(folder: Path) -> bool:
    """Distinguish a kit folder, whose checklists are beside the plan, from a campaign."""
    return (folder / PLAN).is_file() and not Layout(folder).checklists.is_dir()


def kit_folder(name: str) -> Path:
    """Return the folder of a kit given by its path, or of a shipped kit."""
    if looks_like_kit(Path(name)):
        return Path(name)
    if name in kit_names():
        return shipped("checklists") / name
    if (Path(name) / PLAN).is_file():
        raise UserError(IS_CAMPAIGN(folder=name))
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
    cited = checklists / CITATIONS
    citations = _load(loaded, cited, Citations, base, CITATIONS) if cited.exists() else None
    found = dict(_checklists(loaded, checklists, base))
    if plan:
        loaded.kit = Kit(plan=plan, citations=citations.citations if citations else (), checklists=found)
        _tell_missing(loaded, loaded.kit, checklists, base)
        of_plan = (check_outline(loaded.kit.plan), check_deliverables(loaded.kit), check_handling(loaded.kit))
        loaded.locate(chain(check_kit(loaded.kit), *of_plan))
    return loaded


def _checklists(loaded: LoadedKit, folder: Path, base: Path) -> Iterator[tuple[str, Checklist]]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (awaited := not_here_yet(path.name)).endswith((".yaml", ".yml")):
            loaded.problems.append(NOT_HERE(Where(_shown(path, base)), file=awaited))
        if path.suffix.lower() not in (".yaml", ".yml") or path.name in (PLAN, CITATIONS):
            continue
        if not may_be_checklist(path):
            loaded.problems.append(NOT_PART(Where(_shown(path, base)), format=CHECKLIST_FORMAT))
        elif path.suffix != ".yaml":
            loaded.problems.append(OTHER_SUFFIX(Where(_shown(path, base))))
        elif one := _load(loaded, path, Checklist, base, path.name):
            yield path.name, one


def may_be_checklist(path: Path) -> bool:
    """Distinguish a checklist, even one with mistakes or in another encoding, from other files of that suffix."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(LARGEST)
    other = _OTHER_FORMAT.search(start)
    return other is None and (not start.strip() or _CHECKLIST_LINE.search(start) is not None)


def _tell_missing(loaded: LoadedKit, kit: Kit, folder: Path, base: Path) -> None:
    """Say which files there should be."""
    cited = {name for item in kit.items.values() for name in item.basis} | set(kit.plan.legal_basis)
    if cited and CITATIONS not in loaded.documents and CITATIONS not in loaded.unread:
        loaded.problems.append(NO_CITATIONS(Where(_shown(folder / CITATIONS, base)), ids=sorted(cited)))
        loaded.unread.add(CITATIONS)
    if not kit.checklists and not loaded.unread - {CITATIONS}:
        loaded.problems.append(NO_CHECKLIST(Where(_shown(folder, base)), format=CHECKLIST_FORMAT))
        loaded.unread.add("*")


def _load(loaded: LoadedKit, path: Path, model: type[M], base: Path, name: str) -> M | None:
    shown = _shown(path, base)
    text = read_text(path, shown, loaded.problems)
    if text is None:
        loaded.unread.add(name)
        return None
    made, document, problems = read_kit_model(text, shown, model)
    loaded.documents[name] = document
    loaded.problems += problems
    if made is None:
        loaded.unread.add(name)
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
