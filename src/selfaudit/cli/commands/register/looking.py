"""``register list``, ``show`` and ``template``."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.commands.register.reading import rows_of
from selfaudit.cli.options import Campaign, Json, Output
from selfaudit.cli.verb import DONE, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.register.listing import Listed, Shown, Version

Name = Annotated[str, typer.Argument(metavar=_("REGISTER"), help=_("Id or title of a register."))]


@verb
def list_(campaign: Campaign = None, as_json: Json = False) -> int:
    """List the registers of the kit: rows, of which import and file, columns filled; what is not imported yet."""
    from selfaudit.workflow.register.listing import registers

    found, old = registers(find_campaign(campaign))
    if as_json:
        show.data([one.as_data() for one in found])
        return DONE
    titles = (_("Register"), _("Title"), _("Rows"), _("Imported"), _("File"), _("Columns filled"))
    show.table(titles, [_row(one) for one in found])
    show.problems(old)
    if not any(one.kept for one in found):
        show.line(_("Next: selfaudit register import FILE shows what an export would make of them."))
    return DONE


def _row(one: "Listed") -> tuple[str, ...]:
    from selfaudit.base.clock import local

    if not one.kept:
        return (one.register.id, one.register.title, "", _("not yet"), "", "")
    data = one.kept.data
    filled = f"{len(data.filled)}/{len(one.register.columns)}"
    files = show.some([file.name for file in data.files], 3)
    when = _("{at}, version {n}").format(at=local(one.kept.at)[:16], n=one.kept.version)
    return (one.register.id, one.register.title, str(data.rows), when, files, filled)


@verb
def show_(
    register: Name,
    rows: Annotated[int, typer.Option("--rows", metavar="N", min=0, max=1000, help=_("Also the first N rows."))] = 0,
    history: Annotated[
        bool, typer.Option("--history", help=_("What every import changed, not only the last."))
    ] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show a register: its columns, how far they are filled, examples, and what the last import changed."""
    from selfaudit.workflow.register.listing import show as run

    found = run(find_campaign(campaign), register, rows, every=history)
    if as_json:
        show.data(found.as_data())
        return DONE
    _show_columns(found)
    for version in found.versions:
        _show_version(version, found)
    for row in found.rows:
        show.line()
        for column, text in zip(found.register.columns, row, strict=True):
            if text:
                show.line(_("  {name}: {text}").format(name=column.title, text=text))
    return DONE


def _show_columns(found: "Shown") -> None:
    from selfaudit.workflow.register.template import TYPES

    data = found.kept.data if found.kept else None
    count = rows_of(data.rows) if data else _("not imported yet")
    show.line(f"{found.register.title} ({found.register.id}): {count}")
    table, empty = [], []
    for one in found.register.columns:
        if data and not data.filled.get(one.id):
            empty.append(one.title)
            continue
        filled = f"{round(100 * data.filled.get(one.id, 0) / data.rows)} %" if data and data.rows else ""
        about = show.names(found.examples.get(one.id, ())) if data else show.some(one.aliases)
        table.append((one.id, one.title, _(TYPES[one.type]), _("needed") if one.required else "", filled, about))
    last = _("Examples") if data else _("Also known as")
    show.table((_("Column"), _("Title"), _("Content"), "", _("Filled"), last), table)
    if empty:
        show.line(_("Without any value: {columns}").format(columns=show.some(empty, 20)))


def _show_version(version: "Version", found: "Shown") -> None:
    from selfaudit.base.clock import local

    kept, change = version.kept, version.change
    files = show.some([file.name for file in kept.data.files], 3)
    told = {
        "n": kept.version,
        "at": local(kept.at)[:16],
        "by": kept.by,
        "files": files,
        "rows": rows_of(kept.data.rows),
    }
    show.line(_("Version {n}, {at}, {by}: {rows}, from {files}").format(**told))
    if change is None:
        show.line(_("  the table of this version or of the one before is missing"))
        return
    text = _("  {added} new, {changed} changed, {gone} gone, {stayed} the same")
    counts = {"added": change.added, "changed": change.changed, "gone": change.gone, "stayed": change.stayed}
    show.line(text.format(**counts))
    if change.columns:
        cells = [f"{found.register.column[name].title} {count}" for name, count in change.columns.items()]
        show.line(_("  changed: {columns}").format(columns=show.some(cells, 12)))


@verb
def template(
    registers: Annotated[
        list[str] | None, typer.Argument(metavar=_("REGISTER"), help=_("Ids or titles of registers (default: all)."))
    ] = None,
    output: Output = None,
    campaign: Campaign = None,
) -> int:
    """Write an empty workbook with the known headers, for what no system exports. It is imported as any export."""
    from selfaudit.workflow.register.template import write_template

    workspace = find_campaign(campaign)
    show.line(workspace.shown(write_template(workspace, registers or (), output)))
    return DONE
