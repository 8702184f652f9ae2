"""``register template``: an empty workbook for who has no export, with every header that is known."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from selfaudit.base.i18n import N_, translator
from selfaudit.base.text import file_name
from selfaudit.files.sheets.blanks import Blank, BlankSheet, Format, write_blanks
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.register import Column, ColumnType, Register
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.writing.output import output_path
from selfaudit.workflow.register.opening import data_kit, importable, register_to_import

TYPES: dict[ColumnType, str] = {
    "text": N_("text"),
    "list": N_("several, with ; between them"),
    "date": N_("day, such as 2026-03-01"),
    "time": N_("day, or day and time, such as 2026-03-01 09:00"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "percent": N_("share, such as 30 %"),
    "yes_no": N_("yes or no"),
    "code": N_("one of the words"),
    "codes": N_("some of the words, with ; between them"),
    "person": N_("number of an identity document, as text"),
}
"""What a cell of a column contains, in words."""
_FORMATS: dict[ColumnType, Format] = {
    "date": "date", "time": "time", "integer": "number", "number": "number", "percent": "number",
}  # fmt: skip
_LONGEST_SHEET = 31
_MOST_WORDS = 30


def write_template(workspace: Workspace, names: Iterable[str], output: Path | None) -> Path:
    """Write a workbook for some registers, for all if none is named; return where."""
    kit, plan = data_kit(workspace), workspace.plan()
    wanted = [register_to_import(workspace, kit, name) for name in names] or list(importable(kit).registers.values())
    say = translator(plan.language)
    name = wanted[0].title if len(wanted) == 1 else say(N_("registers"))
    path = output_path(workspace, output, workspace.reports / f"{file_name(name)}.xlsx")
    sheets = [BlankSheet(_sheet(one), tuple(_blanks(one, kit, say))) for one in wanted]
    rows = [row for one in wanted for row in _explained(one, kit, say)]
    write_blanks(path, sheets, [(say(N_("How to fill it in")), (120,), rows)])
    return path


def _sheet(register: Register) -> str:
    return file_name(register.title)[:_LONGEST_SHEET]


def _blanks(register: Register, kit: DataKit, say: Callable[[str], str]) -> Iterator[Blank]:
    for column in register.columns:
        words = tuple(code.title for code in kit.codes.get(column.codes or "", {}).values())
        if column.type == "yes_no":
            words = (say(N_("yes")), say(N_("no")))
        offered = () if column.type == "codes" else words
        about = "\n".join(filter(None, (say(TYPES[column.type]), column.about, " / ".join(words[:_MOST_WORDS]))))
        yield Blank(column.title, column.required, _FORMATS.get(column.type, "text"), about, offered)


def _explained(register: Register, kit: DataKit, say: Callable[[str], str]) -> Iterator[Sequence[str]]:
    """Yield the rows that explain a register: each column in one cell, so that nobody takes them for a table."""
    yield (f"【{register.title}】",)
    if register.about:
        yield (register.about,)
    for column in register.columns:
        yield (_told(column, kit, say),)
    yield ("",)


def _told(column: Column, kit: DataKit, say: Callable[[str], str]) -> str:
    needed = say(N_("needed")) if column.required else ""
    words = say(N_(", ")).join(code.title for code in kit.codes.get(column.codes or "", {}).values())
    known = say(N_("also known as {names}")).format(names=say(N_(", ")).join(column.aliases)) if column.aliases else ""
    parts = (needed, say(TYPES[column.type]), column.unit, words, column.about, known)
    return f"{column.title}: {say(N_('; ')).join(part for part in parts if part)}"
