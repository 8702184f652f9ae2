"""Copies that sync programs make of a campaign's files when two computers change them at once."""

from collections.abc import Iterator
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Where, warning
from selfaudit.files.litter import copied_from, may_be_copy
from selfaudit.model.names import CITATIONS
from selfaudit.store.workspace import Workspace

LEDGER_COPIED = warning(
    "campaign.ledger-copied",
    N_("beside campaign.db there is {names}, as sync programs make when two computers change it at once"),
    N_(
        "What was entered there is not in this campaign. Collect the files again, enter decisions again, then move the"
        " copy out of the folder; see the handbook, “Several coordinators”."
    ),
)
FILE_COPIED = warning(
    "campaign.file-copied",
    N_("beside {file} there is {names}, which looks like a copy of it"),
    N_("Only {file} is used. Compare the two, keep what is right in {file}, and move the copy out of the folder."),
)


def copies(workspace: Workspace, *, every: bool = False) -> Iterator[Problem]:
    """Yield which files of a campaign have copies beside them, as far as their names tell.

    With ``every`` also those that somebody made by hand, it seems.
    """
    there = _names(workspace.root)
    # there is no other reason for a second ledger, whatever it is called
    if found := [name for name in there if may_be_copy(name, workspace.LEDGER)]:
        yield LEDGER_COPIED(Where(workspace.LEDGER), names=Some(found))
    kept = workspace.replaced_roster_file.name
    citations = workspace.checklists / CITATIONS
    for file in (workspace.plan_file, workspace.roster_file, workspace.profile_file, citations):
        alike = [name for name in _names(file.parent) if may_be_copy(name, file.name) and name != kept]
        if file == citations and alike:
            from selfaudit.store.kits import may_be_checklist  # noqa: PLC0415 - takes long, and is hardly ever needed

            # every checklist counts, whatever it is called: the items of a copy are told as used twice
            alike = [name for name in alike if not may_be_checklist(file.with_name(name))]
        if found := [name for name in alike if every or file.name in copied_from(name)]:
            yield FILE_COPIED(Where(workspace.shown(file)), file=file.name, names=Some(found))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
