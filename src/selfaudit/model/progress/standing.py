"""The state of a respondent, and what all respondents together say: the input of status and reports."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from selfaudit.base.clock import local
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem
from selfaudit.model.evidence import EvidenceAt, short_id
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Respondent
from selfaudit.model.form.response import place_of_finding
from selfaudit.model.kit.kit import Kit
from selfaudit.model.passport import respondent_code
from selfaudit.model.progress.holding import Former
from selfaudit.model.progress.paper import Paper, PaperState, paper_state
from selfaudit.model.rectification.closing import Answerable, Gate, is_independent, missing_to_close
from selfaudit.model.rectification.people import UNKNOWN, People
from selfaudit.model.rectification.rectification import NOTHING, UNSETTLED, Rectification, state_of
from selfaudit.model.rectification.rectification import State as Handled
from selfaudit.model.rectification.recurrence import Closed

State = Literal["missing", "waived", "incomplete", "complete"]
"""Nothing came back; nothing came back and nothing is expected any more; something is missing in it; complete."""
Unsettled = Literal["missing", "waived", "incomplete", "conflict"]
"""Why answers are not final: they are not complete, or responses contradict each other."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's decision that a respondent need not answer: by whom and why; ``at`` is the moment in UTC."""

    by: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """An answer that somebody entered as the respondent told it: which place, by whom and why, and when it was told."""

    place: str
    by: str
    reason: str
    told_on: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One respondent with the newest form issued to them and the response that is shown for them.

    ``content`` is the canonical content of that response (see ``docs/formats.md``), None when nothing came back.
    ``first_at`` is when the first response came and ``completed_at`` when the first complete one did, in UTC; who was
    complete in time and corrects it later is not late.
    ``due`` is the last day now, ``first_due`` the one with which the first form went out, None if none did.
    ``answered_in`` is the id of the unit in which they were when it came; empty if it is not known.
    ``active`` is false for somebody who is asked nothing any more; what they said is kept. ``papers`` are the scans of
    sheets that they signed, for whichever answers. ``waiver`` counts as long as nothing came back.
    ``on_behalf`` are the answers in the content that somebody else entered. ``finding_numbers`` are the numbers that
    the campaign gave to findings, by item and number in the form.
    ``content`` has only what answers the questions asked now: ``reopened`` are the places that were asked otherwise or
    not at all, and ``former`` what they answered to other words. ``evidence`` are the files that belong to it.
    """

    respondent: Respondent
    passport: str
    issued_at: str
    due: date
    first_due: date | None = None
    active: bool = True
    content: Mapping[str, Any] | None = None
    digest: str = ""
    received_at: str = ""
    first_at: str = ""
    completed_at: str = ""
    gaps: tuple[Problem, ...] = ()
    answered_in: str = ""
    versions: int = 0
    conflict: bool = False
    papers: tuple[Paper, ...] = ()
    waiver: Waiver | None = None
    on_behalf: tuple[OnBehalf, ...] = ()
    finding_numbers: Mapping[tuple[str, int], int] = field(default_factory=dict)
    reopened: tuple[str, ...] = ()
    former: tuple[Former, ...] = ()
    evidence: tuple[EvidenceAt, ...] = ()

    @property
    def state(self) -> State:
        """How far the answers are."""
        if self.content is None:
            return "waived" if self.waiver else "missing"
        return "incomplete" if self.gaps else "complete"

    @property
    def awaited(self) -> bool:
        """Whether an answer, or what is missing in it, is still expected."""
        return self.active and self.state in ("missing", "incomplete")

    def overdue(self, today: date) -> bool:
        """Whether an answer is expected that was due, and that was not complete once in time."""
        in_time = self.completed_at and local(self.completed_at)[: len("2023-11-05")] <= self.due.isoformat()
        return self.awaited and self.due < today and not in_time

    @property
    def unsettled(self) -> Unsettled | None:
        """Why there is nothing to sign yet, None if there is: only complete answers that nobody contests are signed."""
        if self.conflict:
            return "conflict"
        return None if self.state == "complete" else self.state

    @property
    def to_sign(self) -> str:
        """The content hash of the answers to be signed; empty as long as they are not settled."""
        return "" if self.unsettled else self.digest

    @property
    def paper(self) -> PaperState:
        """The state of the sheet on which they sign the response that is shown."""
        return paper_state(self.to_sign, self.papers)

    @property
    def outdated(self) -> bool:
        """Whether something is asked of them that their response does not answer, because it was asked otherwise."""
        return bool(self.reopened)

    def answers(self) -> Iterator[tuple[str, str, Answer, str]]:
        """Yield item id, part id (empty for a whole item), answer and note of everything said."""
        for item in (self.content or {}).get("items", ()):
            for part in item.get("parts", ()):
                yield item["id"], part["id"], Answer(part.get("answer", Answer.UNCHECKED)), part.get("note", "")
            if not item.get("parts"):
                yield item["id"], "", Answer(item.get("answer", Answer.UNCHECKED)), item.get("note", "")


def waived(standings: Iterable[Standing]) -> frozenset[str]:
    """Return the keys of those who need not answer."""
    return frozenset(standing.respondent.key for standing in standings if standing.state == "waived")


DEFAULT_SEVERITY = N_("{severity} (default of the item)")
"""How a severity is printed that nobody gave."""


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A finding with its stable id, its place and who reported it; ``data`` has the fields of ``Finding``.

    ``number`` is the one that the campaign gave it among those of its item; it never changes and is never used again.
    ``on_behalf`` says who entered the answer that reports it, if that was not the respondent.
    ``rectification`` is how the register handles it, in ``version``; ``data`` then has what the register says instead
    of what was reported. ``reported`` is what the answers report today; None if they do not report it. ``merged`` are
    those that a person declared to be the same, ``evidence`` is the number of files bound to it or to one of them.
    ``recurs`` are findings of the campaign before that were closed and that it is again.
    """

    id: str
    respondent: Respondent
    area: str
    severity: str
    data: Mapping[str, Any]
    number: int = 0
    on_behalf: OnBehalf | None = None
    rectification: Rectification = NOTHING
    version: int = 0
    reported: Mapping[str, Any] | None = None
    merged: tuple["FindingRecord", ...] = ()
    evidence: int = 0
    recurs: tuple[Closed, ...] = ()

    @property
    def state(self) -> Handled:
        """How far its handling is."""
        return state_of(self.rectification, self.data.get("cause"))

    @property
    def counts(self) -> bool:
        """Whether it is a finding of its own: neither withdrawn nor merged into another."""
        return self.state not in ("withdrawn", "merged")

    @property
    def source(self) -> str:
        """Where it comes from: ``answer``, or what else found it."""
        return self.rectification.source

    @property
    def missing_to_close(self) -> list[Gate]:
        """What must still be there before it can be closed, as far as that can be told without the roster."""
        return self.gates()

    def gates(self, people: People = UNKNOWN) -> list[Gate]:
        """Return what must still be there before it can be closed."""
        return missing_to_close(self.data, self.rectification, self.evidence, self._merged, people)

    def independent(self, people: People) -> bool:
        """Return whether who verified it owned or corrected neither it nor what was merged into it."""
        return is_independent(str(self.data.get("owner") or ""), self.rectification, self._merged, people)

    @property
    def _merged(self) -> list[Answerable]:
        return [(str(one.data.get("owner") or ""), one.rectification) for one in self.merged]

    def overdue(self, today: date) -> bool:
        """Whether its correction is still to be done and was due."""
        due = str(self.data.get("due") or "")
        return bool(due) and self.state in UNSETTLED and due < today.isoformat()

    @property
    def reported_otherwise(self) -> bool:
        """Whether what the answers report is not what it was when the register was edited last."""
        known = self.rectification.reported
        return known is not None and self.reported is not None and dict(self.reported) != known

    @property
    def reported_no_more(self) -> bool:
        """Whether an answer reported it when the register was edited last, and none does today."""
        return self.rectification.reported is not None and self.reported is None and not self.rectification.kept

    @property
    def by_default(self) -> bool:
        """Whether nobody said how severe it is, so that it is as severe as its item says."""
        return not self.data.get("severity")

    @property
    def item(self) -> str:
        """The id of the item it belongs to."""
        return str(self.data.get("item", ""))

    @property
    def short_id(self) -> str:
        """The id for readers, such as ``2.5-03``; the long one before the campaign has given a number."""
        return short_id(self.item, self.number) or self.id

    @property
    def place(self) -> str:
        """Item and part as printed, such as ``3.2 a``; without an item the part can be any text, and is no place."""
        return place_of_finding(self.data)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for ``--json``."""
        who = {"respondent": self.respondent.key, "name": self.respondent.name, "unit": self.respondent.unit_name}
        return {
            "id": self.id,
            "short_id": self.short_id,
            **who,
            "area": self.area,
            "severity": self.severity,
            "severity_by_default": self.by_default,
            **({"on_behalf": asdict(self.on_behalf)} if self.on_behalf else {}),
            **self.data,
            "state": self.state,
            "version": self.version,
            "source": self.source,
            "evidence_files": self.evidence,
            "missing_to_close": self.missing_to_close,
            "merged": [one.short_id for one in self.merged],
            "recurs": [one.id for one in self.recurs],
            "register": self.rectification.plain(),
        }

    def missing(self, needs: Iterable[str]) -> list[str]:
        """Return which of the fields that it needs are empty."""
        return [name for name in needs if not self.data.get(name)]


def default_severity(kit: Kit, item: str) -> str:
    """Return how severe a finding on an item is of which nobody says so."""
    return kit.items[item].severity if item in kit.items else kit.plan.severities[-1].id


def findings_of(standing: Standing, kit: Kit) -> list[FindingRecord]:
    """Return what one respondent reports; ids depend on respondent, item and number only, so they survive."""
    code = respondent_code(kit.plan.id, standing.respondent.key)
    entered = {one.place: one for one in standing.on_behalf}
    return [
        FindingRecord(
            id=f"{code}-{data.get('item') or '0'}-{data['number']}",
            respondent=standing.respondent,
            area=kit.area_of.get(data.get("item", ""), ""),
            severity=data.get("severity") or default_severity(kit, data.get("item", "")),
            data=data,
            number=standing.finding_numbers.get((data.get("item", ""), data["number"]), 0),
            on_behalf=entered.get(place_of_finding(data)),
            reported=data,
        )
        for data in (standing.content or {}).get("findings", ())
    ]
