"""Who decides and why, as every command needs it by which a person decides something."""

from dataclasses import dataclass

from selfaudit.store.operator import decided
from selfaudit.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Deciding:
    """By whom something is decided, and why; an empty ``by`` is the operator of the campaign."""

    by: str
    reason: str

    def settled(self, workspace: Workspace) -> "Deciding":
        """Return it with the name of who decides; stop the command if there is none, or no reason."""
        return Deciding(*decided(workspace, self.by, self.reason))
