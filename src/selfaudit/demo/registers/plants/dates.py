"""Dates in an order or at distances that cannot be."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from selfaudit.demo.registers.plants.planting import Plant, Planter, Planting
from selfaudit.demo.registers.texts import LAST
from selfaudit.demo.registers.world import Row, at

DAY = timedelta(1)
SMALL_AUDIT = 6
"""Auditor days."""


def order(here: Planting) -> Iterator[Plant]:
    """A certificate before its decision, a review before the application, everything on one day."""
    audit = here.audit(type="initial")
    issue(here, audit, audit["decided_on"] - 3 * DAY)
    yield Plant("C27", (audit["project"],), "颁证早于认证决定", ("C27", "C44"))
    audit = here.audit(type="initial")
    audit["applied_on"] = audit["reviewed_on"] + 4 * DAY
    yield Plant("C27", (audit["project"],), "申请日期晚于评审日期", ("C30",))
    audit = here.audit(type="surveillance")
    audit["decided_on"] = audit["nc_closed_on"] - 2 * DAY
    yield Plant("C27", (audit["project"],), "不符合关闭之前已作出决定", ("C24",))
    audit = here.audit(type="recertification")
    audit["decided_on"] = audit["nc_closed_on"]
    issue(here, audit, audit["decided_on"])
    yield Plant("C27", (audit["project"],), "关闭、决定、颁证在同一天", clean=True)


def issue(here: Planting, audit: Row, day: date) -> None:
    """Let the certificate of an audit be issued on another day, in every register."""
    certificate = here.certificate_of[audit["certificate"]]
    moved = day - certificate["issued"]
    audit["issued_on"] = day
    for row in (certificate, here.reported_of[certificate["number"]]):
        reported = (day.replace(day=1) + 32 * DAY).replace(day=5)
        row |= {"issued": day, "expires": row["expires"] + moved, "reported_on": min(reported, LAST)}
    certificate["decided"] = audit["decided_on"]
    if not certificate["recertifications"]:
        certificate["first_issued"] = day
    elif old := here.certificate_of.get(certificate.get("previous_number", "")):
        certificate["reissued_on"] = old["cancelled"] = day


def stages(here: Planting) -> Iterator[Plant]:
    """Both stages on one day, half a year and more apart, and on two days in a row."""
    for days, clean, text in (
        (0, False, "一、二阶段在同一天"),
        (200, False, "一、二阶段相隔半年以上"),
        (1, True, "一、二阶段相隔一天"),
        (150, True, "一、二阶段相隔五个月"),
    ):
        audit = here.audit(
            lambda row: (
                row["type"] == "initial"
                and row["start_on"].date() == row["end_on"].date()
                and row["actual_days"] < SMALL_AUDIT
            )
        )
        _first_stage(here, audit, audit["start_on"].date() - days * DAY, half=not days)
        yield Plant("C28", (audit["project"],), text, ("C01", "C02", "C07", "C12", "C13", "C14", "C25"), clean=clean)


def _first_stage(here: Planting, audit: Row, day: date, *, half: bool) -> None:
    """Move the first stage of an audit, and everything that goes before it."""
    moved = day - audit["stage1_from"].date()
    end = at(day, 12) if half else at(day, 17)
    audit |= {"stage1_from": at(day, 8, 30), "stage1_to": end}
    for one in here.teams[audit["project"]]:
        if one["stage"] == "stage1":
            old = one["start_at"].date()
            one |= {"start_at": at(day, 8, 30), "end_at": end}
            _sign_again(here, audit, old, one)
    for name in (
        "applied_on",
        "reviewed_on",
        "contracted_on",
        "plan_reported_on",
        "manual_on",
        "internal_audit_on",
        "management_review_on",
    ):
        audit[name] += moved


def _sign_again(here: Planting, audit: Row, old: date, one: Row) -> None:
    for sign in here.signs[audit["project"]]:
        if sign["name"] == one["name"] and sign["signed_at"].date() == old:
            sign["signed_at"] = one["start_at"] if sign["kind"] == "first" else one["end_at"] + timedelta(minutes=4)


def at_once(here: Planting) -> Iterator[Plant]:
    """A certificate within a week of the application."""
    audit = here.audit(
        lambda row: (
            row["type"] == "initial"
            and row["start_on"].date() == row["end_on"].date()
            and row["start_on"].weekday() > 0
        )
    )
    start, end = audit["start_on"].date(), audit["end_on"].date()
    _first_stage(here, audit, start - DAY, half=False)
    early = start - 2 * DAY
    audit |= {
        "applied_on": early, "reviewed_on": early, "contracted_on": early, "plan_reported_on": at(early, 15),
        "nc_closed_on": end + 2 * DAY, "decided_on": end + 3 * DAY,
    }  # fmt: skip
    issue(here, audit, end + 3 * DAY)
    yield Plant(
        "C29", (audit["project"],), "申请后一周内出证", ("C31", "C49", "C13", "C14", "C01", "C02", "C25", "C44")
    )


def running(here: Planting) -> Iterator[Plant]:
    """Systems that had not run for three months, and one that had for just as long."""
    for days, clean in ((60, False), (90, True), (93, True)):
        audit = here.audit(type="initial")
        start = audit["start_on"].date()
        audit |= {
            "manual_on": start - days * DAY,
            "internal_audit_on": start - 50 * DAY,
            "management_review_on": start - 45 * DAY,
        }
        yield Plant("C30", (audit["project"],), f"体系文件发布到二阶段 {days} 天", clean=clean)


def closing(here: Planting) -> Iterator[Plant]:
    """Nonconformities closed on the day they were found, and one that is severe and open for seven months."""
    audit = here.audit(type="surveillance")
    audit |= {"major_nc_count": 1, "nc_closed_on": audit["nc_opened_on"]}
    yield Plant("C31", (audit["project"],), "严重不符合当天关闭")
    audit = here.audit(type="surveillance")
    audit["nc_closed_on"] = audit["nc_opened_on"]
    yield Plant("C31", (audit["project"],), "一般不符合当天关闭", clean=True)
    audit = here.audit(lambda row: row["type"] == "surveillance" and row["end_on"] < datetime(2023, 2, 1))  # noqa: DTZ001 - local
    closed = audit["nc_opened_on"] + 220 * DAY
    audit |= {"major_nc_count": 1, "nc_closed_on": closed, "decided_on": closed + 3 * DAY}
    yield Plant("C31", (audit["project"],), "严重不符合七个月才关闭", ("C24",))
    audit = here.audit(lambda row: row["type"] == "surveillance")
    audit |= {"nc_count": 0, "nc_closed_on": None, "nc_opened_on": None}
    yield Plant("C31", (audit["project"],), "没有不符合项", clean=True)


def plans(here: Planting) -> Iterator[Plant]:
    """A plan reported when the audit had begun, and one changed on the day."""
    audit = here.audit(type="surveillance")
    audit["plan_reported_on"] = audit["start_on"] + timedelta(hours=5)
    yield Plant("C49", (audit["project"],), "审核开始后才上报计划")
    audit = here.audit(type="surveillance")
    audit["plan_changed_on"] = audit["start_on"] + timedelta(hours=1)
    yield Plant("C49", (audit["project"],), "当天变更计划")
    audit = here.audit(type="surveillance")
    audit["plan_changed_on"] = audit["start_on"] - timedelta(days=2)
    yield Plant("C49", (audit["project"],), "提前两天变更计划", clean=True)


PLANTERS: tuple[Planter, ...] = (stages, at_once, order, running, closing, plans)
