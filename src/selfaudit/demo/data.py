"""The body's own data in the campaign of the demo: brought in, checked, and some signals decided on."""

import re

from selfaudit.base.clock import today
from selfaudit.demo.body import Cast
from selfaudit.demo.case_files import compare_cases
from selfaudit.demo.registers.export.files import write_files
from selfaudit.demo.registers.make import clean_world
from selfaudit.demo.registers.plants.everything import plant
from selfaudit.demo.registers.world import World
from selfaudit.demo.texts import Texts
from selfaudit.model.data.figure import FIGURE, FigureOutcome
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import Signal
from selfaudit.model.data.verdict import Said
from selfaudit.model.roster import Roster
from selfaudit.store.ledger.records import records
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.check.run import Asked as AskedToCheck
from selfaudit.workflow.check.run import run_checks
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.signals import outcomes, signals
from selfaudit.workflow.findings.steps import Findings, set_fields
from selfaudit.workflow.register.importing import Asked, import_registers
from selfaudit.workflow.verdicts.deciding import decide
from selfaudit.workflow.verdicts.desk import Wanted

EXPORTS = "exports"
"""The folder with the files as the systems of the body export them."""
SEVERE = "severe"
EXPLAINED, CONFIRMED = "C04", "C07"
MISCOUNTED = "issued_2022"
"""The fact of the profile of which the registers give another number."""
PLACE = "2.8 a"
"""The checks of which one signal each is explained, and is confirmed as a finding on an item and part."""


def make_registers(roster: Roster, texts: Texts, kit: DataKit, seed: int, certificates: int) -> World:
    """Return the registers of the body with everything planted in them."""
    world = clean_world(roster, texts.names, kit.tables, seed, certificates)
    plant(world)
    return world


def numbers_of(world: World) -> dict[str, list[str]]:
    """Return the numbers of certificates by the letter that stands for their system."""
    found: dict[str, list[str]] = {}
    for row in world.rows["certificates"]:
        number = str(row["number"])
        if letter := _LETTER.match(number):
            found.setdefault(letter[1], []).append(number)
    return found


_LETTER = re.compile(r"\d{5}([A-Z])\d{5}R")


def bring_in(workspace: Workspace, cast: Cast, world: World, kit: DataKit, listener: Listener) -> None:
    """Write the exports of the body, import them, compare its case files, and run all checks."""
    files = write_files(world, kit, workspace.root / EXPORTS)
    by = cast.head(cast.units[cast.texts.ending.prepared]).name
    import_registers(workspace, Asked(tuple(files), apply=True, by=by), listener)
    compare_cases(workspace, cast, world, listener)
    run_checks(workspace, AskedToCheck(by=by), today(), listener)


def counted(workspace: Workspace, kit: DataKit) -> dict[str, int]:
    """Return the numbers that the registers give for facts of the profile; one is not what they give."""
    with workspace.reading() as ledger:
        made = {id_: FigureOutcome.model_validate(one.data).value for id_, one in records(ledger, FIGURE).items()}
    figures = [figure for register in kit.registers.values() for figure in register.figures]
    found = {one.profile: value for one in figures if one.profile and (value := made.get(one.id)) is not None}
    return found | {MISCOUNTED: found[MISCOUNTED] + 3}


def decide_on_signals(workspace: Workspace, cast: Cast, by: str, listener: Listener) -> None:
    """Explain a signal, and confirm another one, which becomes a finding."""
    words = cast.texts.ending
    made: tuple[tuple[str, Said, str], ...] = (
        (EXPLAINED, "explained", words.explained),
        (CONFIRMED, "confirmed", words.confirmed),
    )
    for check, said, reason in made:
        signal = _first(workspace, check)
        wanted = Wanted(said, reason, item=PLACE if said == "confirmed" else "")
        done = decide(workspace, (check, signal.key), wanted, by, listener)
        if done.verdict.finding:
            fields = [f"{name}={text}" for name, text in words.finding.items()]
            set_fields(workspace, Findings((done.verdict.finding,), by), [*fields, f"owner={by}"], listener)


def _first(workspace: Workspace, check: str) -> Signal:
    """Return the first signal that one person alone may explain."""
    with workspace.reading() as ledger:
        found = signals(workspace, outcomes(ledger)[check].outcome)
        return next(one for one in found if one.severity != SEVERE)
