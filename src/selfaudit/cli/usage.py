"""Wrong usage and help in the user's language; typer translates only a part of its own words."""

import difflib
import re
from typing import Any

import typer.core

from selfaudit.base.i18n import N_, _

TYPER_WORDS = (
    N_("Arguments"), N_("Options"), N_("Commands"), N_("Missing command."), N_("default: {default}"),
    N_("required"), N_("env var: {var}"), N_("Aborted!"),
)  # fmt: skip
"""Words that typer looks up in our catalogue."""


class _Localized:
    """Help whose fixed words are translated."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))  # type: ignore[attr-defined]

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a translated text."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this help.")
        return option


class Command(_Localized, typer.core.TyperCommand):
    """A command with translated help."""


class Group(_Localized, typer.core.TyperGroup):
    """A group with translated help that names the commands that may have been meant."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is called."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            alike = difflib.get_close_matches(name, self.list_commands(ctx))
            text = _("There is no command {name}. Did you mean {names}?") if alike else _("There is no command {name}.")
            ctx.fail(text.format(name=name, names=_(", ").join(alike)))
        return super().resolve_command(ctx, args)


def usage_error(exc: Any) -> str:
    """Return what is wrong with a command line, and how to get help."""
    path = exc.ctx.command_path if getattr(exc, "ctx", None) else "selfaudit"
    return f"{_what_is_wrong(exc)}\n    → {path} --help"


def _what_is_wrong(exc: Any) -> str:
    param = getattr(exc, "param", None)
    match type(exc).__name__:
        case "MissingParameter" if param is not None:
            return _("“{name}” is missing.").format(name=_called(param))
        case "NoSuchOption":
            alike = sorted(exc.possibilities or ())
            text = _("There is no option {name}. Did you mean {names}?") if alike else _("There is no option {name}.")
            return text.format(name=exc.option_name, names=_(", ").join(alike))
        case "BadOptionUsage":
            text = _("“{name}” takes no value.") if "not take" in exc.message else _("“{name}” needs a value.")
            return text.format(name=exc.option_name)
        case "BadParameter" if param is not None:
            return _wrong_value(exc, param)
    if extra := re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", exc.message, re.DOTALL):
        return _("Nothing more is expected here: {words}").format(words=extra[1])
    return str(exc.format_message())


def _wrong_value(exc: Any, param: Any) -> str:
    """Return what an option may be; typer tells it in English only."""
    name, choices = _called(param), param.type_descriptor.choices
    if choices:
        return _("“{name}” must be one of: {choices}").format(name=name, choices=_(", ").join(map(str, choices)))
    kinds = {error["type"] for error in exc.__cause__.errors()} if exc.__cause__ else set()
    if "greater_than_equal" in kinds:
        return _("“{name}” must be a whole number, {least} or more.").format(name=name, least=param.min)
    if "int_parsing" in kinds:
        return _("“{name}” must be a whole number.").format(name=name)
    return _("“{name}” cannot be used like this: {detail}").format(name=name, detail=exc.message)


def _called(param: Any) -> str:
    if param.param_type_name == "option":
        return " / ".join(param.opts)
    return str(param.metavar or param.human_readable_name).strip("[].")
