"""Help pages: what a command is called with, as data and as text whose columns line up in Chinese as well."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from selfaudit.base.i18n import _
from selfaudit.cli.show import width

WIDEST = 100
"""Columns of the widest page; longer lines are hard to read."""
_COLUMN = 28
"""Columns of the widest name that has its text beside it and not on the next line."""
_NEVER_FIRST = "，。；：、！？）”》〕"
"""What does not begin a line."""

Row = tuple[str, str]


@dataclass(slots=True)
class Page:
    """What the help says of one command: the line it is called with, what it does, and rows of name and text."""

    usage: str
    text: str
    arguments: list[Row] = field(default_factory=list)
    options: list[Row] = field(default_factory=list)
    commands: list[Row] = field(default_factory=list)

    def lines(self, columns: int) -> Iterator[str]:
        """Yield the lines of the page for a terminal of so many columns."""
        usage = _("Usage: ")
        yield from hanging(usage, self.usage, width(usage), columns)
        yield ""
        yield from hanging("  ", self.text, 2, columns)
        for title, rows in (
            (_("Arguments:"), self.arguments),
            (_("Options:"), self.options),
            (_("Commands:"), self.commands),
        ):
            if rows:
                yield ""
                yield title
                yield from _columns(rows, columns)


def page(path: str, command: Any, parameters: Iterable[Any], commands: list[Row]) -> Page:
    """Describe a command of typer that is called by a path such as ``selfaudit paper match``."""
    made = Page("", command.help or "", commands=commands)
    usage = [path, _("[OPTIONS]")]
    for param in parameters:
        if param.param_type_name == "argument":
            several = "..." if param.nargs != 1 else ""
            usage.append((name_of(param) if param.required else f"[{name_of(param)}]") + several)
            made.arguments.append((name_of(param), _text(param)))
        elif not param.hidden:
            value = "" if param.is_flag else f" {name_of(param)}"
            made.options.append((", ".join(sorted(param.opts, key=len)) + value, _text(param)))
    if commands:
        usage.append(_("COMMAND …"))
    made.usage = " ".join(usage)
    return made


def name_of(param: Any) -> str:
    """Return what is put in the place of an argument, or of the value of an option."""
    if param.metavar:
        return str(param.metavar)
    choices = param.type_descriptor.choices
    return "|".join(map(str, choices)) if choices else str(param.name).upper()


def _text(param: Any) -> str:
    text = str(param.help or "")
    if param.required and param.param_type_name == "option":
        text += " " + _("(required)")
    elif param.show_default and param.default:
        text += " " + _("(default: {value})").format(value=_shown(param.default))
    return text


def _shown(value: object) -> str:
    return str(value.value if isinstance(value, Enum) else value)


def _columns(rows: list[Row], columns: int) -> Iterator[str]:
    indent = min(max(width(name) for name, _text in rows), _COLUMN) + 4
    for name, text in rows:
        head = f"  {name}"
        if width(head) + 2 > indent:
            yield head
            head = ""
        yield from hanging(head + " " * (indent - width(head)), text, indent, columns)


def hanging(head: str, text: str, indent: int, columns: int) -> Iterator[str]:
    """Yield the lines of a text broken to so many columns, the first one after a head, the others indented."""
    line, filled = head, width(head)
    for piece in _pieces(text):
        if line != head and filled + width(piece.rstrip()) > columns:
            yield line.rstrip()
            line, filled = " " * indent, indent
        line += piece
        filled += width(piece)
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield what a line may be broken between: words with the space after them, and characters that need no space."""
    for word in text.split():
        if word.isascii():
            yield word + " "
            continue
        piece = ""
        for char in word:
            if piece and char not in _NEVER_FIRST and (width(piece[0]) > 1 or width(char) > 1):
                yield piece
                piece = ""
            piece += char
        yield piece + " "
