"""Makes the registers of the fictitious body: a world in which every data check finds everything in order."""

from collections.abc import Iterator, Mapping
from random import Random

from selfaudit.demo.registers.audits import Years
from selfaudit.demo.registers.clients import client, register_scopes
from selfaudit.demo.registers.deciding import decide
from selfaudit.demo.registers.lifes import live
from selfaudit.demo.registers.people import STANDARDS, Staff, register_people, staff
from selfaudit.demo.registers.records import record
from selfaudit.demo.registers.texts import load_register_texts
from selfaudit.demo.registers.times import Times
from selfaudit.demo.registers.world import World
from selfaudit.demo.texts import NameTexts
from selfaudit.model.data.register import Table
from selfaudit.model.roster import Roster

CERTIFICATES = 2000
"""About so many certificates, three times as many audits and ten times as many assignments."""
PER_TEAM, PER_CLIENT = 33, 1.62
_SIZES = ((8, 25), (26, 60), (61, 120), (121, 300), (301, 600))
_SHARES = (30, 34, 20, 12, 4)


def clean_world(
    roster: Roster, names: NameTexts, tables: Mapping[str, Table], seed: int, certificates: int = CERTIFICATES
) -> World:
    """Return registers of about so many certificates, the same for the same roster, tables of the kit and seed."""
    rng = Random(seed)  # noqa: S311 - a seed must always make the same data
    world = World(load_register_texts(), Times(tables), roster.body.name, rng)
    people = staff(world, roster, max(11, certificates // PER_TEAM), _invented(names, roster, rng))
    register_people(world, people)
    register_scopes(world)
    Years(world).play(_clients(world, people, round(certificates / PER_CLIENT)))
    decide(world, people)
    live(world)
    record(world)
    return world


def _clients(world: World, people: Staff, count: int) -> list:  # type: ignore[type-arg]
    rng = world.rng
    made = []
    for number in range(1, count + 1):
        standards = (STANDARDS[number % 3],)
        size = rng.randint(*rng.choices(_SIZES, _SHARES)[0])
        made.append(client(world, people.teams[number % len(people.teams)], number, standards, size))
    return made


def _invented(names: NameTexts, roster: Roster, rng: Random) -> Iterator[str]:
    """Yield names that nobody else has."""
    taken = {person.name for person in roster.people}
    while True:
        name = rng.choice(names.surnames) + rng.choice(names.given)
        if name not in taken:
            taken.add(name)
            yield name
