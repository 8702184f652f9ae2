"""The whole preview of an import as a workbook: a terminal shows the beginning of long lists only."""

from collections.abc import Iterator
from pathlib import Path

from selfaudit.base.i18n import N_, _
from selfaudit.base.problems import Kind, slots
from selfaudit.files.sheets.writing import Row, write_xlsx
from selfaudit.model.data.reading import Aside, By, FileRead, TableRead
from selfaudit.model.data.register import Register
from selfaudit.model.data.titles import titles
from selfaudit.workflow.register.result import Imported

BY: dict[By, str] = {
    "title": N_("title"),
    "alias": N_("known name"),
    "span": N_("from and to in one cell, split"),
    "mapping": N_("as mapped"),
    "taken": N_("not used: another column has its place"),
    "": N_("not used"),
}
"""How a column of a file was understood, in words."""
ASIDE: dict[Aside, str] = {
    "title": N_("above the header"),
    "header": N_("the header again"),
    "subtotal": N_("sums or footers"),
    "empty": N_("empty"),
    "same": N_("said twice"),
}
"""Why a row is no data, in words."""
_NAME = N_("Import of registers")
_COLUMNS = (
    *(N_("File"), N_("Sheet"), N_("Register"), N_("Column"), N_("Header")),
    *(N_("Understood as"), N_("By"), N_("Filled"), N_("Examples")),
)
_TREATED = (N_("File"), N_("Sheet"), N_("Register"), N_("What was done"), N_("How often"), N_("Rows or example"))
_REJECTED = (N_("Where"), N_("why it was rejected"))
_CHECKS = (N_("ID"), N_("Check"), N_("What it lacks"))


def write_overview(done: Imported, folder: Path) -> Path:
    """Write everything that there is to say of an import, with no number of a person whole; return where."""
    path = folder / f"{_(_NAME)}.xlsx"
    sheets = (
        (N_("Columns"), _COLUMNS, (30, 16, 20, 8, 24, 30, 24, 8, 50), _columns(done)),
        (N_("Rows and cells"), _TREATED, (30, 16, 20, 60, 10, 40), _treated(done)),
        (N_("Rejected"), _REJECTED, (50, 80), _rejected(done)),
        (N_("Checks that will not run"), _CHECKS, (8, 50, 90), _checks(done)),
    )
    write_xlsx(path, ((_(name), tuple(map(_, head)), widths, rows) for name, head, widths, rows in sheets))
    return path


def said(kind: Kind, column: str, register: Register) -> str:
    """Return what was done with the cells of a column, without one of their values."""
    title = register.column[column].title if column in register.column else column
    return kind(None, **dict.fromkeys(slots(kind.message), "…") | {"column": title}).message


def _tables(done: Imported) -> Iterator[tuple[FileRead, TableRead, Register | None, tuple[str, str, str]]]:
    for file in done.files:
        for table in file.tables:
            register = done.kit.registers.get(table.register)
            yield file, table, register, (file.file, table.sheet, register.title if register else "")


def _columns(done: Imported) -> Iterator[Row]:
    for _file, table, register, place in _tables(done):
        for one in table.columns:
            known = [register.column[name].title for name in one.columns] if register else []
            examples = _(N_(", ")).join(one.examples)
            filled = f"{round(100 * one.filled / table.rows)} %" if table.rows else ""
            yield (*place, one.place, one.header, _(N_(", ")).join(known), _(BY[one.by]), filled, examples)
        absent = [register.column[name].title for name in table.absent] if register else []
        yield from ((*place, "", "", title, _(N_("not in this file")), "", "") for title in absent)


def _treated(done: Imported) -> Iterator[Row]:
    for _file, table, register, place in _tables(done):
        for aside in table.set_aside:
            text = _("set aside: {kind}").format(kind=_(ASIDE[aside.kind]))
            yield (*place, text, aside.count, _(N_(", ")).join(map(str, aside.rows)))
        if register:
            for one in table.repairs:
                yield (*place, said(one.kind, one.column, register), one.count, f"{one.before} → {one.after}")
            yield from ((*place, said(one.kind, one.column, register), one.count, "") for one in table.rejected)


def _rejected(done: Imported) -> Iterator[Row]:
    for one in done.problems:
        yield (str(one.where), one.message)
    for file, table, _register, _place in _tables(done):
        for one in (*file.problems, *table.problems):
            yield (str(one.where), one.message)


def _checks(done: Imported) -> Iterator[Row]:
    for one in done.checks:
        yield (one.id, one.title, _(N_(", ")).join(titles(done.kit, one.missing)))
