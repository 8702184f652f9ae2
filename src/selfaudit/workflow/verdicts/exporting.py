"""``check export``: the signals as workbooks, one for everybody or one for each unit, to be filled in and read back."""

from dataclasses import dataclass, replace
from pathlib import Path

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import Problem, Some, UserError, error
from selfaudit.base.text import file_name
from selfaudit.files.sheets.writing import write_xlsx
from selfaudit.model.data.keys import nearest
from selfaudit.model.data.verdict import Standing
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.output import KEPT, output_path, taken
from selfaudit.workflow.verdicts.book import Book
from selfaudit.workflow.verdicts.desk import Desk, desk_of

NO_UNIT = error("verdicts.no-unit", N_("there is no unit “{name}”"), N_("Nearest: {near}. Known: {known}."))


@dataclass(frozen=True, slots=True)
class Written:
    """A workbook that was written, and how many signals are in it.

    ``unknown`` are the names of the units of the signals that are about none of the roster, empty where there is none;
    None if the signals are about one.
    """

    path: Path
    signals: int
    unknown: tuple[str, ...] | None = None


def export_signals(workspace: Workspace, output: Path | None, unit: str = "") -> list[Written]:
    """Write the signals as a workbook (default ``reports/signals.xlsx``), or into a folder one for each unit.

    A unit's workbook has the signals about it and about the units and people below it, and no others. Those that
    name no unit of the roster have a workbook of their own in a folder. A sheet of each says which checks did not run.
    """
    with workspace.reading() as ledger:
        desk = desk_of(workspace, ledger, "")
        book = Book(desk.kit.plan, dict(desk.found.checks))
        if output is not None and output.suffix.lower() != ".xlsx" and not unit:
            return _for_each(workspace, desk, book, output)
        path = output_path(workspace, output, workspace.reports / "signals.xlsx")
        found = _of_unit(desk, unit) if unit else desk.found.standings
        return [_write(path, desk, book, found)]


def _of_unit(desk: Desk, name: str) -> list[Standing]:
    key = desk.people.key(name)
    if not key.startswith("unit:"):
        known = [unit.name for unit in desk.roster.units]
        raise UserError(NO_UNIT(name=name, near=nearest(name, known), known=Some(known)))
    return [one for one in desk.found.standings if key.removeprefix("unit:") in desk.subjects.units(one.signal)]


def _for_each(workspace: Workspace, desk: Desk, book: Book, folder: Path) -> list[Written]:
    wrong: list[Problem] = taken(folder)
    if workspace.is_kept(folder):
        wrong.append(KEPT(path=folder))
    if wrong:
        raise UserError(wrong)
    by_unit: dict[str, list[Standing]] = {}
    for one in desk.found.standings:
        by_unit.setdefault(next(iter(desk.subjects.units(one.signal)), ""), []).append(one)
    folder.mkdir(parents=True, exist_ok=True)
    say = translator(desk.kit.plan.language)
    called = {unit.id: f"{unit.name} ({unit.id})" for unit in desk.roster.units} | {"": say(N_("No unit"))}
    written = []
    for unit in sorted(by_unit, key=list(called).index):
        made = _write(folder / f"{file_name(called[unit])}.xlsx", desk, book, by_unit[unit])
        unknown = tuple(dict.fromkeys(each.signal.unit for each in by_unit[unit]))
        written.append(made if unit else replace(made, unknown=unknown))
    return written


def _write(path: Path, desk: Desk, book: Book, found: list[Standing]) -> Written:
    unasked = book.unasked(desk.found.outcomes, desk.data)
    write_xlsx(path, [book.sheet(found), *([unasked] if unasked[-1] else [])], book.look)
    return Written(path, len(found))
