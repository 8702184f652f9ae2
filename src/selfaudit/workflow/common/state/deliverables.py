"""Where every deliverable of the plan stands, from what lies in the campaign and what was filed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from selfaudit.base.text import file_name
from selfaudit.model.disposition.notice import KIND as NOTICE
from selfaudit.model.disposition.notice import Notice
from selfaudit.model.form.form import Labels, Respondent
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.deliverables import (
    DELIVERABLE,
    DeliverableStatus,
    Filing,
    Piece,
    Stand,
    dated,
    record_id,
)
from selfaudit.model.progress.paper import content_code
from selfaudit.model.progress.standing import Standing
from selfaudit.model.roster import Roster
from selfaudit.model.sampling.reviewing import REVIEWERS
from selfaudit.model.sampling.state import SAMPLE
from selfaudit.reports.build.reviewed import DOCUMENT as REVIEW
from selfaudit.reports.build.samples import HIGH_RISK_DOCUMENT, LIST_DOCUMENT
from selfaudit.reports.document import Document
from selfaudit.reports.documents import documents_of
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Record, records
from selfaudit.store.ledger.respondents import respondents
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.rounds import RoundForm, round_forms
from selfaudit.workflow.common.state.confirmed import key_of
from selfaudit.workflow.common.state.signing import Said, signed_documents
from selfaudit.workflow.common.state.standings import standings
from selfaudit.workflow.common.writing.places import is_one, owners, place_of, place_of_body

ANSWERS = "answers"
"""What is there when the form of a respondent came back complete."""
SHEETS = "paper"
"""What is there when the sheet is back on which they signed their answers."""


def deliverable_states(
    workspace: Workspace, ledger: Ledger, kit: Kit, roster: Roster, day: date
) -> list[DeliverableStatus]:
    """Return the state of every deliverable on a day, in the order of the plan."""
    heard = _Heard(roster)
    for standing in standings(ledger, kit):
        heard.add(standing)
    for one in round_forms(ledger, "confirmations"):
        heard.add_reader(one)
    heard.sampled = _last(ledger, SAMPLE, REVIEWERS)
    heard.reviewed = max(heard.sampled, heard.reviewed, _last(ledger, "confirmations"))
    said = Said(workspace, ledger)
    signed = {one.key: one for one in signed_documents(workspace, kit, roster)}
    current = lambda key: content_code(said.by(signed[key])) if key in signed else ""  # noqa: E731 - one line
    notices = [Notice.model_validate(one.data) for one in records(ledger, NOTICE).values()]
    taker = _Taker(
        workspace,
        kit,
        roster,
        heard,
        records(ledger, DELIVERABLE),
        current,
        notices,
        documents_of(kit.plan),
        reviews(ledger),
    )
    return [taker.status(deliverable, day) for deliverable in kit.plan.deliverables]


def reviews(ledger: Ledger) -> list[Respondent]:
    """Return everything that is with somebody to review, once for each reviewer."""
    return [who for who, asked in respondents(ledger).values() if asked and who.answers == "file"]


@dataclass(slots=True)
class _Heard:
    """What respondents said, as far as it matters here.

    ``newest`` is the last moment by unit, site, file and for all. ``sampled`` is the last moment at which files were
    drawn or given to reviewers, ``reviewed`` that at which a review of one came back, or what its first reader says.
    """

    roster: Roster
    newest: dict[str, str] = field(default_factory=dict)
    sampled: str = ""
    reviewed: str = ""
    sheets: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def add(self, standing: Standing) -> None:
        """Take one respondent."""
        who = standing.respondent
        self.sheets[who.key] = standing.paper
        self.states[who.key] = standing.state
        if who.answers == "file":
            self.reviewed = max(self.reviewed, standing.received_at)
        if standing.content is not None:
            for place in ("", who.key, who.unit, self.roster.site_of(who.unit)):
                self.newest[place] = max(self.newest.get(place, ""), standing.received_at)

    def add_reader(self, one: RoundForm) -> None:
        """Take what a first reader says of files, if anything came back."""
        for row in one.form.questions.given if one.content is not None else ():
            subject = f"file:{'/'.join(key_of(row))}"
            self.newest[subject] = max(self.newest.get(subject, ""), one.at)


@dataclass(frozen=True, slots=True)
class _Taker:
    """Takes stock of the deliverables."""

    workspace: Workspace
    kit: Kit
    roster: Roster
    heard: _Heard
    filed: Mapping[str, Record]
    current: Callable[[str], str]
    notices: Sequence[Notice]
    documents: Mapping[str, Document]
    reviews: Sequence[Respondent]

    def status(self, deliverable: Deliverable, day: date) -> DeliverableStatus:
        """Return the state of a deliverable; those who need not answer owe none."""
        due, who = dated(self.kit, deliverable)
        document = self.documents.get(deliverable.made)
        pieces = list(self._pieces(deliverable, document))
        return DeliverableStatus(deliverable, due, who, (due - day).days if due else None, pieces)

    def _pieces(self, deliverable: Deliverable, document: Document | None) -> Iterator[Piece]:
        whose = owners(deliverable, self.kit, self.roster, self.reviews)
        if is_one(deliverable, whose):
            # of reviews none is made for the body; an empty form that is called the same is nothing filed
            made = self._of_body(deliverable, document) if deliverable.whose == "body" else []
            yield self._piece(deliverable, None, "", made)
            return
        labels = Labels(whose)
        for who in whose:
            if self.heard.states.get(who.key) != "waived":
                yield self._piece(deliverable, who, labels.of(who), self._of_each(who, document))

    def _of_body(self, deliverable: Deliverable, document: Document | None) -> list[Path]:
        if document:
            return [self.workspace.reports / place_of_body(document, self.kit.plan)]
        if deliverable.made == "archive":
            # nobody needs the older ones
            return sorted(self.workspace.archives.glob("*.zip"), key=lambda path: path.stat().st_mtime)[-1:]
        form = self.kit.plan.online_form
        names = {"findings": "findings.xlsx", "online-form": f"{file_name(form.title)}.xlsx" if form else ""}
        name = names.get(deliverable.made)
        return [self.workspace.reports / name] if name else []

    def _of_each(self, who: Respondent, document: Document | None) -> list[Path]:
        if document is None or document.name == SHEETS:
            return []
        ending = document.called_in(self.kit.plan)
        return [self.workspace.reports / document.folder / place_of(who, ending)]

    def _piece(self, deliverable: Deliverable, who: Respondent | None, name: str, made: Iterable[Path]) -> Piece:
        number = who.number if who else ""
        record = self.filed.get(record_id(deliverable.id, number))
        filing = Filing.model_validate(record.data) if record else Filing()
        if record and filing.files:
            stand = self._filed(deliverable, filing, record.id)
            files = tuple(one.file for one in filing.files)
            return Piece(number, name, stand, files, _day(record.at), record.by, filing.signed_by)
        if filing.omitted:
            return Piece(number, name, "done", omitted=filing.omitted)
        if deliverable.notices:
            return self._of_notices(deliverable, number, name)
        if who and deliverable.made in (SHEETS, ANSWERS):
            return Piece(number, name, self._answered(who, signed=deliverable.made == SHEETS))
        there = [path for path in made if path.is_file()]
        if not there:
            return Piece(number, name, "missing")
        moment = datetime.fromtimestamp(min(path.stat().st_mtime for path in there), UTC)
        stand = "unsigned" if deliverable.signed else "done"
        if self._is_old(deliverable, who, moment):
            stand = "old"
        files = tuple(self.workspace.shown(path) for path in there)
        return Piece(number, name, stand, files, moment.astimezone().date())

    def _of_notices(self, deliverable: Deliverable, number: str, name: str) -> Piece:
        """Return whether notices are there: at least one, and every one whose number was drawn."""
        valid = [one for one in self.notices if one.kind in deliverable.notices and one.state != "withdrawn"]
        made = [one for one in valid if one.state != "drawn"]
        stand: Stand = "done" if made and made == valid else "missing"
        return Piece(number, name, stand, tuple(one.file for one in made), max((one.on for one in made), default=None))

    def _filed(self, deliverable: Deliverable, filing: Filing, key: str) -> Stand:
        if filing.content:
            return "done" if self.current(key) == filing.content else "changed"
        return "unsigned" if deliverable.signed and not filing.signed_by else "done"

    def _answered(self, who: Respondent, *, signed: bool) -> Stand:
        if not signed:
            return "done" if self.heard.states.get(who.key) == "complete" else "missing"
        stands: dict[str, Stand] = {"confirmed": "done", "changed": "changed", "unconfirmed": "unsigned"}
        return stands.get(self.heard.sheets.get(who.key, ""), "missing")

    def _is_old(self, deliverable: Deliverable, who: Respondent | None, moment: datetime) -> bool:
        document = self.documents.get(deliverable.made)
        place = "" if who is None else who.number if who.answers == "unit" else who.key
        # the record of a review prints what first readers say of the file
        newest = max(self.heard.newest.get(one, "") for one in (place, who.subject if who else place))
        if document and not document.of_answers:
            lists = {LIST_DOCUMENT.name: self.heard.sampled}
            lists |= dict.fromkeys((HIGH_RISK_DOCUMENT.name, REVIEW.name), self.heard.reviewed)
            newest = lists.get(document.name, "")
        return bool(newest) and moment < datetime.fromisoformat(newest)


def _last(ledger: Ledger, *kinds: str) -> str:
    """Return the last moment at which a record of some kinds was changed; empty if there is none."""
    return max((one.at for kind in kinds for one in records(ledger, kind).values()), default="")


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone().date()
