"""Everything that can be checked of the ledger and the originals, for ``journal verify`` and ``validate``."""

from collections.abc import Mapping

from selfaudit.base.problems import Problem, UserError, errors
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.soundness.copies import copies
from selfaudit.workflow.common.soundness.keeping import badly_kept
from selfaudit.workflow.common.soundness.quick import LEDGER_LOST, SERIOUS, doubts
from selfaudit.workflow.common.soundness.tampering import tampering


def unsound(workspace: Workspace, known: Mapping[str, str] | None = None) -> list[Problem]:
    """Return what is not as the program left it; ``known`` are the SHA-256 of files that were read already, by name."""
    try:
        lost = [problem for problem in doubts(workspace) if problem.kind is LEDGER_LOST]
        with workspace.reading() as ledger:
            # a ledger that knows no original says nothing of them
            return [
                *tampering(workspace, ledger),
                *(lost or badly_kept(workspace, ledger, known)),
                *copies(workspace, every=True),
            ]
    except UserError as exc:
        return exc.problems


def is_doubtful(workspace: Workspace) -> bool:
    """Return whether what every command looks at is not in order."""
    return any(problem.kind in SERIOUS for problem in doubts(workspace))


def is_sound(workspace: Workspace) -> bool:
    """Return whether ledger and originals are such that a final report can rest on them; reads every original."""
    with workspace.reading() as ledger:
        changed = errors(tampering(workspace, ledger))
        return not changed and next(badly_kept(workspace, ledger), None) is None
