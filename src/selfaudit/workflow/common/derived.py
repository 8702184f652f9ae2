"""What is kept although it follows from something else: worked out again, and put right where it differs."""

from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, warning
from selfaudit.files.hashing import sha256_of
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.merged import is_unmerged, merged_file, unit_counts
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.ledger.responses import all_shown, answered, drop_shown, put_shown
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.bundles import add_unbundled, badly_bundled, unbundled
from selfaudit.workflow.common.merged.file import write_merged
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.election import elected

SHOWN = warning(
    "rebuilt.shown",
    N_("the ledger pointed to the wrong response for {names}; this has been corrected"),
    N_("Check their answers with selfaudit status --of NAME; create their reports and sheets again."),
)
MERGED = warning(
    "rebuilt.merged",
    N_("merged.yaml did not match the ledger; it has been rewritten"),
    N_("Reload it in other programs."),
)
UNBUNDLED = warning(
    "rebuilt.unbundled",
    N_("the page or zip of {units} in outbox/ is missing or does not contain the forms issued last"),
    N_("Run selfaudit issue: it writes them again."),
)

MOST_NAMES = 10
"""How many names of those concerned are listed."""


def rebuild(workspace: Workspace, ledger: Ledger) -> list[Problem]:
    """Work out all derived state and put right what differs; return what did. For the holder of the lock."""
    return [*_shown(ledger), *_bundled(workspace, ledger), *_merged(workspace, ledger)]


def _shown(ledger: Ledger) -> list[Problem]:
    """Put right which response is shown for whom."""
    before = all_shown(ledger)
    asking = Asking(ledger)
    after = {key: found for key in answered(ledger) if (found := elected(ledger, key, asking))}
    wrong = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if not wrong:
        return []
    with ledger.change("rebuild", shown=wrong):
        for key in wrong:
            if key in after:
                put_shown(ledger, key, after[key])
            else:
                drop_shown(ledger, key)
    everybody = respondents(ledger)
    return [SHOWN(names=Some([everybody[key][0].name for key in wrong], MOST_NAMES))]


def _merged(workspace: Workspace, ledger: Ledger) -> list[Problem]:
    """Write what everybody said once more, if it was ever written; that it was not up to date yet is no mistake."""
    if merged_file(ledger) is None:
        return []
    due = is_unmerged(ledger)
    before = _state(workspace.merged_file), unit_counts(ledger)
    write_merged(workspace, ledger)
    after = _state(workspace.merged_file), unit_counts(ledger)
    return [] if due or before == after else [MERGED()]


def _state(path: Path) -> str:
    return sha256_of(path) if path.is_file() else ""


def _bundled(workspace: Workspace, ledger: Ledger) -> list[Problem]:
    """Enter whose page and zip are to be written again; a command that was killed entered its own."""
    missed = sorted({*badly_bundled(workspace, ledger)} - {*unbundled(ledger)})
    if missed:
        with ledger.change("rebuild", unbundled=missed):
            add_unbundled(ledger, missed)
    due = unbundled(ledger)
    return [UNBUNDLED(units=Some(due, MOST_NAMES))] if due else []
