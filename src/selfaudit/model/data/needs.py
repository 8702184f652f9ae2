"""What a check needs of the registers, and what of that there is."""

from collections.abc import Mapping, Sequence

from selfaudit.model.data.register import Register

Filled = Mapping[str, Mapping[str, int]]
"""By register how many rows have a value, of each column that has any; what was not imported is not in it."""


def linked(filled: Filled, registers: Mapping[str, Register]) -> dict[str, dict[str, int]]:
    """Return what is filled once rows that name no row of another register are linked to it, as checks find them."""
    found = {name: dict(columns) for name, columns in filled.items()}
    for name in filled.keys() & registers.keys():
        for reference in registers[name].references:
            how, mine, theirs = reference.otherwise, filled[name], filled.get(reference.register_, {})
            if how is None or any(mine.get(column) for column in reference.columns):
                continue
            by = [mine.get(column, 0) for column in (*how.by, *([how.at] if how.at else []))]
            other = [theirs.get(column, 0) for column in (*how.by.values(), *reference.to)]
            if all(by) and all(other):
                found[name] |= dict.fromkeys(reference.columns, min(by))
    return found


def missing(needs: Mapping[str, Sequence[str]], filled: Filled) -> tuple[str, ...]:
    """Return what is not there: registers without a row by their names, others' columns as ``register.column``."""
    found: list[str] = []
    for register, columns in needs.items():
        there = filled.get(register)
        found += [f"{register}.{column}" for column in columns if not there.get(column)] if there else [register]
    return tuple(found)
