"""``validate``: every mistake of a kit or a campaign in one run."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, warning
from selfaudit.model.names import DATA_CHECKS, REGISTERS, TABLES
from selfaudit.store.kits import CHECKLIST_FORMAT, NOT_PART, kit_folder, load_kit, looks_like_kit
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.lock import BUSY
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.derived import rebuild
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.plan import over
from selfaudit.workflow.common.soundness.verify import unsound
from selfaudit.workflow.common.state.dispositions import dispositions_open
from selfaudit.workflow.common.writing.documents import document_problems
from selfaudit.workflow.common.writing.templates import template_problems

NOT_CHECKED = warning(
    "validate.not-checked",
    N_("the ledger was not checked, because another command is writing to it"),
    N_("Run selfaudit validate again when that is done."),
)


_FOLDERS = ("templates", REGISTERS, TABLES, DATA_CHECKS)
"""The folders of a kit."""


def validate_kit(name: str) -> list[Problem]:
    """Return every problem of a kit given by name or folder."""
    folder = kit_folder(name)
    loaded = load_kit(folder)
    return [*loaded.problems, *document_problems(loaded), *template_problems(loaded, folder), *_beside(folder)]


def _beside(folder: Path) -> Iterator[Problem]:
    """Note what lies in a kit folder and is neither YAML, which was looked at, nor a remark about the kit."""
    for path in sorted(folder.iterdir()):
        yaml = path.is_file() and path.suffix.lower() in (".yaml", ".yml")
        if not yaml and path.name not in _FOLDERS and not path.name.startswith((".", "README")):
            yield NOT_PART(Where(path.name), format=CHECKLIST_FORMAT)


def validate_campaign(start: Path, today: date) -> list[Problem]:
    """Return every problem of the campaign around ``start``; where it may be written to, its ledger is put in order."""
    workspace = Workspace.find(start)
    loaded = workspace.load()
    templates = template_problems(loaded, workspace.root)
    dated = over(workspace, loaded, today)
    # before anything is put in order, which has the ledger taken as it is
    found = unsound(workspace)
    of_files = [*loaded.problems, *document_problems(loaded), *templates]
    return [*of_files, *dated, *found, *_of_ledger(workspace), *_handled(workspace, loaded, today)]


def _handled(workspace: Workspace, loaded: LoadedCampaign, today: date) -> list[Problem]:
    """Return what is wrong or open about dispositions and notices, unless plan or ledger cannot be read."""
    if loaded.kit is None or not workspace.ledger_file.is_file():
        return []
    try:
        with workspace.reading() as ledger:
            return list(dispositions_open(workspace, ledger, loaded.kit.plan, today))
    except UserError:
        # what is wrong with the ledger is told already
        return []


def _of_ledger(workspace: Workspace) -> list[Problem]:
    """Put the ledger in order, unless somebody is writing to it: nobody waits for a check."""
    if not workspace.ledger_file.is_file() or not workspace.is_writable:
        return []
    try:
        with workspace.writing(Silent().waiting, patience=0) as ledger:
            return rebuild(workspace, ledger)
    except UserError as exc:
        return [NOT_CHECKED() if problem.kind is BUSY else problem for problem in exc.problems]


def is_kit(folder: Path) -> bool:
    """Tell a kit, which may also be the name of a shipped one, from a campaign."""
    return not folder.is_dir() or looks_like_kit(folder)
