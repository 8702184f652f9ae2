"""The registers of the demo: every violation planted in them is found, and nothing else is signalled."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from selfaudit.checks.examples import key_of
from selfaudit.checks.facts import Facts, Words
from selfaudit.checks.judging import values_of
from selfaudit.demo.play import KIT
from selfaudit.demo.registers.make import CERTIFICATES
from selfaudit.demo.registers.plants.planting import Plant
from selfaudit.demo.registers.world import REGISTERS, World
from selfaudit.model.data.outcome import Signal
from selfaudit.model.names import DATA_CHECKS
from selfaudit.store.kits import kit_folder
from tests.demo.judged import Signals, clean, data_kit, numbers_of_persons, planted, shows, signals, verdicts

pytestmark = pytest.mark.slow

CHECKS = sorted(path.stem for path in (kit_folder(KIT) / DATA_CHECKS).glob("*.yaml"))
"""All checks by the names of their files: whoever only collects tests need not read the kit."""
LATER = ("C55", "S01", "S02")
"""Checks of a rule that was not yet in force in the year of the demo, and of case files, which are no registers."""
GAPS = 0.05
"""Share of cells that are emptied to see what is made of gaps."""
FEW = 300
"""Certificates where more of them prove nothing more."""


@cache
def found() -> tuple[list[Plant], Signals]:
    """What is planted in the registers at their full size, and what every check signals."""
    world, plants = at_full_size()
    return plants, signals(world)


@cache
def at_full_size() -> tuple[World, list[Plant]]:
    return planted(CERTIFICATES)


@cache
def found_in_clean() -> Signals:
    return signals(clean(FEW))


def of(check: str) -> list[Plant]:
    return [one for one in found()[0] if one.check == check]


@pytest.mark.parametrize("check", CHECKS)
def test_registers_in_which_nothing_is_planted_are_in_order(check: str) -> None:
    assert found_in_clean()[check] == []


@pytest.mark.parametrize("check", CHECKS)
def test_every_violation_planted_for_a_check_is_found_by_it(check: str) -> None:
    violations = [one for one in of(check) if not one.clean]
    assert bool(violations) != (check in LATER), check
    missed = [one.text for one in violations if not any(shows(row, one.marks) for row in found()[1][check])]
    assert missed == []


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_that_only_looks_like_a_violation_is_signalled(check: str) -> None:
    alike = [one for one in of(check) if one.clean]
    assert [one.text for one in alike if any(shows(row, one.marks) for row in found()[1][check])] == []


@pytest.mark.parametrize("check", CHECKS)
def test_every_other_signal_comes_from_something_planted(check: str) -> None:
    plants, said = found()
    violations = [one.marks for one in plants if one.check == check and not one.clean]
    around = {name for one in plants if check in one.also for name in one.around}
    others = [
        row for row in said[check]
        if not any(shows(row, marks) for marks in violations)
        and not any(name in str(value) for value in row.values() for name in around)
    ]  # fmt: skip
    assert others == []


def kept() -> dict[str, list[Signal]]:
    """What a run keeps of every signal."""
    kit, words = data_kit(), Words("、", "是", "否", "secret")
    return {
        id_: Facts(kit, kit.checks[id_], values_of(kit.checks[id_]), words).signals(rows)
        for id_, rows in found()[1].items()
    }


def test_no_signal_contains_the_number_of_a_person() -> None:
    numbers = numbers_of_persons(data_kit(), at_full_size()[0].rows)
    assert len(numbers) > FEW
    told = json.dumps([one.model_dump() for several in kept().values() for one in several], ensure_ascii=False).upper()
    assert {number for number in numbers if number.upper() in told} == set()


def test_keys_keep_their_form_because_verdicts_are_kept_under_them() -> None:
    golden = json.loads((Path(__file__).parent / "keys.json").read_text(encoding="utf-8"))
    assert {id_: min(one.key for one in several) for id_, several in kept().items() if several} == golden


def test_with_gaps_in_the_registers_no_row_is_judged_twice_and_what_cannot_be_judged_says_for_want_of_what() -> None:
    world, rng, kit = clean(FEW // 5), Random(7), data_kit()
    for register, rows in world.rows.items():
        given = {*kit.registers[register].key, *(one.id for one in kit.registers[register].columns if one.required)}
        for row in rows:
            row |= {name: None for name in row.keys() - given if rng.random() < GAPS}
    said = verdicts(world)
    silent = {id_ for id_, rows in said.items() for row in rows if row["signal"] is None and not row["lacking"]}
    keys = {id_: Counter(key_of(kit.checks[id_], row) for row in rows) for id_, rows in said.items()}
    twice = {(id_, key) for id_, counts in keys.items() for key, n in counts.items() if n > 1 and "" not in key}
    assert (silent, twice) == (set(), set())
    assert {None, True, False} <= {row["signal"] for rows in said.values() for row in rows}


def test_the_same_seed_makes_the_same_registers_and_another_one_others() -> None:
    assert clean(100).rows == clean(100).rows
    assert clean(100).rows != clean(100, seed=7).rows


def test_the_registers_have_the_size_of_those_of_a_body_and_only_columns_that_the_kit_knows() -> None:
    world, _ = at_full_size()
    sizes = {name: len(rows) for name, rows in world.rows.items()}
    assert 1900 < sizes["certificates"] < 2200
    assert 5700 < sizes["audits"] < 6300
    assert 18_000 < sizes["assignments"] < 21_000
    assert 295 < len({row["name"] for row in world.rows["auditors"]}) < 330
    for name in REGISTERS:
        assert {column for row in world.rows[name] for column in row} <= set(data_kit().registers[name].column)
        assert world.rows[name], name
