"""What every command looks at before it begins: whether this is the ledger of the campaign, and all of it.

It imports nothing that takes longer than a small command.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, warning
from selfaudit.files.listing import listed
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import Ledger, head_of
from selfaudit.store.ledger.originals import every_sha256
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.soundness.copies import copies

RESTORE = N_(
    "Copy campaign.db back from a backup made before, or move it away, run selfaudit issue, then selfaudit collect"
    " received; decisions must be entered again."
)
CUT_OFF = error(
    "journal.cut-off", N_("the journal ends with row {last}, but it had {seq} rows: the others are lost"), RESTORE
)
OTHER_CAMPAIGN = error(
    "ledger.other-campaign",
    N_("campaign.db belongs to the campaign “{found}”, but campaign.yaml says “{own}”"),
    N_(
        "Put back the campaign.db of this campaign, or the id in campaign.yaml: it never changes once forms are out. If"
        " nothing has come back yet, campaign.db may be deleted."
    ),
)
NO_LEDGER = error(
    "ledger.not-archived",
    N_("this archive has no ledger: it is a copy without personal data"),
    N_("Open index.html in it, or ask for the full archive."),
)
LEDGER_LOST = warning(
    "ledger.lost",
    N_("received/ has {count} originals, and campaign.db knows none of them: it was lost, or is another one"),
    N_(
        "Copy campaign.db back from a backup. Without one, run selfaudit issue, then selfaudit collect received;"
        " decisions must be entered again."
    ),
)
LEDGER_BEHIND = warning(
    "ledger.behind",
    N_("received/ has {count} originals that campaign.db does not know"),
    N_(
        "If a collect was interrupted, run it again: it goes on. Otherwise run selfaudit collect received: it takes in"
        " what is missing."
    ),
)
ORIGINALS_LOST = warning(
    "ledger.originals-lost",
    N_("{count} originals are missing from received/"),
    N_("Copy received/ back from a backup; selfaudit journal verify names what is missing."),
)
SERIOUS = frozenset({CUT_OFF, LEDGER_LOST, LEDGER_BEHIND, ORIGINALS_LOST})
"""What has to be put right before anything else; a mere copy beside the files may wait."""
_NAME = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"""^id:[ \t]+["']?([a-z0-9-]+)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)


def doubts(workspace: Workspace) -> list[Problem]:
    """Return what makes the ledger doubtful; one of another campaign, or an archive without one, stops the command."""
    if workspace.is_archived and not workspace.ledger_file.is_file():
        raise UserError(NO_LEDGER())
    try:
        ledger = workspace.reading()
    except UserError:
        # a command that needs the ledger says why it cannot be read
        return []
    with ledger:
        entered, own = ledger.meta("id"), _own_id(workspace)
        if entered and own and entered != own:
            raise UserError(OTHER_CAMPAIGN(Where(workspace.LEDGER), found=entered, own=own))
        found = list(_originals(workspace, ledger))
        found += copies(workspace)
        # that a lost ledger has no journal either goes without saying
        return found if any(one.kind is LEDGER_LOST for one in found) else [*_cut_off(workspace, ledger), *found]


def _own_id(workspace: Workspace) -> str:
    """Return the id in the plan; to read all of it takes longer than many a command."""
    found = _ID.search(workspace.plan_file.read_text(encoding="utf-8", errors="replace"))
    return found[1] if found else ""


def _cut_off(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    noted, last = Head.read(head_of(workspace.ledger_file)), ledger.head().seq
    if last < noted.seq:
        yield CUT_OFF(last=last, seq=noted.seq)


def _originals(workspace: Workspace, ledger: Ledger) -> Iterator[Problem]:
    known = every_sha256(ledger)
    there = {sha256 for sha256, _ in kept(workspace.received) if sha256}
    if (unknown := len(there - known)) and not workspace.is_taking_in:
        # a first collect that was interrupted has entered nothing, but then forms are out
        behind = known or ledger.meta("code")
        yield LEDGER_BEHIND(count=unknown) if behind else LEDGER_LOST(count=unknown)
    if lost := len(known - there):
        yield ORIGINALS_LOST(count=lost)


def kept(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file in a folder of originals in order, each with the SHA-256 that its name says, or an empty text.

    A folder that cannot be read has no name but its own.
    """
    locked: list[tuple[str, OSError]] = []
    for name in listed(folder, locked) if folder.is_dir() else ():
        path = folder / name
        yield (path.stem if _NAME.fullmatch(path.stem) else ""), path
    for inside, _ in locked:
        yield "", Path(inside)
