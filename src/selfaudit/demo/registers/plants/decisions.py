"""Reviews and decisions: who may take them, how many, and with whose support."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from selfaudit.demo.registers.numbers import identity_number
from selfaudit.demo.registers.people import STANDARDS
from selfaudit.demo.registers.plants.planting import Plant, Planter, Planting
from selfaudit.demo.registers.texts import LAST
from selfaudit.demo.registers.world import Row

MOST_A_DAY = 15
WITHOUT_ISSUE = ("surveillance", "change")
"""Audits after which no certificate is issued, so that their decision can be moved."""
STRANGER = ("示例丙", identity_number(90_003))
LATER = ("示例丁", identity_number(90_004))
BEGUN = date(2023, 3, 1)


def _decided_by(row: Row, name: str, number: str) -> None:
    row |= {"deciders": [name], "decider_id": number}


def deciders(here: Planting) -> Iterator[Plant]:
    """Deciders who audited, were not appointed, or not yet."""
    audit = here.audit()
    member = here.teams[audit["project"]][-1]
    leader = next(one for one in here.teams[audit["project"]] if one["role"] == "leader")
    _decided_by(audit, leader["name"], leader["id_number"])
    yield Plant("C22", (audit["project"], leader["name"]), "决定人是本项目的组长", ("C23", "C26"))
    audit = here.audit(
        lambda row: row["leader"] not in (leader["name"], member["name"]) and row["decided_on"].year == LAST.year
    )
    other = next(
        row for row in reversed(here.world.rows["assignments"])
        if row["role"] == "leader" and row["name"] not in {one["name"] for one in here.teams[audit["project"]]}
    )  # fmt: skip
    _decided_by(audit, other["name"], other["id_number"])
    here.world.add(
        "appointments", name=other["name"], id_number=other["id_number"], duty="认证决定",
        standards=list(STANDARDS),
        valid_from=audit["decided_on"], valid_to=None,
    )  # fmt: skip
    yield Plant("C22", (audit["project"], other["name"]), "决定人审过别的项目，没有审过本项目", clean=True)
    yield Plant("C23", (audit["project"],), "任命当天作出决定", clean=True)
    audit = here.audit()
    _decided_by(audit, *STRANGER)
    yield Plant("C23", (audit["project"],), "决定人没有任命")
    audit = here.audit(lambda row: row["decided_on"] < BEGUN)
    _decided_by(audit, *LATER)
    here.world.add(
        "appointments", name=LATER[0], id_number=LATER[1], duty="认证决定",
        standards=list(STANDARDS),
        valid_from=BEGUN, valid_to=None,
    )  # fmt: skip
    yield Plant("C23", (audit["project"],), "作出决定时还没有任命")
    audit = here.audit(type="initial")
    audit |= {"reviewer": STRANGER[0], "reviewer_id": STRANGER[1]}
    yield Plant("C23", (audit["project"],), "申请评审人没有任命")


def capacity(here: Planting) -> Iterator[Plant]:
    """More decisions on one day than anybody can take, and just as many as are allowed."""
    name, number = here.world.rows["audits"][0]["deciders"][0], here.world.rows["audits"][0]["decider_id"]
    for day, count, clean in ((date(2023, 6, 15), MOST_A_DAY + 3, False), (date(2023, 4, 12), MOST_A_DAY, True)):
        fitting = here.audits(partial(_may_be_decided, day))
        for row in here.world.of("audits", decided_on=day):
            if row["deciders"] == [name]:
                row["decided_on"] += timedelta(1) if row["type"] in WITHOUT_ISSUE else timedelta(0)
        held = sum(row["deciders"] == [name] for row in here.world.of("audits", decided_on=day))
        for audit, _ in zip(fitting, range(count - held), strict=False):
            audit["decided_on"] = day
            _decided_by(audit, name, number)
        yield Plant("C24", (name, day.isoformat()), f"一天决定 {count} 个项目", clean=clean)


def _may_be_decided(day: date, row: Row) -> bool:
    waited = row["nc_closed_on"] <= day <= row["nc_closed_on"] + timedelta(25)
    return bool(waited and row["type"] in WITHOUT_ISSUE)


def supporters(here: Planting) -> Iterator[Plant]:
    """Supporters who do not know the code, are on site elsewhere, or have left."""

    def of_other(row: Row) -> str:
        return next(
            str(one["name"]) for one in here.world.rows["auditors"]
            if not set(one["codes"]) & set(row["codes"]) and one["level"] == "auditor"
            and not here.busy(one["name"], row["decided_on"]) and one["name"] not in here.used
        )  # fmt: skip

    audit = here.audit(type="initial")
    audit["decision_supporters"] = [of_other(audit)]
    yield Plant("C25", (audit["project"],), "决定专业支持人员没有相应专业代码")
    audit, name = _supported_from_afar(here)
    audit["decision_supporters"] = [name]
    yield Plant("C25", (audit["project"],), "专业支持人员当天在外地现场审核")


def _supported_from_afar(here: Planting) -> tuple[Row, str]:
    knowing: dict[str, list[str]] = {}
    for one in here.world.rows["auditors"]:
        if one["level"] != "trainee" and one["field"] == "QMS":
            knowing.setdefault(one["codes"][0], []).append(one["name"])
    for audit in here.audits(type="initial"):
        team = {one["name"] for one in here.teams[audit["project"]]}
        for name in knowing[audit["codes"][0]]:
            if name not in team and here.busy(name, audit["decided_on"]):
                return audit, name
    raise LookupError


def one_chain(here: Planting) -> Iterator[Plant]:
    """One person who reviews and decides."""
    audit = here.audit()
    decider = (audit["deciders"][0], audit["decider_id"])
    audit |= {"reviewer": decider[0], "reviewer_id": decider[1]}
    yield Plant("C26", (audit["project"],), "申请评审人就是决定人", ("C23",))
    audit = here.audit()
    leader = next(one for one in here.teams[audit["project"]] if one["role"] == "leader")
    audit |= {"reviewer": leader["name"], "reviewer_id": leader["id_number"], "leader": leader["name"]}
    yield Plant("C26", (audit["project"],), "申请评审人就是组长，机构没有禁止", ("C23",), clean=True)


PLANTERS: tuple[Planter, ...] = (deciders, capacity, supporters, one_chain)
