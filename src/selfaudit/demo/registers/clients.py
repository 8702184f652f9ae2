"""Organisations that are certified: what the registers of organisations, permits and scopes say of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from selfaudit.demo.registers.numbers import credit_code
from selfaudit.demo.registers.people import STANDARDS, Team
from selfaudit.demo.registers.world import World

BRANDS = "永祺沣钜安泰恒昌瑞丰启航远景明德信诚佳和宏盛利达荣兴广源新禾正阳鼎立嘉禾万邦博雅"
"""What two letters of the names of organisations are drawn from."""
SPREAD = 0.12
"""Degrees by which organisations lie away from the middle of their city."""


@dataclass(frozen=True, slots=True)
class Client:
    """An organisation and the team that audits it."""

    name: str
    uscc: str
    team: Team
    standards: tuple[str, ...]
    headcount: int
    address: str
    latitude: float
    longitude: float


def client(world: World, team: Team, number: int, standards: tuple[str, ...], headcount: int) -> Client:
    """Make an organisation up, with the rows that registers have of it."""
    rng, industry, city = world.rng, team.industry, world.texts.cities[team.city]
    first, second = divmod(number * 7, len(BRANDS))
    name = f"{team.city}{BRANDS[first % len(BRANDS)]}{BRANDS[second]}演示{industry.noun}有限公司"
    address = f"{team.city}市演示区示范路{number}号"
    uscc = credit_code(city.region, number)
    insured = max(1, round(headcount * rng.uniform(0.7, 1.3)))
    world.add(
        "organisations", uscc=uscc, name=name, status="active", status_on=None, business_scope=industry.business,
        address=address, region=city.region, established_on=date(2005, 1, 4) + timedelta(rng.randrange(4000)),
        insured=insured, abnormal_from=None, abnormal_to=None, dishonest_from=None,
        dishonest_to=None, sampling_failed_on=None,
    )  # fmt: skip
    for kind in industry.permits:
        world.add(
            "permits", uscc=uscc, organisation=name, kind=kind, number=f"演许{number:05d}{kind[0]}",
            valid_from=date(2015, 6, 1) + timedelta(rng.randrange(400)),
            valid_to=date(2024, 6, 1) + timedelta(rng.randrange(900)), scope=industry.scope, address=address,
            revoked_on=None,
        )  # fmt: skip
    latitude, longitude = (round(part + rng.uniform(-SPREAD, SPREAD), 5) for part in city.place)
    return Client(name, uscc, team, standards, headcount, address, latitude, longitude)


def register_scopes(world: World) -> None:
    """Write which fields are approved and, by class, accredited."""
    for standard in world.texts.approved:
        world.add("scopes", kind="approved", standard=standard, valid_from=date(2010, 5, 4), valid_to=None)
    classes = {code[:2] for one in world.texts.industries if one.accredited for code in one.codes}
    for standard in STANDARDS:
        for code in sorted(classes):
            world.add(
                "scopes", kind="accredited", standard=standard, code=code, valid_from=date(2015, 9, 1),
                valid_to=date(2026, 8, 31),
            )  # fmt: skip
