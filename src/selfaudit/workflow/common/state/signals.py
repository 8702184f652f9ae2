"""What data checks found when they last ran: the outcome of each, and its signals, which are kept in files."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error
from selfaudit.model.data.outcome import CHECK, Outcome, Signal
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, every_version, records
from selfaudit.store.workspace import Workspace

CHANGED = error(
    "check.signals-changed",
    N_("the file with the signals of {check} is missing, or is not as selfaudit check wrote it"),
    N_("Run selfaudit check again: with the same registers it finds the same."),
)
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Ran:
    """The outcome of the last run of a check; ``version`` grows when it changes, ``at`` is when it last did, in UTC."""

    outcome: Outcome
    version: int
    by: str
    at: str


def outcomes(ledger: Ledger) -> dict[str, Ran]:
    """Return the outcome of every check that was ever run, by its id; the kit may not have all of them any more."""
    return {
        id_: Ran(Outcome.model_validate(one.data), one.version, one.by, one.at)
        for id_, one in records(ledger, CHECK).items()
    }


def signals(workspace: Workspace, outcome: Outcome) -> list[Signal]:
    """Return the signals of a check that were kept, in the order of the run; stops if their file was changed."""
    if not outcome.file:
        return []
    name = workspace.signals_name(outcome.file)
    try:
        data = workspace.path(name).read_bytes()
    except FileNotFoundError:
        data = b""
    if sha256(data).hexdigest() != outcome.file:
        raise UserError(CHANGED(Where(name), check=outcome.check))
    return [Signal.model_validate_json(line) for line in data.splitlines()]


def signal_files(ledger: Ledger) -> dict[str, str]:
    """Return the check of every file of signals that was ever written, by SHA-256."""
    made = (one for one in every_version(ledger) if one.kind == CHECK)
    return {one.data["file"]: one.id for one in made if one.data["file"]}


def keep(workspace: Workspace, ledger: Ledger, found: Iterable[tuple[Outcome, Sequence[Signal]]], by: str) -> int:
    """Keep outcomes with their signals; return how many are new or not as they were. For the holder of the lock."""
    old = records(ledger, CHECK)
    edits = []
    for outcome, kept in found:
        named = _write(workspace, outcome, kept)
        before = old.get(outcome.check)
        now = Edit(CHECK, outcome.check, before.version if before else 0, named.model_dump(mode="json"))
        if before is None or before.data != now.data:
            edits.append(now)
    ids = [one.id for one in edits]
    checks = ", ".join(ids[:_MOST_NAMES]) + (" …" if len(ids) > _MOST_NAMES else "")
    edit(ledger, CHECK, edits, by=by, count=len(ids), checks=checks)
    known = signal_files(ledger)
    for left in workspace.signals.glob("*.jsonl"):
        # what a run wrote that was ended before it came to the ledger
        if left.stem not in known:
            left.unlink()
    return len(edits)


def _write(workspace: Workspace, outcome: Outcome, kept: Sequence[Signal]) -> Outcome:
    """Write the signals of an outcome; return it with the name of their file."""
    if not kept:
        return outcome
    # facts stay in the order in which they are shown
    data = "".join(json.dumps(one.model_dump(mode="json"), ensure_ascii=False) + "\n" for one in kept).encode()
    digest = sha256(data).hexdigest()
    if not workspace.path(workspace.signals_name(digest)).exists():
        workspace.put(workspace.signals_name(digest), data)
    return outcome.model_copy(update={"file": digest, "kept": len(kept)})
