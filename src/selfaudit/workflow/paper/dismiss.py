"""``paper dismiss``: scanned pages that are nobody's sheet, as a person says; they are kept and wait for nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.files.hashing import sha256_of
from selfaudit.store.ledger.decisions import Decision, decide, decision, undo
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import DISMISS, Scan, about_page, papers, scans
from selfaudit.store.operator import decided
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.paper.review import refresh_open_pages

NO_SCAN = error(
    "dismiss.no-scan",
    N_("no scan “{name}” has been matched here"),
    N_("Name it as papers/unreadable.html does, or give the path of the file. Scans with open pages: {known}."),
)
WHICH_SCAN = error("dismiss.which-scan", N_("several scans are called “{name}”"), N_("Give one of: {files}."))
NOT_OPEN = error(
    "dismiss.not-open",
    N_("page {page} of {name} is not waiting for anybody"),
    N_("Pages that are: {known}. A page that is filed is moved with selfaudit paper match --page --to."),
)
NOT_DISMISSED = error(
    "dismiss.not-dismissed", N_("page {page} of {name} was not set aside"), N_("Pages that were: {known}.")
)


@dataclass(slots=True)
class Dismissed:
    """The pages of a scan that are set aside now, or wait again, and how many of all scans still wait."""

    file: str
    pages: list[int] = field(default_factory=list)
    waiting: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        return {"file": self.file, "pages": self.pages, "waiting": self.waiting}


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of a scan, given by its name or a path; no numbers mean all that wait, or all that were set aside."""

    scan: str
    numbers: tuple[int, ...] = ()


def dismiss(workspace: Workspace, meant: Pages, why: tuple[str, str], *, back: bool, listener: Listener) -> Dismissed:
    """Set pages aside, or with ``back`` let them wait again; ``why`` is by whom, empty for the operator, and why."""
    by, reason = decided(workspace, *why)
    title = workspace.plan().title
    with workspace.writing(listener.waiting, by) as ledger:
        scan = _scan(workspace, ledger, meant.scan)
        with ledger.together():
            done = Dismissed(scan.name, _take_back(ledger, scan, meant, by, reason) if back else [])
            if not back:
                done.pages = _dismiss(ledger, scan, meant, by, reason)
        done.waiting = refresh_open_pages(workspace, ledger, title)
    return done


def _dismiss(ledger: Ledger, scan: Scan, meant: Pages, by: str, reason: str) -> list[int]:
    filed = [paper for several in papers(ledger).values() for paper in several]
    waiting = scan.open_pages(filed)
    pages = _chosen(meant, waiting, scan, NOT_OPEN)
    for page in pages:
        data = {"file": Path(scan.name).name, "page": page}
        decide(ledger, Decision(DISMISS, about_page(scan.sha256, page), by, reason, data))
    return pages


def _take_back(ledger: Ledger, scan: Scan, meant: Pages, by: str, reason: str) -> list[int]:
    found = {page: decision(ledger, DISMISS, about_page(scan.sha256, page)) for page in sorted(scan.dismissed)}
    pages = _chosen(meant, found, scan, NOT_DISMISSED)
    for page in pages:
        if made := found[page]:
            undo(ledger, made, by=by, reason=reason)
    return pages


def _chosen(meant: Pages, there: Mapping[int, object], scan: Scan, kind: Any) -> list[int]:
    """Return the pages that are meant; one that is not there stops the command."""
    pages = sorted(set(meant.numbers or there))
    if refused := [page for page in pages or [1] if page not in there]:
        known = sorted(there) or "-"
        raise UserError([kind(page=page, name=scan.name, known=known) for page in refused])
    return pages


def _scan(workspace: Workspace, ledger: Ledger, name: str) -> Scan:
    """Return the scan of a name or a path."""
    known = scans(ledger)
    path = Path(name)
    for candidate in (path, workspace.path(name)):
        if candidate.is_file() and (scan := known.get(sha256_of(candidate))):
            return scan
    found = [scan for scan in known.values() if name in (scan.name, Path(scan.name).name, scan.file)]
    if len(found) > 1:
        raise UserError(WHICH_SCAN(name=name, files=[scan.file for scan in found]))
    if not found:
        raise UserError(NO_SCAN(name=name, known=_open(ledger, known.values()) or "-"))
    return found[0]


def _open(ledger: Ledger, known: Iterable[Scan]) -> list[str]:
    filed = [paper for several in papers(ledger).values() for paper in several]
    return [scan.name for scan in known if scan.open_pages(filed)]
