"""The people of the registers: auditors in teams, who reviews and decides, and what the register of auditors says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from selfaudit.demo.registers.numbers import identity_number
from selfaudit.demo.registers.texts import Industry
from selfaudit.demo.registers.world import Row, World
from selfaudit.model.roster import Person, Roster

TEAM = 4
STANDARDS = ("QMS", "EMS", "OHSMS")
PART_TIME, TRAINEE, AUDITORS = "兼职审核员", "实习审核员", ("专职审核员", "兼职审核员", "实习审核员")
REVIEWERS, DECIDERS = "申请评审岗", "认证决定岗"
EVALUATORS, ASSESSORS = "能力评价岗", ("能力评价岗", "注册管理岗", "培训管理岗")
"""The post of those who evaluate auditors, and the posts of those who may review the files of people."""


Home = tuple[str, str, str]
"""Id and name of a unit, and its city."""


@dataclass(slots=True)
class Auditor:
    """Somebody who audits, with the days on which they do."""

    name: str
    id_number: str
    level: str
    full_time: bool
    unit: str
    registration: str
    busy: set[date] = field(default_factory=set)


@dataclass(slots=True)
class Team:
    """Auditors who work together in one city for one industry; the first, full-time, leads.

    The ``chief`` supervises the leader, and the ``evaluator`` says what they are all competent in.
    """

    unit: str
    city: str
    industry: Industry
    auditors: list[Auditor]
    trainee: Auditor | None = None
    expert: Auditor | None = None
    chief: str = ""
    evaluator: str = ""
    free: date = date.min
    turns: int = 0

    def chosen(self, count: int) -> list[Auditor]:
        """Return the leader and others, in turn."""
        others = self.auditors[1:]
        self.turns += 1
        return [self.auditors[0], *((others[self.turns % len(others) :] + others)[: count - 1])]


@dataclass(frozen=True, slots=True)
class Staff:
    """Teams, and those who review applications, decide, and review the files of people, by name and number."""

    teams: list[Team]
    reviewers: list[tuple[str, str]]
    deciders: list[tuple[str, str]]
    assessors: list[tuple[str, str]]


def staff(world: World, roster: Roster, teams: int, invent: Iterator[str]) -> Staff:
    """Return who works in the registers: people of the roster first, others with invented names."""
    head, suffix = world.texts.head_office, "分公司"
    homes = [(unit.id, unit.name, unit.name.removesuffix(suffix)) for unit in roster.units if unit.kind == "branch"]
    homes.append((next(unit.id for unit in roster.units if unit.name == head.unit), head.unit, head.city))
    waiting = {
        unit: [p for p in roster.people if p.unit == unit and not set(p.posts).isdisjoint(AUDITORS)]
        for unit, _, _ in homes
    }
    made = _Numbers(invent)
    found = [
        _team(made, n, world.texts.industries[n % len(world.texts.industries)], homes[n % len(homes)], waiting)
        for n in range(teams)
    ]
    reviewers, deciders, assessors = (
        [made.number(p.name) for p in roster.people if not set(p.posts).isdisjoint(posts)]
        for posts in ((REVIEWERS,), (DECIDERS,), ASSESSORS)
    )
    evaluators = [p.name for p in roster.people if EVALUATORS in p.posts]
    heads = {unit.name: roster.person_of[unit.head].name for unit in roster.units}
    for n, team in enumerate(found):
        team.evaluator = evaluators[n % len(evaluators)]
        # every other team of the head office is led by somebody who reviews applications
        beside = team.unit == head.unit and n // len(homes) % 2
        team.chief = reviewers[0][0] if beside else heads[team.unit]
    return Staff(found, reviewers, deciders, assessors)


class _Numbers:
    """Gives everybody a number of their own."""

    def __init__(self, invent: Iterator[str]) -> None:
        self._invent = invent
        self._last = 0

    def number(self, name: str) -> tuple[str, str]:
        self._last += 1
        return name, identity_number(self._last)

    def auditor(self, unit: str, level: str, *, full_time: bool, name: str = "") -> Auditor:
        told, number = self.number(name or next(self._invent))
        return Auditor(told, number, level, full_time, unit, f"2014-N1{self._last:07d}" if level != "expert" else "")


def _team(made: _Numbers, number: int, industry: Industry, home: Home, waiting: dict[str, list[Person]]) -> Team:
    unit, name, city = home
    known = {level: [p for p in waiting[unit] if _level(p) == level] for level in ("full", "part", "trainee")}

    def take(level: str) -> Auditor:
        person = known[level].pop(0) if known[level] else None
        if person:
            waiting[unit].remove(person)
        return made.auditor(
            name,
            "trainee" if level == "trainee" else "auditor",
            full_time=level != "part",
            name=person.name if person else "",
        )

    leader, second, third, fourth = take("full"), take("full"), take("part"), take("part")
    leader.level = "senior"
    expert = made.auditor(name, "expert", full_time=False) if number % 8 == 0 else None
    return Team(name, city, industry, [leader, second, third, fourth], take("trainee"), expert)


def _level(person: Person) -> str:
    return "trainee" if TRAINEE in person.posts else "part" if PART_TIME in person.posts else "full"


def register_people(world: World, staff: Staff) -> None:
    """Write the registers of auditors, of CCAA, of appointments, and of what auditors did before."""
    for number, team in enumerate(staff.teams):
        for one in [*team.auditors, *filter(None, (team.trainee, team.expert))]:
            _register(world, team, one, number)
    for duty, people in (("申请评审", staff.reviewers), ("认证决定", staff.deciders), ("能力评价", staff.assessors)):
        for name, id_number in people:
            world.add(
                "appointments", name=name, id_number=id_number, duty=duty, standards=list(STANDARDS),
                valid_from=date(2015, 1, 5), valid_to=None,
            )  # fmt: skip


def _register(world: World, team: Team, one: Auditor, number: int) -> None:
    start = date(2014, 3, 3) + timedelta(number * 7)
    common: Row = {"name": one.name, "id_number": one.id_number, "level": one.level}
    valid: dict[str, Any] = {
        "valid_from": start,
        "valid_to": date(2024, 3, 1) + timedelta(number * 5),
        "status": "valid",
    }
    for standard in STANDARDS:
        registered = {
            **valid,
            "registration": f"{one.registration[:7]}{standard}-{one.registration[7:]}",
            "body": world.body,
        }
        if one.level == "expert":
            registered = {}
        else:
            world.add("ccaa", **common, field=standard, **registered)
        world.add(
            "auditors", **common, field=standard, **registered,
            employment="full_time" if one.full_time else "part_time", branch=one.unit, codes=list(team.industry.codes),
            evaluated_on=start + timedelta(60), evaluation_evidence=f"能力评价记录 {standard}-{one.id_number[-4:]}",
            employed_from=start, left_on=None, contract_to=date(2026, 12, 31) if one.full_time else None,
            insured_by=world.body if one.full_time else f"{team.city}演示科技有限公司",
            supervisor=team.chief if one is team.auditors[0] else team.auditors[0].name, evaluator=team.evaluator,
        )  # fmt: skip
