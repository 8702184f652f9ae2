"""Audit time: below the tables, off site, with people who do not count, or more than a day has."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

from selfaudit.checks.workdays import workdays
from selfaudit.demo.registers.numbers import SMALL
from selfaudit.demo.registers.plants.planting import Plant, Planter, Planting
from selfaudit.demo.registers.world import EVENING, Row

MANY = 860
"""People for whom the table has a time."""
OFFICE, FRIDAY = "演示办事处", 4
ENOUGH = 2
"""Auditor days of which a part can be spent elsewhere."""
SHORTENED = 2
"""Auditor days of audits that are made short."""
HALVED = 7
"""Audits of one branch that took less than half of the time."""


def grow(here: Planting, audit: Row, headcount: int) -> None:
    """Let a client have so many people in every register, as if its audit had been too short."""
    audit["headcount"] = headcount
    for row in here.world.of("certificates", uscc=audit["uscc"]):
        row |= {"headcount": headcount, "staff": headcount + 5}
        here.reported_of[row["number"]]["headcount"] = headcount
    here.organisation_of[audit["uscc"]]["insured"] = headcount
    for row in here.world.of("audits", uscc=audit["uscc"]):
        row["headcount"] = headcount if row is audit else row["headcount"]


def _floor(here: Planting, audit: Row, headcount: int) -> float:
    return 0.7 * here.world.times.required(tuple(audit["standards"]), headcount, audit["risk"], audit["type"])


def _fitting(here: Planting, audit: Row, low: float, high: float) -> int:
    """Return a headcount for which an audit took a share of the floor in that range; 0 for none."""
    if audit["headcount"] <= SMALL:
        return 0
    sizes = (number for number in range(SMALL + 10, MANY, 3))
    return next((n for n in sizes if low <= audit["actual_days"] / _floor(here, audit, n) < high), 0)


def _grown(here: Planting, kind: str, low: float, high: float, branch: str = "") -> Iterator[Row]:
    """Yield audits of a kind whose clients are now so large that the time is a share of the floor in that range."""
    fits = (lambda row: bool(row["branch"] == branch and _fitting(here, row, low, high))) if branch else None
    for audit in here.audits(fits or (lambda row: _fitting(here, row, low, high) > 0), type=kind):
        grow(here, audit, _fitting(here, audit, low, high))
        yield audit


def _shorten(here: Planting, audit: Row) -> None:
    """Let an audit have taken a quarter of the least that may be, in tenths of days: half of it however it is read."""
    days = math.floor(10 * _floor(here, audit, audit["headcount"]) / 4) / 10
    share = days / audit["actual_days"]
    audit |= {"planned_days": days, "actual_days": days, "onsite_days": days, "fee": round(audit["fee"] * share)}
    for row in here.teams[audit["project"]]:
        row["days"] *= share
    for row in here.world.of("payments", project=audit["project"]):
        row["amount"] = audit["fee"]


def below_floor(here: Planting) -> Iterator[Plant]:
    """Audits that took less than half of the least that tables allow, most of one branch; others a little less."""
    branch = here.world.rows["audits"][-1]["branch"]
    long = here.audits(lambda row: row["actual_days"] >= SHORTENED and row["branch"] == branch, type="surveillance")
    for audit, _ in zip(long, range(HALVED), strict=False):
        _shorten(here, audit)
        yield Plant("C08", (audit["project"],), "审核时间不到最低要求的一半")
    audit = next(_grown(here, "initial", 0.7, 0.95))
    yield Plant("C08", (audit["project"],), "审核时间低于最低要求", ("C42",))
    for kind in ("surveillance", "recertification"):
        audit = next(_grown(here, kind, 0.5, 0.68))
        yield Plant("C10", (audit["project"],), "监督或再认证时间低于三分之一或三分之二", ("C42",))
    audit = next(_grown(here, "initial", 1.0, 1.2))
    audit |= {"reduction": 0.3, "reduction_reason": "体系成熟，过程简单，人员工作重复"}
    yield Plant("C08", (audit["project"],), "减少三成以内，理由有记录", ("C42",), clean=True)


def shares(here: Planting) -> Iterator[Plant]:
    """Time on site: too little of it, and exactly enough."""
    for share, clean in ((0.6, False), (0.8, True)):
        audit = here.audit(lambda row: row["actual_days"] > ENOUGH)
        audit["onsite_days"] = round(audit["actual_days"] * share, 2)
        yield Plant("C09", (audit["project"],), f"现场时间占 {share:.0%}", ("C07", "C08"), clean=clean)


def who_counts(here: Planting) -> Iterator[Plant]:
    """Trainees whose days are counted, and trainees who were only there."""
    for clean in (False, True):
        audit = here.audit(lambda row: any(one["role"] == "trainee" for one in here.teams[row["project"]]))
        trainee = next(one for one in here.teams[audit["project"]] if one["role"] == "trainee")
        leader = next(
            one for one in here.teams[audit["project"]] if one["role"] == "leader" and one["stage"] == trainee["stage"]
        )
        trainee["days"] = leader["days"]
        if not clean:
            for name in ("planned_days", "actual_days", "onsite_days"):
                audit[name] += trainee["days"]
        text = "实习审核员在组但没有计入人日" if clean else "实习审核员计入了人日"
        yield Plant("C11", (audit["project"],), text, ("C07", "C08", "C12"), clean=clean)


def longer_days(here: Planting) -> Iterator[Plant]:
    """A day that is counted as one and a half."""
    audit = here.audit(
        lambda row: (
            row["start_on"].date() == row["end_on"].date()
            and row["end_on"].hour == EVENING
            and row["type"] == "surveillance"
        )
    )
    row = next(one for one in here.teams[audit["project"]] if one["role"] == "leader")
    row["days"] += 0.5
    for name in ("planned_days", "actual_days", "onsite_days"):
        audit[name] += 0.5
    yield Plant("C12", (row["name"],), "一天记了一个半人日", ("C07",))


def workload(here: Planting) -> Iterator[Plant]:
    """A visit of twelve days without a pause."""

    def fits(audit: Row) -> bool:
        last = audit["end_on"].date()
        team = [one for one in here.teams[audit["project"]] if one["role"] == "leader"]
        return audit["type"] == "surveillance" and not any(
            here.busy(one["name"], last + timedelta(n)) for one in team for n in range(1, 13)
        )

    audit = here.audit(fits)
    row = next(one for one in here.teams[audit["project"]] if one["role"] == "leader")
    audit["end_on"] += timedelta(11)
    for one in here.teams[audit["project"]]:
        if one["role"] == "leader":
            one["end_at"] += timedelta(11)
            one["days"] += 9
    for name in ("planned_days", "actual_days", "onsite_days"):
        audit[name] += 9
    for one in here.signs[audit["project"]]:
        if one["kind"] == "last":
            one["signed_at"] += timedelta(11)
    end = audit["end_on"].date()
    audit |= {"nc_opened_on": end, "nc_closed_on": end + timedelta(9), "decided_on": end + timedelta(12)}
    also = ("C07", "C12", "C14", "C25", "C27", "C48")
    yield Plant("C13", (row["name"],), "连续十二天在现场", also, around=(audit["project"], audit["organisation"]))


def weekends(here: Planting) -> Iterator[Plant]:
    """An office that nearly always audits on Saturdays."""
    fridays = here.audits(
        lambda row: row["type"] == "surveillance" and row["start_on"].date() == row["end_on"].date()
        and row["start_on"].weekday() == FRIDAY and not _worked_instead(row["start_on"].date() + timedelta(1))
    )  # fmt: skip
    for audit, _ in zip(fridays, range(8), strict=False):
        audit["branch"] = OFFICE
        for row in (audit, *here.teams[audit["project"]], *here.signs[audit["project"]]):
            for name in ("start_on", "end_on", "start_at", "end_at", "signed_at"):
                if name in row:
                    row[name] += timedelta(1)
        audit["nc_opened_on"] += timedelta(1)
        sign = here.signs[audit["project"]][0]
        day = sign["signed_at"].date() + timedelta(2)
        sign |= {
            "anomaly": "签到时间异常",
            "anomaly_on": day,
            "explained_on": day + timedelta(1),
            "explanation": "已核实",
        }
    yield Plant("C14", (OFFICE,), "项目几乎都安排在周六", ("C25", "C13"))
    yield Plant("C50", (OFFICE,), "签到异常集中在一个办事处")


def _worked_instead(day: date) -> bool:
    return bool(workdays(day, day, weekends=True))


PLANTERS: tuple[Planter, ...] = (weekends, below_floor, shares, who_counts, longer_days, workload)
