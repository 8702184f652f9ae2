"""``notice``: letters about what was decided."""

from pathlib import Path
from typing import Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json, Output, Reason, day
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import WrongUsage
from selfaudit.cli.verb import DONE, Family, find_campaign, verb

Number = Annotated[str, typer.Argument(metavar=_("NUMBER"), help=_("Number of the notice."))]


@verb
def make(
    kind: Annotated[str, typer.Argument(metavar=_("KIND"), help=_("Kind of notice, by id or title."))],
    for_: Annotated[
        list[str] | None, typer.Option("--for", metavar=_("DISPOSITION"), help=_("About this disposition."))
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("About every approved one that needs such a notice and has none."))
    ] = False,
    on: Annotated[str, typer.Option(metavar=_("DATE"), help=_("Date of the notice (default: today)."))] = "",
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Make notices: numbered, as Word files. A run that was cut off is completed, with the same numbers."""
    from selfaudit.workflow.notices.make import make as write

    if bool(for_) == everything:
        raise WrongUsage(_("Give --for DISPOSITION, or --all."), "selfaudit notice make")
    workspace = find_campaign(campaign)
    with Terminal() as listener:
        done = write(workspace, kind, tuple(for_ or ()), by, day(on) if on else None, listener)
    files = {number: workspace.shown(path) for number, path in done.paths.items()}
    if as_json:
        show.data({"made": files, "completed": done.completed})
        return DONE
    for number, file in files.items():
        show.line(f"{number}  {file}")
    if done.completed:
        show.line(_("Numbers drawn in an earlier run: {numbers}").format(numbers=show.some(done.completed)))
    if not files:
        show.line(_("Nothing to make: no approved disposition needs such a notice and has none."))
    else:
        text = ngettext("{n} notice was made.", "{n} notices were made.", len(files))
        show.line(text.format(n=len(files)))
        show.line(_("Next: selfaudit notice delivered NUMBER --on DATE enters that one was delivered."))
    return DONE


@verb
def list_(output: Output = None, campaign: Campaign = None, as_json: Json = False) -> int:
    """List the notices: number, kind, to whom, state. With -o FILE the register is written as an Excel workbook."""
    from selfaudit.workflow.notices import register

    workspace = find_campaign(campaign)
    if output:
        path, count = register.export(workspace, output)
        show.line(
            ngettext("Wrote {count} notice to {path}", "Wrote {count} notices to {path}", count).format(
                count=count, path=path
            )
        )
        return DONE
    found = register.in_order(register.register(workspace))
    if as_json:
        show.data([register.as_data(number, one) for number, one in found])
        return DONE
    if not found:
        show.line(_("There are no notices."))
        show.line(_("Next: selfaudit notice make KIND --all makes those that are due."))
        return DONE
    rows = [
        (number, one.title, one.to, one.on, show.some(one.dispositions, 3), one.made_by, register.state_text(one, _))
        for number, one in found
    ]
    titles = (_("Kind of notice"), _("Sent to"), _("Date"), _("Dispositions"), _("Made by"), _("State"))
    show.table((_("Number"), *titles), rows)
    return DONE


@verb
def delivered(
    number: Number,
    on: Annotated[
        str, typer.Option(metavar=_("DATE"), help=_("The day on which it was delivered (default: today)."))
    ] = "",
    how: Annotated[str, typer.Option(metavar=_("TEXT"), help=_("How it was delivered: by hand, by post …"))] = "",
    receipt: Annotated[
        Path | None, typer.Option(metavar=_("FILE"), help=_("Scan or photo of the receipt, to be kept."))
    ] = None,
    by: By = "",
    reason: Annotated[
        str, typer.Option(metavar=_("TEXT"), help=_("Why a delivery that was entered already is corrected."))
    ] = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter that a notice was delivered, with its receipt."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.notices.register import Delivery, as_data, deliver

    with Terminal() as listener:
        made = Delivery(day(on) if on else today(), how.strip(), receipt)
        number, notice = deliver(find_campaign(campaign), number, made, Deciding(by, reason), listener)
    if as_json:
        show.data(as_data(number, notice))
    else:
        show.line(_("{number}: delivered on {day}").format(number=number, day=notice.delivered_on))
        if notice.receipt:
            show.line(_("Receipt kept as {file}").format(file=notice.receipt))
    return DONE


@verb
def withdraw(number: Number, by: By = "", reason: Reason = "", campaign: Campaign = None, as_json: Json = False) -> int:
    """Withdraw a notice, with a reason. Its number is not used again."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.notices.register import as_data
    from selfaudit.workflow.notices.register import withdraw as take_back

    with Terminal() as listener:
        number, notice = take_back(find_campaign(campaign), number, Deciding(by, reason), listener)
    if as_json:
        show.data(as_data(number, notice))
    else:
        show.line(_("{number} was withdrawn; the number stays with it.").format(number=number))
        if notice.lost:
            show.line(_("This notice was delivered already; tell whoever received it in writing."))
        show.line(_("Next: selfaudit notice make KIND --for DISPOSITION makes a new one, if one is needed."))
    return DONE


COMMAND = Family(
    _("Notices about what was decided, and their register."),
    {"make": make, "list": list_, "delivered": delivered, "withdraw": withdraw},
)
