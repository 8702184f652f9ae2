"""What changed from one version of something to the next, in lines to read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfaudit.reports.pages.archive.view import Version


@dataclass(frozen=True, slots=True)
class Changed:
    """A version with what it changed: the key of each field, what it said before and what it says now."""

    version: Version
    fields: list[tuple[str, str, str]]


def changes(versions: Sequence[Version]) -> Iterator[Changed]:
    """Yield every version with what it changed; fields inside others are named with a dot between."""
    before: dict[str, str] = {}
    for version in versions:
        now = dict(flat(version.data or {}))
        keys = [key for key in {**before, **now} if before.get(key, "") != now.get(key, "")]
        yield Changed(version, [(key, before.get(key, ""), now.get(key, "")) for key in keys])
        before = now


def flat(value: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text below a value, with its key."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flat(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list | tuple):
        yield prefix, "; ".join(str(inner) for inner in value)
    elif value not in (None, ""):
        yield prefix, str(value)
