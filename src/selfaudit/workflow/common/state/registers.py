"""The registers as they are now, for whoever asks them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from selfaudit.base.clock import local
from selfaudit.base.i18n import N_
from selfaudit.base.i18n import _ as say
from selfaudit.base.problems import Problem, Some, UserError, Where, error, warning
from selfaudit.files.hashing import is_intact
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

AGED = warning(
    "register.aged",
    N_("registers may be older than the cut-off date {cut_off}: {registers}"),
    N_("Export them again after that day, and import them."),
)
_IMPORTED, _NEWEST = N_("{register} (imported on {day})"), N_("{register} (its newest row is of {day})")
_LONG = timedelta(days=62)
"""How long before a day the newest row of registers is for people to be told."""

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


def aged(kept: Mapping[str, KeptRegister], titles: Mapping[str, str], cut_off: date) -> list[Problem]:
    """Return that registers were imported before the cut-off date or end long before it, in one problem, if any do."""
    told = list[str]()
    for id_, one in kept.items():
        day, newest = date.fromisoformat(local(one.at)[:10]), one.data.newest
        if day < cut_off:
            told.append(say(_IMPORTED).format(register=titles.get(id_, id_), day=day))
        elif newest and newest < cut_off - _LONG:
            told.append(say(_NEWEST).format(register=titles.get(id_, id_), day=newest))
    return [AGED(registers=Some(told), cut_off=cut_off)] if told else []


def ended(kept: Mapping[str, KeptRegister], day: date) -> date | None:
    """Return the newest day of all registers if that is long before a day, otherwise None."""
    newest = max((one.data.newest for one in kept.values() if one.data.newest), default=day)
    return newest if newest < day - _LONG else None


def require_folder(layout: Layout) -> None:
    """Stop in a folder in which DuckDB can keep no database: it takes what is behind the sign for parameters."""
    if "?" in str(layout.root):
        raise UserError(IN_THIS_FOLDER(Where(str(layout.root))))


def _kept(layout: Layout, one: Record) -> KeptRegister:
    data = Imported.model_validate(one.data)
    return KeptRegister(one.id, one.version, data, layout.path(data.file), one.by, one.at)
