"""``status``: how far the campaign is."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.files.atomic import write_text
from selfaudit.model.form import Labels
from selfaudit.model.merge import differences
from selfaudit.model.paper import Paper, PaperState, content_code
from selfaudit.model.reminder import Reminder, by_respondent
from selfaudit.model.status import Status, status_of
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import open_page_count
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.respondents import find_respondent
from selfaudit.workflow.common.standings import standing_of, standings, unusable


def status(workspace: Workspace, today: date) -> Status:
    """Return where everybody stands."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        chased = by_respondent(reminders(ledger))
        labels = Labels(who for who, active in ledger.respondents().values() if active)
        found = status_of(kit, standings(ledger), today, chased, labels)
        found.rejected = unusable(workspace, ledger)
        if found.papers:
            found.papers.open_pages = open_page_count(ledger)
    return found


def write_page(found: Status, path: Path) -> None:
    """Write the status as a web page."""
    from selfaudit.reports.pages.status import status_page  # noqa: PLC0415 - rarely needed

    write_text(path, status_page(found))


@dataclass(frozen=True, slots=True)
class Event:
    """One response of a respondent; ``changes`` counts what differs from the one before it.

    ``differs`` lists, for one that contests the response shown, every place with what this one and that one say.
    """

    number: int
    digest: str
    passport: str
    filled_by: str
    filled_on: str
    received_at: str
    file: str
    shown: bool
    contested: bool
    changes: int
    differs: list[tuple[str, str, str]]
    gaps: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Everything that came back from one respondent, how he was reminded, and where his signed paper stands.

    ``signs`` is the content code of the answers shown now: papers with another one are of earlier answers.
    """

    key: str
    name: str
    events: list[Event]
    reminders: list[Reminder]
    papers: list[Paper]
    paper: PaperState
    signs: str

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        events = [
            {**{key: getattr(event, key) for key in event.__slots__}, "gaps": [gap.as_data() for gap in event.gaps]}
            for event in self.events
        ]
        reminders = [{**asdict(reminder), "day": reminder.day.isoformat()} for reminder in self.reminders]
        papers = [{**asdict(paper), "current": paper.content == self.signs} for paper in self.papers]
        who = {"respondent": self.key, "name": self.name}
        return {**who, "events": events, "reminders": reminders, "papers": papers, "paper": self.paper}


def history(workspace: Workspace, name: str) -> History:
    """Return every response of one respondent, given by name, number, key or passport."""
    with workspace.reading() as ledger:
        return history_of(ledger, *find_respondent(ledger, name))


def history_of(ledger: Ledger, key: str, shown_name: str) -> History:
    """Return every response of the respondent with a key."""
    digest, rivals = ledger.shown(key) or ("", [])
    rows = ledger.responses(key)
    contents = {row["digest"]: json.loads(row["content"]) for row in rows}
    events: list[Event] = []
    before: dict[str, Any] = {}
    for number, row in enumerate(rows, 1):
        content = contents[row["digest"]]
        events.append(
            Event(
                number=number,
                digest=row["digest"],
                passport=row["passport"],
                filled_by=row["filled_by"],
                filled_on=row["filled_on"],
                received_at=row["received_at"],
                file=ledger.original_name(row["sha256"]),
                shown=row["digest"] == digest,
                contested=row["digest"] in rivals,
                changes=len(differences(before, content)),
                differs=differences(content, contents[digest]) if row["digest"] in rivals else [],
                gaps=tuple(Problem.restored(gap) for gap in json.loads(row["gaps"])),
            )
        )
        before = content
    chased = [entry for entry in reminders(ledger) if entry.respondent == key]
    standing = standing_of(ledger, key)
    signs = content_code(digest) if digest else ""
    return History(key, shown_name, events, chased, list(standing.papers), standing.paper, signs)
