"""All plants, in the order in which they choose their rows."""

from collections.abc import Mapping
from dataclasses import replace

from selfaudit.demo.registers.plants import certificates, dates, decisions, man_days, on_site, papers, teams
from selfaudit.demo.registers.plants.planting import Plant, Planting
from selfaudit.demo.registers.world import Row, World


def plant(world: World) -> list[Plant]:
    """Plant everything in a world, and return what there is to find and what only looks like it."""
    here = Planting(world)
    modules = (on_site, man_days, dates, decisions, certificates, papers, teams)
    planters = [*teams.FIRST, *(planter for module in modules for planter in module.PLANTERS)]
    found = [one for planter in planters for one in planter(here)]
    of = {row["project"]: row for row in world.rows["audits"]} | {
        row["number"]: row for row in world.rows["certificates"]
    }
    return [replace(one, around=_around(one, of)) for one in found]


def _around(plant: Plant, of: Mapping[str, Row]) -> tuple[str, ...]:
    """Return the organisation and the certificate of audits, beside the marks themselves."""
    rows = [of[mark] for mark in plant.marks if mark in of]
    return (
        *plant.marks,
        *plant.around,
        *(str(row[name]) for row in rows for name in ("organisation", "certificate") if row.get(name)),
    )
