"""What cannot both be right: statements about the same unit, or about the body, of which one reports a problem."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from selfaudit.base.canonical import canonical_json
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Answers, Subject
from selfaudit.model.progress.standing import Standing
from selfaudit.model.roster import Roster

SETTLE = "settle"
"""The kind of decision that settles a contradiction; its data have the ``digest`` that it holds for."""

BODY = ""
"""Stands for the whole body where a unit is named."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a respondent says at one place: the answer, its note and the findings there."""

    who: Respondent
    answer: Answer
    note: str
    findings: tuple[Mapping[str, Any], ...]

    @property
    def words(self) -> list[str]:
        """What they wrote there: the note, and the fact of every finding."""
        return [text for text in (self.note, *(finding.get("fact", "") for finding in self.findings)) if text]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One place at which some say of a unit, or of the body, that it conforms, and others report a problem in it.

    ``unit`` is the id of the unit, ``BODY`` for the body, and ``name`` what it is called.
    """

    item: str
    part: str
    unit: str
    name: str
    conform: tuple[Statement, ...]
    problem: tuple[Statement, ...]

    @property
    def key(self) -> str:
        """What it is called in commands: ``2.5.d/B6``, ``1.1/body``; it survives as long as item and unit do."""
        # a unit may have the id that stands for the body
        unit = {BODY: "body", "body": "unit:body"}.get(self.unit, self.unit)
        return f"{'.'.join(filter(None, (self.item, self.part)))}/{unit}"

    @property
    def place(self) -> str:
        """Item and part as printed."""
        return f"{self.item} {self.part}".strip()

    @property
    def digest(self) -> str:
        """A hash of everything that both sides say there; a decision about it holds as long as this does."""
        said = [
            [one.who.key, str(one.answer), one.note, [dict(finding) for finding in one.findings]]
            for one in sorted((*self.conform, *self.problem), key=lambda one: one.who.key)
        ]
        return sha256(canonical_json(said)).hexdigest()


@dataclass(slots=True)
class _Sides:
    conform: list[Statement] = field(default_factory=list)
    problem: list[Statement] = field(default_factory=list)


class Contradictions:
    """Holds the statements of respondents against each other as they come by.

    What people say of themselves is true of them whatever others say of themselves. But a problem that somebody in a
    unit reports is one in the unit, and in the branch that the unit is part of. Whoever moves to another unit has said
    nothing of that. Reviews of files contradict nobody: a problem in a file is none of the unit that collects the
    reviews, and that two judge one file differently is a matter of how well they agree.
    """

    def __init__(self, kit: Kit, roster: Roster) -> None:
        """Take the kit whose items are answered, and the roster of the units."""
        self._kit, self._roster = kit, roster
        self._sides: dict[tuple[str, str, str], _Sides] = {}
        self._subjects: dict[tuple[Answers, tuple[str, ...]], dict[str, Subject]] = {}
        self._names: dict[str, str] = {BODY: roster.body.name} | {unit.id: unit.name for unit in roster.units}

    def add(self, standing: Standing) -> None:
        """Take what one respondent says."""
        who = standing.respondent
        if who.answers == "file":
            return
        within = standing.answered_in or who.unit
        subject_of = self._subjects_of(who.answers, who.roles)
        for item, part, statement in _statements(standing, subject_of, self._kit):
            if statement.answer is Answer.PROBLEM:
                for unit in self._concerned(within, body=subject_of(item) == "body"):
                    self._at(item, part, unit).problem.append(statement)
            else:
                self._at(item, part, BODY if subject_of(item) == "body" else within).conform.append(statement)
        self._names.setdefault(within, who.unit_name if within == who.unit else within)

    def _subjects_of(self, answers: Answers, roles: tuple[str, ...]) -> Callable[[str], Subject]:
        """Return what says whom an answer to an item is about; thousands have the same roles."""
        known = self._subjects.setdefault((answers, roles), {})

        def subject_of(item: str) -> Subject:
            if item not in known:
                known[item] = self._kit.subject_of(item, answers, roles)
            return known[item]

        return subject_of

    def _concerned(self, unit: str, *, body: bool) -> list[str]:
        return [BODY] if body else list(dict.fromkeys((unit, self._roster.site_of(unit))))

    def _at(self, item: str, part: str, unit: str) -> _Sides:
        return self._sides.setdefault((item, part, unit), _Sides())

    def found(self) -> list[Contradiction]:
        """Return every contradiction, in the order of the items and of the units."""
        items = {item: n for n, item in enumerate(self._kit.items)}
        units = {unit: n for n, unit in enumerate(self._names)}

        def rank(place: tuple[str, str, str]) -> tuple[int, str, str, int]:
            item, part, unit = place
            return items.get(item, len(items)), item, part, units[unit]

        return [
            Contradiction(item, part, unit, self._names[unit], tuple(sides.conform), tuple(sides.problem))
            for (item, part, unit), sides in sorted(self._sides.items(), key=lambda entry: rank(entry[0]))
            if sides.conform and sides.problem
        ]


def _statements(
    standing: Standing, subject_of: Callable[[str], Subject], kit: Kit
) -> Iterator[tuple[str, str, Statement]]:
    """Yield item, part and statement of every place at which a respondent reports a problem, or says “conform”.

    Who says “conform” of themselves contradicts nobody, and most do. What is said of every part of an item is said of
    the whole item too, which a finding can be about.
    """
    content, who = standing.content or {}, standing.respondent
    findings: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for finding in content.get("findings", ()):
        findings.setdefault((finding.get("item", ""), finding.get("part", "")), []).append(finding)
    for item in content.get("items", ()):
        name, told = item["id"], subject_of(item["id"]) != "self"
        conform = 0
        for part in item.get("parts") or (item,):
            place = (name, part["id"] if part is not item else "")
            answer = Answer.PROBLEM if place in findings else part.get("answer")
            conform += answer == Answer.CONFORM
            if answer == Answer.PROBLEM or (told and answer == Answer.CONFORM):
                found = tuple(findings.pop(place, ()))
                yield *place, Statement(who, Answer(answer), part.get("note", ""), found)
        # a part that was left open is not among the answers
        asked = len(kit.items[name].parts) if name in kit.items else 0
        if told and conform == asked > 0 and (name, "") not in findings:
            yield name, "", Statement(who, Answer.CONFORM, "", ())
    for (name, part), found_there in findings.items():
        if name:
            yield name, part, Statement(who, Answer.PROBLEM, "", tuple(found_there))


def contradictions(standings: Iterable[Standing], kit: Kit, roster: Roster) -> list[Contradiction]:
    """Return everything that respondents say and that cannot both be right."""
    held = Contradictions(kit, roster)
    for standing in standings:
        held.add(standing)
    return held.found()


def unsettled(found: Iterable[Contradiction], settled: Mapping[str, str]) -> list[Contradiction]:
    """Return the contradictions that no decision settles, given the digest for which each decision holds, by key."""
    return [one for one in found if settled.get(one.key) != one.digest]
