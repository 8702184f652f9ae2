"""Answers held against signals of data checks: “conform” where signals say otherwise, or where nothing was checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from selfaudit.base.canonical import canonical_json
from selfaudit.model.data.check import CheckId, DataCheck
from selfaudit.model.data.figure import FigureOutcome
from selfaudit.model.data.named import Looked
from selfaudit.model.data.outcome import Outcome, Signal
from selfaudit.model.data.register import RegisterFigure
from selfaudit.model.data.verdict import SignalId, State
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Respondent
from selfaudit.model.held.named import NamedNumbers
from selfaudit.model.held.subjects import Subjects, Unplaced
from selfaudit.model.kit.kit import ContradictedBy, Item, Kit
from selfaudit.model.progress.standing import Standing
from selfaudit.model.roster import Roster

ASIDE: tuple[State, ...] = ("explained", "excepted")
"""What holds of signals that speak against no answer."""
SETTLE_DATA = "settle-data"
"""The kind of decision that settles what answers and data say; its data have the ``digest`` that it holds for."""
NEARNESS = {"person": 3, "file": 3, "unit": 2, "body": 1}
"""How near a subject is: somebody who answers about themselves, or looked at a single file, knows best."""


@dataclass(frozen=True)
class CheckRun:
    """What is known of the data: the checks, their last outcomes and signals, and what persons said of signals.

    ``verdicts`` are by check and key; a signal without one is open. ``figures`` are those of the registers with what
    came of them, ``titles`` say what registers and columns are called that outcomes name, and codes that figures count
    by. ``imported`` is when a version of a register came, in UTC. ``outdated`` are checks and figures that came of
    other registers than there are now. ``named`` is what registers say of numbers that answers name. ``files`` are the
    reviewed files that a signal is about, as ``sample/file``.
    """

    checks: Mapping[CheckId, DataCheck] = field(default_factory=dict)
    outcomes: Mapping[CheckId, Outcome] = field(default_factory=dict)
    signals: Sequence[Signal] = ()
    verdicts: Mapping[SignalId, State] = field(default_factory=dict)
    figures: Sequence[tuple[RegisterFigure, FigureOutcome]] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    imported: Mapping[tuple[str, int], str] = field(default_factory=dict)
    named: Mapping[str, Looked] = field(default_factory=dict)
    files: Mapping[SignalId, Sequence[str]] = field(default_factory=dict)
    outdated: Sequence[str] = ()

    @property
    def namesakes(self) -> frozenset[str]:
        """The names of people that several have."""
        return frozenset(name for one in self.outcomes.values() for name in one.namesakes)

    def verdict(self, signal: Signal) -> State:
        """Return what holds of a signal."""
        return self.verdicts.get((signal.check, signal.key), "open")


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says “conform”: who, with which note, and when it came, in UTC."""

    who: Respondent
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Against:
    """“Conform” at a place, and at least as many signals about its subject as the item allows to no one.

    ``subject`` is ``body``, or ``unit:``, ``person:`` or ``file:`` and the id; ``name`` what it is called. ``signals``
    are those that count, ``aside`` says how many do not, by verdict. ``judged`` is the number of rows that the check
    judged.
    """

    item: str
    part: str
    subject: str
    name: str
    check: CheckId
    title: str
    at_least: int
    said: tuple[Claim, ...]
    signals: tuple[Signal, ...]
    aside: Mapping[State, int]
    confirmed: int
    judged: int
    points: int

    @property
    def key(self) -> str:
        """What it is called in commands: ``2.8.a/unit:B6/C08``; it survives as long as item, subject and check do."""
        return f"{'.'.join(filter(None, (self.item, self.part)))}/{self.subject}/{self.check}"

    @property
    def place(self) -> str:
        """Item and part as printed."""
        return f"{self.item} {self.part}".strip()

    @property
    def source(self) -> str:
        """What says otherwise."""
        return self.check

    @property
    def weight(self) -> float:
        """Points of the severity, 1 for the least, times the share of signals among the rows, times the nearness."""
        share = len(self.signals) / max(self.judged, len(self.signals), 1)
        return self.points * share * NEARNESS[self.subject.partition(":")[0]]

    @property
    def digest(self) -> str:
        """A hash of what both sides say; a decision about it holds as long as this does."""
        said = sorted([one.who.key, one.note] for one in self.said)
        data = sorted([one.key, one.digest] for one in self.signals)
        return _hash([said, self.check, self.at_least, data])


@dataclass(frozen=True, slots=True)
class Unsupported:
    """“Conform” at places that a check could have supported, had it run; ``outcome`` is None if it never did.

    ``places`` has the keys of those who say so at each place.
    """

    check: CheckId
    outcome: Outcome | None
    places: Mapping[str, frozenset[str]]


_At = tuple[str, ContradictedBy, str]
"""Item, the check that is held against it, and the subject."""


