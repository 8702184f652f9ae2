"""``register list`` and ``show``: what there is of the body's own data, and what the last import changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.model.data.assembled import Change
from selfaudit.model.data.register import Register
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.pool import Pool, WorkerError
from selfaudit.workflow.common.state.registers import KeptRegister, aged, current_registers, versions_of
from selfaudit.workflow.register import worker
from selfaudit.workflow.register.opening import data_kit, register_meant
from selfaudit.workflow.register.result import plain
from selfaudit.workflow.register.showing import shown

TOO_MUCH = error(
    "register.too-much-to-show",
    N_("the register {register} could not be shown: that needs more memory or time than there is"),
    N_("Free memory, and repeat this."),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A register of the kit, and what is kept of it, None if it was not imported."""

    register: Register
    kept: KeptRegister | None

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        told: dict[str, Any] = {"id": self.register.id, "title": self.register.title, "imported": bool(self.kept)}
        if not self.kept:
            return told
        data = self.kept.data
        files = [file.name for file in data.files]
        filled = {"rows": data.rows, "filled": data.filled, "columns": len(self.register.columns), "files": files}
        return {**told, **filled, "version": self.kept.version, "at": self.kept.at, "by": self.kept.by}


def registers(workspace: Workspace) -> tuple[list[Listed], list[Problem]]:
    """Return every register of the kit, in its order, and which are older than they should be."""
    kit = data_kit(workspace)
    with workspace.reading() as ledger:
        kept = current_registers(workspace, ledger)
    titles = {one.id: one.title for one in kit.registers.values()}
    old = aged(kept, titles, workspace.plan().cut_off)
    return [Listed(one, kept.get(one.id)) for one in kit.registers.values()], old


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a register, and how it differs from the one before; None if a table is missing."""

    kept: KeptRegister
    change: Change | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A register with examples by column, its first rows as texts, and versions, the newest first."""

    register: Register
    kept: KeptRegister | None
    examples: dict[str, list[str]]
    rows: list[list[str]]
    versions: Sequence[Version]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        filled = self.kept.data.filled if self.kept else {}
        columns = [
            {
                "id": one.id,
                "title": one.title,
                "type": one.type,
                "required": one.required,
                "filled": filled.get(one.id, 0),
                "examples": self.examples.get(one.id, []),
            }
            for one in self.register.columns
        ]
        versions = [
            {
                "version": one.kept.version,
                "at": one.kept.at,
                "by": one.kept.by,
                "rows": one.kept.data.rows,
                "mode": one.kept.data.mode,
                "files": [{"name": file.name, "sha256": file.sha256} for file in one.kept.data.files],
                "change": plain(one.change),
            }
            for one in self.versions
        ]
        about = Listed(self.register, self.kept).as_data()
        return {**about, "column_list": columns, "first_rows": self.rows, "versions": versions}


def show(workspace: Workspace, name: str, rows: int, *, every: bool) -> Shown:
    """Return a register with its first rows and what the last import changed; with ``every`` all imports."""
    kit = data_kit(workspace)
    register = register_meant(kit, name)
    with workspace.reading() as ledger:
        versions = versions_of(workspace, ledger, register.id)
    if not versions:
        return Shown(register, None, {}, [], ())
    newest = versions[-1]
    if not newest.intact:
        raise UserError(newest.lost)
    try:
        with Pool(patience=worker.PATIENCE) as pool:
            values, first = pool.run(worker.look, register, newest.path, rows)
            told = list(_changes(pool, register, versions, 0 if every else len(versions) - 1))
    except WorkerError as exc:
        exc.only_short(register.id)
        raise UserError(TOO_MUCH(register=register.title)) from None
    examples = {id_: [shown(register.column[id_], one, kit) for one in some] for id_, some in values.items()}
    texts = [[shown(column, one, kit) for column, one in zip(register.columns, row, strict=True)] for row in first]
    return Shown(register, newest, examples, texts, told)


def _changes(pool: Pool, register: Register, versions: Sequence[KeptRegister], first: int) -> Iterator[Version]:
    """Yield versions from the newest back to one of a number, with how each differs from the one before."""
    for n in reversed(range(first, len(versions))):
        one, before = versions[n], versions[n - 1] if n else None
        there = one.intact and (before is None or before.intact)
        path = before.path if before else None
        yield Version(one, pool.run(worker.compare, register, path, one.path) if there else None)
