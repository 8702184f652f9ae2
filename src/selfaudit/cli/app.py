"""Puts the commands together."""

import inspect
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from selfaudit import __version__
from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.usage import PROGRAM, Command, Group, HelpWanted, completion_script, prepare_completion
from selfaudit.cli.verb import INTERRUPTED, USAGE, Family, guarded


class Language(StrEnum):
    """What the console can speak."""

    ZH_CN = "zh_CN"
    EN = "en"


class Shell(StrEnum):
    """Shells that can complete commands."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    PWSH = "pwsh"


COMMANDS = (
    "init", "validate", "roster", "issue", "collect", "status", "remind", "answer", "register", "check", "sample",
    "review", "similar", "contradictions", "findings", "evidence", "dispositions", "notice", "export", "milestone",
    "deliverable", "report", "paper", "journal", "archive", "checklist", "template", "demo",
)  # fmt: skip
"""Every command in the order in which a campaign uses them: the modules of ``selfaudit.cli.commands``."""


class Root(Group):
    """The top of the command line; a command is imported when it is called or described."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer's signature
        """Return the command of a name, None if there is none."""
        return command(cmd_name) if cmd_name in COMMANDS else None

    def summaries(self) -> list[tuple[str, str]]:
        """Return every command with what it does."""
        declared = ((name, _declared(name)) for name in COMMANDS)
        return [(name, made.help if isinstance(made, Family) else _help(made)) for name, made in declared]


def _declared(name: str) -> Family | Callable[..., None]:
    declared: Family | Callable[..., None] = import_module(f"selfaudit.cli.commands.{name}").COMMAND
    return declared


def _help(function: Callable[..., None]) -> str:
    # the docstring is the help text; scripts/messages.py hands it to the translators
    return _(inspect.cleandoc(function.__doc__ or ""))


@lru_cache
def command(name: str) -> Any:
    """Return a command, or a family of them, as typer runs it."""
    declared = _declared(name)
    if not isinstance(declared, Family):
        return _built({name: declared})
    app = _typer(declared.help, Group)
    app.callback()(declared.alone or _alone)
    return _built(declared.verbs, app)


def _built(verbs: Mapping[str, Callable[..., None]], app: typer.Typer | None = None) -> Any:
    app = app or _typer("", Group)
    for name, function in verbs.items():
        app.command(name, cls=Command, help=_help(function))(function)
    return typer.main.get_command(app)


def _typer(text: str, group: type[Group]) -> typer.Typer:
    return typer.Typer(
        cls=group,
        help=text,
        invoke_without_command=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def _alone(ctx: typer.Context) -> None:
    """Show the help of a family of which no command was named."""
    if ctx.invoked_subcommand is None:
        raise HelpWanted(ctx.get_help())


def _version(wanted: bool) -> None:
    if wanted:
        show.line(f"selfaudit {__version__}")
        raise typer.Exit


def _completion(shell: Shell | None) -> None:
    if shell:
        show.text(completion_script(shell.value))
        raise typer.Exit


def _global(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help=_("Print the version."), callback=_version, is_eager=True)
    ] = False,
    lang: Annotated[
        Language | None, typer.Option("--lang", help=_("Language of messages (default: the system's)."))
    ] = None,
    completion: Annotated[
        Shell | None,
        typer.Option(
            "--show-completion",
            help=_("Print a script with which this shell completes commands; run it when the shell starts."),
            callback=_completion,
            is_eager=True,
        ),
    ] = None,
) -> None:
    # their callbacks have done what is asked for; the language is settled before anything is imported
    del version, lang, completion
    _alone(ctx)


def build() -> Any:
    """Return the whole command line."""
    app = _typer(
        _(
            "Run a self-audit campaign: issue the forms, collect the answers, produce the report the regulator"
            " requires."
        ),
        Root,
    )
    app.callback()(_global)
    return typer.main.get_command(app)


def run(args: list[str]) -> int:
    """Run one command line; return its exit code."""
    try:
        prepare_completion()
        return guarded(lambda: build()(args, prog_name=PROGRAM, standalone_mode=False))
    except HelpWanted as exc:
        show.text(exc.message)
        return USAGE
    except TyperException as exc:
        show.message(exc.message)
        return USAGE
    except typer.Abort:
        return INTERRUPTED
