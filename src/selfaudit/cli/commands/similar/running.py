"""``similar`` and ``similar PATH…``: compares case files and shows what is alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.commands.similar.looking import Output, show_found
from selfaudit.cli.options import By, Campaign, Json
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.similar.changes import Changes
    from selfaudit.workflow.similar.run import Compared


class Engines(StrEnum):
    """What compares."""

    OWN = "own"
    DAFT = "daft"


LEAST, TEMPLATE, PASSAGE = 30, 10, 12
"""What is alike, what is template, and what is a passage, unless somebody says otherwise; as in ``Settings``."""
Patterns = Annotated[
    list[str] | None,
    typer.Option(
        "--pattern",
        metavar=_("PATTERN"),
        help=_(
            "What the parts of paths stand for, such as {standard}/{organisation}_{period}/{auditors}*; also {case} and"
            " *; may be repeated (default: those of the last time)."
        ),
    ),
]
Blanks = Annotated[
    list[Path] | None,
    typer.Option(
        "--blank",
        metavar=_("PATH"),
        help=_("Blank forms of the body, whose text does not count; those in 空白表单 or blank-forms are found."),
    ),
]
Tables = Annotated[
    list[Path] | None,
    typer.Option(
        "--table",
        metavar=_("FILE"),
        help=_(
            "Also compare a table of texts (CSV or Parquet) with a row for each record: id, text and, if"
            " known, standard."
        ),
    ),
]
Least = Annotated[
    int,
    typer.Option(
        "--least",
        metavar=_("PERCENT"),
        min=1,
        max=100,
        help=_("Percentage of a record's own text that must also be in the other record."),
    ),
]
Template = Annotated[
    int,
    typer.Option(
        "--template",
        metavar=_("PERCENT"),
        min=1,
        max=100,
        help=_("Text found in more than this percentage of the records of a standard counts as template text."),
    ),
]
Passage = Annotated[
    int, typer.Option("--passage", metavar=_("NUMBER"), min=5, help=_("Length of the shortest passage, in characters."))
]
Engine = Annotated[
    Engines,
    typer.Option(
        "--engine", help=_("daft compares everything anew, in many processes; it needs the extra selfaudit[daft].")
    ),
]
Ray = Annotated[
    str,
    typer.Option(
        "--ray",
        metavar=_("ADDRESS"),
        help=_("Address and port of the Ray cluster on which daft compares; its machines must see the campaign."),
    ),
]
Paths = Annotated[list[Path] | None, typer.Argument(metavar=_("PATH"), help=_("More folders, zips or files."))]


@dataclass(frozen=True, slots=True)
class _Options:
    """What can be given on the command line, whether paths are named or not."""

    pattern: Patterns = None
    blank: Blanks = None
    table: Tables = None
    least: Least = LEAST
    template: Template = TEMPLATE
    passage: Passage = PASSAGE
    engine: Engine = Engines.OWN
    ray: Ray = ""
    output: Output = None
    by: By = ""
    campaign: Campaign = None
    as_json: Json = False


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the fields of ``_Options`` as its options, beside the parameters of its own."""
    own = signature(command)
    given = [one for one in own.parameters.values() if one.kind is not Parameter.VAR_KEYWORD]
    options = [
        Parameter(one.name, Parameter.KEYWORD_ONLY, default=one.default, annotation=one.type)
        for one in fields(_Options)
    ]
    vars(command)["__signature__"] = own.replace(parameters=[*given, *options])
    return command


@_with_options
def similar(ctx: typer.Context, **options: Any) -> None:
    """Compare all case files in case-files/, or those that are named, and show which repeat each other."""
    if ctx.invoked_subcommand is None:
        everything(_Options(**options))


@verb
def everything(options: _Options) -> int:
    """Compare all case files."""
    return _run((), options)


@_with_options
@verb
def some(ctx: typer.Context, paths: Paths = None, **options: Any) -> int:
    """Compare the case files in these folders, zips and files."""
    return _run((Path(str(ctx.info_name)), *(paths or ())), _Options(**options))


def _run(paths: Sequence[Path], options: _Options) -> int:
    from selfaudit.model.casefiles.settings import Settings
    from selfaudit.workflow.similar.listing import write_workbook
    from selfaudit.workflow.similar.run import Asked, find_similar

    workspace = find_campaign(options.campaign)
    settings = Settings(least=options.least / 100, template_share=options.template / 100, passage=options.passage)
    asked = Asked(
        paths,
        options.pattern or (),
        options.blank or (),
        options.table or (),
        settings,
        options.by,
        flow=options.engine == Engines.DAFT,
        ray=options.ray,
    )
    with Terminal() as listener:
        found = find_similar(workspace, asked, listener)
    written = write_workbook(workspace, found.comparison, options.output) if options.output else None
    if options.as_json:
        show.data(found.as_data())
    else:
        _show_changes(found.changes)
        show_found(workspace, found.comparison)
        if written:
            show.line(_("Every pair is in {path}").format(path=written))
        _show_next(found)
    show.problems(found.problems)
    return TO_ACT_ON if found.to_act_on else DONE


def _show_changes(changes: "Changes") -> None:
    if changes.first:
        return
    if not changes:
        show.line(_("No file and no pair has changed since the last time."))
        return
    counts = (
        (_("new files"), changes.added),
        (_("changed files"), changes.changed),
        (_("files gone"), changes.gone),
        (_("new pairs"), changes.new_pairs),
        (_("pairs gone"), changes.gone_pairs),
    )
    told = [_("{name} {n}").format(name=name, n=len(several)) for name, several in counts if several]
    show.line(_("Since the last time: {changes}").format(changes=show.names(told)))


def _show_next(found: "Compared") -> None:
    pairs = len(found.comparison.found.pairs)
    if pairs and found.checks:
        text = ngettext(
            "{n} pair is a question to a person, not a verdict. Next: selfaudit check {ids}",
            "{n} pairs are questions to a person, not verdicts. Next: selfaudit check {ids}",
            pairs,
        )
        show.line(text.format(n=pairs, ids=" ".join(found.checks)))
