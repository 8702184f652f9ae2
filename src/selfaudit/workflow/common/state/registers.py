"""The registers as they are now, for whoever asks them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.model.data.imported import REGISTER, Imported
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Record, history, records

LOST = error(
    "register.table-lost",
    N_("the table of the register {register} is missing or was changed"),
    N_(
        "Copy registers/ back from a backup. A register that every import replaces can be imported again instead:"
        " selfaudit register import FILE --apply"
    ),
)

IN_THIS_FOLDER = error(
    "register.folder",
    N_("tables cannot be made in a folder with a question mark in its path"),
    N_("Rename the folder of the campaign, or move it."),
)


@dataclass(frozen=True, slots=True)
class KeptRegister:
    """A version of a register: what is kept, where its Parquet is, who imported it, and the moment in UTC."""

    id: str
    version: int
    data: Imported
    path: Path
    by: str
    at: str

    @property
    def intact(self) -> bool:
        """Whether its table is there and as it was kept."""
        return is_intact(self.path, self.data.sha256)

    @property
    def lost(self) -> Problem:
        """That it is not, and what to do about it."""
        return LOST(Where(self.data.file), register=self.id)


def current_registers(layout: Layout, ledger: Ledger) -> dict[str, KeptRegister]:
    """Return every register that was imported, by its name, as it is now."""
    return {id_: _kept(layout, one) for id_, one in records(ledger, REGISTER).items()}


def versions_of(layout: Layout, ledger: Ledger, register: str) -> list[KeptRegister]:
    """Return every version of a register, the oldest first."""
    return [_kept(layout, one) for one in history(ledger, REGISTER, register)]


def usable_registers(layout: Layout, ledger: Ledger) -> dict[str, KeptRegister]:
    """Return every register that was imported; stops if the table of any is not as it was kept, naming all."""
    require_folder(layout)
    found = current_registers(layout, ledger)
    if lost := [one.lost for one in found.values() if not one.intact]:
        raise UserError(lost)
    return found


def require_folder(layout: Layout) -> None:
    """Stop in a folder in which DuckDB can keep no database: it takes what is behind the sign for parameters."""
    if "?" in str(layout.root):
        raise UserError(IN_THIS_FOLDER(Where(str(layout.root))))


def is_intact(path: Path, sha256: str) -> bool:
    """Return whether a file is there and as it was kept."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == sha256


def _kept(layout: Layout, one: Record) -> KeptRegister:
    data = Imported.model_validate(one.data)
    return KeptRegister(one.id, one.version, data, layout.path(data.file), one.by, one.at)
