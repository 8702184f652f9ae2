"""Keeps every form that was issued beside the ledger too, and enters those again that a ledger has lost."""

from contextlib import suppress

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, note
from selfaudit.store.ledger.issued import enter_issued, issued_text
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.secret import codes
from selfaudit.store.workspace import Workspace

UNREADABLE = error(
    "issue.issued-unreadable",
    N_("this file cannot be read, and campaign.db may not know the forms in it"),
    N_("Copy it back from a backup, or move it away: answers to forms issued before a rewording are then lost."),
)
KNOWN_AGAIN = note(
    "issue.known-again",
    N_("forms that were issued before and that campaign.db did not know are entered again: {count}"),
    N_("Run selfaudit collect received: it takes in every form that came back. Decisions must be entered again."),
)


def enter_again(workspace: Workspace, ledger: Ledger, campaign_id: str) -> list[Problem]:
    """Enter the forms that only the file knows, and return what there is to say of that; for the holder of the lock."""
    where = Where(workspace.shown(workspace.issued_file))
    try:
        text = workspace.issued_file.read_text(encoding="utf-8")
        count = enter_issued(ledger, text, campaign_id, codes(workspace, ledger, campaign_id))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as exc:
        raise UserError(UNREADABLE(where)) from exc
    return [KNOWN_AGAIN(where, count=count)] if count else []


def keep_issued(workspace: Workspace, ledger: Ledger) -> None:
    """Write the file if it does not say what the ledger does; for the holder of the lock."""
    data = issued_text(ledger).encode()
    with suppress(FileNotFoundError):
        if workspace.issued_file.read_bytes() == data:
            return
    workspace.put(workspace.issued_file.name, data)
