"""``archive create``: the whole campaign as one BagIt package in a zip, sealed, and signed if somebody wants that."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_, _
from selfaudit.base.problems import Problem, Term, UserError, Where, error, warning
from selfaudit.files.atomic import replacing, write_bytes, write_text
from selfaudit.files.bags.rereading import require_readable
from selfaudit.files.bags.sealing import Seal, seal_of, signature_of
from selfaudit.files.bags.signing import Signer
from selfaudit.files.bags.writing import PAYLOAD, Packed, is_carried
from selfaudit.files.hashing import sha256_of
from selfaudit.model.kit.plan import Plan
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.contents import BAD_NAMES, HARMLESS, LeftOut
from selfaudit.workflow.archive.packing import ARCHIVE, Filled, Source, fill
from selfaudit.workflow.archive.redact.checking import still_personal
from selfaudit.workflow.archive.redact.masking import Mask
from selfaudit.workflow.archive.redact.personal import personal
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.soundness.keeping import badly_kept
from selfaudit.workflow.common.soundness.tampering import tampering
from selfaudit.workflow.common.writing.output import KEPT, OTHER_KIND

EXISTS = error("archive.exists", N_("{path} already exists, and no archive is overwritten"), N_("Name another file."))
LEFT_OUT = warning(
    "archive.left-out",
    N_("this is not in the archive: {reason}"),
    N_("Put the file itself there, then run this again."),
)
BADLY_NAMED = warning(
    "archive.badly-named", N_("this is not in the archive: {reason}"), N_("Rename it, then run this again.")
)
_SUFFIX, _REDACTED = ".zip", "-redacted"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make: the file (None: ``archives/ID-DAY.zip``), and the key that signs it, with its pass phrase.

    ``redact`` asks for a copy without personal data.
    """

    output: Path | None = None
    key: Path | None = None
    passphrase: str = ""
    redact: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """An archive: its SHA-256, the end of the journal in it, how many files of the campaign it has, what it lacks.

    ``public`` is the text of the public key by which its signature is checked, empty if it has none.
    """

    path: Path
    sha256: str
    head: Head
    files: int
    left_out: list[LeftOut]
    problems: list[Problem]
    public: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "path": str(self.path),
            "sha256": self.sha256,
            "journal": {"rows": self.head.seq, "hash": self.head.hash},
            "files": self.files,
            "left_out": [{"name": one.name, "reason": one.why(_)} for one in self.left_out],
            "problems": [problem.as_data() for problem in self.problems],
        }


def create(workspace: Workspace, wanted: Wanted, listener: Listener) -> Created:
    """Make an archive; nobody else writes to the campaign meanwhile."""
    plan = workspace.plan()
    signer = Signer(wanted.key, wanted.passphrase) if wanted.key else None
    with workspace.writing(listener.waiting) as ledger:
        path = _target(workspace, plan, wanted)
        mask = Mask(personal(workspace, ledger), plan.language) if wanted.redact else None
        body, public = _body(workspace, ledger), signer.public if signer else ""
        made = _written(Source(workspace, ledger, plan, body, public, mask), path, listener)
        head = made.head
        seal = Seal.made(path, sha256_of(path), f"journal {head}")
        # a path on this computer may name its user
        told = {"file": path.name, "sha256": seal.sha256, "seq": head.seq, "head": head.hash}
        with ledger.change(ARCHIVE, **told, redacted=wanted.redact):
            pass
        write_bytes(seal_of(path), seal.data)
        if signer:
            write_bytes(signature_of(path), signer.sign(seal.data))
            write_text(_public(path), signer.public)
        problems = [] if mask else [*_missed(made.left_out), *_unsound(workspace, ledger, made.packed)]
        return Created(path, seal.sha256, head, len(made.packed), made.left_out, problems, public)


def _written(source: Source, path: Path, listener: Listener) -> Filled:
    """Write the archive to its place; a copy without personal data not before it was searched for some."""
    if source.mask is None:
        # what a killed command left there is removed by the next one
        root, scratch = source.workspace.root.resolve(), source.workspace.scratch
        with replacing(path, scratch if path.resolve().is_relative_to(root) else None, most=0o600) as stream:
            return _filled(source, stream, path, listener)
    draft = source.workspace.scratch / path.name
    with draft.open("w+b") as stream:
        made = _filled(source, stream, path, listener)
    if problems := list(still_personal(draft, source.mask)):
        raise UserError(problems)
    with draft.open("rb") as checked, replacing(path) as stream:
        shutil.copyfileobj(checked, stream)
    return made


def _filled(source: Source, stream: IO[bytes], path: Path, listener: Listener) -> Filled:
    """Write the archive, and read it again before it is sealed."""
    plain = is_carried(path.stem) and path.stem.strip(".")
    made = fill(source, stream, path.stem if plain else source.plan.id, listener)
    require_readable(stream)
    return made


def _target(workspace: Workspace, plan: Plan, wanted: Wanted) -> Path:
    """Return where the archive goes: the file asked for, or the next free name of today."""
    if (asked := wanted.output) is None:
        stem, n = f"{plan.id}-{today()}{_REDACTED if wanted.redact else ''}", 1
        while (path := workspace.archives / f"{stem}{f'-{n}' if n > 1 else ''}{_SUFFIX}").exists():
            n += 1
        return path
    if asked.suffix.lower() != _SUFFIX:
        raise UserError(OTHER_KIND(suffix=_SUFFIX, name=asked.name))
    if workspace.is_kept(asked):
        raise UserError(KEPT(path=asked))
    if taken := next(
        (path for path in (asked, seal_of(asked), signature_of(asked), _public(asked)) if path.exists()), None
    ):
        raise UserError(EXISTS(path=taken))
    return asked


def _public(archive: Path) -> Path:
    """Return where the public key lies by which the signature of an archive is checked."""
    return archive.with_name(f"{archive.name}.pub")


def _body(workspace: Workspace, ledger: Ledger) -> str:
    """Return the name of the body as it was when forms went out, else as the roster has it."""
    return ledger.meta("body") or workspace.load().usable()[1].body.name


def _missed(left_out: Iterable[LeftOut]) -> Iterator[Problem]:
    for one in left_out:
        if one.reason not in HARMLESS:
            kind = BADLY_NAMED if one.reason in BAD_NAMES else LEFT_OUT
            yield kind(Where(one.name), reason=Term(one.reason))


def _unsound(workspace: Workspace, ledger: Ledger, packed: list[Packed]) -> Iterator[Problem]:
    """Yield what was not in order before: the archive has it as it is."""
    known = {file.name.removeprefix(PAYLOAD): file.sha256 for file in packed}
    yield from tampering(workspace, ledger)
    yield from badly_kept(workspace, ledger, known)
