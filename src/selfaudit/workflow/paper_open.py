"""Keeps the page that shows every scanned page that is filed under nobody."""

from collections.abc import Iterator

from selfaudit.papers.thumbnails import OpenPage, open_pages_page
from selfaudit.store.ledger import Ledger
from selfaudit.store.papers import Scan, papers, scans
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.paper_sort import UNKNOWN

SHOWN, PICTURES = "papers/unreadable.html", "papers/unreadable"


def picture_of(scan: Scan, number: int) -> str:
    """Return where the small picture of a page is kept as long as it waits."""
    return f"{PICTURES}/{scan.sha256}-{number}.jpg"


def bring_up_open_pages(workspace: Workspace, ledger: Ledger, title: str) -> int:
    """Write the page anew, titled as the campaign, or remove it when nothing waits; return how many pages wait."""
    waiting = list(_open_pages(workspace, ledger))
    wanted = {workspace.path(picture_of(scan, page.number)) for scan, page in waiting}
    for picture in workspace.path(PICTURES).glob("*.jpg"):
        if picture not in wanted:
            picture.unlink()
    if waiting:
        workspace.put(SHOWN, open_pages_page(title, [page for _, page in waiting]).encode())
    else:
        workspace.path(SHOWN).unlink(missing_ok=True)
    return len(waiting)


def _open_pages(workspace: Workspace, ledger: Ledger) -> Iterator[tuple[Scan, OpenPage]]:
    filed = [paper for several in papers(ledger).values() for paper in several]
    for scan in scans(ledger).values():
        for number, reason in sorted(scan.open_pages(filed).items()):
            picture = workspace.path(picture_of(scan, number))
            page = f" --page {number}" if scan.pages > 1 else ""
            command = f"selfaudit paper match {scan.file}{page} --to NAME" if reason.kind is not UNKNOWN else ""
            data = picture.read_bytes() if picture.is_file() else b""
            yield scan, OpenPage(scan.name, number, reason, command, data)
