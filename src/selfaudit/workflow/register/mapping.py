"""``register map``: which header stands for which column, as a person says once for all files with these headers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Some, UserError, Where, error, errors
from selfaudit.model.data.imported import MAPPING, HeaderMapping
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import FileRead, TableRead
from selfaudit.model.data.register import Register
from selfaudit.store.layout import Layout
from selfaudit.store.ledger.records import Edit, edit, record, records
from selfaudit.store.operator import decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.pool import Pool, WorkerError
from selfaudit.workflow.register import worker
from selfaudit.workflow.register.copying import copied
from selfaudit.workflow.register.importing import CRASHED
from selfaudit.workflow.register.opening import data_kit, importable, in_private, mapped, mappings, register_to_import

NO_PAIR = error(
    "register.no-pair",
    N_("“{text}” does not say which header stands for which column"),
    N_("Write COLUMN=HEADER, such as {example}; _=HEADER leaves a column of the file alone."),
)
NO_COLUMN = error("register.no-column", N_("the register {register} has no column “{name}”"), N_("It has: {known}."))
NO_HEADER = error(
    "register.header-unknown", N_("no table in it has the headers {headers}"), N_("Its headers are: {known}.")
)
OF_WHICH = error(
    "register.of-which",
    N_("it is not clear which register this file is for"),
    N_("Say it with --as REGISTER. Known: {known}."),
)
NOT_MAPPED = error(
    "register.not-mapped",
    N_("nothing was said of headers with the fingerprint “{id}”"),
    N_("selfaudit register map lists what was said."),
)
_MOST_COLUMNS = 100
NONE = "_"
"""What people write instead of a column for one of the file that stands for none."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a header: its fingerprint, the register, columns by the names in the file, by whom and when."""

    id: str
    mapping: HeaderMapping
    by: str
    reason: str
    at: str

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        told = {"fingerprint": self.id, "register": self.mapping.register_, "columns": self.mapping.columns}
        return told | {"by": self.by, "reason": self.reason, "at": self.at}


def said(workspace: Workspace) -> list[Said]:
    """Return everything that was said of headers and holds."""
    with workspace.reading() as ledger:
        kept, told = records(ledger, MAPPING), mappings(ledger)
        return [Said(id_, one, kept[id_].by, kept[id_].reason, kept[id_].at) for id_, one in told.items()]


def look(workspace: Workspace, file: Path, name: str, listener: Listener) -> FileRead:
    """Return what is understood of a file, as one of the register of a name if that is not empty."""
    kit = data_kit(workspace)
    wanted = (register_to_import(workspace, kit, name).id,) if name else ()
    with in_private(workspace, listener) as (_turns, folder), Pool(patience=worker.PATIENCE) as pool:
        with workspace.reading() as ledger:
            meant = (wanted, mapped(ledger))
        one = next(copied(workspace, [file], folder))
        if isinstance(one, Problem):
            raise UserError(one)
        try:
            made = pool.run(worker.read, one.path, one.name, importable(kit), one.work, meant)
        except WorkerError as exc:
            exc.only_short(one.name)
            raise UserError(CRASHED(Where(one.name))) from None
    if wrong := errors(made.problems):
        raise UserError(wrong)
    return made


@dataclass(frozen=True, slots=True)
class Meant:
    """A file as it was understood, the register that it is for by id or title, and pairs COLUMN=HEADER."""

    file: FileRead
    name: str
    pairs: Sequence[str]


def map_columns(workspace: Workspace, meant: Meant, deciding: Deciding, listener: Listener) -> list[Said]:
    """Remember which header of a file stands for which column; return what holds for its tables now."""
    kit, by, file = data_kit(workspace), decider(workspace, deciding.by), meant.file
    parted = [_parted(text) for text in meant.pairs]
    tables = [table for table in file.tables if all(_named(table, header) for _, header in parted)]
    if not tables:
        known = [column.name for table in file.tables for column in table.columns]
        raise UserError(NO_HEADER(Where(file.file), headers=[header for _, header in parted], known=known or "-"))
    with workspace.writing(listener.waiting, by) as ledger:
        edits = []
        for table in {one.fingerprint: one for one in tables}.values():
            register = _register(workspace, kit, table, meant.name)
            old = record(ledger, MAPPING, table.fingerprint)
            before = HeaderMapping.model_validate(old.data) if old else None
            same = table.register == register.id
            # another header, nearly the same, may have been meant
            columns = {one.name: one.columns[0] for one in table.columns if same and one.by == "mapping"}
            columns |= before.columns if before and before.register_ == register.id else {}
            for column, header in parted:
                columns[_named(table, header)] = _column(register, column) if column != NONE else ""
            headers = tuple(one.name for one in table.columns)
            made = HeaderMapping(register_=register.id, columns=columns, headers=headers).model_dump(mode="json")
            edits.append(Edit(MAPPING, table.fingerprint, old.version if old else 0, made, deciding.reason.strip()))
        edit(ledger, "register-map", edits, by=by, file=file.file, register=register.title, reason=deciding.reason)
    changed = {one.id for one in edits}
    return [one for one in said(workspace) if one.id in changed]


def forget(workspace: Workspace, ids: Iterable[str], deciding: Deciding, listener: Listener) -> list[Said]:
    """Forget what was said of headers, by their fingerprints or the beginnings of these; return what was forgotten."""
    by, there = decider(workspace, deciding.by), said(workspace)
    gone = {one.id: one for id_ in ids for one in _begun(there, id_)}
    with workspace.writing(listener.waiting, by) as ledger:
        kept = records(ledger, MAPPING)
        empty = {id_: {**kept[id_].data, "columns": {}} for id_ in gone}
        edits = [Edit(MAPPING, id_, kept[id_].version, data, deciding.reason.strip()) for id_, data in empty.items()]
        edit(ledger, "register-map-undone", edits, by=by, file=", ".join(gone), register="", reason=deciding.reason)
    return list(gone.values())


def _begun(there: Iterable[Said], id_: str) -> list[Said]:
    found = [one for one in there if id_ and one.id.startswith(id_)]
    if not found:
        raise UserError(NOT_MAPPED(id=id_))
    return found


def _parted(text: str) -> tuple[str, str]:
    column, sign, header = text.partition("=")
    if not sign or not column.strip() or not header.strip():
        raise UserError(NO_PAIR(text=text, example="number=证书编号"))
    return column.strip(), header.strip()


def _named(table: TableRead, header: str) -> str:
    """Return the name of the column of a table that somebody means by header or place; empty if there is none."""
    key = name_key(header)
    for column in table.columns:
        if key in (name_key(column.name), name_key(column.header)):
            return column.name
    return next((column.name for column in table.columns if column.place == header.upper()), "")


def _register(layout: Layout, kit: DataKit, table: TableRead, name: str) -> Register:
    if name:
        return register_to_import(layout, kit, name)
    if table.register:
        return kit.registers[table.register]
    raise UserError(OF_WHICH(known=[f"{one.id} ({one.title})" for one in importable(kit).registers.values()]))


def _column(register: Register, name: str) -> str:
    key = name_key(name)
    for column in register.columns:
        if key in map(name_key, (column.id, *column.headers)):
            return column.id
    known = Some([f"{one.id} ({one.title})" for one in register.columns], _MOST_COLUMNS)
    raise UserError(NO_COLUMN(register=register.title, name=name, known=known))
