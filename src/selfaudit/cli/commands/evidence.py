"""``evidence``: the files that show what answers and findings say."""

from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.i18n import N_, _
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json, Output, Reason
from selfaudit.cli.progress import Terminal
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.evidence import EvidenceFile
    from selfaudit.workflow.evidence.listing import Listed

File = Annotated[str, typer.Argument(metavar=_("FILE"), help=_("A file, or the name or hash of one that is kept."))]
Of = Annotated[str, typer.Option("--of", metavar=_("NAME"), help=_("Only the evidence of this respondent."))]


@verb
def list_(
    of: Of = "",
    missing: Annotated[bool, typer.Option("--missing", help=_("Only what is missing."))] = False,
    unassigned: Annotated[bool, typer.Option("--unassigned", help=_("Only files that belong to nothing yet."))] = False,
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List which files there are for which items and findings, and which are missing."""
    from selfaudit.workflow.evidence.listing import evidence

    _kit, found = evidence(find_campaign(campaign), of)
    if as_json:
        show.data(found.as_data())
        return TO_ACT_ON if found.to_act_on else DONE
    if not (missing or unassigned):
        _show_rows(found)
    if missing and not found.gaps:
        show.line(_("Nothing is missing."))
    if found.gaps and not unassigned:
        show.line(_("Missing:"))
        for name, gap in found.gaps:
            show.line(f"  {name}: {gap.message}")
    if found.unassigned and not missing:
        show.line(_("Not yet assigned:"))
        rows = ((sha256[:12], _size(file.size), file.name, file.source) for sha256, file in found.unassigned.items())
        show.table((_("Hash"), _("Size"), _("Name"), _("Came as")), rows)
        show.line(_("Next: selfaudit evidence assign HASH --to NAME/ITEM --reason …, or evidence dismiss HASH."))
    if unassigned and not found.unassigned:
        show.line(_("Every file belongs to something."))
    elif not (found.rows or found.to_act_on or missing):
        show.line(_("There is no evidence yet."))
    return TO_ACT_ON if found.to_act_on else DONE


def _show_rows(found: "Listed") -> None:
    from selfaudit.model.evidence import STATE_WORDS

    if not found.rows:
        return
    rows = [
        (
            row.standing.respondent.name,
            row.at.finding or row.at.place,
            row.at.name,
            _size(row.at.size) if row.at.sha256 else "",
            row.at.short_hash,
            _(STATE_WORDS[row.at.state]) + (_(" (assigned by {by})").format(by=row.at.by) if row.at.by else ""),
        )
        for row in found.rows
    ]
    show.table((_("Name"), _("Item"), _("File"), _("Size"), _("Hash"), _("State")), rows)


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MiB" if size >= 2**20 else f"{max(1, round(size / 1024))} KiB"


@verb
def show_(file: File, campaign: Campaign = None, as_json: Json = False) -> int:
    """Show one file: where it is kept, what it is, and what it belongs to."""
    from selfaudit.workflow.common.proof import word_of
    from selfaudit.workflow.evidence.listing import one

    sha256, kept, rows = one(find_campaign(campaign), file)
    if as_json:
        show.data({"sha256": sha256, **kept.model_dump(mode="json"), "of": [row.as_data() for row in rows]})
        return DONE
    show.line(kept.name)
    said = ((N_("Kept as"), kept.file), (N_("Size"), _size(kept.size)), (N_("Kind"), _(word_of(kept.kind) or "text")))
    for title, text in (*said, ("SHA-256", sha256), (N_("Came as"), kept.source)):
        show.line(_("  {name}: {text}").format(name=_(title), text=text))
    for row in rows:
        show.line(
            _("Evidence of {name}, {place}").format(
                name=row.standing.respondent.name, place=row.at.finding or row.at.place
            )
        )
    for binding in kept.bindings:
        to = binding.finding or f"{binding.respondent}/{binding.place}"
        show.line(_("Assigned to {to} by {by}: {reason}").format(to=to, by=binding.by, reason=binding.reason))
    if kept.dismissed:
        show.line(_("Set aside: it is no evidence."))
    return DONE


@verb
def assign(
    file: File,
    to: Annotated[
        list[str], typer.Option("--to", metavar=_("TARGET"), help=_("NAME/ITEM of a respondent, or a finding."))
    ],
    undo: Annotated[bool, typer.Option("--undo", help=_("Take it back."))] = False,
    by: By = "",
    reason: Reason = "",
    campaign: Campaign = None,
) -> int:
    """Assign a file to an item of a respondent or to a finding."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.evidence.assign import Meant
    from selfaudit.workflow.evidence.assign import assign as run

    with Terminal() as listener:
        done = run(find_campaign(campaign), Meant(file, tuple(to)), Deciding(by, reason), undo=undo, listener=listener)
    _show_file(done.sha256, done.file)
    return DONE


@verb
def dismiss(
    file: File,
    undo: Annotated[bool, typer.Option("--undo", help=_("Let it wait again."))] = False,
    by: By = "",
    reason: Reason = "",
    campaign: Campaign = None,
) -> int:
    """Set a file aside that is no evidence; it is kept."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.evidence.assign import dismiss as run

    with Terminal() as listener:
        done = run(find_campaign(campaign), file, Deciding(by, reason), undo=undo, listener=listener)
    _show_file(done.sha256, done.file)
    return DONE


def _show_file(sha256: str, file: "EvidenceFile") -> None:
    show.line(f"{sha256[:12]}  {file.name}")
    for binding in file.bindings:
        to = binding.finding or f"{binding.respondent}/{binding.place}"
        show.line(_("Assigned to {to} by {by}: {reason}").format(to=to, by=binding.by, reason=binding.reason))
    if file.dismissed:
        show.line(_("Set aside: it is no evidence."))


@verb
def export(of: Of = "", output: Output = None, campaign: Campaign = None) -> int:
    """Export the index of evidence as an Excel workbook."""
    from selfaudit.workflow.evidence.listing import export_evidence

    path, count = export_evidence(find_campaign(campaign), of, output)
    show.line(_("Wrote {count} rows to {path}").format(count=count, path=path))
    return DONE


COMMAND = Family(
    _("Files that show what answers and findings say."),
    {"list": list_, "show": show_, "assign": assign, "dismiss": dismiss, "export": export},
)
