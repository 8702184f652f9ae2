"""Whether the originals are there as they came, and nothing else."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error, warning
from selfaudit.files.hashing import sha256_of
from selfaudit.files.listing import shown_name
from selfaudit.model.data.imported import REGISTER, Imported
from selfaudit.model.progress.deliverables import DELIVERABLE, Filing
from selfaudit.store.ledger.evidence import EVIDENCE
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import every_original
from selfaudit.store.ledger.papers import scans
from selfaudit.store.ledger.records import every_version, records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.soundness.quick import kept
from selfaudit.workflow.common.state.samples import CHANGED as SAMPLE_CHANGED
from selfaudit.workflow.common.state.samples import sample_files
from selfaudit.workflow.common.state.signals import signal_files

LOST = error(
    "original.lost",
    N_("the original of {name} is missing"),
    N_("Copy it back from a backup, or put the same file into inbox/ and run selfaudit collect: it is kept again."),
)
SCAN_LOST = error(
    "original.scan-lost",
    N_("the original of the scan {name} is missing"),
    N_("Copy it back from a backup, or run selfaudit paper match on the same file: it is kept again."),
)
FILED_LOST = error(
    "original.filed-lost",
    N_("{file}, which was filed as {about}, is missing"),
    N_("Copy it back from a backup, or file the same file again with selfaudit deliverable add."),
)
CHANGED = error(
    "original.changed",
    N_("this is not what came as {name}: the original was changed"),
    N_("Delete it, then copy it back from a backup, or take the same file in again."),
)
FOREIGN = warning(
    "original.foreign",
    N_("the ledger does not know this file"),
    N_("If it is a form that came back, run selfaudit collect received; otherwise move it away."),
)
EVIDENCE_LOST = error(
    "original.evidence-lost",
    N_("the evidence {name} is missing"),
    N_("Copy it back from a backup, or put the same file into inbox/ and run selfaudit collect: it is kept again."),
)
EVIDENCE_FOREIGN = warning(
    "original.evidence-foreign",
    N_("the ledger does not know this file"),
    N_("If a collect was interrupted, run it again; otherwise selfaudit collect evidence takes the file in."),
)
REGISTER_LOST = error(
    "original.register-lost",
    N_("the table of the register “{name}” is missing"),
    N_("Copy registers/ back from a backup, or import the same files again: selfaudit register import FILE --apply."),
)
REGISTER_FILE_LOST = error(
    "original.register-file-lost",
    N_("the original of {name}, of which a register was made, is missing"),
    N_("Copy registers/ back from a backup, or import the same file again: selfaudit register import FILE --apply."),
)
REGISTER_FOREIGN = warning(
    "original.register-foreign",
    N_("the ledger does not know this file"),
    N_("If an import was interrupted, run it again; otherwise move the file away: nothing reads it."),
)

SIGNALS_LOST = error(
    "original.signals-lost",
    N_("the file with the signals of {name} is missing"),
    N_("Copy it back from a backup, or run selfaudit check again: with the same registers it finds the same."),
)
SIGNALS_FOREIGN = warning(
    "original.signals-foreign",
    N_("no data check has written this file"),
    N_("If a check was interrupted, run it again; otherwise move the file away."),
)
UNREADABLE = error(
    "original.unreadable", N_("no permission to read it, so it cannot be compared"), N_("Let yourself read it.")
)


def badly_kept(workspace: Workspace, ledger: Ledger, known: Mapping[str, str] | None = None) -> Iterator[Problem]:
    """Yield which originals are missing or changed, and what else lies among them.

    ``known`` are the SHA-256 of files by their names, for who has read them already.
    """
    known = known or {}
    names = {sha256: row.name for sha256, row in every_original(ledger).items()}
    yield from _compared(workspace, workspace.received, names, (LOST, FOREIGN), known)
    pages = {sha256: scan.name for sha256, scan in scans(ledger).items()}
    yield from _compared(workspace, workspace.path(workspace.SCANS), pages, (SCAN_LOST, FOREIGN), known)
    shown = {sha256: str(row.data["name"]) for sha256, row in records(ledger, EVIDENCE).items()}
    yield from _compared(workspace, workspace.evidence, shown, (EVIDENCE_LOST, EVIDENCE_FOREIGN), known)
    yield from _compared(workspace, workspace.signals, signal_files(ledger), (SIGNALS_LOST, SIGNALS_FOREIGN), known)
    yield from _filed(workspace, ledger, known)
    yield from _registers(workspace, ledger, known)
    yield from _samples(workspace, ledger, known)


def _registers(workspace: Workspace, ledger: Ledger, known: Mapping[str, str]) -> Iterator[Problem]:
    """Compare every table that was ever made of a register, and the files of which they were made."""
    versions = [(one.id, Imported.model_validate(one.data)) for one in every_version(ledger) if one.kind == REGISTER]
    tables = {made.sha256: id_ for id_, made in versions}
    yield from _compared(workspace, workspace.imported, tables, (REGISTER_LOST, REGISTER_FOREIGN), known)
    files = {file.sha256: file.name for _, made in versions for file in made.files}
    yield from _compared(workspace, workspace.register_files, files, (REGISTER_FILE_LOST, REGISTER_FOREIGN), known)


def _samples(workspace: Workspace, ledger: Ledger, known: Mapping[str, str]) -> Iterator[Problem]:
    """Compare the populations, plans, seeds and lists of spot checks with what is there."""
    for name, sha256 in sample_files(workspace, ledger).items():
        try:
            if (known.get(name) or sha256_of(workspace.path(name))) != sha256:
                yield SAMPLE_CHANGED(Where(name), sha256=sha256)
        except FileNotFoundError:
            yield SAMPLE_CHANGED(Where(name), sha256=sha256)
        except OSError:
            yield UNREADABLE(Where(name))


def _filed(workspace: Workspace, ledger: Ledger, known: Mapping[str, str]) -> Iterator[Problem]:
    """Compare what was ever filed as a deliverable with what is there."""
    versions = (one for one in every_version(ledger) if one.kind == DELIVERABLE)
    filed = {file.file: (file, one.id) for one in versions for file in Filing.model_validate(one.data).files}
    for name, (file, about) in filed.items():
        try:
            if (known.get(name) or sha256_of(workspace.path(name))) != file.sha256:
                yield CHANGED(Where(name), name=file.name)
        except FileNotFoundError:
            yield FILED_LOST(file=name, about=about)
        except OSError:
            yield UNREADABLE(Where(name))


def _compared(
    workspace: Workspace, folder: Path, names: Mapping[str, str], kinds: tuple[Kind, Kind], known: Mapping[str, str]
) -> Iterator[Problem]:
    """Compare the files of a folder with the names under which they came, by SHA-256.

    ``kinds`` say that one is missing, and that nobody knows one.
    """
    lost, foreign = kinds
    missing = dict(names)
    for sha256, path in kept(folder):
        where = Where(shown_name(path, workspace.root))
        name = missing.pop(sha256, names.get(sha256))
        try:
            same = name is not None and (known.get(where.file) or sha256_of(path)) == sha256
        except OSError:
            yield UNREADABLE(where)
            continue
        if name is None:
            yield foreign(where)
        elif not same:
            yield CHANGED(where, name=name)
    for name in missing.values():
        yield lost(name=name)
