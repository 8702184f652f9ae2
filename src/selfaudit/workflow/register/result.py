"""What an import makes of files, or would: shown before anything is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal

from selfaudit.base.problems import Kind, Problem, errors
from selfaudit.model.data.assembled import Assembled, Unmatched
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.needs import Filled, linked, missing
from selfaudit.model.data.reading import FileRead, TableRead
from selfaudit.model.data.register import Register
from selfaudit.workflow.common.state.registers import KeptRegister


@dataclass(frozen=True, slots=True)
class Becoming:
    """What a register becomes: of which tables of which files, what it was before, and what is made of it.

    ``mode`` is what it does with the rows there were. ``version`` is the one that was kept, 0 if nothing was.
    """

    register: Register
    parts: Sequence[tuple[FileRead, TableRead]]
    before: KeptRegister | None
    made: Assembled
    mode: Literal["replace", "merge"] = "replace"
    version: int = 0

    @property
    def lacking(self) -> list[str]:
        """The columns in which no row has a value, in the order of the kit."""
        return [name for name in self.register.column if name not in self.made.filled]

    @property
    def unchanged(self) -> bool:
        """Whether no row differs from what there was."""
        return self.before is not None and not self.made.change


@dataclass(frozen=True, slots=True)
class CheckLeft:
    """A check that will not run, and every register or column that it lacks."""

    id: str
    title: str
    missing: tuple[str, ...]


@dataclass(slots=True)
class Imported:
    """What came of an import; nothing is kept unless it was ``applied``.

    ``checks`` are those that concern these registers and will not run; ``runnable`` of ``all_checks`` have what they
    need. ``rejects`` are the files with what could not be read, ``overview`` is the workbook with all of this.
    """

    kit: DataKit
    files: list[FileRead] = field(default_factory=list)
    registers: list[Becoming] = field(default_factory=list)
    unmatched: Sequence[Unmatched] = ()
    checks: Sequence[CheckLeft] = ()
    runnable: int = 0
    all_checks: int = 0
    rejects: list[Path] = field(default_factory=list)
    overview: Path | None = None
    problems: list[Problem] = field(default_factory=list)
    applied: bool = False

    @property
    def tables(self) -> Iterator[TableRead]:
        """Every table of every file."""
        return (table for file in self.files for table in file.tables)

    @property
    def rejected(self) -> int:
        """How many rows and cells were rejected; those of a table that is read twice count once."""
        own = [table for table in self.tables if table.rejects or not table.beside]
        return sum(table.rows_rejected + table.cells_rejected for table in own)

    @property
    def wrong(self) -> list[Problem]:
        """What keeps the import from being applied."""
        return errors([*self.problems, *(one for file in self.files for one in file.problems)])

    def weigh(self, before: Filled) -> None:
        """Work out which checks will run, given what every register has filled so far."""
        now = dict(before) | {one.register.id: one.made.filled for one in self.registers}
        after = linked(now, self.kit.registers)
        concerned = {one.register.id for one in self.registers}
        checks = [check for check in self.kit.checks.values() if check.status != "withdrawn"]
        left = [(check, lacking) for check in checks if (lacking := missing(check.needs, after))]
        self.all_checks, self.runnable = len(checks), len(checks) - len(left)
        self.checks = [
            CheckLeft(check.id, check.title, lacking) for check, lacking in left if concerned.intersection(check.needs)
        ]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {
            "applied": self.applied,
            "files": plain(self.files),
            "registers": [
                {
                    "id": one.register.id,
                    "title": one.register.title,
                    "rows": one.made.rows,
                    "filled": plain(one.made.filled),
                    "lacking": one.lacking,
                    "joined": one.made.joined,
                    "left": plain(one.made.left),
                    "change": plain(one.made.change),
                    "before": one.before.version if one.before else 0,
                    "version": one.version,
                }
                for one in self.registers
            ],
            "unmatched": plain(self.unmatched),
            "checks_left": plain(self.checks),
            "checks_with_all_they_need": self.runnable,
            "checks": self.all_checks,
            "rejects": plain(self.rejects),
            "overview": plain(self.overview),
            "problems": plain(self.problems),
        }


def plain(value: Any) -> Any:
    """Return results as JSON has them; kinds of problems are their codes."""
    if isinstance(value, Problem):
        return value.as_data()
    if isinstance(value, Kind):
        return value.code
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value
