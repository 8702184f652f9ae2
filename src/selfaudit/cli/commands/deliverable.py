"""``deliverable``: what the notice wants to exist, and what of it is there."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import _
from selfaudit.cli import show
from selfaudit.cli.deliverables import list_deliverables
from selfaudit.cli.options import By, Campaign, Json, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.workflow.deliverables import Filed

As = Annotated[str, typer.Option("--as", metavar=_("DELIVERABLE"), help=_("Id or title of the deliverable."))]
Of = Annotated[str, typer.Option(metavar=_("NAME"), help=_("Whose it is, if there is one each for several."))]


@verb
def list_(campaign: Campaign = None, as_json: Json = False) -> int:
    """List what the notice wants to exist: what is there, signed, missing or overdue."""
    return list_deliverables(campaign, as_json=as_json)


@verb
def add(
    files: Annotated[
        list[Path], typer.Argument(metavar=_("FILE"), help=_("Scans, photos, PDF, Word or Excel files, or a zip."))
    ],
    as_: As,
    of: Of = "",
    signed_by: Annotated[str, typer.Option(metavar=_("NAME"), help=_("Who signed it."))] = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """File one or several files as a deliverable, instead of those filed before, which are kept."""
    from selfaudit.workflow.deliverables import Meant
    from selfaudit.workflow.deliverables import add as work

    with Terminal() as listener:
        done = work(find_campaign(campaign), files, Meant(as_, of), (signed_by, by), listener)
    _show(done, as_json=as_json)
    if done.unsigned and not as_json:
        show.line(_("It counts once it is signed: if it is, file it again with --signed-by NAME."))
    return TO_ACT_ON if done.unsigned else DONE


@verb
def withdraw(
    deliverable: Annotated[str, typer.Argument(metavar=_("DELIVERABLE"), help=_("Id or title of the deliverable."))],
    of: Of = "",
    reason: Reason = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Say that what was filed does not count. The files and their history are kept."""
    from selfaudit.workflow.deliverables import Meant
    from selfaudit.workflow.deliverables import withdraw as work

    with Terminal() as listener:
        done = work(find_campaign(campaign), Meant(deliverable, of), (by, reason), listener)
    _show(done, as_json=as_json)
    return DONE


@verb
def omit(
    deliverable: Annotated[str, typer.Argument(metavar=_("DELIVERABLE"), help=_("Id or title of the deliverable."))],
    of: Of = "",
    reason: Reason = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Say that there is none, for example because nobody was penalised; withdraw takes that back."""
    from selfaudit.workflow.deliverables import Meant
    from selfaudit.workflow.deliverables import omit as work

    with Terminal() as listener:
        done = work(find_campaign(campaign), Meant(deliverable, of), (by, reason), listener)
    _show(done, as_json=as_json)
    return DONE


@verb
def upload(by: By = "", campaign: Campaign = None, as_json: Json = False) -> int:
    """Write the folder upload/: the files to be sent, under the names that the kit prescribes, and their SHA-256.

    Refused, with everything that is missing, until the report is final and approved and the scan is of this version.
    """
    from selfaudit.workflow.upload import upload as work

    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = work(workspace, by, listener)
    if as_json:
        show.data(done.as_data())
        return DONE
    show.problems(done.told)
    for path in done.aside:
        show.line(_("An earlier file was moved to {path}.").format(path=workspace.shown(path)))
    for name, digest in done.files.items():
        show.line(f"{workspace.shown(done.folder / name)}  SHA-256 {digest}")
    show.line(_("Next: upload these files, then selfaudit milestone done MILESTONE."))
    return DONE


def _show(done: "Filed", *, as_json: bool) -> None:
    if as_json:
        show.data(
            {
                "title": done.title,
                "of": done.whose,
                "filed": done.now.model_dump(mode="json"),
                "before": done.before.model_dump(mode="json"),
            }
        )
        return
    title = _("{title} of {name}").format(title=done.title, name=done.whose) if done.whose else done.title
    before = show.names(one.file for one in done.before.files)
    if done.now.files:
        text = _("Filed as “{title}”: {files}")
        show.line(text.format(title=title, files=show.names(one.file for one in done.now.files)))
        if before and done.now != done.before:
            show.line(_("No longer counted, but kept: {files}").format(files=before))
            if done.before.content and not done.now.content:
                show.line(_("That was matched by its code. The new one is not: see to it that it is the right one."))
    elif done.now.omitted:
        show.line(_("There is no “{title}”: {reason}").format(title=title, reason=done.now.omitted))
    elif before:
        show.line(_("“{title}” is not filed any more; kept: {files}").format(title=title, files=before))
    else:
        show.line(_("“{title}” is to be handed in after all.").format(title=title))


COMMAND = Family(
    _("What the notice wants to exist: what the program makes of it, and what people file."),
    {"list": list_, "add": add, "withdraw": withdraw, "omit": omit, "upload": upload},
)
