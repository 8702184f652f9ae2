"""Everything that came back from one respondent, in order."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.model.form.merge import Difference, count_changes, differences
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.holding import Former
from selfaudit.model.progress.paper import Paper, PaperState, content_code
from selfaudit.model.progress.reminder import Reminder
from selfaudit.store.ledger.decisions import Decision, decision
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.originals import original
from selfaudit.store.ledger.problems import unpacked
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.ledger.responses import ResponseRow, Shown, about_response, responses, shown
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.election import ENTERED
from selfaudit.workflow.common.state.respondents import find_respondent
from selfaudit.workflow.common.state.standings import standing_of


@dataclass(frozen=True, slots=True)
class Event:
    """One response of a respondent; ``changes`` counts the places that differ from the one before it.

    ``differs`` lists, for one that contests the response shown, every place with what this one and that one say.
    ``carried`` is the number of an earlier response that completes it, and at how many places; the gaps are those left.
    ``withdrawn`` says who took it back and why, ``entered`` who entered it on the respondent's behalf.
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
    differs: list[Difference]
    gaps: tuple[Problem, ...]
    carried: tuple[int, int] | None
    withdrawn: Decision | None = None
    entered: Decision | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Everything that came back from one respondent, how they were reminded, and the state of their signed paper.

    ``waived`` is the decision that no answer is needed, ``former`` what they answered to words not asked any more.
    ``signs`` is the content code of the answers shown now: papers with another one are of earlier answers.
    """

    key: str
    name: str
    events: list[Event]
    reminders: list[Reminder]
    papers: list[Paper]
    paper: PaperState
    signs: str
    waived: Decision | None = None
    former: list[Former] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        events = [
            {
                **{key: getattr(event, key) for key in event.__slots__},
                "differs": [[found.place, found.one, found.other] for found in event.differs],
                "gaps": [gap.as_data() for gap in event.gaps],
                "withdrawn": event.withdrawn and event.withdrawn.as_data(),
                "entered": event.entered and event.entered.as_data(),
            }
            for event in self.events
        ]
        reminders = [{**asdict(reminder), "day": reminder.day.isoformat()} for reminder in self.reminders]
        papers = [{**asdict(paper), "current": paper.content == self.signs} for paper in self.papers]
        who = {"respondent": self.key, "name": self.name}
        told = {"events": events, "reminders": reminders, "papers": papers, "paper": self.paper}
        former = [asdict(one) for one in self.former]
        return {**who, **told, "waived": self.waived and self.waived.as_data(), "former": former}


def history(workspace: Workspace, name: str) -> History:
    """Return every response of one respondent, given by name, number, key or passport."""
    kit = workspace.load().kit
    with workspace.reading() as ledger:
        return history_of(ledger, *find_respondent(ledger, name), kit)


def history_of(ledger: Ledger, key: str, shown_name: str, kit: Kit | None = None) -> History:
    """Return every response of the respondent with a key; without a kit the forms issued last say what is asked."""
    now = shown(ledger, key) or Shown("", ())
    rows = responses(ledger, key)
    contents = {row.digest: json.loads(row.content) for row in rows}
    current = json.loads(now.carried.content) if now.carried else contents.get(now.digest, {})
    events: list[Event] = []
    before: dict[str, Any] = {}
    for number, row in enumerate(rows, 1):
        content, arrived = contents[row.digest], original(ledger, row.sha256)
        events.append(
            Event(
                number=number,
                digest=row.digest,
                passport=row.passport,
                filled_by=row.filled_by,
                filled_on=row.filled_on,
                received_at=row.received_at,
                file=arrived.name if arrived else "",
                shown=row.digest == now.response,
                contested=row.digest in now.rivals,
                changes=count_changes(differences(before, content)),
                differs=differences(content, current) if row.digest in now.rivals else [],
                gaps=unpacked(now.carried.gaps if now.carried and row.digest == now.response else row.gaps),
                carried=_carried(now, rows) if row.digest == now.response else None,
                withdrawn=decision(ledger, "withdraw", about_response(key, row.digest)),
                entered=decision(ledger, ENTERED, about_response(key, row.digest)),
            )
        )
        before = content
    chased = reminders(ledger, key)
    standing = standing_of(ledger, key, kit)
    waived = decision(ledger, "waive", key) if standing.state == "waived" else None
    signs = content_code(now.digest) if now.digest else ""
    former = list(standing.former)
    return History(key, shown_name, events, chased, list(standing.papers), standing.paper, signs, waived, former)


def _carried(now: Shown, rows: Sequence[ResponseRow]) -> tuple[int, int] | None:
    """Return the number of the response from which something was carried over, and at how many places."""
    digests = [row.digest for row in rows]
    return (digests.index(now.carried.source) + 1, len(now.carried.taken)) if now.carried else None
