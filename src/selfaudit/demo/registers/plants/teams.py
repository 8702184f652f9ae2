"""Teams and their people: leaders, codes, registrations, the register of CCAA."""

from collections.abc import Iterator
from datetime import date, timedelta

from selfaudit.demo.registers.numbers import identity_number
from selfaudit.demo.registers.plants.planting import Plant, Planter, Planting
from selfaudit.demo.registers.texts import LAST
from selfaudit.demo.registers.world import Row

LONG_AGO = date(2014, 3, 3)
UNHELD = "09.02.00"
"""A code that nobody in the body has."""


def leaders(here: Planting) -> Iterator[Plant]:
    """No leader, two of them, one in training."""
    audit = here.audit(lambda row: len(here.teams[row["project"]]) > 1)
    _roles(here, audit, "leader", "member")
    yield Plant("C15", (audit["project"],), "审核组没有组长", ("C26",))
    audit = here.audit(
        lambda row: any(one["role"] == "member" for one in here.teams[row["project"]]) and row["type"] == "surveillance"
    )
    _roles(here, audit, "member", "leader")
    yield Plant("C15", (audit["project"],), "审核组有两名组长")
    audit = here.audit(
        lambda row: (
            row["type"] == "surveillance" and any(one["role"] == "trainee" for one in here.teams[row["project"]])
        )
    )
    team = here.teams[audit["project"]]
    for one in team:
        one["role"] = {"leader": "member", "trainee": "leader"}.get(one["role"], one["role"])
    audit["leader"] = next(one["name"] for one in team if one["role"] == "leader")
    yield Plant("C15", (audit["project"],), "实习审核员任组长", ("C17", "C21"))
    audit = here.audit(lambda row: row["type"] == "surveillance")
    for one in here.teams[audit["project"]]:
        one["full_time"] = "part_time"
    yield Plant("C16", (audit["project"],), "审核组没有专职审核员")
    audit = here.audit(lambda row: any(one["full_time"] == "part_time" for one in here.teams[row["project"]]))
    yield Plant("C16", (audit["project"],), "有兼职组员，组长是专职", clean=True)


def _roles(here: Planting, audit: Row, old: str, new: str) -> None:
    for one in here.teams[audit["project"]]:
        one["role"] = new if one["role"] == old else one["role"]


def codes(here: Planting) -> Iterator[Plant]:
    """A code that nobody in the team has, and one that only the expert has."""
    audit = here.audit(type="surveillance")
    audit["codes"] = [*audit["codes"], UNHELD]
    yield Plant("C17", (audit["project"],), f"专业代码 {UNHELD} 没有人覆盖")
    audit = here.audit(
        lambda row: row["type"] != "initial" and any(one["role"] == "expert" for one in here.teams[row["project"]])
    )
    for one in here.teams[audit["project"]]:
        one["codes"] = one["codes"] if one["role"] == "expert" else [f"{audit['codes'][0][:5]}.99"]
    yield Plant("C17", (audit["project"],), "专业由技术专家覆盖", ("C21",), clean=True)


def registrations(here: Planting) -> Iterator[Plant]:
    """Registrations that end too early, one suspended since nobody knows when, and one that was renewed in time."""
    rows = here.auditor(level="auditor", employment="part_time")
    for row in rows + here.world.of("ccaa", name=rows[0]["name"]):
        row["valid_to"] = date(2022, 5, 31)
    yield Plant("C18", (rows[0]["name"],), "注册到期后仍派组", ("C19", "C15", "C17"))
    rows = here.auditor(level="auditor", employment="part_time")
    for row in rows + here.world.of("ccaa", name=rows[0]["name"]):
        row["status"] = "suspended"
    yield Plant("C18", (rows[0]["name"],), "注册现在暂停，不知道从哪一天起", ("C19", "C15", "C17"), clean=True)
    rows = here.auditor(level="auditor", employment="part_time")
    for register in ("auditors", "ccaa"):
        for row in here.world.of(register, name=rows[0]["name"]):
            renewed = {**row, "valid_from": date(2021, 7, 1)}
            row["valid_to"] = date(2021, 6, 30)
            here.world.rows[register].append(renewed)
    for check in ("C18", "C19"):
        yield Plant(check, (rows[0]["name"],), "注册证书按期换发，前后两段相接", clean=True)


