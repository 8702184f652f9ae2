"""``archive verify``: whether an archive is as it was made, without the campaign that it was made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, UserError, Where, error, errors, note
from selfaudit.files.bags.checking import badly_bagged, info
from selfaudit.files.bags.opening import AGAIN, Bag, opened, unpacked
from selfaudit.files.bags.sealing import Seal, seal_of, signature_of
from selfaudit.files.bags.signing import PublicKey, is_signed, public_key
from selfaudit.files.bags.writing import INFO, PAYLOAD
from selfaudit.files.hashing import sha256_of
from selfaudit.store.ledger.head import Head
from selfaudit.store.ledger.ledger import DAMAGED, UNREADABLE
from selfaudit.store.ledger.shape import misshapen
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.packing import HEAD, REDACTED
from selfaudit.workflow.common.soundness.tampering import SHAPE
from selfaudit.workflow.common.soundness.verify import unsound
from selfaudit.workflow.common.unfinished import unfinished

NO_FILE = error("archive.no-file", N_("there is no such file or folder"), N_("Check the path."))
SEAL = error("archive.seal", N_("the SHA-256 of the zip is {found}, but its seal {file} says {sealed}"), AGAIN)
NO_SEAL = note(
    "archive.no-seal",
    N_("there is no seal beside it: {file}"),
    N_("Compare the SHA-256 with the one that was noted elsewhere when the archive was made."),
)
UNEXPECTED = error(
    "archive.unexpected",
    N_("neither the SHA-256 of the zip nor the end of the journal begins with {expected}"),
    N_("This is another archive, or it was made again after a change."),
)
UNEXPECTED_COPY = error(
    "archive.unexpected-copy",
    N_("the SHA-256 of the zip does not begin with {expected}, and nothing else proves a copy without personal data"),
    N_("Give the zip itself and its own SHA-256: such a copy has no ledger from which its journal could be checked."),
)
KEY_NEEDS_ZIP = error(
    "archive.key-needs-zip",
    N_("a folder has no signature that could be checked"),
    N_("Give the zip, with its .sha256 and .sig beside it: they are what was signed."),
)
UNSIGNED = error(
    "archive.unsigned",
    N_("it cannot be checked who signed it: {file} is missing"),
    N_("Put the three files side by side that archive create --sign wrote: .zip, .zip.sha256, .zip.sig."),
)
UNCHECKED = note(
    "archive.unchecked",
    N_("there is a signature beside it, {file}, which was not checked"),
    N_("Name the public key of who signed it with --key, as you got it from them."),
)
OTHER_HAND = error(
    "archive.other-hand",
    N_("the signature is not one of this key over this seal"),
    N_("Somebody else signed it, or it was changed after it was signed."),
)
OTHER_HEAD = error(
    "archive.other-head", N_("the journal in the archive does not end as bag-info.txt says: {expected}"), AGAIN
)
NO_CAMPAIGN = error("archive.no-campaign", N_("is missing, so there is no campaign in the archive"), AGAIN)
TOO_SHORT = error(
    "archive.too-short", N_("“{value}” is not the beginning of a hash"), N_("Give at least 16 digits of it.")
)
_LEAST = 16


@dataclass(frozen=True, slots=True)
class Question:
    """What to hold an archive against: digits noted elsewhere, and the public key of who signed it."""

    expected: str = ""
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What is wrong with an archive; the SHA-256 of the zip (empty for a folder), its journal's end, its files."""

    problems: list[Problem]
    sha256: str
    head: Head
    files: int
    redacted: bool
    signed: bool

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "sound": not errors(self.problems),
            "sha256": self.sha256,
            "journal": {"rows": self.head.seq, "hash": self.head.hash},
            "files": self.files,
            "redacted": self.redacted,
            "signed": self.signed,
            "problems": [problem.as_data() for problem in self.problems],
        }


def verify(path: Path, question: Question) -> Verified:
    """Check an archive, as zip or unpacked; nothing is written but below the folder for temporary files."""
    with verified(path, question, None) as (found, _):
        return found


