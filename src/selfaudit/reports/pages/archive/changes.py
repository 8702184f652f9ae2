"""What changed from one version of something to the next, in lines to read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfaudit.reports.pages.archive.view import Version


@dataclass(frozen=True, slots=True)
class Changed:
    """A version with what it changed: the title of each field, what it said before and what it says now."""

    version: Version
    fields: list[tuple[str, str, str]]


def changes(versions: Sequence[Version]) -> Iterator[Changed]:
    """Yield every version with what it changed."""
    before: Mapping[str, str] = {}
    for version in versions:
        now = version.data or {}
        titles = [title for title in {**before, **now} if before.get(title, "") != now.get(title, "")]
        yield Changed(version, [(title, before.get(title, ""), now.get(title, "")) for title in titles])
        before = now