def reconciled(here: Planting) -> Iterator[Plant]:
    """Differences between the register of the body and that of CCAA."""
    ccaa = here.world.rows["ccaa"]
    rows = here.auditor(level="auditor", employment="part_time")
    ccaa[:] = [one for one in ccaa if one["name"] != rows[0]["name"]]
    yield Plant("C19", (rows[0]["name"],), "在业务系统，不在 CCAA", ("C18",))
    for column, value, text in (
        ("level", "trainee", "CCAA 是实习审核员，业务系统是审核员"),
        ("registration", "2014-N1QMS-9999999", "注册证书号不一致"),
        ("valid_to", date(2024, 12, 31), "有效期不一致"),
        ("body", "某某演示认证有限公司", "CCAA 登记的执业机构不是本机构"),
    ):
        rows = here.auditor(level="auditor", employment="part_time")
        here.world.of("ccaa", name=rows[0]["name"])[0][column] = value
        yield Plant("C19", (rows[0]["name"],), text, ("C18", "C20"))
    rows = here.auditor(level="auditor", employment="part_time")
    for one in here.world.of("ccaa", name=rows[0]["name"]):
        one["registration"] = one["registration"].lower()
    yield Plant("C19", (rows[0]["name"],), "注册证书号大小写不同", clean=True)
    experts = here.world.of("auditors", level="expert")
    if experts:
        yield Plant("C19", (experts[0]["name"],), "技术专家不需注册", clean=True)


def _in_office(here: Planting) -> Iterator[Plant]:
    year_ago = LAST.replace(year=LAST.year - 1)
    busy = {row["name"] for row in here.world.rows["assignments"] if row["end_at"].date() > year_ago}
    auditors = [row for row in here.world.rows["auditors"] if row["level"] != "expert"]
    idle = {row["name"]: row for row in auditors if row["name"] not in busy}
    for name, row in idle.items():
        here.world.add(
            "appointments", name=name, id_number=row["id_number"], duty="申请评审", standards=["QMS", "EMS", "OHSMS"],
            valid_from=LONG_AGO, valid_to=None,
        )  # fmt: skip
        yield Plant("C20", (name,), "一年没有派遣，担任申请评审", clean=True)


def lent(here: Planting) -> Iterator[Plant]:
    """People who are only registered here; and some for whom there is a reason."""
    yield from _in_office(here)
    rows = here.auditor(employment="full_time", level="auditor")
    for row in rows:
        row["insured_by"] = "演示无关科技有限公司"
    yield Plant("C20", (rows[0]["name"],), "专职人员的社保在其他单位")
    model = {k: v for k, v in rows[0].items() if k not in ("name", "id_number", "registration")}
    for name, number, joined, clean, text in (
        ("示例甲", identity_number(90_001), LONG_AGO, False, "注册在本机构，一年没有项目"),
        ("示例乙", identity_number(90_002), date(2023, 10, 9), True, "上月入职，还没有项目"),
    ):
        new = {
            **model, "name": name, "id_number": number, "registration": f"2014-N1QMS-{number[-7:]}",
            "employed_from": joined,
            "insured_by": here.world.body,
        }  # fmt: skip
        if clean:
            new |= {"valid_from": joined, "evaluated_on": joined}
        for field in ("QMS", "EMS", "OHSMS"):
            here.world.add("auditors", **{**new, "field": field})
            columns = ("name", "id_number", "registration", "level", "valid_from", "valid_to", "status", "body")
            here.world.add("ccaa", **{name: new[name] for name in columns}, field=field)
        yield Plant("C20", (name,), text, clean=clean)


def evaluations(here: Planting) -> Iterator[Plant]:
    """Codes granted after they were used, without evidence, and on the very day."""
    rows = here.auditor(level="auditor", employment="part_time")
    for row in rows:
        row["evaluated_on"] = date(2023, 3, 1)
    yield Plant("C21", (rows[0]["name"],), "先用专业代码，后评定", ("C17", "C25"))
    rows = here.auditor(level="auditor", employment="part_time")
    for row in rows:
        row["evaluation_evidence"] = None
    yield Plant("C21", (rows[0]["name"],), "专业代码没有评定依据")
    rows = here.auditor(level="auditor", employment="part_time")
    for row in rows:
        row["evaluated_on"] = min(one["start_at"].date() for one in here.visits[row["name"]])
    yield Plant("C21", (rows[0]["name"],), "首次使用当天评定", clean=True)


def interests(here: Planting) -> Iterator[Plant]:
    """Auditors who worked for the client within two years, or longer ago."""
    for years, relation, clean in ((1, "咨询", False), (1, "受聘", False), (3, "咨询", True)):
        audit = here.audit(type="surveillance")
        one = here.teams[audit["project"]][0]
        end = audit["start_on"].date() - timedelta(years * 365)
        here.world.add(
            "experience", name=one["name"], id_number=one["id_number"], organisation=audit["organisation"],
            uscc=audit["uscc"], relation=relation, start_on=end - timedelta(400), end_on=end,
        )  # fmt: skip
        here.used.add(one["name"])
        yield Plant(
            "C56", (one["name"], audit["project"]), f"{years} 年前与受审核方有{relation}关系", ("C56",), clean=clean
        )


FIRST: tuple[Planter, ...] = (registrations, reconciled, lent, evaluations)
"""Those that need people of whose audits nothing else is planted."""
PLANTERS: tuple[Planter, ...] = (leaders, codes, interests)
