"""``archive create``: the whole campaign as one BagIt package in a zip, sealed, and signed if somebody wants that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from selfaudit import __version__
from selfaudit.base.clock import now, today
from selfaudit.base.i18n import N_, _
from selfaudit.base.problems import Problem, UserError, Where, error, warning
from selfaudit.files.atomic import replacing, write_bytes, write_text
from selfaudit.files.bags.sealing import Seal, seal_of, sha256_of, signature_of
from selfaudit.files.bags.signing import Signer
from selfaudit.files.bags.writing import PAYLOAD, BagWriter, Packed
from selfaudit.model.kit.plan import Plan
from selfaudit.store.ledger.dumping import dump, tables
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import Ledger, head_of
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.contents import HARMLESS, Contents, LeftOut, contents
from selfaudit.workflow.archive.pages import Archived, pages
from selfaudit.workflow.archive.readme import ReadMe, readme
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.soundness.keeping import badly_kept
from selfaudit.workflow.common.soundness.tampering import tampering
from selfaudit.workflow.common.writing.output import OTHER_KIND

EXISTS = error("archive.exists", N_("{path} already exists, and no archive is overwritten"), N_("Name another file."))
LEFT_OUT = warning(
    "archive.left-out",
    N_("this is not in the archive: {reason}"),
    N_("Put the file itself there, then run this again."),
)
ARCHIVE = "archive"
"""The kind of the journal row."""
LEDGER_LINES = "ledger/"
"""The folder of an archive that has the ledger as lines of JSON."""
HEAD, REDACTED = "Journal-Head", "Redacted"
"""Entries of ``bag-info.txt`` of our own."""
_SUFFIX = ".zip"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make: the file (None: ``archives/ID-DAY.zip``) and the key that signs it, with its pass phrase."""

    output: Path | None = None
    key: Path | None = None
    passphrase: str = ""


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
            "left_out": [{"name": one.name, "reason": _(one.reason)} for one in self.left_out],
            "problems": [problem.as_data() for problem in self.problems],
        }


def create(workspace: Workspace, wanted: Wanted, listener: Listener) -> Created:
    """Make an archive; nobody else writes to the campaign meanwhile."""
    plan = workspace.plan()
    signer = Signer(wanted.key, wanted.passphrase) if wanted.key else None
    with workspace.writing(listener.waiting) as ledger:
        path = _target(workspace, plan, wanted.output)
        inside = contents(workspace)
        listener.start(ARCHIVE, len(inside.files))
        ledger_file = workspace.scratch / workspace.LEDGER
        head = ledger.copy(ledger_file)
        public = signer.public if signer else ""
        with replacing(path, most=0o600) as stream:
            bag = BagWriter(stream, path.stem, datetime.fromisoformat(now()).astimezone())
            packed = list(_campaign(bag, workspace, ledger_file, inside, listener))
            _about(
                bag, workspace, ledger, ReadMe(plan, _body(workspace, ledger), workspace, head, inside, public), packed
            )
        made = Seal.made(path, sha256_of(path), f"journal {head}")
        with ledger.change(ARCHIVE, file=workspace.shown(path), sha256=made.sha256, seq=head.seq, head=head.hash):
            pass
        write_bytes(seal_of(path), made.data)
        if signer:
            write_bytes(signature_of(path), signer.sign(made.data))
            write_text(path.with_name(f"{path.name}.pub"), signer.public)
        problems = [*_missed(inside), *_unsound(workspace, ledger, packed)]
        return Created(path, made.sha256, head, len(packed), inside.left_out, problems, public)


def _target(workspace: Workspace, plan: Plan, asked: Path | None) -> Path:
    """Return where the archive goes: the file asked for, or the next free name of today."""
    if asked is None:
        stem, n = f"{plan.id}-{today()}", 1
        while (path := workspace.archives / f"{stem}{f'-{n}' if n > 1 else ''}{_SUFFIX}").exists():
            n += 1
        return path
    if asked.suffix.lower() != _SUFFIX:
        raise UserError(OTHER_KIND(suffix=_SUFFIX, name=asked.name))
    if taken := next((path for path in (asked, seal_of(asked), signature_of(asked)) if path.exists()), None):
        raise UserError(EXISTS(path=taken))
    return asked


def _campaign(
    bag: BagWriter, workspace: Workspace, ledger: Path, inside: Contents, listener: Listener
) -> Iterator[Packed]:
    """Add the campaign as it is."""
    for path in (ledger, head_of(ledger)):
        yield bag.add_file(f"{PAYLOAD}{path.name}", path)
    for name in inside.files:
        yield bag.add_file(f"{PAYLOAD}{name}", workspace.path(name))
        listener.step()


def _about(bag: BagWriter, workspace: Workspace, ledger: Ledger, told: ReadMe, packed: list[Packed]) -> None:
    """Add what is made of the campaign for who reads the archive, and complete it."""
    for table in tables(ledger):
        lines = workspace.scratch / f"{table}.jsonl"
        with lines.open("wb") as stream:
            dump(ledger, table, stream)
        bag.add_file(f"{LEDGER_LINES}{table}.jsonl", lines)
    for name, data in pages(Archived(workspace, ledger, packed, str, redacted=False)):
        bag.add(name, data)
    for name, text in readme(told).items():
        bag.add(name, text.encode())
    bag.finish(_info(told))


def _info(told: ReadMe) -> Iterator[tuple[str, str]]:
    """Yield what ``bag-info.txt`` says: who, what and when."""
    yield "Source-Organization", told.body
    if told.plan.operator:
        yield "Contact-Name", told.plan.operator
    yield "External-Identifier", told.plan.id
    yield "External-Description", told.plan.title
    yield "Bagging-Date", today().isoformat()
    yield "Bag-Software-Agent", f"selfaudit {__version__}"
    yield HEAD, str(told.head)


def _body(workspace: Workspace, ledger: Ledger) -> str:
    """Return the name of the body as it was when forms went out, else as the roster has it."""
    return ledger.meta("body") or workspace.load().usable()[1].body.name


def _missed(inside: Contents) -> Iterator[Problem]:
    for one in inside.left_out:
        if one.reason not in HARMLESS:
            yield LEFT_OUT(Where(one.name), reason=one.reason)


def _unsound(workspace: Workspace, ledger: Ledger, packed: list[Packed]) -> Iterator[Problem]:
    """Yield what was not in order before: the archive has it as it is."""
    known = {file.name.removeprefix(PAYLOAD): file.sha256 for file in packed}
    yield from tampering(workspace, ledger)
    yield from badly_kept(workspace, ledger, known)
