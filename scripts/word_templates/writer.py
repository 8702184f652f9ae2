"""Writes the pieces that the templates are made of: headings, texts, tags, tables and signature lines."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Literal

from docx.enum.section import WD_SECTION
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from scripts.word_templates.look import Look
from scripts.word_templates.page import blank, contents_field, continue_page_numbers, set_page, text_width
from scripts.word_templates.styles import W

SHADE = "EDEDED"
_WHOLE = "<w:cantSplit/>"
"""Keeps a row on one page."""
TALL = 760
"""Height of a row in which somebody signs, in twips."""
KEPT_ROWS = 2
"""Rows at the top of a table of labels and values that a page break does not tear from the next one."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, the template of its cells (one line for each paragraph) and its width."""

    head: str
    cell: str
    share: int
    kind: Literal["TableText", "TableNumber"] = "TableText"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row."""

    text: str
    style: str
    span: int = 1
    shaded: bool = False


class Writer:
    """A template in the making; ``words`` has every text that depends on the language."""

    def __init__(self, look: Look, words: dict[str, str]) -> None:
        """Begin an empty template."""
        self.look = look
        self.words = words
        self.document = blank(look)
        self.width = text_width(look, landscape=False)

    def say(self, key: str, style: str = "BodyText", *, keep: bool = False) -> Paragraph:
        """Write a text."""
        return self.text(self.words[key], style, keep=keep)

    def text(self, text: str, style: str = "BodyText", *, keep: bool = False) -> Paragraph:
        """Write a paragraph; ``keep`` holds it on the page of the next one."""
        paragraph = self.document.add_paragraph()
        paragraph.style = next(known for known in self.document.styles if known.style_id == style)
        paragraph.add_run(text)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def heading(self, key: str, level: int = 1) -> None:
        """Write a heading."""
        self.say(key, f"Heading{level}")

    @contextmanager
    def block(self, opening: str) -> Iterator[None]:
        """Write what comes between an opening tag such as ``if findings`` and its end."""
        self.tag(opening)
        yield
        self.tag(f"end{opening.split(maxsplit=1)[0]}")

    def tag(self, code: str) -> None:
        """Write a tag that takes a paragraph of its own and leaves none."""
        self.text(f"{{%p {code} %}}")

    def gap(self, *, keep: bool = False) -> None:
        """Write a low empty line; ``keep`` holds it on the page of what follows."""
        self.text("", "TableGap", keep=keep)

    def contents(self, levels: str = "1-2") -> None:
        """Write a table of contents."""
        paragraph = self.text("", "TOC1")
        for run in contents_field(levels, self.words["contents_hint"]):
            paragraph._p.append(run)  # noqa: SLF001 - fields are XML

    def table(
        self, columns: Sequence[Column], *loops: str, band: str = "", tall: bool = False, whole: bool = True
    ) -> None:
        """Write a table with a row for each turn of the loops; a band goes across before each new value of it.

        Tall rows leave room for a signature; those that need not be ``whole`` may go over to the next page.
        """
        grid = self._grid([column.share for column in columns])
        span = len(columns)
        head = [Cell(self.words[column.head], "TableHead", shaded=True) for column in columns]
        rows = [_row(grid, head, header=True), *(_tag_row(grid, loop) for loop in loops)]
        if band:
            rows.append(_tag_row(grid, f"if loop.changed({band})"))
            rows.append(_row(grid, [Cell(f"{{{{ {band} }}}}", "TableHead", span)], keep=True))
            rows.append(_tag_row(grid, "endif"))
        row = _row(grid, [Cell(column.cell, column.kind) for column in columns], keep=tall, tall=tall)
        rows.append(row if whole else row.replace(_WHOLE, ""))
        rows += [_tag_row(grid, "endfor")] * len(loops)
        self._add_table(grid, rows, keep=tall)

    def labelled(self, loop: str, label: str, value: str) -> None:
        """Write a table of labels and values, a row for each turn of the loop."""
        grid = self._grid((32, 68))
        row = _row(grid, [Cell(label, "TableHead", shaded=True), Cell(value, "TableText")])
        self._add_table(grid, [_tag_row(grid, loop), row, _tag_row(grid, "endfor")])

    def listed(
        self, loop: str, head: Sequence[Cell], row: Sequence[Cell], shares: Sequence[int], *, whole: bool = True
    ) -> None:
        """Write a table with headings that are given as cells, and a row for each turn of the loop.

        Rows that need not be ``whole`` may go over to the next page.
        """
        grid = self._grid(shares)
        each = _row(grid, row) if whole else _row(grid, row).replace(_WHOLE, "")
        self._add_table(grid, [_row(grid, head, header=True), _tag_row(grid, loop), each, _tag_row(grid, "endfor")])

    def grid(self, rows: Sequence[Sequence[Cell]], shares: Sequence[int]) -> None:
        """Write a table of fixed rows, the first of which stay on one page."""
        grid = self._grid(shares)
        self._add_table(grid, [_row(grid, row, keep=number < KEPT_ROWS) for number, row in enumerate(rows)])

    def facts(self, pairs: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Write a table of labels and values, two of each to a row; a lone pair goes across."""
        rows = [[cell for key, value in row for cell in self.pair(key, value, 4 // len(row) - 1)] for row in pairs]
        self.grid(rows, (16, 34, 16, 34))

    def pair(self, key: str, value: str, span: int) -> tuple[Cell, Cell]:
        """Return the cells of a label and its value."""
        return Cell(self.words[key], "TableHead", shaded=True), Cell(value, "TableText", span)

    def new_section(self, *, landscape: bool) -> None:
        """Begin a section on a new page; the paragraph with the break is as low as can be."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        continue_page_numbers(section)
        breaker = self.document.paragraphs[-1]
        breaker.paragraph_format.line_spacing = Pt(1)
        set_page(section, self.look, landscape=landscape)
        self.width = text_width(self.look, landscape=landscape)

    def _grid(self, shares: Sequence[int]) -> list[int]:
        widths = [self.width * share // sum(shares) for share in shares]
        widths[-1] += self.width - sum(widths)
        return widths

    def _add_table(self, grid: list[int], rows: list[str], *, keep: bool = False) -> None:
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
        table = (
            f'<w:tbl {W}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{self.width}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        )
        self.document.element.body.insert_element_before(parse_xml(table), "w:sectPr")
        self.gap(keep=keep)


def _tag_row(grid: list[int], code: str) -> str:
    return _row(grid, [Cell(f"{{%tr {code} %}}", "TableText", len(grid))])


def _row(
    grid: list[int], cells: Sequence[Cell], *, header: bool = False, keep: bool = False, tall: bool = False
) -> str:
    made, at = [], 0
    for cell in cells:
        made.append(_cell(cell, sum(grid[at : at + cell.span]), keep=keep or header))
        at += cell.span
    height = f'<w:trHeight w:val="{TALL}" w:hRule="atLeast"/>' if tall else ""
    rules = f"{_WHOLE}{height}{'<w:tblHeader/>' if header else ''}"
    return f"<w:tr><w:trPr>{rules}</w:trPr>{''.join(made)}</w:tr>"


def _cell(cell: Cell, width: int, *, keep: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if cell.shaded else ""
    # the style of heads keeps each with what follows: of labels down the side, that would be all of a table
    next_too = "<w:keepNext/>" if keep else '<w:keepNext w:val="0"/>' if cell.style == "TableHead" else ""
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{cell.style}"/>{next_too}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in cell.text.split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraphs}</w:tc>"
    )
