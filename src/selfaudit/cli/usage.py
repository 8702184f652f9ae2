"""The only module that knows how typer works inside: what it parses, what it raises, what it calls its parts.

Typer reports wrong usage and values in English only, and imports pydantic to read a value, which takes longer than most
commands. Here values are read by hand, and what is wrong with a command line is said in the user's language.
``tests/cli/test_usage.py`` checks what is taken for granted of typer; its version is capped in ``pyproject.toml``.
"""

import os
import shutil
from collections.abc import Iterable
from enum import Enum
from typing import Any, get_args

import typer.core
from typer._click.core import ParameterSource
from typer._completion_classes import completion_init
from typer._completion_shared import get_completion_script
from typer.exceptions import TyperException

from selfaudit.base.i18n import _
from selfaudit.cli.help import WIDEST, Page, name_of, page
from selfaudit.cli.show import names

PROGRAM = "selfaudit"
ANY = "ID"
"""Stands for all names in a family that has more commands than it knows."""
COMPLETE = "_SELFAUDIT_COMPLETE"
"""Set by a shell that asks what a word may become."""


class WrongUsage(TyperException):
    """A command line that cannot be understood: what is wrong with it, and the command whose help says more."""

    def __init__(self, text: str, path: str = "selfaudit") -> None:
        """Take a sentence and the path of a command, such as ``selfaudit paper match``."""
        super().__init__(f"{text}\n    → {path} --help")


class HelpWanted(TyperException):
    """A family of commands was named and none of them: the message is its help."""


class _Described:
    """A command with help and complaints in the user's language."""

    def described(self, ctx: Any) -> Page:
        """Return what the help says."""
        return page(ctx.command_path, self, self.get_params(ctx), [])  # type: ignore[attr-defined]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        columns = min(shutil.get_terminal_size().columns, WIDEST)
        formatter.write("\n".join(self.described(ctx).lines(columns)))

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a text in the user's language."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this help.")
        return option

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return what a word may become; without descriptions, for which typer would import rich at every Tab."""
        found: list[Any] = super().shell_complete(ctx, incomplete)  # type: ignore[misc]
        for item in found:
            item.help = None
        return found

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read a command line."""
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            param._runtime_param = _Value(param)  # noqa: SLF001 - typer's own imports pydantic; see above
        try:
            return list(super().parse_args(ctx, args))  # type: ignore[misc]
        except TyperException as exc:
            raise self._told(exc, ctx) from exc

    def _told(self, exc: Any, ctx: Any) -> Exception:
        """Return an exception of typer's own as one in the user's language."""
        name = getattr(exc, "option_name", "")
        if not name:
            return exc if isinstance(exc, WrongUsage) else WrongUsage(str(exc.format_message()), ctx.command_path)
        options = {opt: param for param in self.get_params(ctx) for opt in param.opts}  # type: ignore[attr-defined]
        if param := options.get(name):
            text = _("“{name}” takes no value.") if param.is_flag else _("“{name}” needs a value.")
            return WrongUsage(text.format(name=name), ctx.command_path)
        alike = _alike(name, options)
        text = _("There is no option {name}. Did you mean {names}?") if alike else _("There is no option {name}.")
        return WrongUsage(text.format(name=name, names=alike), ctx.command_path)


class Command(_Described, typer.core.TyperCommand):
    """A command."""

    allow_extra_args = True  # they are refused below, in the user's language

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read a command line; refuse what is left over."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            text = _("Unexpected arguments: {words}").format(words=" ".join(rest))
            raise WrongUsage(text, ctx.command_path)
        return rest


class Group(_Described, typer.core.TyperGroup):
    """A family of commands, which names those that may have been meant."""

    def described(self, ctx: Any) -> Page:
        """Return what the help says."""
        return page(ctx.command_path, self, self.get_params(ctx), self.summaries())

    def summaries(self) -> list[tuple[str, str]]:
        """Return every command with what it does."""
        return [(name, str(command.help)) for name, command in self.commands.items()]

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return [name for name in super().list_commands(ctx) if name != ANY]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is called; options before its name would do nothing."""
        name = args[0]
        if ctx.parent and not ctx.resilient_parsing and (given := _given(ctx)):
            text = _("Put {options} after “{name}”.")
            raise WrongUsage(text.format(options=names(given), name=name), ctx.command_path)
        if ANY in self.commands and name not in self.list_commands(ctx) and not name.startswith("-"):
            return name, self.commands[ANY], args[1:]
        if self.get_command(ctx, name) is None:
            alike = _alike(name, self.list_commands(ctx))
            text = _("There is no command {name}. Did you mean {names}?") if alike else _("There is no command {name}.")
            raise WrongUsage(text.format(name=name, names=alike), ctx.command_path)
        return super().resolve_command(ctx, args)


def _given(ctx: Any) -> list[str]:
    """Return the options that were given to a family of commands itself."""
    return [
        max(param.opts, key=len)
        for param in ctx.command.params
        if ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE
    ]


def prepare_completion() -> None:
    """Let typer answer a shell that asks what a word may become."""
    if COMPLETE in os.environ:
        completion_init()


def completion_script(shell: str) -> str:
    """Return what a shell must run so that it completes commands."""
    return get_completion_script(shell=shell, prog_name=PROGRAM, complete_var=COMPLETE)


class _Value:
    """Reads what the command line gives for one parameter: texts, paths, whole numbers, and words of a choice."""

    def __init__(self, param: Any) -> None:
        """Take a parameter of typer."""
        annotation = param.type_descriptor.annotation
        self._kind: Any = (get_args(annotation) or (annotation,))[0]
        self._many: bool = param.multiple or param.nargs == -1

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value, an empty tuple or None if it was not given."""
        if param.required and not value and value != "":
            raise WrongUsage(_("“{name}” is missing.").format(name=_called(param)), ctx.command_path)
        if self._many:
            return tuple(self._read(one, param, ctx) for one in value or ())
        return None if value is None else self._read(value, param, ctx)

    def _read(self, value: Any, param: Any, ctx: Any) -> Any:
        try:
            found = self._kind(value)
        except ValueError as exc:
            raise WrongUsage(self._wanted().format(name=_called(param)), ctx.command_path) from exc
        if param.min is not None and found < param.min:
            text = _("“{name}” must be a whole number, {least} or more.")
            raise WrongUsage(text.format(name=_called(param), least=param.min), ctx.command_path)
        return found

    def _wanted(self) -> str:
        if issubclass(self._kind, Enum):
            choices = _(", ").join(map(str, self._kind))
            return _("“{name}” must be one of: {choices}").replace("{choices}", choices)
        return _("“{name}” must be a whole number.")


def _called(param: Any) -> str:
    return " / ".join(param.opts) if param.param_type_name == "option" else name_of(param)


_ALIKE = 0.7
"""How alike a name must be to be suggested: at 0.6, every short option is like every other."""


def _alike(name: str, known: Iterable[str]) -> str:
    """Return the names that may have been meant."""
    import difflib

    return _(", ").join(difflib.get_close_matches(name, list(known), cutoff=_ALIKE))