class HeldAgainst:
    """Holds answers against signals as the answers come by."""

    def __init__(self, kit: Kit, roster: Roster, run: CheckRun) -> None:
        """Take the kit whose items say what contradicts them, the roster, and what is known of the data."""
        self._kit, self._roster, self._run = kit, roster, run
        self._items = [item for item in kit.items.values() if item.contradicted_by]
        self.named = NamedNumbers(kit, run.named)
        self._said: dict[str, dict[tuple[int, str], list[Claim]]] = {item.id: {} for item in self._items}

    @cached_property
    def _subjects(self) -> Subjects:
        return Subjects(self._roster, self._run.signals, self._run.namesakes, self._run.files)

    @property
    def unplaced(self) -> list[Unplaced]:
        """The names in the registers that cannot be placed on the roster."""
        return self._subjects.unplaced

    def add(self, standing: Standing) -> None:
        """Take what one respondent says."""
        self.named.add(standing)
        if not self._items or not standing.content:
            return
        who, content = standing.respondent, standing.content
        answered = {one["id"]: one for one in content.get("items", ())}
        troubled = {(one.get("item", ""), one.get("part", "")) for one in content.get("findings", ())}
        for item in self._items:
            if item.id not in answered:
                continue
            about = self._kit.subject_of(item.id, who.answers, who.roles)
            parts = {part for name, part in troubled if name == item.id}
            for number, entry in enumerate(item.contradicted_by):
                note = _conforms(answered[item.id], item, entry.part, parts)
                subject = self._subject(entry, standing, about)
                if note is not None and subject:
                    claim = Claim(who, note, standing.received_at)
                    self._said[item.id].setdefault((number, subject), []).append(claim)

    def _subject(self, entry: ContradictedBy, standing: Standing, about: str) -> str:
        """Return whose signals speak against what somebody says, empty if this entry is not about them."""
        who = standing.respondent
        within = standing.answered_in or who.unit
        if entry.subject == "file":
            # whose place somebody else took says nothing of the file any more
            return who.subject if who.answers == "file" and standing.active else ""
        if entry.subject == "person":
            return who.subject if about == "self" and who.answers == "person" else ""
        if entry.subject == "unit":
            return f"unit:{within}" if about == "unit" else ""
        return "body" if about == "body" or (about == "unit" and not self._in_branch(within)) else ""

    def _in_branch(self, unit: str) -> bool:
        site = self._roster.unit_of.get(self._roster.site_of(unit))
        return site is not None and self._roster.like(site) == "branch"

    def _claims(self) -> Iterator[tuple[Item, ContradictedBy, str, tuple[Claim, ...]]]:
        for item in self._items:
            for (number, subject), said in self._said[item.id].items():
                yield item, item.contradicted_by[number], subject, tuple(said)

    def found(self) -> list[Against]:
        """Return every contradiction, those of the greatest weight first."""
        made = (self._against(*claim) for claim in self._claims())
        return sorted(filter(None, made), key=lambda one: (-one.weight, one.key))

    def _against(self, item: Item, entry: ContradictedBy, subject: str, said: tuple[Claim, ...]) -> Against | None:
        every = self._subjects.by_subject.get((entry.check, subject), ())
        counted = tuple(one for one in every if self._run.verdict(one) not in ASIDE)
        if len(counted) < entry.at_least:
            return None
        verdicts = [self._run.verdict(one) for one in every]
        check, outcome = self._run.checks.get(entry.check), self._run.outcomes.get(entry.check)
        return Against(
            item=item.id,
            part=entry.part,
            subject=subject,
            name=self._name(subject),
            check=entry.check,
            title=check.title if check else "",
            at_least=entry.at_least,
            said=said,
            signals=counted,
            aside={verdict: verdicts.count(verdict) for verdict in ASIDE if verdict in verdicts},
            confirmed=verdicts.count("confirmed"),
            judged=outcome.judged if outcome else 0,
            points=max(map(self._points, counted)),
        )

    def _points(self, signal: Signal) -> int:
        ranked = [severity.id for severity in self._kit.plan.severities]
        return len(ranked) - ranked.index(signal.severity) if signal.severity in ranked else 1

    def _name(self, subject: str) -> str:
        kind, _, id_ = subject.partition(":")
        if kind == "body":
            return self._roster.body.name
        if kind == "file":
            return id_.partition("/")[2]
        there: Any = self._roster.unit_of if kind == "unit" else self._roster.person_of
        return there[id_].name if id_ in there else id_

    def unsupported(self) -> list[Unsupported]:
        """Return what rests on nothing but the answer, by check: those that ran in part come last."""
        found: dict[CheckId, dict[str, frozenset[str]]] = {}
        against = {(one.place, one.subject, one.check) for one in self.found()}
        for item, entry, subject, said in self._claims():
            outcome = self._run.outcomes.get(entry.check)
            place = f"{item.id} {entry.part}".strip()
            if (outcome and outcome.state == "ran") or (place, subject, entry.check) in against:
                continue
            places = found.setdefault(entry.check, {})
            places[place] = places.get(place, frozenset()) | {one.who.key for one in said}
        made = [Unsupported(check, self._run.outcomes.get(check), places) for check, places in sorted(found.items())]
        return sorted(made, key=lambda one: one.outcome is not None and one.outcome.state == "in_part")


def without_support(found: Iterable[Unsupported]) -> dict[str, frozenset[str]]:
    """Return the keys of those who say “conform” without support, by place."""
    places: dict[str, frozenset[str]] = {}
    for one in found:
        for place, who in one.places.items():
            places[place] = places.get(place, frozenset()) | who
    return places


def _conforms(answered: Mapping[str, Any], item: Item, part: str, troubled: set[str]) -> str | None:
    """Return the note beside “conform” at a part of an item, or at the whole of it; None if that is not said.

    Who reports a problem there does not say so. What does not apply is no hindrance.
    """
    if troubled & {part, ""} if part else troubled:
        return None
    parts = {one["id"]: one for one in answered.get("parts", ())}
    if part or not item.parts:
        one = parts.get(part, {}) if part else answered
        return one.get("note", "") if one.get("answer") == Answer.CONFORM else None
    said = {parts.get(one.id, {}).get("answer", Answer.UNCHECKED) for one in item.parts}
    if Answer.CONFORM not in said or not said <= {Answer.CONFORM, Answer.NOT_APPLICABLE}:
        return None
    return "\n".join(one["note"] for one in parts.values() if one.get("note"))


def _hash(data: Any) -> str:
    return sha256(canonical_json(data)).hexdigest()
