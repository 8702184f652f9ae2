"""``merged.yaml``: what everybody said, kept up to date for other programs."""

from dataclasses import dataclass
from pathlib import Path

from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.merged import MergedFile, is_unmerged, merged_file
from selfaudit.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the data went and how many responses are in it."""

    path: Path
    responses: int


def refresh_merged(workspace: Workspace, ledger: Ledger) -> None:
    """Write ``merged.yaml`` unless it is there and up to date; for the holder of the lock."""
    known = merged_file(ledger)
    ours = known is not None and MergedFile.of(workspace.merged_file, known.start) == known
    if not ours or is_unmerged(ledger):
        _write(workspace, ledger, known if ours else None)


def write_merged(workspace: Workspace, ledger: Ledger) -> Exported:
    """Write all of ``merged.yaml`` again; for the holder of the lock."""
    return Exported(workspace.merged_file, _write(workspace, ledger, None))


def _write(workspace: Workspace, ledger: Ledger, there: MergedFile | None) -> int:
    from selfaudit.workflow.common.merged.merging import write  # noqa: PLC0415 - most often there is nothing to write

    return write(workspace, ledger, there)
