"""The pages of an archive that are made to be read in a browser, beside its campaign."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Archived:
    """What is being archived: the campaign, its ledger, and the names of its files that are in the archive.

    In the archive they are below ``data/``. ``masked`` returns a text without what the archive must not tell; in one
    that is for the body itself it returns the text as it is.
    """

    workspace: Workspace
    ledger: Ledger
    files: Collection[str]
    masked: Callable[[str], str]
    redacted: bool


def pages(archived: Archived) -> Mapping[str, bytes]:
    """Return the pages by their names in the archive, such as ``index.html``."""
    del archived
    return {}