@contextmanager
def verified(path: Path, question: Question, beside: Path | None) -> Iterator[tuple[Verified, Path]]:
    """Check an archive and yield the result with the folder of its campaign, which is there inside the block.

    A zip is unpacked into a folder in ``beside``, by default where temporary files go.
    """
    if question.expected and len(question.expected) < _LEAST:
        raise UserError(TOO_SHORT(value=question.expected))
    if path.is_dir():
        if question.key:
            raise UserError(KEY_NEEDS_ZIP(Where(str(path))))
        bag = opened(path)
        yield _judged(bag, _Outside(), question), bag.folder / PAYLOAD
        return
    if not path.is_file():
        raise UserError(NO_FILE(Where(str(path))))
    key = public_key(question.key) if question.key else None
    outside = _outside(path, key)
    with unfinished(beside) as folder:
        try:
            bag = unpacked(path, folder)
        except UserError as exc:
            raise UserError([*outside.problems, *exc.problems]) from exc
        yield _judged(bag, outside, question), bag.folder / PAYLOAD


@dataclass(frozen=True, slots=True)
class _Outside:
    """What the files beside a zip say of it; ``signed`` only if the signature was checked and is one of this zip."""

    problems: tuple[Problem, ...] = ()
    sha256: str = ""
    signed: bool = False


def _outside(path: Path, key: PublicKey | None) -> _Outside:
    """Return whether the zip is the one that was sealed and signed."""
    sha256, seal_file, signature = sha256_of(path), seal_of(path), signature_of(path)
    seal = Seal.read(seal_file) if seal_file.is_file() else None
    problems: list[Problem] = []
    if seal is None:
        problems.append(NO_SEAL(file=seal_file.name))
    elif seal.sha256 != sha256:
        problems.append(SEAL(Where(path.name), found=sha256, file=seal_file.name, sealed=seal.sha256 or "-"))
    signed = False
    if key is None:
        problems += [UNCHECKED(file=signature.name)] if signature.is_file() else []
    elif seal is None or not signature.is_file():
        problems.append(UNSIGNED(file=(seal_file if seal is None else signature).name))
    elif is_signed(seal.data, signature, key):
        signed = seal.sha256 == sha256
    else:
        problems.append(OTHER_HAND(Where(signature.name)))
    return _Outside(tuple(problems), sha256, signed)


def _judged(bag: Bag, outside: _Outside, question: Question) -> Verified:
    said, sha256 = info(bag), outside.sha256
    problems, head = [*outside.problems, *badly_bagged(bag)], Head.parsed(said.get(HEAD, ""))
    # whoever changes a ledger must not get round it by calling the archive a copy without one
    redacted = REDACTED in said and f"{PAYLOAD}{Workspace.LEDGER}" not in bag.files
    if not redacted:
        noted, (found, head) = head, _campaign(bag)
        problems += found
        if head != noted:
            problems.append(OTHER_HEAD(Where(INFO), expected=noted))
    expected = question.expected.lower()
    # where there is no ledger, the end of the journal is a line of text that anybody may write
    proofs = (sha256,) if redacted else (sha256, head.hash)
    if expected and not any(value.startswith(expected) for value in proofs):
        problems.append((UNEXPECTED_COPY if redacted else UNEXPECTED)(expected=expected))
    files = sum(name.startswith(PAYLOAD) for name in bag.files)
    return Verified(problems, sha256, head, files, redacted, outside.signed)


def _campaign(bag: Bag) -> tuple[list[Problem], Head]:
    """Return what is wrong with ledger and originals, and how the journal ends; whatever the ledger is made of."""
    campaign = Workspace(bag.folder / PAYLOAD)
    if lacking := [path.name for path in (campaign.plan_file, campaign.ledger_file) if not path.is_file()]:
        return [NO_CAMPAIGN(Where(f"{PAYLOAD}{name}")) for name in lacking], Head()
    inside = {name.removeprefix(PAYLOAD): digest for name, digest in bag.files.items() if name.startswith(PAYLOAD)}
    try:
        # before any row is read: a view in the place of a table may have no end
        with campaign.reading() as ledger:
            if names := misshapen(ledger):
                return [_in_archive(SHAPE(names=Some(names)))], Head()
        problems = [_in_archive(problem) for problem in unsound(campaign, inside)]
        with campaign.reading() as ledger:
            return problems, ledger.head()
    except UserError as exc:
        return [_in_archive(problem) for problem in exc.problems], Head()
    except (UNREADABLE, ValueError, TypeError, KeyError) as exc:
        return [_in_archive(DAMAGED(detail=exc))], Head()


def _in_archive(problem: Problem) -> Problem:
    """Return what is wrong with a campaign as it is said of an archive, where there is nothing to put right."""
    place = f"{PAYLOAD}{problem.where.file or Workspace.LEDGER}"
    return replace(problem, kind=replace(problem.kind, hint=AGAIN), where=replace(problem.where, file=place))
