"""How high a row of a workbook must be to show its texts; programs that show it do not always work that out."""

from collections.abc import Iterable, Iterator
from math import ceil
from unicodedata import east_asian_width

_LINE, _PADDING, _HIGHEST = 14.5, 5, 400
"""Points that a line takes, those around all of them, and the most that a row may have."""


def height(texts: Iterable[tuple[str, float]], least: float = 1) -> float:
    """Return the height of a row that shows these texts in columns of these widths."""
    lines = max([least, *(sum(_lines(text, width)) for text, width in texts)])
    return min(lines * _LINE + _PADDING, _HIGHEST)


def _lines(text: str, width: float) -> Iterator[int]:
    for line in text.split("\n"):
        yield max(1, ceil(sum(1 + (east_asian_width(sign) in "WFA") for sign in line) / max(1, width - 0.5)))
