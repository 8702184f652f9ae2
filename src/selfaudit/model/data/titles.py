"""What registers and their columns are called."""

from collections.abc import Iterable

from selfaudit.model.data.kit import DataKit


def titles(kit: DataKit, names: Iterable[str]) -> list[str]:
    """Return the titles of registers and columns that are written as ``register`` or ``register.column``."""
    return [title(kit, name) for name in names]


def title(kit: DataKit, name: str) -> str:
    """Return the title of one; what the kit does not have is called by its name."""
    register, _, column = name.partition(".")
    found = kit.registers.get(register)
    if found is None or not column:
        return found.title if found else name
    return f"{found.title}.{found.column[column].title if column in found.column else column}"
