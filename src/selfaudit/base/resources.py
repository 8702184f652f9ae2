"""Where the shipped kits, templates and catalogues are, in a wheel and in a checkout."""

from functools import lru_cache
from pathlib import Path


@lru_cache
def package_dir() -> Path:
    """Return the folder of the installed package."""
    return Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return the shipped folder ``checklists``, ``templates`` or ``examples``: in the wheel, else in the checkout."""
    inside = package_dir() / name
    return inside if inside.is_dir() else package_dir().parent.parent / name
