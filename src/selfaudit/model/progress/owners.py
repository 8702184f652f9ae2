"""Of whom something is still wanted after the forms of a round beside the self-audit went out."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class OwnerStatus:
    """Somebody who got such a form; ``open`` are the findings still to be corrected, or the files not yet confirmed.

    ``due`` is the earliest day of these, the last day of the form where none has one. ``answered`` says that anything
    came back in a form.
    """

    key: str
    name: str
    unit: str
    passport: str
    open: tuple[str, ...]
    due: date
    overdue: bool
    answered: bool

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {**said, "due": self.due.isoformat(), "open": list(self.open)}
