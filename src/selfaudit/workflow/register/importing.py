"""``register import``: shows what files would make of the registers, and with ``apply`` keeps it."""

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePath

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, Where, error, errors, note, warning
from selfaudit.files.atomic import replacing
from selfaudit.model.data.imported import REGISTER, RegisterFile
from selfaudit.model.data.imported import Imported as Kept
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.reading import FileRead, Mapped, TableRead
from selfaudit.model.data.register import Register
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Edit, edit
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.pool import Pool, WorkerError
from selfaudit.workflow.common.state.registers import KeptRegister, current_registers
from selfaudit.workflow.register import worker
from selfaudit.workflow.register.copying import Copied, copied, put_in_place
from selfaudit.workflow.register.opening import data_kit, importable, in_private, mapped, register_to_import
from selfaudit.workflow.register.overview import write_overview
from selfaudit.workflow.register.result import Becoming, Imported

CRASHED = error(
    "register.crashed",
    N_("there is not enough memory or time to read this file; other files are not affected"),
    N_("Save it as CSV, or split it, and import that."),
)
TOO_MUCH = error(
    "register.too-much",
    N_("{register}: what these files make together needs more memory, space or time than there is"),
    N_("Free space on the disk, or import fewer files in one call."),
)
UNDECIDED = error(
    "register.undecided",
    N_("{sheet}: its header fits several registers: {known}"),
    N_("Say which one it is, such as: selfaudit register import {file} --as {first}"),
)
UNSURE = error(
    "register.unsure",
    N_("{sheet}: only {known} of its {of} columns are known to the register {register} ({title})"),
    N_(
        "If it is that one: selfaudit register import {file} --as {register}. Otherwise say what its columns are:"
        " selfaudit register map {file} --as REGISTER COLUMN=HEADER"
    ),
)
_LOOKS_LIKE = N_("{sheet}: it looks like the register {register}, but no column is known as {columns}")
_MAP_IT = N_("Say which column it is: selfaudit register map {file} --as {register} {column}=HEADER")
UNKNOWN = error("register.unknown", _LOOKS_LIKE, _MAP_IT)
LACKING = warning("register.lacking", _LOOKS_LIKE, _MAP_IT)
BESIDE = note("register.beside", N_("{sheet}: its headers belong to no register, so it is left alone"))
LEFT_ALONE = note("register.left-alone", N_("{sheet}: it does not fit {registers}, so it is left alone"))
_CLEARLY = N_("{sheet}: it is clearly the register {other} ({title}), so it was not read as {registers}")
_READ_BOTH = N_(
    "Leave out --as, or add --as {other}. If it is as you say:"
    " selfaudit register map {file} --as REGISTER COLUMN=HEADER"
)
SET_ASIDE = warning("register.set-aside", _CLEARLY, _READ_BOTH)
OTHER = error("register.other", _CLEARLY, _READ_BOTH)
NO_ROWS = note("register.no-rows", N_("{sheet}: there is no row under the header, so it changes nothing"))
NOTHING = error(
    "register.nothing",
    N_("there is nothing in it that a register could be made of"),
    N_(
        "Say which register it is, and which column is which: selfaudit register map {file} --as REGISTER"
        " COLUMN=HEADER. selfaudit register template writes a workbook with the headers that are known."
    ),
)
NOT_COMPARED = warning(
    "register.not-compared",
    N_("what rows name in other registers was not looked up: that needs more memory, space or time than there is"),
    N_("Free memory and space on the disk, and repeat this."),
)
ALIKE = note(
    "register.alike",
    N_("{register}: rows with the key of another row, which were joined with it: {count}; the last value counts"),
)
DIFFERING = warning(
    "register.differing",
    N_("{register}: rows of one file with the same key differ in {columns}; only the last value of each key is kept"),
    N_("If these are different things, the column of the key is the wrong one; if not, correct the export."),
)
EMPTIED = warning(
    "register.emptied",
    N_("{register}: {gone} of {rows} rows there were are not in these files, and will be gone"),
    N_("If the export is incomplete, export again; import several parts in one call."),
)
_THE_TABLE = N_("the table")
"""What a table is called that stands on no sheet."""
_FEW = 3
"""Columns below which a sheet beside another is hardly meant to be a register."""
_ENOUGH = 6
"""Columns that are known from which nobody is asked, however many others there are."""
_MANY_GONE = 0.5
"""The share of the rows from which it is pointed out that they will be gone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be imported, and how: ``registers`` by id or title restrict what the files may be.

    ``rejects`` is the folder for what could not be read, None for the usual one. With ``replace`` the files are all
    there is, also of registers that are otherwise merged.
    """

    files: tuple[Path, ...]
    registers: tuple[str, ...] = ()
    apply: bool = False
    rejects: Path | None = None
    by: str = ""
    replace: bool = False


