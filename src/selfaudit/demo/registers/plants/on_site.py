"""Who was where and when: double bookings, travel, sign-ins."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from selfaudit.demo.registers.plants.planting import Plant, Planter, Planting
from selfaudit.demo.registers.records import KILOMETRE, SIGNED
from selfaudit.demo.registers.world import EVENING, NOON, Row, at

REMOTE = date(2022, 11, 30)
"""When remote audits had to be signed in as well."""
HOUR = timedelta(hours=1)


def _member(here: Planting, audit: Row) -> Row:
    return next(row for row in here.teams[audit["project"]] if row["role"] == "member" and row["stage"] != "stage1")


def _pair(here: Planting, *, near: bool, half: bool) -> tuple[Row, Row]:
    """Return an audit that ends at noon, or lasts one day, and one by others on that day, near or in another city."""
    for audit in here.audits(lambda row: _ends(row, half=half) and row["actual_days"] > 1):
        for other in here.audits(partial(_beside, audit, near)):
            return audit, other
        here.used.discard(audit["uscc"])
    raise LookupError


def _beside(audit: Row, near: bool, row: Row) -> bool:  # noqa: FBT001 - as it is bound
    same_day = row["start_on"].date() == audit["end_on"].date() == row["end_on"].date()
    return bool(same_day and (row["city"] == audit["city"]) == near and row["leader"] != audit["leader"])


def _ends(audit: Row, *, half: bool) -> bool:
    one_day = audit["start_on"].date() == audit["end_on"].date()
    return bool(audit["end_on"].hour == NOON if half else one_day)


def double_bookings(here: Planting) -> Iterator[Plant]:
    """One auditor in two places on the same day, in each of the ways that look alike."""
    for near in (True, False):
        first, second = _pair(here, near=near, half=False)
        row = _member(here, first)
        here.join(row, second, second["start_on"], second["end_on"], days=row["days"])
        also = ("C02", "C12", "C13", "C17", "C25")
        yield Plant("C01", (row["name"], second["project"]), "同一天在两个组织审核", (*also, "C01"))
    first, second = _pair(here, near=True, half=False)
    row = _member(here, first)
    place = {name: second[name] for name in ("address", "latitude", "longitude")}
    for there in (first, *here.signs[first["project"]]):
        there.update(place)
    first["actual_days"] -= row["days"] - 0.5
    row["days"] = 0.5
    here.join(row, second, second["start_on"], second["end_on"], days=0.5)
    yield Plant("C01", (row["name"], second["project"]), "同一地点的两个组织由同一组同日审核", clean=True)
    first, second = _pair(here, near=False, half=False)
    row = _member(here, first)
    here.join(row, second, second["start_on"], second["end_on"], days=0.0, remote=True)
    yield Plant("C01", (row["name"], second["project"]), "同日远程参加另一项目的审核", clean=True)


def travel(here: Planting) -> Iterator[Plant]:
    """A journey that nobody can make, and one that anybody can."""
    first, second = _pair(here, near=False, half=True)
    row = _member(here, first)
    here.join(row, second, at(second["start_on"].date(), 13, 30), second["end_on"], days=0.5)
    yield Plant(
        "C02",
        (row["name"], second["project"]),
        "上午在一个城市结束，一个半小时后在另一个城市开始",
        ("C01", "C05", "C13", "C25"),
    )
    first, second = _pair(here, near=True, half=True)
    row = _member(here, first)
    here.join(row, second, at(second["start_on"].date(), 13, 30), second["end_on"], days=0.5)
    for check in ("C01", "C02"):
        yield Plant(
            check, (row["name"], second["project"]), "上午、下午在同一城市的两个组织各半天", ("C05",), clean=True
        )


def sign_ins(here: Planting) -> Iterator[Plant]:
    """Sign-ins that are missing, far, late or unexplained."""
    rows = here.world.rows["sign_ins"]
    for kinds, text in ((("last",), "只有首次签到"), (("first", "last"), "没有签到")):
        audit = here.audit()
        rows[:] = [row for row in rows if row["project"] != audit["project"] or row["kind"] not in kinds]
        here.signs[audit["project"]] = [row for row in here.signs[audit["project"]] if row["kind"] not in kinds]
        yield Plant("C03", (audit["project"],), text, ("C05", "C07"))
    audit = here.audit(lambda row: row["type"] == "surveillance" and SIGNED < row["end_on"].date() < REMOTE)
    audit["mode"] = "remote"
    rows[:] = [row for row in rows if row["project"] != audit["project"]]
    yield Plant("C03", (audit["project"],), "当时远程审核不需签到", clean=True)
    yield from _far(here)
    yield from _late(here)
    yield from _short(here)


def _far(here: Planting) -> Iterator[Plant]:
    for far, clean in ((8.0, False), (60.0, False), (4.8, True)):
        audit = here.audit()
        for row in here.signs[audit["project"]]:
            row |= {
                "latitude": round(audit["latitude"] + far * KILOMETRE, 5),
                "longitude": audit["longitude"],
                "distance": far,
            }
        yield Plant("C04", (audit["project"],), f"签到地点偏离 {far:g} 公里", clean=clean)


def _late(here: Planting) -> Iterator[Plant]:
    shifts = (
        ("first", 2.5, False, "首次签到晚两个半小时"), ("last", -1.5, False, "末次签到早一个半小时"),
        ("last", 3.0, False, "末次签到晚三小时"), ("first", 2.0, True, "首次签到正好晚两小时"),
    )  # fmt: skip
    for kind, hours, clean, text in shifts:
        audit = here.audit(lambda row: row["type"] == "surveillance" and row["end_on"] - row["start_on"] > 9 * HOUR)
        planned = audit["start_on" if kind == "first" else "end_on"]
        for row in here.signs[audit["project"]]:
            if row["kind"] == kind:
                row["signed_at"] = planned + hours * HOUR
        yield Plant("C05", (audit["project"],), text, ("C07",), clean=clean)


def _short(here: Planting) -> Iterator[Plant]:
    audit = here.audit(
        lambda row: (
            row["type"] == "surveillance"
            and row["end_on"].date() == row["start_on"].date()
            and row["end_on"].hour == EVENING
        )
    )
    for row in here.signs[audit["project"]]:
        if row["kind"] == "last":
            row["signed_at"] = audit["start_on"] + 3 * HOUR
    yield Plant("C07", (audit["project"],), "计划一整天，签到显示到场不足三小时", ("C05",))


def anomalies(here: Planting) -> Iterator[Plant]:
    """Anomalies explained too late, not at all, and on the fifth working day across a holiday."""
    cases: tuple[tuple[date, date | None, bool, str], ...] = (
        (date(2023, 9, 4), date(2023, 9, 13), False, "异常七个工作日后才说明"),
        (date(2023, 8, 7), None, False, "异常一直没有说明"),
        (date(2023, 9, 28), date(2023, 10, 11), True, "跨国庆节，第五个工作日说明"),
        (date(2023, 9, 4), date(2023, 9, 11), True, "正好第五个工作日说明"),
    )
    for found, explained, clean, text in cases:
        audit = here.audit(_before_august)
        row = here.signs[audit["project"]][0]
        row |= {"anomaly": "签到地点异常", "anomaly_on": found, "explained_on": explained}
        row["explanation"] = "定位漂移" if explained else None
        yield Plant("C06", (audit["project"],), text, clean=clean)


def _before_august(audit: Row) -> bool:
    return bool(audit["end_on"].date() < date(2023, 8, 1))


PLANTERS: tuple[Planter, ...] = (double_bookings, travel, sign_ins, anomalies)
