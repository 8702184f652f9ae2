"""What a context contains besides texts and rows (figures, charts, QR codes), and what a file says about itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a document prints, and who says so. ``id`` stays the same from one report to the next."""

    id: Annotated[str, "stable id, such as conduct.answered"]
    value: Annotated[int, "the number"]
    title: Annotated[str, "what it counts"]
    sources: Annotated[Iterable[str], "who said it and when: responses, findings, profile fields; parts of a sum"] = ()

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows; the numbers are those of figures printed elsewhere in the document."""

    title: Annotated[str, "heading of the chart"]
    categories: Annotated[tuple[str, ...], "labels of the axis"]
    series: Annotated[tuple[tuple[str, tuple[int, ...]], ...], "name and values, one value for each category"]


@dataclass(frozen=True, slots=True)
class QrCode:
    """A text that is printed as a QR code."""

    text: Annotated[str, "the text; an empty one prints nothing"]
    small: Annotated[bool, "whether it has to fit into the margin"] = False


@dataclass(frozen=True, slots=True)
class Properties:
    """What a Word file says about itself in its properties; ``mark`` is any text that goes with it."""

    language: str
    title: str = ""
    author: str = ""
    subject: str = ""
    identifier: str = ""
    mark: str = ""
