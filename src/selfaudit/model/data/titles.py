"""What registers and their columns are called."""

from collections.abc import Iterable

from selfaudit.model.data.kit import DataKit


def titles(kit: DataKit, names: Iterable[str]) -> list[str]:
    """Return the titles of registers and columns that are written as ``register`` or ``register.column``."""
    return [_title(kit, *name.partition(".")[::2]) for name in names]


def _title(kit: DataKit, register: str, column: str) -> str:
    found = kit.registers.get(register)
    if not column or found is None:
        return found.title if found else f"{register}.{column}".rstrip(".")
    title = found.column[column].title if column in found.column else column
    return f"{found.title}.{title}"