def import_registers(workspace: Workspace, asked: Asked, listener: Listener) -> Imported:
    """Read files and return what they make of the registers; keeps it if that is asked and nothing is wrong."""
    done = Imported(data_kit(workspace))
    wanted = tuple(register_to_import(workspace, done.kit, name).id for name in asked.registers)
    with in_private(workspace, listener, asked.by) as (turns, folder), Pool(patience=worker.PATIENCE) as pool:
        with workspace.reading() as ledger:
            current, meant = current_registers(workspace, ledger), (wanted, mapped(ledger))
        work = _Work(workspace, folder, pool, done, replace=asked.replace)
        work.read(asked.files, meant)
        work.assemble(current, wanted)
        work.write_rejects(asked.rejects)
        if done.files:
            done.overview = write_overview(done, asked.rejects or workspace.reports)
        if asked.apply and done.registers and not done.wrong:
            with turns.turn() as ledger:
                _keep(workspace, ledger, done, work.copies, asked.by.strip() or ledger.person)
            done.applied = True
    return done


@dataclass(frozen=True, slots=True)
class _Work:
    """One import at work in a private folder: files are copied, read, and put together to registers."""

    workspace: Workspace
    folder: Path
    pool: Pool
    done: Imported
    copies: dict[str, Copied] = field(default_factory=dict)
    replace: bool = False

    def read(self, files: Sequence[Path], meant: tuple[tuple[str, ...], Mapped]) -> None:
        """Read every file."""
        done, kit = self.done, importable(self.done.kit)
        for one in copied(self.workspace, files, self.folder):
            if isinstance(one, Problem):
                done.problems.append(one)
                continue
            self.copies[one.name] = one
            try:
                made = self.pool.run(worker.read, one.path, one.name, kit, one.work, meant)
            except WorkerError as exc:
                exc.only_short(one.name)
                done.problems.append(CRASHED(Where(one.name)))
                continue
            done.files.append(made)
            if not errors(made.problems):
                done.problems += _undecided(made, done.kit, meant[0])

    def assemble(self, current: Mapping[str, KeptRegister], wanted: Sequence[str]) -> None:
        """Put registers together, and see what that means for references and checks."""
        done, parts = self.done, dict[str, list[tuple[FileRead, TableRead]]]()
        own = {table.register for table in done.tables if table.kept and not table.beside}
        own |= {id_ for id_, one in current.items() if not one.data.beside}
        done.files = [_without(file, own) for file in done.files]
        for file in done.files:
            for table in file.tables:
                if table.register and table.kept and not is_unsure(file, table, done.kit, wanted):
                    parts.setdefault(table.register, []).append((file, table))
        for id_, some in parts.items():
            self._put_together(done.kit.registers[id_], some, current.get(id_))
        known = done.kit.registers
        tables = {id_: one.path for id_, one in current.items() if id_ in known and one.intact}
        tables |= {one.register.id: one.made.path for one in done.registers}
        try:
            done.unmatched = self.pool.run(worker.unmatched, known, tables) if done.registers else ()
        except WorkerError as exc:
            exc.only_short(", ".join(tables))
            done.problems.append(NOT_COMPARED())
        done.weigh({id_: one.data.filled for id_, one in current.items()})

    def _put_together(
        self, register: Register, parts: Sequence[tuple[FileRead, TableRead]], before: KeptRegister | None
    ) -> None:
        there = before.path if before and before.intact else None
        told, beside = self.done.problems, all(table.beside for _, table in parts)
        # rows that were read for want of better ones have other keys than these
        merge = register.mode == "merge" and (beside or before is None or not before.data.beside) and not self.replace
        if before and merge and not there:
            told.append(before.lost)
            return
        paths = [self.copies[file.file].work / table.parquet for file, table in parts]
        made_of = self.folder / f"{register.id}.parquet"
        try:
            made = self.pool.run(worker.assemble, register, paths, there, made_of, merge=merge)
        except WorkerError as exc:
            exc.only_short(register.id)
            told.append(TOO_MUCH(register=register.title))
            return
        self.done.registers.append(Becoming(register, parts, before, made, mode="merge" if merge else "replace"))
        if made.joined:
            told.append(ALIKE(register=register.title, count=made.joined))
        if made.differing:
            columns = [f"{register.column[name].title} {count}" for name, count in made.differing.items()]
            told.append(DIFFERING(register=register.title, columns=Some(columns)))
        if before and made.change.gone > before.data.rows * _MANY_GONE:
            told.append(EMPTIED(register=register.title, gone=made.change.gone, rows=before.data.rows))

    def write_rejects(self, folder: Path | None) -> None:
        """Write what could not be read to files that can be sent back, for the user alone to read."""
        done = self.done
        for file in done.files:
            for table in file.tables:
                if table.rejects:
                    sheet = f" {table.sheet}" if len(file.tables) > 1 else ""
                    path = self._rejects_of(f"{PurePath(file.file).stem}{sheet}", folder)
                    rejects = self.copies[file.file].work / table.rejects
                    with rejects.open("rb") as made, replacing(path, most=0o600) as stream:
                        shutil.copyfileobj(made, stream)
                    done.rejects.append(path)

    def _rejects_of(self, name: str, folder: Path | None) -> Path:
        """Return where rejects go: two files may be called alike, and a sheet may be read for two registers."""
        for number in count(1):
            usual = self.workspace.path(
                self.workspace.rejected_rows_name(name if number == 1 else f"{name} ({number})")
            )
            path = folder / usual.name if folder else usual
            if path not in self.done.rejects:
                break
        return path


