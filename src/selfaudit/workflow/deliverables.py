"""``deliverable``: what the notice wants to exist, what of it is there, and what people file of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Some, Term, UserError, Where, error
from selfaudit.base.text import file_name
from selfaudit.files.incoming import SCANS, Given, Incoming
from selfaudit.files.kinds import Family, kind_of_scan
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.deliverables import DeliverableStatus, Filing, record_id
from selfaudit.model.roster import Roster
from selfaudit.store.operator import decided, decider
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.filing import enter_filing, keep
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.deliverables import deliverable_states, reviews
from selfaudit.workflow.common.writing.places import is_one, owners

NO_SUCH = error("deliverable.no-such", N_("the plan has no deliverable “{name}”"), N_("Known: {known}."))
OF_WHOM = error(
    "deliverable.of-whom", N_("there is one “{title}” each for several"), N_("Say whose it is, with --of: {known}.")
)
NOT_OF = error(
    "deliverable.not-of", N_("there is no “{title}” of “{name}”"), N_("There is one of each of these: {known}.")
)
OF_BODY = error("deliverable.of-body", N_("there is one “{title}” for the whole body"), N_("Leave --of out."))
OTHER_KIND = error(
    "deliverable.other-kind",
    N_("this is {what}, and cannot be filed"),
    N_("File a scan or photo, a PDF, a Word document or a workbook."),
)
NO_KIND = error(
    "deliverable.no-kind",
    N_("this is neither a scan or photo nor a document"),
    N_("File a scan or photo, a PDF, a Word document or a workbook."),
)
MADE_HERE = error(
    "deliverable.made-here",
    N_("the program makes “{title}”, and nothing else counts as it"),
    N_("Make it with {command}."),
)
NOT_A_SCAN = error(
    "deliverable.not-a-scan",
    N_("“{title}” must be signed or sealed, and {what} shows neither"),
    N_("File a scan as PDF, or photos; a scan with a code is filed by selfaudit paper match."),
)
NOTHING_FILED = error(
    "deliverable.nothing-filed", N_("nothing is filed as “{title}”"), N_("There is nothing to withdraw.")
)

_TAKEN = (Family.PDF, Family.PICTURE, Family.WORD, Family.WORKBOOK, Family.OFD)
_SCANS = (Family.PDF, Family.PICTURE, Family.OFD)
_MADE_BY = {
    "final": "report",
    "answers": "collect",
    "paper": "paper match",
    "findings": "findings export",
    "archive": "archive create",
    "": "notice make",
}
"""The commands for what the program makes; all else is a document of ``report``, and ``""`` are notices."""


def deliverables(workspace: Workspace, day: date) -> list[DeliverableStatus]:
    """Return the state of every deliverable of the plan on a day."""
    kit, roster = workspace.load().usable()
    with workspace.reading() as ledger:
        return deliverable_states(workspace, ledger, kit, roster, day)


@dataclass(frozen=True, slots=True)
class Meant:
    """Which deliverable somebody means, by id or title, and whose it is, by name or number, if it is one of several."""

    name: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """What is filed now as which deliverable (its title, and whose it is), and what was before.

    ``unsigned``: it must be signed, and nobody said by whom it is.
    """

    title: str
    whose: str
    now: Filing
    before: Filing
    unsigned: bool = False


def add(workspace: Workspace, paths: Iterable[Path], meant: Meant, said: tuple[str, str], listener: Listener) -> Filed:
    """File one or several files as a deliverable, instead of what was filed before; a bad file stops all of it.

    ``said`` is who signed them, empty for nobody, and who files them, empty for the operator.
    """
    kit, roster = workspace.load().usable()
    one, number, whose = _found(workspace, meant, kit, roster)
    signed_by, by = said[0].strip(), decider(workspace, said[1])
    on_paper = one.signed or one.sealed
    # what has an empty form may have been written by hand
    if (one.made or one.notices) and not on_paper and not one.blank:
        command = _MADE_BY.get(one.made, f"report {one.made}")
        raise UserError(MADE_HERE(title=one.title, command=f"selfaudit {command}"))
    given = list(Given(paths, workspace.root, SCANS))
    if wrong := [problem for item in given if (problem := item.problem or _wrong(item, one.title if on_paper else ""))]:
        raise UserError(wrong)
    with workspace.writing(listener.waiting, by) as ledger:
        head = f"{file_name(whose)}_" if whose else ""
        files = (keep(workspace, one.id, f"{head}{_name(item)}", item.data) for item in given)
        now = Filing(files=tuple(files), signed_by=signed_by)
        before = enter_filing(ledger, record_id(one.id, number), now, by, "")
    return Filed(one.title, whose, now, before, unsigned=one.signed and not signed_by)


def withdraw(workspace: Workspace, meant: Meant, why: tuple[str, str], listener: Listener) -> Filed:
    """Say that what was filed does not count; the files and their history are kept. ``why`` is by whom and why."""
    kit, roster = workspace.load().usable()
    one, number, whose = _found(workspace, meant, kit, roster)
    by, reason = decided(workspace, *why)
    with workspace.writing(listener.waiting, by) as ledger:
        before = enter_filing(ledger, record_id(one.id, number), Filing(), by, reason)
        if not before.files and not before.omitted:
            raise UserError(NOTHING_FILED(title=one.title))
    return Filed(one.title, whose, Filing(), before)


def omit(workspace: Workspace, meant: Meant, why: tuple[str, str], listener: Listener) -> Filed:
    """Say that there is none, as nothing of the kind was called for; ``why`` is by whom and why."""
    kit, roster = workspace.load().usable()
    one, number, whose = _found(workspace, meant, kit, roster)
    by, reason = decided(workspace, *why)
    now = Filing(omitted=reason)
    with workspace.writing(listener.waiting, by) as ledger:
        before = enter_filing(ledger, record_id(one.id, number), now, by, reason)
    return Filed(one.title, whose, now, before)


def _found(workspace: Workspace, meant: Meant, kit: Kit, roster: Roster) -> tuple[Deliverable, str, str]:
    """Return the deliverable that is meant, with number and name of whose it is; both are empty for the body's."""
    key = name_key(meant.name)
    one = next((one for one in kit.plan.deliverables if key in (name_key(one.id), name_key(one.title))), None)
    if one is None:
        known = [f"{one.id} ({one.title})" for one in kit.plan.deliverables] or "-"
        raise UserError(NO_SUCH(name=meant.name, known=known))
    with workspace.reading() as ledger:
        whose = owners(one, kit, roster, reviews(ledger))
    if is_one(one, whose):
        if meant.of:
            raise UserError(OF_BODY(title=one.title))
        return one, "", ""
    names = Some([who.name for who in whose])
    if not meant.of:
        raise UserError(OF_WHOM(title=one.title, known=names))
    found = [who for who in whose if meant.of == who.number or name_key(meant.of) == name_key(who.name)]
    if len(found) != 1:
        numbers = Some([f"{who.number} ({who.unit_name})" for who in found])
        raise UserError(NOT_OF(title=one.title, name=meant.of, known=numbers if found else names))
    return one, found[0].number, found[0].name


def _wrong(item: Incoming, on_paper: str) -> Problem | None:
    """Return why a file cannot be filed, if so; ``on_paper`` is the title of what must be signed or sealed."""
    kind = kind_of_scan(item.data)
    if kind is None:
        return NO_KIND(Where(item.name))
    if kind.family not in _TAKEN or not kind.suffix:
        return OTHER_KIND(Where(item.name), what=Term(kind.family))
    if on_paper and kind.family not in _SCANS:
        return NOT_A_SCAN(Where(item.name), title=on_paper, what=Term(kind.family))
    return None


def _name(item: Incoming) -> str:
    """Return a safe name that ends as what the file is."""
    kind = kind_of_scan(item.data)
    pure = PurePath(item.name)
    return f"{file_name(pure.stem if pure.suffix else pure.name)}.{kind.suffix if kind else ''}"
