"""What is said of the items and what became of the findings, in numbers: for the status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from selfaudit.model.form.answers import MISSING, SAID, Answer, Said
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import FindingRecord, Standing
from selfaudit.model.progress.tally import overall_answer
from selfaudit.model.rectification.rectification import STATES, UNSETTLED, State
from selfaudit.model.rectification.register import Register


@dataclass(frozen=True, slots=True)
class AreaAnswers:
    """The answers given in one area; a respondent counts once for each item asked, as in the report."""

    name: str
    answers: Mapping[Said, int]


@dataclass(slots=True)
class UnitFindings:
    """The findings of a unit and its people; ``unsettled`` are those whose correction is still to be done."""

    name: str
    total: int = 0
    unsettled: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Overdue:
    """A correction that is not done and was due: the short id of the finding, its item, its unit, day and owner."""

    id: str
    item: str
    unit: str
    due: str
    owner: str = ""


@dataclass(slots=True)
class FindingStatus:
    """How many findings there are, by state, by the title of their severity, and by unit; and what is overdue.

    Those withdrawn, or merged into others, are in ``states`` and ``otherwise`` alone; ``total`` is all others.
    ``otherwise`` are those reported otherwise since the register was edited, ``no_more`` those that no answer reports
    any more.
    """

    total: int = 0
    states: dict[State, int] = field(default_factory=lambda: dict.fromkeys(STATES, 0))
    severities: dict[str, int] = field(default_factory=dict)
    units: list[UnitFindings] = field(default_factory=list)
    overdue: list[Overdue] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    no_more: list[str] = field(default_factory=list)


class AnswersAndFindings:
    """Counts what respondents say as they come by: the answers of every area, and the findings.

    The answers are those of the report, counted without remembering who gave them.
    """

    def __init__(self, kit: Kit, register: Register, today: date) -> None:
        """Take the kit whose items are counted and how findings are handled."""
        self._kit, self._register, self._today = kit, register, today
        self._parts = {item.id: frozenset(part.id for part in item.parts) for item in kit.items.values()}
        self._severities = {severity.id: severity.title for severity in kit.plan.severities}
        self._units: dict[str, UnitFindings] = {}
        self._answers = {area.id: dict.fromkeys(SAID, 0) for area in kit.plan.areas}
        self._findings = FindingStatus(severities=dict.fromkeys(self._severities.values(), 0))

    @property
    def areas(self) -> list[AreaAnswers]:
        """What all respondents together said in each area of the plan."""
        return [AreaAnswers(area.title, self._answers[area.id]) for area in self._kit.plan.areas]

    @property
    def findings(self) -> FindingStatus:
        """How many findings there are; units in the order of the roster, what is overdue in that of its days."""
        counts = self._findings
        counts.units = list(self._units.values())
        counts.overdue.sort(key=lambda one: one.due)
        return counts

    def add(self, standing: Standing) -> None:
        """Count one respondent."""
        self._add_answers(standing)
        for record in self._register.findings(standing, self._kit):
            self._add_finding(record)

    def _add_answers(self, standing: Standing) -> None:
        left = set(self._kit.asked_of(standing.respondent.roles)) if standing.active else set()
        area_of = self._kit.area_of
        for item in (standing.content or {}).get("items", ()):
            left.discard(item["id"])
            if item["id"] in area_of:
                self._answers[area_of[item["id"]]][overall_answer(item, self._parts[item["id"]])] += 1
        unsaid: Said = MISSING if standing.content is None else Answer.UNCHECKED
        for item_id in left:
            self._answers[area_of[item_id]][unsaid] += 1

    def _add_finding(self, record: FindingRecord) -> None:
        counts = self._findings
        counts.states[record.state] += 1
        counts.otherwise += [record.short_id] * record.reported_otherwise
        if not record.counts:
            return
        unit = self._units.setdefault(record.respondent.unit, UnitFindings(record.respondent.unit_name))
        severity = self._severities.get(record.severity, record.severity)
        counts.severities[severity] = counts.severities.get(severity, 0) + 1
        counts.total += 1
        unit.total += 1
        unit.unsettled += record.state in UNSETTLED
        if record.overdue(self._today):
            unit.overdue += 1
            owner = str(record.data.get("owner") or "")
            counts.overdue.append(Overdue(record.short_id, record.place, unit.name, str(record.data["due"]), owner))
        counts.no_more += [record.short_id] * record.reported_no_more
