"""``status``: how far the campaign is."""

from datetime import date
from pathlib import Path

from selfaudit.files.atomic import write_text
from selfaudit.model.form import Labels
from selfaudit.model.progress.reminder import by_respondent
from selfaudit.model.progress.status import Status, status_of
from selfaudit.store.ledger.papers import open_page_count
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.output import output_path
from selfaudit.workflow.common.standings import standings, unusable


def status(workspace: Workspace, today: date) -> Status:
    """Return the state of everybody."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        chased = by_respondent(reminders(ledger))
        labels = Labels(who for who, active in respondents(ledger).values() if active)
        found = status_of(kit, standings(ledger), today, chased, labels)
        found.rejected = unusable(workspace, ledger)
        if found.papers:
            found.papers.open_pages = open_page_count(ledger)
    return found


def write_page(workspace: Workspace, found: Status, path: Path) -> None:
    """Write the status as a web page."""
    from selfaudit.reports.pages.status import status_page  # noqa: PLC0415 - rarely needed

    write_text(output_path(workspace, path, workspace.reports / "status.html"), status_page(found))
