"""Years of audits: every team audits its clients one after the other, on working days, as often as the rules ask."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count

from selfaudit.checks.workdays import workdays
from selfaudit.demo.registers.clients import Client
from selfaudit.demo.registers.numbers import certificate_number
from selfaudit.demo.registers.people import Auditor
from selfaudit.demo.registers.texts import FIRST, LAST
from selfaudit.demo.registers.world import EVENING, NOON, Row, World, at, later

LONGEST = 5
"""Days of the longest visit: a week."""
CYCLE = timedelta(3 * 365 + 1)
ISSUING = ("initial", "recertification")
SURVEILLANCES = 2
"""In each cycle of three years."""
SIZES = ((1, 1.0), (2, 5.0), (3, 9.0), (4, 40.0))
"""How many people go for up to how many auditor days."""
CHANGES, LOYAL = 0.17, 0.75
"""The shares of audits that a change follows, and of clients that go on for another cycle."""
UNDECIDED = timedelta(50)
"""The longest time from an audit to its certificate."""


@dataclass(slots=True)
class Due:
    """An audit that somebody is to do: of which client, in which cycle, and as the how-manieth of it."""

    client: Client
    kind: str
    cycle: int
    certificates: list[Row] = field(default_factory=list)
    surveillances: int = 0
    audit: Row = field(default_factory=dict)


class Diary:
    """The working days on which visits of several days fit."""

    def __init__(self) -> None:
        self._days = workdays(FIRST, LAST)
        self._at = {day: n for n, day in enumerate(self._days)}
        self._runs = [1] * len(self._days)
        for n in range(len(self._days) - 2, -1, -1):
            if self._days[n + 1] - self._days[n] == timedelta(1):
                self._runs[n] = self._runs[n + 1] + 1

    def fits(self, day: date, length: int) -> date | None:
        """Return the first day, that or later, from which so many working days follow; None after the last."""
        while day not in self._at:
            if day > LAST:
                return None
            day += timedelta(1)
        return next((self._days[n] for n in range(self._at[day], len(self._days)) if self._runs[n] >= length), None)


class Years:
    """Plays all years, team by team."""

    def __init__(self, world: World) -> None:
        self._world, self._rng = world, world.rng
        self._diary = Diary()
        self._numbers = count(1)
        self._serials = count(1)

    def play(self, clients: list[Client]) -> None:
        """Write the registers of audits, assignments and certificates."""
        waiting: list[tuple[date, int, Due]] = []
        span = (LAST - FIRST).days - 150
        for number, client in enumerate(clients):
            begin = FIRST + timedelta(40 + round(span * self._rng.random() ** 1.5))
            waiting.append((begin, number, Due(client, "initial", 0)))
        order = count(len(clients))
        heapq.heapify(waiting)
        while waiting:
            day, _, due = heapq.heappop(waiting)
            for then, following in self._hold(day, due):
                heapq.heappush(waiting, (then, next(order), following))

    def _hold(self, day: date, due: Due) -> Iterator[tuple[date, Due]]:
        """Hold a visit on that day or later, unless the data end before; yield what follows from it."""
        who = due.client
        days = self._world.times.required(who.standards, who.headcount, who.team.industry.risk, due.kind)
        if due.kind == "initial" and not due.audit:
            if (visit := self._visit(day, due, 1.0)) is None:
                return
            due.audit = self._begin(due, days, visit)
            self._assign(due.audit, due, visit, "stage1")
            yield visit.end.date() + timedelta(self._rng.randint(14, 40)), due
            return
        stage1 = 1.0 if due.kind == "initial" else 0.0
        if (visit := self._visit(day, due, days - stage1)) is None:
            self._forget(due.audit)
            return
        audit = due.audit or self._begin(due, days, visit)
        self._assign(audit, due, visit, "stage2" if stage1 else "single")
        audit |= {"start_on": visit.start, "end_on": visit.end, "leader": visit.people[0].name}
        audit["actual_days"] = audit["onsite_days"] = visit.days + stage1
        yield from self._conclude(due, audit)

    def _visit(self, day: date, due: Due, days: float) -> "Visit | None":
        team = due.client.team
        size = next(people for people, most in SIZES if days <= most)
        halves = math.ceil(2 * days / size)
        length = (halves + 1) // 2
        assert length <= LONGEST  # noqa: S101 - organisations are small enough
        start = self._diary.fits(max(day, team.free), length)
        if start is None or (due.kind in ISSUING and start > LAST - UNDECIDED):
            return None
        end = start + timedelta(length - 1)
        team.free = end + timedelta(2)
        people = team.chosen(size)
        return Visit(at(start, 8, 30), at(end, NOON if halves % 2 else EVENING), people, halves / 2)

    def _begin(self, due: Due, days: float, visit: "Visit") -> Row:
        """Write the row of an audit as it is when its first visit is held."""
        rng, who, first = self._rng, due.client, visit.start.date()
        reported = first - timedelta(rng.randint(4, 7))
        contracted = reported - timedelta(rng.randint(3, 15))
        reviewed = contracted - timedelta(rng.randint(1, 5))
        applied = reviewed - timedelta(rng.randint(2, 8))
        industry, number = who.team.industry, next(self._numbers)
        certificate = due.certificates[0] if due.certificates else None
        initial = due.kind == "initial"
        return self._world.add(
            "audits", project=f"P{first.year}{number:05d}", plan_number=f"R000001{first:%y}{number:05d}",
            certificate=certificate and certificate["number"], contract=f"HT{first.year}{number:05d}",
            organisation=who.name, uscc=who.uscc, standards=list(who.standards), type=due.kind, branch=who.team.unit,
            address=who.address, city=who.team.city, latitude=who.latitude, longitude=who.longitude,
            headcount=who.headcount, risk=industry.risk, codes=list(industry.codes), scope=industry.scope,
            mode="on_site", stage1_from=visit.start if initial else None, stage1_to=visit.end if initial else None,
            start_on=None, end_on=None, planned_days=days, actual_days=None, onsite_days=None, reduction=0.0,
            applied_on=applied, reviewed_on=reviewed, contracted_on=contracted, plan_reported_on=at(reported, 10),
            manual_on=applied - timedelta(rng.randint(120, 400)) if initial else None,
            internal_audit_on=applied - timedelta(rng.randint(40, 80)),
            management_review_on=applied - timedelta(rng.randint(5, 30)), sales=f"{who.team.city}市场专员",
        )  # fmt: skip

    def _forget(self, audit: Row) -> None:
        """Leave out an audit whose second stage is not within the data."""
        if audit:
            self._world.rows["audits"].remove(audit)
            team = self._world.rows["assignments"]
            team[:] = [row for row in team if row["project"] != audit["project"]]

    def _assign(self, audit: Row, due: Due, visit: "Visit", stage: str) -> None:
        who, team = due.client, due.client.team
        extra = [(one, role) for one, role in ((team.trainee, "trainee"), (team.expert, "expert")) if one]
        team_of = [(one, "member" if n else "leader") for n, one in enumerate(visit.people)]
        if stage != "stage1":
            team_of += [(one, role) for one, role in extra if self._rng.random() < (0.85 if role == "trainee" else 0.3)]
        for one, role in team_of:
            one.busy.update(visit.on)
            counted = role in ("leader", "member")
            self._world.add(
                "assignments", project=audit["project"], stage=stage, start_at=visit.start,
                end_at=visit.end, name=one.name, id_number=one.id_number,
                qualification=one.level, role=role, specialist=counted,
                full_time="full_time" if one.full_time else "part_time",
                registration=one.registration, codes=list(team.industry.codes) if role != "trainee" else [],
                days=visit.days / len(visit.people) if counted else 0.0, remote=False, organisation=who.name,
                uscc=who.uscc, city=team.city, certificate=None, approval_number=self._world.texts.approval_number,
            )  # fmt: skip

    def _conclude(self, due: Due, audit: Row) -> Iterator[tuple[date, Due]]:
        """Close what was found, decide, issue certificates where it is time to; yield the next audit."""
        rng, end = self._rng, audit["end_on"].date()
        closed = later(end, 8, 25, rng)
        decided = later(closed, 2, 7, rng)
        issued = later(decided, 0, 3, rng)
        found = rng.randint(1, 3)
        audit |= {
            "nc_count": found, "major_nc_count": 0, "nc_opened_on": end,
            "nc_closed_on": closed if closed <= LAST else None, "decided_on": decided if decided <= LAST else None,
            "fee": round(audit["actual_days"] * rng.randint(28, 36)) * 100,
        }  # fmt: skip
        if due.kind == "change":
            audit["certificate"] = due.certificates[0]["number"]
            return
        if due.kind in ISSUING:
            audit["issued_on"] = issued
            made = [self._certificate(due, audit, standard, issued) for standard in due.client.standards]
            for old, new in zip(due.certificates, made, strict=False):
                old |= {"status": "cancelled", "cancelled": issued, "withdrawal_reason": "再认证换发新证"}
                new |= {"previous_number": old["number"], "reissued": True, "reissued_on": issued}
            due = Due(due.client, due.kind, due.cycle + 1, made)
        else:
            due = Due(due.client, due.kind, due.cycle, due.certificates, due.surveillances + 1)
        for certificate in due.certificates:
            certificate |= {
                "surveillances": due.surveillances, "audit_from": audit["start_on"].date(), "audit_to": end,
                "man_days": audit["actual_days"], "activity": due.kind,
            }  # fmt: skip
        audit["certificate"] = due.certificates[0]["number"]
        yield from self._next(due, end, due.certificates[0]["issued"])

    def _next(self, due: Due, end: date, issued: date) -> Iterator[tuple[date, Due]]:
        rng = self._rng
        if rng.random() < CHANGES:
            yield end + timedelta(rng.randint(120, 200)), replace(due, kind="change", audit={})
        if due.surveillances < SURVEILLANCES:
            due.kind = "surveillance"
            yield (end if due.surveillances else issued) + timedelta(rng.randint(320, 350)), due
        elif rng.random() < LOYAL:
            due.kind = "recertification"
            yield issued + CYCLE - timedelta(rng.randint(90, 120)), due
        elif (day := end + timedelta(rng.randint(200, 300))) < LAST and issued + CYCLE > LAST:
            for certificate in due.certificates:
                certificate |= {"status": "cancelled", "cancelled": day, "withdrawal_reason": "获证组织申请注销"}

    def _certificate(self, due: Due, audit: Row, standard: str, issued: date) -> Row:
        who, texts = due.client, self._world.texts
        number = certificate_number(standard, issued.year, next(self._serials), due.cycle, who.headcount)
        first = due.certificates[0]["first_issued"] if due.certificates else issued
        expires = issued + CYCLE - timedelta(1)
        return self._world.add(
            "certificates", number=number, organisation=who.name, uscc=who.uscc, standard=standard,
            basis=texts.bases[standard], scope=who.team.industry.scope, codes=list(who.team.industry.codes),
            mark=["CNAS"] if who.team.industry.accredited else ["none"],
            accreditation_number=texts.accreditation_number if who.team.industry.accredited else None,
            headcount=who.headcount, staff=who.headcount + self._rng.randint(0, 9), first_issued=first, issued=issued,
            expires=expires, decided=audit["decided_on"], status="expired" if expires < LAST else "valid",
            branch=who.team.unit, address=who.address, audit_address=who.address,
            region=texts.cities[who.team.city].region, approval_number=texts.approval_number, risk=audit["risk"],
            recertifications=due.cycle, activity=due.kind, fee=audit["fee"], sub_certificate=False, multi_site=False,
            reissued=False,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's days at a client: when, who goes, and how many days each."""

    start: datetime
    end: datetime
    people: list[Auditor]
    each: float

    @property
    def days(self) -> float:
        """Auditor days."""
        return self.each * len(self.people)

    @property
    def on(self) -> Iterator[date]:
        """The days on which they are there."""
        return (self.start.date() + timedelta(n) for n in range((self.end.date() - self.start.date()).days + 1))
