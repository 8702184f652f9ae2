"""Keeps the pages for the person who checks paper: what is unassigned, and what nobody has checked yet."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from selfaudit.base.i18n import N_, _
from selfaudit.model.kept import UNKNOWN
from selfaudit.model.progress.paper import Paper, papers_for
from selfaudit.reports.pages.papers import OpenPage, UnseenSheet, open_pages_page, unseen_sheets_page
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import Scan, papers, scans
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.standings import standing_of

_PICTURE = re.compile(r"[0-9a-f]{64}-\d+\.jpg")
_PLAIN = re.compile(r"\w[\w.·-]*")
"""Names that every shell takes as one word."""
REASON = N_("why not")


def picture_of(scan: Scan, number: int) -> str:
    """Return where the small picture of a page is kept as long as somebody has to look at it."""
    return Workspace.picture_name(scan.sha256, number)


def refresh_open_pages(workspace: Workspace, ledger: Ledger, title: str) -> int:
    """Write both pages again, titled as the campaign, or remove what is empty; return how many wait for an owner."""
    known = scans(ledger)
    filed = [paper for several in papers(ledger).values() for paper in several]
    waiting = list(_open_pages(workspace, known.values(), filed))
    unseen = [paper for paper in filed if not paper.verdict]
    keep = {picture_of(scan, page.number) for scan, page in waiting}
    keep |= {picture_of(known[paper.scan], number) for paper in unseen for number in paper.pages}
    # a page that was set aside may have to be looked at again
    keep |= {picture_of(scan, number) for scan in known.values() for number in scan.dismissed}
    _tidy(workspace, keep)
    sheets = list(_unseen_sheets(workspace, ledger, known, {paper.respondent for paper in unseen}))
    _put(workspace, workspace.OPEN_PAGES, open_pages_page(title, [page for _scan, page in waiting]) if waiting else "")
    _put(workspace, workspace.UNSEEN_SHEETS, unseen_sheets_page(title, sheets) if sheets else "")
    return len(waiting)


def _tidy(workspace: Workspace, keep: set[str]) -> None:
    wanted = {workspace.path(name) for name in keep}
    for picture in workspace.pictures.glob("*.jpg"):
        if picture not in wanted and _PICTURE.fullmatch(picture.name):
            picture.unlink()


def _put(workspace: Workspace, name: str, page: str) -> None:
    if page:
        workspace.put(name, page.encode())
    else:
        workspace.path(name).unlink(missing_ok=True)


def _open_pages(workspace: Workspace, known: Iterable[Scan], filed: list[Paper]) -> Iterator[tuple[Scan, OpenPage]]:
    papers_in: dict[str, list[Paper]] = {}
    for paper in filed:
        papers_in.setdefault(paper.scan, []).append(paper)
    for scan in known:
        for number, reason in sorted(scan.open_pages(papers_in.get(scan.sha256, ())).items()):
            picture = workspace.path(picture_of(scan, number))
            command = f"selfaudit paper match {scan.file} --page {number} --to {_('NAME')}"
            dismiss = f'selfaudit paper dismiss {scan.file} --page {number} --reason "{_(REASON)}"'
            data = picture.read_bytes() if picture.is_file() else b""
            shown = command if reason.kind not in UNKNOWN else ""
            yield scan, OpenPage(scan.name, number, reason, shown, dismiss, data)


def _unseen_sheets(
    workspace: Workspace, ledger: Ledger, known: Mapping[str, Scan], owners: set[str]
) -> Iterator[UnseenSheet]:
    """Yield the sheets of the answers shown now that nobody has judged, in the order of the roster."""
    everybody = {key: who for key, (who, _active) in respondents(ledger).items()}
    called = Counter(who.name for who in everybody.values())
    for key, who in everybody.items():
        standing = standing_of(ledger, key) if key in owners else None
        if standing is None or standing.paper != "unconfirmed":
            continue
        called_so = who.name if called[who.name] == 1 and _PLAIN.fullmatch(who.name) else key
        command = f"selfaudit paper confirm {called_so}"
        for paper in papers_for(standing.to_sign, standing.papers):
            if not paper.verdict:
                names = [picture_of(known[paper.scan], number) for number in paper.pages]
                yield UnseenSheet(
                    name=who.name,
                    unit=who.unit_name,
                    file=paper.file,
                    address=_address(paper.file),
                    confirm=command,
                    refuse=f'{command} --refuse "{_(REASON)}"',
                    pictures=tuple(_address(name) for name in names if workspace.path(name).is_file()),
                )


def _address(name: str) -> str:
    """Return the address of a signed sheet or a picture as seen from a page that lies beside them."""
    return quote(str(PurePosixPath(name).relative_to(Workspace.PAPERS)))
