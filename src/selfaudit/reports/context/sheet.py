"""What the template of a sheet can print: facts, texts and tables one after the other; see ``context``."""

from dataclasses import dataclass, make_dataclass
from typing import TYPE_CHECKING, Annotated, Any

from selfaudit.reports.context.parts import CampaignInfo, TitledText
from selfaudit.word.values import QrCode

MOST_COLUMNS = 8
_NAMES = tuple(f"c{number}" for number in range(1, MOST_COLUMNS + 1))

if TYPE_CHECKING:
    Cells = Any
else:
    Cells = make_dataclass(
        "Cells",
        [(name, Annotated[str, "text of the cell in this column"]) for name in _NAMES],
        namespace={
            "__doc__": "The cells of a row of a table; those it does not have are empty.",
            "__module__": __name__,
        },
        frozen=True,
        slots=True,
    )
"""The cells of a row of a table; those that it does not have are empty."""


def cells(*texts: str) -> Any:
    """Return the cells with some texts."""
    return Cells(*texts, *[""] * (MOST_COLUMNS - len(texts)))


@dataclass(frozen=True, slots=True)
class Block:
    """A section: a heading, a text, a table."""

    title: Annotated[str, "its heading; may be empty"]
    text: Annotated[str, "its text, with a line for each paragraph; may be empty"]
    columns: Annotated[int, "how many columns its table has, from 2 to 8; 0 without a table"]
    head: Annotated[Cells, "the headings of the columns"]
    rows: Annotated[tuple[Cells, ...], "the rows of the table"]


def block(title: str, text: str = "", head: tuple[str, ...] = (), rows: tuple[Any, ...] = ()) -> Block:
    """Return a section; a table without rows is left out."""
    return Block(title, text, len(head) if rows else 0, cells(*head), rows)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that is a few facts, then sections, then signatures."""

    title: Annotated[str, "title of the document"]
    body: Annotated[str, "name of the body"]
    campaign: Annotated[CampaignInfo, "the campaign"]
    printed_on: Annotated[str, "date of the document"]
    draft: Annotated[bool, "whether something in it is still missing"]
    facts: Annotated[tuple[TitledText, ...], "what it is about, in a table at the top"]
    blocks: Annotated[tuple[Block, ...], "the sections, each with a heading, a text or a table"]
    signatures: Annotated[tuple[str, ...], "who signs, one each; may be none"]
    issued: Annotated[bool, "whether the body issues it, with its name, date and seal at the end"]
    code: Annotated[str, "passport and content code with check digits, if it is signed on paper; else empty"]
    qr: Annotated[QrCode, "the same as a QR code; print it in the header, so that it is on every page"]
