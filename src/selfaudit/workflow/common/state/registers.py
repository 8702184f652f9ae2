"""The registers as they are now, for whoever asks them."""

from dataclasses import dataclass
from pathlib import Path

from selfaudit.model.data.imported import REGISTER, Imported
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Record, history, records


@dataclass(frozen=True, slots=True)
class KeptRegister:
    """A version of a register: what is kept, where its Parquet is, who imported it, and the moment in UTC."""

    id: str
    version: int
    data: Imported
    path: Path
    by: str
    at: str


def current_registers(layout: Layout, ledger: Ledger) -> dict[str, KeptRegister]:
    """Return every register that was imported, by its name, as it is now."""
    return {id_: _kept(layout, one) for id_, one in records(ledger, REGISTER).items()}


def versions_of(layout: Layout, ledger: Ledger, register: str) -> list[KeptRegister]:
    """Return every version of a register, the oldest first."""
    return [_kept(layout, one) for one in history(ledger, REGISTER, register)]


def _kept(layout: Layout, one: Record) -> KeptRegister:
    data = Imported.model_validate(one.data)
    return KeptRegister(one.id, one.version, data, layout.path(data.file), one.by, one.at)
