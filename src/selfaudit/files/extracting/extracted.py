"""The text of a document, with where in it every part stood, or why it has none that could be compared."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem

Unit = Literal["paragraph", "cell", "page", "line"]
"""What places of a document are counted in: its marks are headings, cells, pages; lines need none."""

_PARTS = {
    "@header": N_("page header"),
    "@footer": N_("page footer"),
    "@footnotes": N_("footnotes"),
    "@endnotes": N_("endnotes"),
}
"""Parts of a document that are beside its text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """From here on, the text stood in this place: a heading, a cell such as ``Sheet1!B3``, or the number of a page.

    ``at`` counts characters.
    """

    at: int
    place: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text with a line for every paragraph, and its marks in order.

    An error says why there is no text, a warning that some of it could not be read.
    """

    text: str = ""
    unit: Unit = "line"
    marks: tuple[Mark, ...] = ()
    problem: Problem | None = None

    def place(self, at: int, say: Callable[[str], str]) -> str:
        """Return in words where a character of the text stood."""
        number = bisect_right(self.marks, at, key=lambda mark: mark.at)
        place = self.marks[number - 1].place if number else ""
        if self.unit == "cell":
            return place
        if self.unit == "page":
            return say(N_("page {n}")).format(n=place)
        if place in _PARTS:
            return say(_PARTS[place])
        line = self.text.count("\n", 0, at) + 1
        if self.unit == "line":
            return say(N_("line {n}")).format(n=line)
        told = say(N_("paragraph {n}")).format(n=line)
        return say(N_("{place}, {paragraph}")).format(place=place, paragraph=told) if place else told


@dataclass(slots=True)
class Builder:
    """Puts a text together, piece by piece, and remembers where each stood."""

    unit: Unit
    pieces: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0

    def mark(self, place: str) -> None:
        """Say where the pieces that follow stand."""
        self.marks.append(Mark(self.length, place))

    def add(self, piece: str) -> None:
        """Add a piece."""
        self.pieces.append(piece)
        self.length += len(piece)

    def done(self, problem: Problem | None = None) -> Extracted:
        """Return the whole."""
        return Extracted("".join(self.pieces), self.unit, tuple(self.marks), problem)
