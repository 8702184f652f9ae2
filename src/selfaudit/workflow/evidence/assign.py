"""``evidence assign`` and ``dismiss``: what a file belongs to, as a person says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256 as hash_of
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Some, UserError, Where, error
from selfaudit.base.text import retyped
from selfaudit.forms.reading.values import read_place
from selfaudit.model.evidence import LARGEST_FILE, Binding, EvidenceFile
from selfaudit.store.ledger.evidence import Made, evidence_files, put_evidence
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.proof import kept_as
from selfaudit.workflow.common.state.evidence import evidence_of_corrections
from selfaudit.workflow.common.state.register import every_finding
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.evidence.listing import file_meant

TOO_LARGE = error(
    "evidence.too-large",
    N_("{size} MiB is too large for evidence (at most {limit} MiB)"),
    N_("Scan at 200 dpi, or split the file."),
)
NOT_KEPT = error(
    "evidence.not-kept",
    N_("a file of this kind is not kept as evidence: it is empty, could run, or nobody can open it"),
    N_("Make a PDF or a picture of it; unpack archives and assign the files in them."),
)
NO_TARGET = error(
    "evidence.no-target",
    N_("“{to}” is neither a finding nor a respondent with an item"),
    N_("Write --to NAME/ITEM, such as --to 'ZHANG San/2.5 d', or --to 2.5-03 for a finding."),
)
NO_ITEM = error("evidence.no-item", N_("{name} is not asked “{place}”"), N_("Give one of: {known}."))
NOT_ASSIGNED = error("evidence.not-assigned", N_("{name} was not assigned to {to}"), N_("There is nothing to undo."))
IN_USE = error(
    "evidence.in-use",
    N_("{name} is evidence of {of}"),
    N_("What a person assigned is taken back with selfaudit evidence assign --undo; what a response names stays."),
)
SETTLED = error(
    "evidence.settled",
    N_("{name} is evidence of {of}, which is closed, withdrawn or merged"),
    N_("Take it up again first: selfaudit findings reopen {of} --reason …"),
)
NOT_DISMISSED = error("evidence.not-dismissed", N_("{name} was not set aside"), N_("There is nothing to undo."))


@dataclass(frozen=True, slots=True)
class Assigned:
    """A file with its hash, where it belongs now, and whether this changed anything."""

    sha256: str
    file: EvidenceFile
    changed: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """A file, given by path, name or hash, and what it belongs to: findings, or respondents with an item."""

    file: str
    targets: tuple[str, ...]


def assign(workspace: Workspace, meant: Meant, deciding: Deciding, *, undo: bool, listener: Listener) -> Assigned:
    """Assign a file, or with ``undo`` take that back."""
    deciding, kit = deciding.settled(workspace), workspace.load().usable()[0]
    with workspace.writing(listener.waiting, deciding.by) as ledger:
        everybody = list(standings(ledger, kit))
        known = {retyped(one.short_id): one for one in every_finding(ledger, kit, everybody)}
        bindings = list[Binding]()
        for to in meant.targets:
            if found := known.get(retyped(to)):
                of = {"respondent": found.respondent.key, "place": found.place, "finding": found.short_id}
                bindings.append(Binding(**of, by=deciding.by, reason=deciding.reason))
                if undo and found.rectification.settled:
                    raise UserError(SETTLED(name=meant.file, of=found.short_id))
            else:
                bindings.append(_place(ledger, to, deciding))
        sha256, file = _file(workspace, ledger, meant.file)
        made = file.model_copy(
            update={"bindings": _bound(file, bindings, meant.targets, undo=undo), "dismissed": False}
        )
        what = "evidence-assign-undone" if undo else "evidence-assign"
        entered = Made(what, deciding.by, deciding.reason, ", ".join(meant.targets))
        changed = put_evidence(ledger, entered, {sha256: made}, {binding.respondent for binding in bindings})
    return Assigned(sha256, made, bool(changed))


def dismiss(workspace: Workspace, name: str, deciding: Deciding, *, undo: bool, listener: Listener) -> Assigned:
    """Set a file aside that is no evidence, or with ``undo`` let it wait again; it is kept."""
    deciding, kit = deciding.settled(workspace), workspace.load().usable()[0]
    with workspace.writing(listener.waiting, deciding.by) as ledger:
        files = evidence_files(ledger)
        sha256 = _known(files, Path(name)) or file_meant(files, name)
        file = files[sha256]
        of = [s.respondent.name for s in standings(ledger, kit) if any(at.sha256 == sha256 for at in s.evidence)]
        of += [binding.finding for binding in file.bindings if binding.finding]
        of += [at.finding for _, at in evidence_of_corrections(ledger) if at.sha256 == sha256]
        if not undo and of:
            raise UserError(IN_USE(name=file.name, of=Some(list(dict.fromkeys(of)))))
        if undo and not file.dismissed:
            raise UserError(NOT_DISMISSED(name=file.name))
        made = file.model_copy(update={"dismissed": not undo})
        what = "evidence-dismiss-undone" if undo else "evidence-dismiss"
        changed = put_evidence(ledger, Made(what, deciding.by, deciding.reason), {sha256: made}, ())
    return Assigned(sha256, made, bool(changed))


def _place(ledger: Ledger, to: str, deciding: Deciding) -> Binding:
    name, slash, written = to.rpartition("/")
    if not slash:
        raise UserError(NO_TARGET(to=to))
    key, shown = find_respondent(ledger, name.strip())
    asked = Forms(ledger).asked_last(key)
    parts = {item.id: [part.id for part in item.parts] for item in asked.items} if asked else {}
    item, part = read_place(written, parts)
    if item not in parts:
        raise UserError(NO_ITEM(name=shown, place=written, known=Some(list(parts))))
    return Binding(respondent=key, place=f"{item} {part}".strip(), by=deciding.by, reason=deciding.reason)


def _bound(
    file: EvidenceFile, bindings: Iterable[Binding], targets: Sequence[str], *, undo: bool
) -> tuple[Binding, ...]:
    """Return what a file belongs to after some bindings are added, or taken back; who decided first stays."""
    there = {binding.target: binding for binding in file.bindings}
    for binding, to in zip(bindings, targets, strict=True):
        if not undo:
            there.setdefault(binding.target, binding)
        elif there.pop(binding.target, None) is None:
            raise UserError(NOT_ASSIGNED(name=file.name, to=to))
    return tuple(there.values())


def _file(workspace: Workspace, ledger: Ledger, name: str) -> tuple[str, EvidenceFile]:
    """Return the file that is meant; one from anywhere on the disk is kept first."""
    files, path = evidence_files(ledger), Path(name)
    if not path.is_file():
        sha256 = file_meant(files, name)
        return sha256, files[sha256]
    if known := _known(files, path):
        return known, files[known]
    data = _data(path)
    kept = kept_as(data)
    if kept is None:
        raise UserError(NOT_KEPT(Where(name)))
    kind, suffix = kept
    sha256 = hash_of(data).hexdigest()
    where = workspace.evidence_name(sha256, suffix)
    workspace.keep_evidence(where, data)
    return sha256, EvidenceFile(name=path.name, size=len(data), kind=kind, file=where, source=str(path))


def _known(files: dict[str, EvidenceFile], path: Path) -> str:
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:
        return ""
    sha256 = hash_of(path.read_bytes()).hexdigest()
    return sha256 if sha256 in files else ""


def _data(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        size = round(path.stat().st_size / 2**20, 1)
        raise UserError(TOO_LARGE(Where(str(path)), size=size, limit=LARGEST_FILE >> 20))
    return data
