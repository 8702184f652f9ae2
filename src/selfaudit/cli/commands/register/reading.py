"""What was understood of a file, as it is shown before anything is kept."""

from typing import TYPE_CHECKING

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show

if TYPE_CHECKING:
    from selfaudit.model.data.kit import DataKit
    from selfaudit.model.data.reading import FileColumn, FileRead, SheetRead, TableRead
    from selfaudit.model.data.register import Register

_MOST = 6
_MOST_ALIKE = 2


def show_file(file: "FileRead", kit: "DataKit", *, every: bool = False) -> None:
    """Print what was understood of a file, what was set aside, repaired and rejected.

    With ``every`` columns of tables are printed as well of which it is open what they are for.
    """
    about = show.names(part for part in (file.format, file.encoding) if part)
    show.line(f"{file.file} ({about})" if about else file.file)
    for sheet in file.sheets:
        _show_sheet(sheet, alone=len(file.sheets) == 1)
    for table in file.tables:
        _show_table(table, kit)
        if every and not table.register:
            rows = [(one.place, one.header, show.names(one.examples)) for one in table.columns]
            show.table((_("Column"), _("Header"), _("Examples")), rows)
    show.problems(file.problems, _MOST_ALIKE)


def _show_sheet(sheet: "SheetRead", *, alone: bool) -> None:
    told = []
    if not sheet.table:
        told.append(_("no table that is known"))
    if sheet.hidden:
        told.append(_("the sheet is hidden"))
    if sheet.hidden_rows:
        rows = show.some(sheet.hidden_rows)
        told.append(_("hidden rows, which are read as well: {rows}").format(rows=rows))
    if sheet.hidden_columns:
        told.append(_("hidden columns, which are read as well: {names}").format(names=show.some(sheet.hidden_columns)))
    if sheet.merged:
        told.append(_("merged cells: {n}").format(n=sheet.merged))
    if told:
        text = _("; ").join(told)
        named = _("  {name}: {text}").format(name=f"“{sheet.name}”", text=text)
        show.line(f"  {text}" if alone and not sheet.name else named)


def _show_table(table: "TableRead", kit: "DataKit") -> None:
    register = kit.registers.get(table.register)
    place = show.names(map(str, table.header))
    sheet = f"“{table.sheet}” " if table.sheet else ""
    if rather := kit.registers.get(table.rather):
        text = _("  {sheet}set aside: it is clearly {title} ({id})")
        show.line(text.format(sheet=sheet, title=rather.title, id=rather.id))
        return
    if register:
        text = _("  {sheet}→ {title} ({id}), header in row {place}")
        show.line(text.format(sheet=sheet, title=register.title, id=register.id, place=place))
    else:
        headers = show.some([column.header for column in table.columns if column.header], _MOST)
        text = _("  {sheet}header in row {place}; it is open which register it is for: {headers}")
        show.line(text.format(sheet=sheet, place=place, headers=headers))
        return
    if table.beside:
        title, id_ = kit.registers[table.beside].title, table.beside
        show.line(
            _("  the same rows as for {title} ({id}), because there is no table of its own").format(title=title, id=id_)
        )
    elif others := _others(table, kit):
        called = show.names(kit.registers[one].title for one in others)
        options = " ".join(f"--as {one}" for one in (register.id, *others))
        show.line(_("  it can be {titles} as well: add {options}").format(titles=called, options=options))
    if not table.rows:
        return
    columns = [column for column in table.columns if column.columns or not table.beside]
    rows = [_column(column, register, table.rows) for column in columns]
    show.table((_("Column"), _("Header"), _("Understood as"), _("By"), _("Filled"), _("Examples")), rows)
    for name, of in (table.made or {}).items():
        titles = {"title": register.column[name].title, "of": show.names(register.column[one].title for one in of)}
        show.line(_("  {title} was put together from {of}").format(**titles))
    if table.absent:
        absent = [register.column[name].title for name in table.absent]
        show.line(_("  not in this file: {columns}").format(columns=show.some(absent, 20)))
    _show_counts(table, register)


def _others(table: "TableRead", kit: "DataKit") -> list[str]:
    """Return the registers as which a table can be read as well, if somebody says so."""
    whole = [one.register for one in table.also if not one.lacking and one.register in kit.registers]
    return [one for one in whole if table.register not in kit.registers[one].beside]


def _column(column: "FileColumn", register: "Register", rows: int) -> tuple[str, ...]:
    from selfaudit.workflow.register.overview import BY

    titles = [register.column[name].title for name in column.columns if name in register.column]
    by = _(BY[column.by])
    if column.by in ("alias", "span") and column.known_as and column.known_as != column.header:
        by = f"{by} “{column.known_as}”"
    filled = f"{round(100 * column.filled / rows)} %" if rows else ""
    return (column.place, column.header, show.names(titles) or "—", by, filled, show.names(column.examples))


def _show_counts(table: "TableRead", register: "Register") -> None:
    from selfaudit.workflow.register.overview import ASIDE, said

    text = _("  rows of data: {rows}; kept: {kept}; rejected: {rejected}; single cells rejected: {cells}")
    slots = {"rows": table.rows, "kept": table.kept, "rejected": table.rows_rejected, "cells": table.cells_rejected}
    show.line(text.format(**slots))
    for aside in table.set_aside:
        text = _("  set aside, {kind}: {n} (rows {rows})")
        show.line(text.format(kind=_(ASIDE[aside.kind]), n=aside.count, rows=show.some(aside.rows)))
    for repair in table.repairs:
        example = f" ({repair.before} → {repair.after})" if repair.before != repair.after else ""
        told = f"{repair.count}{example}"
        show.line(_("  {name}: {text}").format(name=said(repair.kind, repair.column, register), text=told))
    for one in table.rejected:
        text = _("  rejected with their rows: {what}: {n}") if one.rows else _("  rejected: {what}: {n}")
        show.line(text.format(what=said(one.kind, one.column, register), n=one.count))
    show.problems(table.problems, _MOST_ALIKE)


def rows_of(count: int) -> str:
    """Return how many rows there are, in words."""
    return ngettext("{n} row", "{n} rows", count).format(n=count)
