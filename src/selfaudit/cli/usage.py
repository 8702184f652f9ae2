"""Wrong usage and help in the user's language; typer translates only a part of its own words."""

from typing import Any

import typer.core

from selfaudit.base.i18n import N_, _

TYPER_WORDS = (
    N_("Arguments"), N_("Options"), N_("Commands"), N_("Missing command."), N_("No such command {name!r}."),
    N_("default: {default}"), N_("required"), N_("env var: {var}"), N_("Aborted!"),
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
    """A group with translated help."""


def usage_error(exc: Any) -> str:
    """Return what is wrong with a command line, and how to get help."""
    name = type(exc).__name__
    param = getattr(exc, "param", None)
    if name == "MissingParameter" and param is not None:
        text = _("“{name}” is missing.").format(name=_called(param))
    elif name == "NoSuchOption":
        text = _("There is no option {name}.").format(name=exc.option_name)
        if exc.possibilities:
            text += " " + _("Did you mean {names}?").format(names=_(", ").join(sorted(exc.possibilities)))
    elif name == "BadParameter" and param is not None:
        text = _("“{name}” cannot be used like this: {detail}").format(name=_called(param), detail=exc.message)
    else:
        text = exc.format_message()
    path = exc.ctx.command_path if getattr(exc, "ctx", None) else "selfaudit"
    return f"{text}\n    → {path} --help"


def _called(param: Any) -> str:
    if param.param_type_name == "option":
        return " / ".join(param.opts)
    return str(param.metavar or param.human_readable_name).strip("[].")
