"""Puts the commands together."""

import inspect
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from selfaudit import __version__
from selfaudit.base.i18n import _
from selfaudit.cli import answers, campaign, documents, kits, paper, remind, roster, show
from selfaudit.cli.usage import Command, Group, usage_error
from selfaudit.cli.verb import INTERRUPTED, USAGE, guarded


class Language(StrEnum):
    """What the console can speak."""

    ZH_CN = "zh_CN"
    EN = "en"


ORDER = (
    "init", "validate", "roster", "issue", "collect", "status", "remind", "contradictions", "findings", "export",
    "report", "paper", "checklist", "template", "demo",
)  # fmt: skip


class Root(Group):
    """The top of the command line: commands in the order in which a campaign uses them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """Return the names of the commands."""
        return list(ORDER)


def _typer(text: str, group: type[Group] = Group) -> typer.Typer:
    return typer.Typer(
        cls=group,
        help=text,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )


def build() -> typer.Typer:
    """Return the whole command line."""
    app = _typer(_("Run a self-audit campaign: forms out, answers back, reports up."), Root)
    app.callback()(_global)
    _command(app, campaign.init)
    _command(app, campaign.validate)
    _group(app, "roster", _("Units, people and posts."), roster.template, roster.check, roster.import_)
    _command(app, campaign.issue)
    _command(app, campaign.collect)
    _command(app, campaign.status)
    _command(app, remind.remind)
    _group(
        app,
        "contradictions",
        _("What cannot both be right."),
        answers.contradictions_list,
        answers.contradictions_resolve,
    )
    _group(
        app, "findings", _("Problems that the answers report."),
        answers.findings_list, answers.findings_show, answers.findings_export,
    )  # fmt: skip
    _command(app, answers.export)
    _group(
        app, "report", _("Word reports for signature and for the regulator."),
        documents.person, documents.unit, documents.branch, documents.final,
    )  # fmt: skip
    _group(
        app, "paper", _("Signed paper: sheets to sign, scans that come back."),
        paper.print_, paper.match, paper.confirm,
    )  # fmt: skip
    _group(app, "checklist", _("Kits: what is asked."), kits.list_, kits.show_, kits.schema)
    _group(app, "template", _("Word templates of the reports."), kits.templates, kits.lint, kits.variables)
    _command(app, campaign.demo)
    return app


def _command(app: typer.Typer, function: Callable[..., None], name: str | None = None) -> None:
    # the docstring is the help text; scripts/messages.py hands it to the translators
    text = _(inspect.cleandoc(function.__doc__ or ""))
    app.command(name, cls=Command, help=text, short_help=text)(function)


def _group(app: typer.Typer, name: str, text: str, *functions: Callable[..., None]) -> None:
    group = _typer(text)
    for function in functions:
        verb = function.__name__.rstrip("_").rpartition("_")[2]
        _command(group, function, {"variables": "vars", "templates": "list"}.get(verb, verb))
    app.add_typer(group, name=name)


def _version(wanted: bool) -> None:
    if wanted:
        show.line(f"selfaudit {__version__}")
        raise typer.Exit


def _global(
    version: Annotated[
        bool, typer.Option("--version", help=_("Print the version."), callback=_version, is_eager=True)
    ] = False,
    lang: Annotated[
        Language | None, typer.Option("--lang", help=_("Language of messages (default: the system's)."))
    ] = None,
) -> None:
    pass


def run(args: list[str]) -> int:
    """Run one command line; return its exit code."""
    try:
        code = guarded(lambda: build()(args, prog_name="selfaudit", standalone_mode=False))
    except TyperException as exc:
        if type(exc).__name__ == "NoArgsIsHelpError":
            show.line(exc.format_message())
            return USAGE
        show.message(usage_error(exc))
        return USAGE
    except typer.Abort:
        return INTERRUPTED
    return code
