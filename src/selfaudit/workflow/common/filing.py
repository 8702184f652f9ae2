"""Files that people give, kept as they came, under names that people know."""

import hashlib
from itertools import count
from pathlib import PurePath

from selfaudit.model.progress.deliverables import DELIVERABLE, FiledFile, Filing
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit, record
from selfaudit.store.workspace import Workspace


def keep(workspace: Workspace, deliverable: str, name: str, data: bytes) -> FiledFile:
    """Keep a file of a deliverable; one of the same name that says something else stays. For the holder of the lock."""
    sha256 = hashlib.sha256(data).hexdigest()
    pure = PurePath(name)
    names = (f"{pure.stem}{f' ({n})' if n > 1 else ''}{pure.suffix}" for n in count(1))
    for free in names:
        file = workspace.deliverable_name(deliverable, free)
        path = workspace.path(file)
        if not path.exists():
            workspace.put(file, data)
        elif path.read_bytes() != data:
            continue
        return FiledFile(file=file, name=name, sha256=sha256, size=len(data))
    raise AssertionError(name)


def filed(ledger: Ledger, key: str) -> Filing:
    """Return what is filed as the deliverable of a record."""
    old = record(ledger, DELIVERABLE, key)
    return Filing.model_validate(old.data) if old else Filing()


def enter_filing(ledger: Ledger, key: str, now: Filing, by: str, reason: str = "") -> Filing:
    """Enter what is filed now as the deliverable of a record; return what was before."""
    old, before = record(ledger, DELIVERABLE, key), filed(ledger, key)
    if (now.files, now.omitted) != ((), "") or (before.files, before.omitted) != ((), ""):
        made = Edit(DELIVERABLE, key, old.version if old else 0, now.model_dump(mode="json"), reason)
        what = f"{DELIVERABLE}{'' if now.files else '-omitted' if now.omitted else '-withdrawn'}"
        names = ", ".join(one.file for one in now.files)
        edit(ledger, what, [made], by=by, about=key, file=names, reason=reason)
    return before
