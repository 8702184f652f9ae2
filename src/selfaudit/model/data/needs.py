"""What a check needs of the registers, and what of that there is."""

from collections.abc import Mapping

from selfaudit.model.data.check import DataCheck

Filled = Mapping[str, Mapping[str, int]]
"""By register and column, how many rows have a value; a register that was not imported is not in it."""


def missing(check: DataCheck, filled: Filled) -> tuple[str, ...]:
    """Return every column without a value that a check cannot do without, as ``register.column``."""
    return tuple(
        f"{register}.{column}"
        for register, columns in check.needs.items()
        for column in columns
        if not filled.get(register, {}).get(column)
    )
