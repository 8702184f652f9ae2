"""Where the answers in the ledger are not those of the file that came."""

import hashlib
import json
from pathlib import Path

from selfaudit.base.i18n import N_, _
from selfaudit.forms.formats import read_any
from selfaudit.model.form.merge import differences
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.responses import ResponseRow, responses
from selfaudit.store.workspace import Workspace

_FACTS = {"filled_by": N_("who filled it in"), "filled_on": N_("the day on which it was filled in")}


def changed_places(workspace: Workspace, ledger: Ledger, respondent: str, digest: str) -> list[str]:
    """Return what of a response says something else than its original; nothing if that cannot be compared."""
    found = next((row for row in responses(ledger, respondent) if row.digest == digest), None)
    data = _original(workspace, found) if found else b""
    if not found or not data:
        return []
    # it was read in a process of its own when it came, so reading it again harms nobody
    reading = read_any(data, found.sha256, Forms(ledger).get, ledger.meta("code"))
    try:
        kept = json.loads(found.content)
    except ValueError:
        kept = {}
    came = reading.content or {}
    facts = [_(word) for name, word in _FACTS.items() if getattr(found, name) != came.get(name, "")]
    return list(dict.fromkeys([*facts, *(one.place for one in differences(kept, came) if not one.is_listing)]))


def _original(workspace: Workspace, row: ResponseRow) -> bytes:
    """Return the original of a response, empty if it is not there as it came."""
    folder: Path = workspace.original_file(row.sha256, "").parent
    for path in folder.glob(f"{row.sha256}*") if row.sha256 else ():
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == row.sha256:
            return data
    return b""
