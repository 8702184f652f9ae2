"""``dispositions``: what happens to certificates, people, reported information and case files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfaudit.base.clock import today
from selfaudit.base.i18n import _, ngettext
from selfaudit.cli import show
from selfaudit.cli.options import By, Campaign, Json, Output, Reason, day
from selfaudit.cli.progress import Terminal
from selfaudit.cli.usage import WrongUsage
from selfaudit.cli.verb import DONE, TO_ACT_ON, Family, find_campaign, verb

if TYPE_CHECKING:
    from selfaudit.model.disposition.book import Book
    from selfaudit.workflow.dispositions.entering import Changed
    from selfaudit.workflow.dispositions.importing import Imported

Ids = Annotated[list[str], typer.Argument(metavar=_("DISPOSITION"), help=_("Ids of dispositions, such as D001."))]
Fields = Annotated[
    list[str], typer.Argument(metavar=_("FIELD=TEXT"), help=_("Fields, such as action=suspend; see the handbook."))
]


@verb
def list_(
    state: Annotated[str, typer.Option(metavar=_("STATE"), help=_("Only those in this state."))] = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """List dispositions: what was decided, how far it is, and by which notice it was told."""
    from selfaudit.model.disposition.disposition import STATES
    from selfaudit.workflow.dispositions.listing import as_data, load_book

    words = {name: key for key, word in STATES.items() for name in (key, word, _(word))}
    if state and state not in words:
        known = show.names(_(word) for word in STATES.values())
        raise WrongUsage(
            _("There is no state “{name}”. Known: {known}.").format(name=state, known=known),
            "selfaudit dispositions list",
        )
    book = load_book(find_campaign(campaign))
    keys = [key for key in book.dispositions if not state or book.state(key) == words[state]]
    if as_json:
        show.data([as_data(book, key) for key in keys])
        return DONE
    if not keys:
        show.line(_("There are no dispositions."))
        show.line(_("Next: selfaudit dispositions add --from-findings takes them from the findings, as proposed."))
        return DONE
    _show(book, keys)
    return DONE


def _show(book: "Book", keys: list[str]) -> None:
    from selfaudit.model.disposition.disposition import STATES

    rows = []
    for key in keys:
        one, ending = book.dispositions[key], book.ending(key)
        due = "" if ending or one.withdrawn_on else str(book.due(one) or "")
        what = (book.class_title(one.kind), one.target, one.party, book.action(one).title, str(one.effective or ""))
        how = ending.how if ending else ""
        state = (
            _("{state} ({how})").format(state=_(STATES[book.state(key)]), how=how)
            if how
            else _(STATES[book.state(key)])
        )
        rows.append((key, *what, due, state, book.notice_of(key)))
    titles = (_("Class"), _("About"), _("Concerns"), _("Action"), _("Takes effect on"), _("Follow up by"))
    show.table((_("Id"), *titles, _("State"), _("Notice number")), rows)


@verb
def add(
    fields: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("FIELD=TEXT"), help=_("Its fields by key or title, such as kind=certificate.")),
    ] = None,
    from_findings: Annotated[
        bool, typer.Option("--from-findings", help=_("Propose what the findings say, each once, instead."))
    ] = False,
    by: By = "",
    reason: Reason = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Enter a disposition as proposed, or propose those that the findings speak of. Nothing is approved by it."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.dispositions import entering

    if bool(fields) == from_findings:
        raise WrongUsage(_("Give the fields of one disposition, or --from-findings."), "selfaudit dispositions add")
    workspace = find_campaign(campaign)
    with Terminal() as listener:
        if from_findings:
            done = entering.propose(workspace, by, listener)
        else:
            done = entering.add(workspace, fields or (), Deciding(by, reason), listener)
    return _done(done, as_json=as_json)


@verb
def set_(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar=_("DISPOSITION... FIELD=TEXT"),
            help=_("Which ones, and their new fields by key or title; FIELD= empties one."),
        ),
    ],
    by: By = "",
    reason: Reason = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Change fields of dispositions. What was approved and is changed must be approved again."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.dispositions.entering import put

    ids, fields = [word for word in words if "=" not in word], [word for word in words if "=" in word]
    if not ids or not fields:
        raise WrongUsage(
            _("Name dispositions and fields, such as D001 effective=2026-12-01."), "selfaudit dispositions set"
        )
    with Terminal() as listener:
        done = put(find_campaign(campaign), ids, fields, Deciding(by, reason), listener)
    return _done(done, as_json=as_json)


@verb
def approve(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar=_("DISPOSITION"), help=_("Ids of dispositions, such as D001."))
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("All that are proposed."))] = False,
    on: Annotated[str, typer.Option(metavar=_("DATE"), help=_("The day of the decision (default: today)."))] = "",
    by: By = "",
    reason: Reason = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Approve dispositions, by name."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.dispositions import deciding

    if bool(ids) == everything:
        raise WrongUsage(_("Name dispositions, or give --all."), "selfaudit dispositions approve")
    with Terminal() as listener:
        done = deciding.approve(
            find_campaign(campaign), ids or (), Deciding(by, reason), day(on) if on else None, listener
        )
    return _done(done, as_json=as_json)


@verb
def withdraw(ids: Ids, by: By = "", reason: Reason = "", campaign: Campaign = None, as_json: Json = False) -> int:
    """Withdraw dispositions, with a reason; they are kept."""
    from selfaudit.workflow.common.deciding import Deciding
    from selfaudit.workflow.dispositions import deciding

    with Terminal() as listener:
        done = deciding.withdraw(find_campaign(campaign), ids, Deciding(by, reason), listener)
    return _done(done, as_json=as_json)


def _done(done: "Changed", *, as_json: bool) -> int:
    """Show the dispositions that were entered or changed, and what to do about them."""
    from selfaudit.workflow.dispositions.listing import as_data

    book, ids = done.book, done.ids
    if as_json:
        show.data([as_data(book, key) for key in ids] if book else [])
    elif not ids or book is None:
        show.line(_("Nothing was changed."))
    else:
        _show(book, ids)
        show.problems(done.remarks)
        if done.unapproved:
            show.line(
                _("Changed after the approval, to be approved again: {ids}").format(ids=show.names(done.unapproved))
            )
        if any(book.state(key) == "proposed" for key in ids):
            show.line("\n" + _("Next: selfaudit dispositions approve DISPOSITION --by NAME"))
    return DONE


@verb
def check(campaign: Campaign = None, as_json: Json = False) -> int:
    """Check dispositions and notices: contradictions, dates, what is overdue or not told yet."""
    from selfaudit.workflow.dispositions.listing import check as problems

    found = problems(find_campaign(campaign), today())
    if as_json:
        show.data([problem.as_data() for problem in found])
    else:
        show.problems(found)
        show.line(show.count_problems(found))
    from selfaudit.base.problems import more_than_notes

    return TO_ACT_ON if more_than_notes(found) else DONE


@verb
def export(output: Output = None, campaign: Campaign = None) -> int:
    """Export dispositions as an Excel workbook."""
    from selfaudit.workflow.dispositions.listing import export as write

    path, count = write(find_campaign(campaign), output)
    text = ngettext("Wrote {count} disposition to {path}", "Wrote {count} dispositions to {path}", count)
    show.line(text.format(count=count, path=path))
    return DONE


@verb
def import_(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The edited workbook of dispositions export."))],
    yes: Annotated[bool, typer.Option("--yes", help=_("Make the changes without asking."))] = False,
    by: By = "",
    campaign: Campaign = None,
    as_json: Json = False,
) -> int:
    """Read an edited workbook back: shows every change and every refused row, and asks before it changes anything."""
    from selfaudit.workflow.dispositions.importing import import_dispositions, preview

    workspace = find_campaign(campaign)
    found = preview(workspace, file)
    if not as_json:
        _show_import(found)
    asks = not (yes or as_json) and found.edits and sys.stdin.isatty() and sys.stdout.isatty()
    if found.edits and (yes or (asks and typer.confirm(_("Make these changes?")))):
        with Terminal() as listener:
            found = import_dispositions(workspace, file, by, listener)
        if not as_json:
            text = ngettext("Changed {n} disposition.", "Changed {n} dispositions.", len(found.edits))
            show.line(text.format(n=len(found.edits)))
    elif found.edits and not as_json:
        show.line(_("Nothing was changed. Next: repeat this with --yes to make these changes."))
    if as_json:
        changes = [
            {"id": one.id, "field": one.title, "before": one.before, "after": one.after} for one in found.changes
        ]
        problems = [problem.as_data() for problem in found.problems]
        show.data({"applied": found.applied, "rows": found.rows, "changes": changes, "problems": problems})
    return TO_ACT_ON if found.refused or (found.edits and not found.applied) else DONE


def _show_import(found: "Imported") -> None:
    for one in found.changes:
        show.line(f"{one.id}  {_(one.title)}: {one.before or '—'} → {one.after or '—'}")
    show.problems(found.problems)
    if found.unapproved:
        show.line(_("To be approved again: {ids}").format(ids=show.some(found.unapproved)))
    text = _("{rows} rows read; to change: {changed}; new: {new}; rows refused: {refused}")
    changed = len(found.edits) - len(found.new)
    show.line(text.format(rows=found.rows, changed=changed, new=len(found.new), refused=found.refused))


COMMAND = Family(
    _("What happens to certificates, people, reported information and case files."),
    {
        "list": list_,
        "add": add,
        "set": set_,
        "approve": approve,
        "withdraw": withdraw,
        "check": check,
        "export": export,
        "import": import_,
    },
)
