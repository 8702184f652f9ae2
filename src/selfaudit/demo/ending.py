"""Carries the campaign of the demo from its draft to the archive: everybody answers, and everything is settled."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from selfaudit.base.clock import stopped_at
from selfaudit.base.text import file_name
from selfaudit.demo.answers import Content
from selfaudit.demo.body import Cast
from selfaudit.demo.data import decide_on_signals
from selfaudit.demo.reviewing import hear_readers
from selfaudit.files.atomic import write_bytes
from selfaudit.forms import yaml as yaml_form
from selfaudit.model.progress.paper import PaperCode, content_code
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.people import People
from selfaudit.reports.build.reviewed import DOCUMENT as REVIEW
from selfaudit.reports.build.samples import LISTS
from selfaudit.scans.practice import scan_of
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.create import Created, Wanted, create
from selfaudit.workflow.archive.verify import Question, Verified, verify
from selfaudit.workflow.collect.collect import collect
from selfaudit.workflow.common.deciding import Deciding
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.standings import everybody_of
from selfaudit.workflow.contradictions.choosing import Choice, resolve
from selfaudit.workflow.contradictions.listing import contradictions
from selfaudit.workflow.contradictions.settling import Settlement, settle
from selfaudit.workflow.dispositions.deciding import approve as approve_dispositions
from selfaudit.workflow.dispositions.entering import propose, put
from selfaudit.workflow.dispositions.listing import load_book
from selfaudit.workflow.findings import steps
from selfaudit.workflow.findings.listing import Filter, findings
from selfaudit.workflow.notices.make import make
from selfaudit.workflow.paper.confirm import confirm
from selfaudit.workflow.paper.match import Said, match
from selfaudit.workflow.report.approve import Step, approve
from selfaudit.workflow.report.final import Final, write_final
from selfaudit.workflow.report.manner import Manner
from selfaudit.workflow.report.named import write_named
from selfaudit.workflow.status import status, write_page

COMPLETED = datetime(2023, 11, 13, 10, tzinfo=UTC)
CLOSED = datetime(2023, 11, 14, 8, tzinfo=UTC)
ARCHIVED = datetime(2023, 11, 15, 8, tzinfo=UTC)
"""When the last answers come, when everything is settled, and when the campaign is put away."""
CORRECTED = 6
"""Findings whose correction is entered, verified and closed."""
STEPS = ("prepared", "reviewed", "approved")


@dataclass(slots=True)
class Ended:
    """What there is at the end: the final report, what else was written, the notices, and the archive as verified."""

    final: Final
    page: Path
    documents: list[Path]
    archive: Created
    verified: Verified
    signed: int = 0
    closed: int = 0
    notices: list[Path] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ending:
    """The last days of the campaign; ``said`` is what everybody answers when they answer completely."""

    workspace: Workspace
    cast: Cast
    said: Mapping[str, Content]
    listener: Listener

    def play(self) -> Ended:
        """Bring the campaign to its end."""
        with stopped_at(COMPLETED):
            self._complete()
            hear_readers(self.workspace, self.cast.texts.ending.disagreed, self.listener)
            self._settle()
        with stopped_at(CLOSED):
            # what is approved is what the report says, so that everything else comes before
            signed, closed, notices = self._sign(), self._correct(), self._notices()
            for step in STEPS:
                approve(self.workspace, Step(step, self._head(step)), self.listener)
            final = write_final(self.workspace, "final only", None, Manner(pdf=True, listener=self.listener))
            documents = self._documents()
        with stopped_at(ARCHIVED):
            page = self.workspace.reports / "status.html"
            write_page(self.workspace, status(self.workspace, ARCHIVED.date()), page)
            made = create(self.workspace, Wanted(), self.listener)
            return Ended(final, page, documents, made, verify(made.path, Question()), signed, closed, notices)

    def _head(self, task: str) -> str:
        """Return who does a task: the head of the unit that the texts name for it."""
        return self.cast.head(self.cast.units[getattr(self.cast.texts.ending, task)]).name

    def _complete(self) -> None:
        """Let those answer, completely, of whom there is no complete answer or whose last file could not be used."""
        kit = self.cast.kit
        unusable = {one.respondent for one in status(self.workspace, COMPLETED.date()).rejected}
        for standing in everybody_of(self.workspace, kit):
            key = standing.respondent.key
            if standing.state != "complete" or key in unusable:
                self._post(key)
        collect(self.workspace, (), self.listener)
        # what does not say whose it is waits until somebody takes it out; the original is kept
        for one in status(self.workspace, COMPLETED.date()).rejected:
            self.workspace.path(one.file).unlink(missing_ok=True)

    def _post(self, key: str) -> None:
        form = self.cast.form_of[key]
        content = {**self.said[key], "filled_on": COMPLETED.date().isoformat()}
        name = self.cast.texts.mail.corrected_name.format(name=file_name(form.respondent.name))
        path = self.workspace.inbox / file_name(form.respondent.unit_name) / f"{COMPLETED.date()} {name}"
        write_bytes(path, yaml_form.write(form, content))

    def _settle(self) -> None:
        """Decide which of several responses counts, and settle what cannot both be right."""
        words, by = self.cast.texts.ending, self._head("prepared")
        for one in contradictions(self.workspace).conflicts:
            resolve(self.workspace, Choice(one.key, one.events[0].number, by, words.chosen), self.listener)
        decide_on_signals(self.workspace, self.cast, by, self.listener)
        found = contradictions(self.workspace)
        settle(self.workspace, Settlement(tuple(one.key for one in found.between), by, words.settled), self.listener)
        in_data = tuple(one.row.key for one in found.against)
        settle(self.workspace, Settlement(in_data, by, words.settled_data), self.listener)

    def _sign(self) -> int:
        """Let everybody sign, unit by unit, and confirm that they did; return how many."""
        sheets: dict[str, list[tuple[str, str]]] = {}
        signed = [one for one in everybody_of(self.workspace, self.cast.kit) if one.to_sign and one.content]
        for one in signed:
            code = PaperCode(one.content["passport"], content_code(one.to_sign)) if one.content else ""
            sheets.setdefault(one.respondent.unit_name, []).append((str(code), one.respondent.name))
        scans = self.workspace.inbox / "signed"
        for unit, pages in sheets.items():
            write_bytes(scans / f"{file_name(unit)}.tif", scan_of(pages))
        match(self.workspace, [scans], Said(), self.listener)
        confirm(self.workspace, [one.respondent.key for one in signed], None, self.listener, self._head("prepared"))
        return len(signed)

    def _correct(self) -> int:
        """Enter, verify and close the corrections that were due first; return how many."""
        words, verifier = self.cast.texts.ending, self._head("verifier")
        _, found = findings(self.workspace, Filter())
        due = sorted((one for one in found if one.overdue(CLOSED.date())), key=lambda one: str(one.data["due"]))
        people = People(self.workspace.load().usable()[1])
        done = [one for one in due if not people.same((str(one.data.get("owner")), ""), (verifier, ""))][:CORRECTED]
        names = tuple(one.short_id for one in done)
        if not names:
            return 0
        told = [f"similar_scope={words.similar_scope}", f"similar_found={words.similar_found}"]
        what = steps.Findings(names, self._head("prepared"))
        steps.set_fields(self.workspace, what, told, self.listener)
        for owner, own in _by_owner(done).items():
            mine = steps.Findings(own, owner)
            steps.correct(self.workspace, mine, steps.DoneBy(owner, note=words.no_evidence), self.listener)
        how = steps.DoneBy(verifier, note=words.verification)
        steps.verify(self.workspace, steps.Findings(names, verifier), how, self.listener)
        ready = steps.Findings((), self._head("prepared"), words.closed)
        return len(steps.close(self.workspace, ready, self.listener, ready=True))

    def _documents(self) -> list[Path]:
        """Write the documents of the kit, the lists of the spot check, and the reports of all units."""
        manner = Manner(listener=self.listener)
        for audience in ("unit", "branch"):
            write_named(self.workspace, audience, (), manner)
        own = [*LISTS, REVIEW.name, *(entry.id for entry in self.cast.kit.plan.documents)]
        return [path for name in own for path in write_named(self.workspace, name, (), manner).paths]

    def _notices(self) -> list[Path]:
        """Approve what happens to certificates, people and the like, and make the notices that tell it."""
        by, words = self._head("approved"), self.cast.texts.ending
        propose(self.workspace, by, self.listener)
        book = load_book(self.workspace)
        everything = dict(book.dispositions)
        lacking = {
            f"effective={CLOSED.date()}": list(everything),
            f"target={words.target}": [key for key, one in everything.items() if not one.target],
            f"reason={words.reason}": [key for key, one in everything.items() if book.action(one).reasons],
        }
        for said, keys in lacking.items():
            put(self.workspace, keys, [said], Deciding(by, ""), self.listener)
        approve_dispositions(self.workspace, (), Deciding(by, ""), None, self.listener)
        kinds = dict.fromkeys(book.action(one).notice for one in everything.values())
        return list(self._made(filter(None, kinds), by, CLOSED.date()))

    def _made(self, kinds: Iterable[str], by: str, on: date) -> Iterator[Path]:
        for kind in kinds:
            yield from make(self.workspace, kind, (), by, on, self.listener).paths.values()


def _by_owner(found: Iterable[FindingRecord]) -> dict[str, tuple[str, ...]]:
    """Return the findings of every owner."""
    owned: dict[str, tuple[str, ...]] = {}
    for one in found:
        owner = str(one.data.get("owner", ""))
        owned[owner] = (*owned.get(owner, ()), one.short_id)
    return owned