def _without(file: FileRead, own: Collection[str]) -> FileRead:
    """Return a file without the tables for registers that have some of their own."""
    return replace(file, tables=tuple(one for one in file.tables if not (one.beside and one.register in own)))


def is_unsure(file: FileRead, table: TableRead, kit: DataKit, wanted: Sequence[str]) -> bool:
    """Return whether a person must say first that a table is for the register whose headers a few of its own are.

    The name of the file or sheet may have said so.
    """
    known, of = _understood(table)
    said = any(one.by == "mapping" for one in table.columns)
    if wanted or said or table.beside or known >= _ENOUGH or 2 * known >= of:
        return False
    return not kit.registers[table.register].is_named_in(f"{PurePath(file.file).stem} {table.sheet}")


def _understood(table: TableRead) -> tuple[int, int]:
    """Return how many columns of a table were understood, and how many have a header."""
    return sum(bool(one.columns) for one in table.columns), sum(bool(one.header) for one in table.columns)


def _undecided(file: FileRead, kit: DataKit, wanted: Sequence[str]) -> Iterator[Problem]:
    """Yield what a person must say of a file first.

    A sheet beside one that was understood keeps nothing from being imported, unless it fits several registers.
    """
    where, decided = Where(file.file), any(table.register for table in file.tables)
    named = [kit.registers[one].title for one in wanted]
    for table in file.tables:
        told = {"sheet": table.sheet or Term(_THE_TABLE), "file": file.file}
        if table.register:
            if is_unsure(file, table, kit, wanted):
                known, of = _understood(table)
                title = kit.registers[table.register].title
                yield UNSURE(where, register=table.register, title=title, known=known, of=of, **told)
            elif not table.kept and not table.rows_rejected:
                yield NO_ROWS(where, sheet=told["sheet"])
        elif other := kit.registers.get(table.rather):
            told |= {"other": other.id, "title": other.title}
            yield (SET_ASIDE if decided else OTHER)(where, registers=named, **told)
        elif decided and wanted:
            yield LEFT_ALONE(where, sheet=told["sheet"], registers=named)
        elif not table.also or (decided and table.also[0].lacking and table.also[0].hits < _FEW):
            yield (BESIDE if decided else NOTHING)(where, **told)
        elif lacking := table.also[0].lacking:
            best = table.also[0].register
            titles = Some([kit.registers[best].column[name].title for name in lacking])
            yield (LACKING if decided else UNKNOWN)(where, register=best, columns=titles, column=lacking[0], **told)
        else:
            several = [f"{one.register} ({kit.registers[one.register].title})" for one in table.also]
            others = [one.register for one in file.tables if one.register]
            yield UNDECIDED(where, known=several, first=" --as ".join([table.also[0].register, *others]), **told)


def _keep(workspace: Workspace, ledger: Ledger, done: Imported, copies: Mapping[str, Copied], by: str) -> None:
    """Move tables and originals to where they are kept, and enter them: killed before that, a second run does it."""
    files, used = {}, {file.file for made in done.registers for file, _ in made.parts}
    for copy in (copies[name] for name in copies if name in used):
        name = workspace.register_file_name(copy.sha256, copy.suffix)
        put_in_place(copy.path, workspace.path(name), copy.sha256)
        files[copy.name] = RegisterFile(name=PurePath(copy.name).name, file=name, sha256=copy.sha256)
    edits = []
    for one in done.registers:
        of = tuple(files[name] for name in dict.fromkeys(file.file for file, _ in one.parts))
        if one.before and one.unchanged and _same(of, one.before.data.files):
            continue
        file = workspace.imported_name(one.register.id, one.made.sha256)
        put_in_place(one.made.path, workspace.path(file), one.made.sha256)
        kept = Kept(
            file=file,
            sha256=one.made.sha256,
            rows=one.made.rows,
            filled=dict(one.made.filled),
            files=of,
            mode=one.mode,
            beside=all(table.beside for _, table in one.parts),
            newest=one.made.newest,
        )
        seen = one.before.version if one.before else 0
        edits.append(Edit(REGISTER, one.register.id, seen, kept.model_dump(mode="json")))
    told: dict[str, str] = {
        "registers": _names([one.register.title for one in done.registers]),
        "files": _names(list(files)),
    }
    edit(ledger, "register-import", edits, by=by, count=sum(one.made.rows for one in done.registers), **told)
    now = current_registers(workspace, ledger)
    done.registers = [replace(one, version=now[one.register.id].version) for one in done.registers]


def _same(one: Sequence[RegisterFile], other: Sequence[RegisterFile]) -> bool:
    return {file.sha256 for file in one} == {file.sha256 for file in other}


_MOST_NAMES = 5


def _names(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
