"""The pages of an archive that are made to be read in a browser, beside its campaign."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfaudit.base.clock import now
from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError
from selfaudit.files.bags.writing import PAYLOAD, Packed
from selfaudit.model.progress.reminder import by_respondent
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import FINDING
from selfaudit.reports.gate import condensed, printed_gap
from selfaudit.reports.pages.archive.pages import archive_pages, bare_page
from selfaudit.reports.pages.archive.view import Dossier, JournalEntry, Kind, Reply, Version, View
from selfaudit.store.ledger.decisions import WITHDRAW, decisions
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.records import Record, every_version
from selfaudit.store.ledger.reminders import reminders
from selfaudit.store.ledger.responses import Shown, about_response, arrivals, responses, shown
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.archive.telling import TITLES, Teller, place
from selfaudit.workflow.common.final import Built, build_final
from selfaudit.workflow.common.journal import Filter, listed
from selfaudit.workflow.common.state.election import ENTERED
from selfaudit.workflow.common.state.standings import standings

_TOP = f"{PAYLOAD}{Workspace.REPORTS}/".count("/")


@dataclass(frozen=True, slots=True)
class Archived:
    """What is being archived: the campaign, its ledger, and its files as they are in the archive.

    ``masked`` returns a text without what the pages must not tell: in an archive that is for the body itself only the
    numbers that documents mask as well.
    """

    workspace: Workspace
    ledger: Ledger
    files: Collection[Packed]
    masked: Callable[[str], str]
    redacted: bool


def pages(archived: Archived) -> Iterator[tuple[str, bytes]]:
    """Yield the pages with their names in the archive, such as ``index.html``.

    Of a campaign with mistakes that keep it from being loaded there is one page, which names the files.
    """
    try:
        source = _Source(archived)
    except UserError as stopped:
        yield from bare_page(
            archived.workspace.plan(), [*archived.files], map(archived.masked, map(str, stopped.problems))
        )
        return
    yield from archive_pages(source.view())


class _Source:
    """Gathers what the pages show."""

    def __init__(self, archived: Archived) -> None:
        self._archived, self._ledger = archived, archived.ledger
        self._built: Built = build_final(archived.workspace)
        names = {key: voice.name for key, voice in self._built.evidence.voices.items()}
        self._teller = Teller(self._built.setting, names)
        self._arrivals = arrivals(self._ledger)
        self._originals = {name.rpartition("/")[2].partition(".")[0]: name for name in self._below(Workspace.RECEIVED)}

    def view(self) -> View:
        archived, built = self._archived, self._built
        say = built.setting.wording.tr
        records = _by_kind(self._ledger)
        told = self._teller.finding
        handled = {
            id_: [Version(one.at, one.by, one.reason, told(one.data)) for one in made]
            for id_, made in records.pop(FINDING, {}).items()
        }
        return View(
            evidence=built.evidence,
            report=built.report,
            people=self._people,
            journal=self._journal(),
            files=sorted(archived.files, key=lambda file: file.name),
            made_on=now(),
            reported=dict(self._reported()),
            handled=handled,
            registers=[self._register(kind, records[kind]) for kind in sorted(set(records) & set(TITLES), key=place)],
            open=built.open,
            gaps=[printed_gap(gap, built.setting) for gap in condensed(built.gaps)] if built.open else (),
            documents=[(say(N_("Documents")), list(self._documents()))],
            redacted=archived.redacted,
            masked=archived.masked,
        )

    def _register(self, kind: str, records: Mapping[str, Sequence[Record]]) -> Kind:
        told, say = self._teller, self._built.setting.wording.tr
        shown = [
            (
                told.heading(kind, id_, made[-1].data),
                [Version(one.at, one.by, one.reason, told.record(kind, one.data)) for one in made],
            )
            for id_, made in records.items()
        ]
        return Kind(kind, say(TITLES[kind]), shown)

    def _below(self, folder: str) -> Iterator[str]:
        names = sorted(file.name for file in self._archived.files)
        return (name for name in names if name.startswith(f"{PAYLOAD}{folder}/"))

    def _documents(self) -> Iterator[str]:
        """Yield the documents of the whole body; those of units and people have folders of their own."""
        return (name for name in self._below(Workspace.REPORTS) if name.count("/") == _TOP)

    def _people(self) -> Iterator[Dossier]:
        chased = by_respondent(reminders(self._ledger))
        withdrawn, entered = decisions(self._ledger, WITHDRAW), decisions(self._ledger, ENTERED)
        for standing in standings(self._ledger, self._built.setting.kit):
            key = standing.respondent.key
            counts = shown(self._ledger, key) or Shown("", ())
            replies = []
            for one in self._arrivals.get(key, ()):
                about = about_response(key, one.digest)
                original = self._originals.get(one.sha256, "")
                replies.append(
                    Reply(
                        received_at=one.received_at,
                        filled_by=one.filled_by,
                        filled_on=one.filled_on,
                        file=original,
                        shown=counts.response == one.digest,
                        withdrawn=withdrawn[about].by if about in withdrawn else "",
                        entered=entered[about].by if about in entered else "",
                    )
                )
            yield Dossier(standing, replies, chased.get(key, ()))

    def _journal(self) -> Iterator[JournalEntry]:
        say = self._built.setting.wording.tr
        for line in listed(self._archived.workspace, Filter()):
            yield JournalEntry(line.seq, line.at, line.who, line.said(say), line.reason, line.hash)

    def _reported(self) -> Iterator[tuple[str, list[Version]]]:
        """Yield what the responses of those who sent several said of each finding."""
        for key, found in self._built.evidence.findings_of.items():
            if len(self._arrivals.get(key, ())) > 1:
                said = [
                    (row.received_at, row.filled_by, json.loads(row.content).get("findings", ()))
                    for row in responses(self._ledger, key)
                ]
                yield from ((one.short_id, list(self._versions(one, said))) for one in found)

    def _versions(
        self, finding: FindingRecord, said: Sequence[tuple[str, str, Sequence[Mapping[str, Any]]]]
    ) -> Iterator[Version]:
        """Yield what one response after the other said of a finding, as far as it changed."""
        where, before = (finding.item, finding.data.get("number")), None
        for at, by, findings in said:
            data = next((one for one in findings if (one.get("item", ""), one.get("number")) == where), None)
            if data != before:
                yield Version(at, by, "", None if data is None else self._teller.finding(data))
            before = data


def _by_kind(ledger: Ledger) -> dict[str, dict[str, list[Record]]]:
    found: dict[str, dict[str, list[Record]]] = {}
    for one in every_version(ledger):
        found.setdefault(one.kind, {}).setdefault(one.id, []).append(one)
    return found
