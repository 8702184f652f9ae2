"""``register import``."""

from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.commands.register.reading import rows_of, show_file
from selfaudit.cli.options import By, Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, INPUT, TO_ACT_ON, find_campaign, verb
from selfaudit.files.listing import shown_name

if TYPE_CHECKING:
    from selfaudit.workflow.register.result import Becoming, Imported

_MOST_CHECKS, _MOST_FILES = 12, 10


@verb
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar=_("FILE"), help=_("Exports: XLSX, XLS, ODS, CSV or Parquet, with any name."))
    ],
    as_: Annotated[
        list[str] | None,
        typer.Option("--as", metavar=_("REGISTER"), help=_("Which register they are for; otherwise the headers tell.")),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help=_("Keep it. Without this, it is only shown."))] = False,
    rejects: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=_("DIR"), help=_("Where rows that cannot be read go, to be sent back.")),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=_("These files are all there is: other rows and values go."))
    ] = False,
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Show what exports would make of the registers: columns, rejects, changes, checks. With --apply, keep it.

    All files of one call are put together. The versions before are kept, and so are the files.
    """
    from selfaudit.workflow.register.importing import Asked, import_registers

    workspace = find_campaign(campaign)
    asked = Asked(tuple(file.absolute() for file in files), tuple(as_ or ()), apply, rejects, by, replace)
    with Terminal() as listener:
        done = import_registers(workspace, asked, listener)
    if as_json:
        show.data(done.as_data())
    else:
        _show(done, asked_to_apply=apply)
        if apply and done.wrong:
            options = [part for one in as_ or () for part in ("--as", one)]
            options += ["--campaign", str(campaign)] if campaign else []
            _show_rest(done, {shown_name(file.absolute(), workspace.root): file for file in files}, options)
        if done.overview:
            show.line(_("All of this as a table: {path}").format(path=workspace.shown(done.overview)))
        for path in done.rejects:
            show.line(_("What could not be read, to be sent back: {path}").format(path=workspace.shown(path)))
        show.problems(done.problems)
        _next(done, asked_to_apply=apply)
    if done.wrong:
        return INPUT
    return TO_ACT_ON if done.rejected else DONE


def _show(done: "Imported", *, asked_to_apply: bool) -> None:
    for file in done.files:
        show_file(file, done.kit)
    for one in done.registers:
        _show_register(one, applied=done.applied)
    for found in done.unmatched:
        text = _("{register}: {rows} of {of} rows name in {columns} something that is not in {to}")
        titles = {one: done.kit.registers[one].title for one in (found.register, found.to)}
        columns = show.names(done.kit.registers[found.register].column[name].title for name in found.columns)
        slots = {"register": titles[found.register], "to": titles[found.to], "columns": columns}
        show.line(text.format(rows=found.rows, of=found.of, **slots))
    if done.registers:
        _show_checks(done)
    if asked_to_apply and not done.applied and not done.wrong:
        show.line(_("Nothing was kept: no row of these files can be."))


def _show_rest(done: "Imported", given: dict[str, Path], options: list[str]) -> None:
    """Say that nothing was kept, and how to have the files kept that nothing is wrong with."""
    wrong = {one.where.file for one in done.wrong}
    rest = [str(given[one.file]) for one in done.files if one.file not in wrong]
    if not rest or not wrong <= given.keys():
        show.line(_("Nothing was kept: put right what is wrong first."))
        return
    text = _("Nothing was kept: put right what is wrong, or leave out {files} and take the rest:")
    show.line(text.format(files=show.some(sorted(wrong), _MOST_FILES)))
    show.line(f"  selfaudit register import {join([*rest, *options])} --apply")


def _show_register(one: "Becoming", *, applied: bool) -> None:
    change, name = one.made.change, f"{one.register.title} ({one.register.id})"
    rows = rows_of(one.made.rows)
    show.line()
    if one.unchanged:
        show.line(_("{name}: {rows}, nothing changes").format(name=name, rows=rows))
    elif one.before is None:
        show.line(_("{name}: {rows}, imported for the first time").format(name=name, rows=rows))
    else:
        text = _("{name}: {rows}; before {before}: {added} new, {changed} changed, {gone} gone, {stayed} the same")
        slots = {"added": change.added, "changed": change.changed, "gone": change.gone, "stayed": change.stayed}
        show.line(text.format(name=name, rows=rows, before=one.before.data.rows, **slots))
    if change.unmentioned:
        text = _("  rows that are not in these files and stay as they were: {n}")
        show.line(text.format(n=change.unmentioned))
    if one.made.left:
        cells = [f"{one.register.column[name].title} {count}" for name, count in one.made.left.items()]
        text = _("  empty cells in these files that left the values there are: {columns}; --replace empties them")
        show.line(text.format(columns=show.some(cells, 12)))
    if change.columns:
        cells = [f"{one.register.column[name].title} {count}" for name, count in change.columns.items()]
        show.line(_("  changed: {columns}").format(columns=show.some(cells, 12)))
    if one.lacking and not one.unchanged and (one.before or len(one.parts) > 1):
        titles = [one.register.column[name].title for name in one.lacking]
        show.line(_("  columns without any value: {columns}").format(columns=show.some(titles, 20)))
    if applied and (one.before is None or one.version > one.before.version):
        show.line(_("  kept as version {n}").format(n=one.version))


def _show_checks(done: "Imported") -> None:
    if not done.all_checks:
        return
    show.line()
    if done.checks:
        from selfaudit.model.data.titles import titles

        show.line(_("Checks over these registers that will not run, and what they lack:"))
        for check in done.checks[:_MOST_CHECKS]:
            show.line(f"  {check.id}  {check.title}: {show.some(titles(done.kit, check.missing))}")
        if (more := len(done.checks) - _MOST_CHECKS) > 0:
            show.line(_("  and {n} more").format(n=more))
    text = ngettext("{n} of {of} check has all it needs", "{n} of {of} checks have all they need", done.all_checks)
    show.line(text.format(n=done.runnable, of=done.all_checks))


def _next(done: "Imported", *, asked_to_apply: bool) -> None:
    if done.wrong or not done.registers:
        return
    if done.applied and all(one.before and one.before.version == one.version for one in done.registers):
        show.line(_("Nothing had changed, so nothing was added."))
    elif done.applied:
        show.line(_("Next: selfaudit check"))
    elif not asked_to_apply:
        show.line(_("Nothing was kept yet. Next: look at it, then repeat this with --apply."))
