"""``validate``: every mistake of a kit or a campaign in one run."""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, warning
from selfaudit.model.data.consistency import check_data, cited
from selfaudit.model.data.outcome import Signal
from selfaudit.model.data.registers import DataFiles
from selfaudit.model.kit.consistency import CITATION_UNUSED, UNVERIFIED
from selfaudit.model.names import DATA_CHECKS, REGISTERS, SAMPLES, TABLES
from selfaudit.model.rectification.people import People
from selfaudit.store.data_kits import LoadedData, as_shipped, load_data_kit
from selfaudit.store.exceptions import idle, load_exceptions
from selfaudit.store.kits import CHECKLIST_FORMAT, NOT_PART, LoadedKit, kit_folder, load_kit, looks_like_kit
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.lock import BUSY
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.derived import rebuild
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.common.plan import over
from selfaudit.workflow.common.soundness.verify import unsound
from selfaudit.workflow.common.state.dispositions import dispositions_open
from selfaudit.workflow.common.state.people import people_of
from selfaudit.workflow.common.state.signals import outcomes, signals
from selfaudit.workflow.common.writing.documents import document_problems
from selfaudit.workflow.common.writing.templates import template_problems

NOT_CHECKED = warning(
    "validate.not-checked",
    N_("the ledger was not checked, because another command is writing to it"),
    N_("Run selfaudit validate again when that is done."),
)


_FOLDERS = ("templates", REGISTERS, TABLES, DATA_CHECKS, SAMPLES)
"""The folders of a kit."""


def validate_kit(name: str) -> list[Problem]:
    """Return every problem of a kit given by name or folder."""
    folder = kit_folder(name)
    loaded = load_kit(folder)
    own = [*document_problems(loaded), *template_problems(loaded, folder), *_beside(folder)]
    return [*_with_data(load_data_kit(folder, folder), loaded), *own]


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
    data = load_data_kit(workspace.checklists, workspace.root, [workspace.data_checks])
    excepted = _excepted(workspace, loaded, data, today)
    tried = as_shipped(workspace.checklists, loaded.kit.plan.kit) if loaded.kit else set[str]()
    of_files = [*_with_data(data, loaded, tried), *excepted, *document_problems(loaded), *templates]
    return [*of_files, *dated, *found, *_of_ledger(workspace), *_handled(workspace, loaded, today)]


def _with_data(data: LoadedData, loaded: LoadedKit | LoadedCampaign, tried: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with a kit and with what it says about the body's own data.

    Checks that were ``tried`` before they were shipped are not tried again: their examples take seconds.
    """
    kit = loaded.kit
    data.locate(check_data(data.kit, kit, DataFiles(data.file_of, data.unread)), loaded.documents)
    if kit and (sound := [check for check in data.sound() if check.id not in tried]):
        from selfaudit.checks.trials import Trials  # noqa: PLC0415 - takes a moment, and many kits have none
        from selfaudit.workflow.common.trying import check_sql  # noqa: PLC0415 - as above

        trials = Trials(data.kit, data.file_of, tuple(severity.id for severity in kit.plan.severities))
        data.locate(check_sql(trials, sound), loaded.documents)
    return [*_cited(loaded, cited(data.kit)), *data.problems]


def _cited(loaded: LoadedKit | LoadedCampaign, names: list[str]) -> Iterator[Problem]:
    """Yield the problems of a kit but for citations that only data checks name: these are cited all the same."""
    for problem in loaded.problems:
        if problem.kind is not CITATION_UNUSED or problem.args["id"] not in names:
            yield problem
        elif loaded.kit and not (citation := loaded.kit.citation_of[problem.args["id"]]).verified:
            yield UNVERIFIED(problem.where, cite=citation.plain, count=names.count(citation.id))


def _excepted(workspace: Workspace, loaded: LoadedCampaign, data: LoadedData, today: date) -> list[Problem]:
    """Return what is wrong with what the body excepts; who is meant is looked up where there is a roster."""
    if loaded.kit is None:
        return []
    roster = loaded.everybody or loaded.roster
    people, found = People(roster) if roster else None, dict[str, list[Signal]]()
    if roster and workspace.ledger_file.is_file():
        try:
            with workspace.reading() as ledger:
                people = people_of(ledger, roster)
                ran = [one.outcome for one in outcomes(ledger).values() if one.outcome.state != "not_run"]
                found = {one.check: signals(workspace, one) for one in ran if one.kept == one.signals}
        except UserError:
            # what is wrong with the ledger is told already
            pass
    checks = data.kit.checks
    wrong = load_exceptions(workspace, checks, loaded.kit.plan.severities[0].id, people)[1]
    return [*wrong, *idle(workspace, checks, found, today)]


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
