"""What other systems recorded: sign-ins, payments, what was reported, files, filed rules, what is published."""

from datetime import date, timedelta
from itertools import groupby

from selfaudit.demo.registers.texts import LAST
from selfaudit.demo.registers.world import Row, World

INVENTORIED = 12
"""Every so-manieth audit is in the inventory of files."""
SIGNED = date(2021, 12, 1)
"""Since when audits are signed in."""
KILOMETRE = 0.009
"""Degrees of latitude."""


def record(world: World) -> None:
    """Write all these registers."""
    audits = {row["project"]: row for row in world.rows["audits"]}
    _sign_in(world, audits)
    for number, audit in enumerate(audits.values()):
        _pay(world, audit, number)
        if number % INVENTORIED == 0:
            _file(world, audit)
    for certificate in world.rows["certificates"]:
        _report(world, certificate)
    for rule in world.texts.rules:
        world.add(
            "filed_rules", name=rule.name, number=rule.number, field=rule.field, basis=rule.basis,
            published_on=rule.published, filed_on=rule.filed, first_used_on=rule.used, mark_text=rule.mark,
        )  # fmt: skip
    for subject in world.texts.publications:
        world.add(
            "publications", subject=subject, published_on=date(2023, 4, 3), reachable=True,
            address=f"https://www.example.com/{len(world.rows['publications']) + 1}",
        )  # fmt: skip


def _sign_in(world: World, audits: dict[str, Row]) -> None:
    """Let everybody sign in when a visit begins and out when it ends, near the client."""
    rng, uniform = world.rng, world.rng.uniform
    for project, team in groupby(world.rows["assignments"], key=lambda row: row["project"]):
        audit = audits[project]
        if audit["end_on"].date() < SIGNED:
            continue
        for row in team:
            kept = {
                "project": project,
                "organisation": row["organisation"],
                "name": row["name"],
                "id_number": row["id_number"],
            }
            first = row["start_at"] + timedelta(minutes=rng.randint(-20, 50))
            last = row["end_at"] + timedelta(minutes=rng.randint(1, 70))
            for kind, when in (("first", first), ("last", last)):
                north, east = uniform(-0.6, 0.6), uniform(-0.6, 0.6)
                world.add(
                    "sign_ins", **kept, kind=kind, signed_at=when,
                    latitude=round(audit["latitude"] + north * KILOMETRE, 5),
                    longitude=round(audit["longitude"] + east * KILOMETRE, 5),
                    distance=round((north**2 + east**2) ** 0.5, 2), address=audit["address"],
                )  # fmt: skip


def _pay(world: World, audit: Row, number: int) -> None:
    world.add(
        "payments", project=audit["project"], certificate=audit["certificate"], contract=audit["contract"],
        organisation=audit["organisation"], payer=audit["organisation"], amount=audit["fee"],
        paid_on=audit["end_on"].date() - timedelta(world.rng.randint(3, 20)), invoice=f"{number + 1:08d}",
    )  # fmt: skip


def _file(world: World, audit: Row) -> None:
    end = audit["end_on"].date()
    for name in world.texts.documents:
        world.add(
            "file_inventory", project=audit["project"], certificate=audit["certificate"], document=name, present=True,
            original="original", signed=True, dated=end, archived_on=end + timedelta(30), destroyed_on=None,
        )  # fmt: skip


def _report(world: World, certificate: Row) -> None:
    """Report a certificate by the ninth of the month after it was issued."""
    issued = certificate["issued"]
    following = (issued.replace(day=1) + timedelta(32)).replace(day=world.rng.randint(2, 9))
    same = ("number", "organisation", "uscc", "standard", "scope", "headcount", "issued", "expires", "status", "mark")
    certificate["reported_on"] = min(following, LAST)
    world.add("reported", **{name: certificate[name] for name in same}, reported_on=certificate["reported_on"])
