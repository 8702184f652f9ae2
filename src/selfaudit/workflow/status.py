"""``status``: how far the campaign is."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.model.merge import differences
from selfaudit.model.paper import Paper, PaperState, paper_state
from selfaudit.model.passport import Passport
from selfaudit.model.reminder import Reminder, by_respondent
from selfaudit.model.status import Status, status_of
from selfaudit.store.files import write_text
from selfaudit.store.ledger import Ledger
from selfaudit.store.papers import papers
from selfaudit.store.reminders import reminders
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.standings import standings

WHO = error("status.who", N_("nobody on the roster is called “{name}”"), N_("Give a name, a number or a passport."))


def status(workspace: Workspace, today: date) -> Status:
    """Return where everybody stands."""
    kit = workspace.load().usable()[0]
    with workspace.reading() as ledger:
        chased = by_respondent(reminders(ledger))
        return status_of(kit, standings(ledger), ledger.rejected_files(), today, chased)


def write_page(found: Status, path: Path) -> None:
    """Write the status as a web page."""
    from selfaudit.reports.status_page import status_page  # noqa: PLC0415 - rarely needed

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
    """Everything that came back from one respondent, how he was reminded, and where his signed paper stands."""

    key: str
    name: str
    events: list[Event]
    reminders: list[Reminder]
    papers: list[Paper]
    paper: PaperState

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        events = [
            {**{key: getattr(event, key) for key in event.__slots__}, "gaps": [gap.as_data() for gap in event.gaps]}
            for event in self.events
        ]
        reminders = [{**asdict(reminder), "day": reminder.day.isoformat()} for reminder in self.reminders]
        papers = [asdict(paper) for paper in self.papers]
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
    filed = papers(ledger).get(key, [])
    return History(key, shown_name, events, chased, filed, paper_state(digest, filed))


def find_respondent(ledger: Ledger, name: str) -> tuple[str, str]:
    """Return key and name of a respondent given by name, number, key or passport; an ambiguous name is refused."""
    everybody = ledger.respondents()
    found = [key for key, (respondent, _) in everybody.items() if name in (key, key.partition(":")[2], respondent.name)]
    passport = Passport.parse(name)
    if passport and (form := ledger.form(str(passport))):
        found = [form.respondent.key]
    if not found:
        raise UserError(WHO(name=name))
    if len(found) > 1:
        raise UserError(AMBIGUOUS(name=name, keys=list(found)))
    return found[0], everybody[found[0]][0].name


AMBIGUOUS = error("status.ambiguous", N_("“{name}” is more than one respondent"), N_("Give one of: {keys}."))
