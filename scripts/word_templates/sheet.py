"""The sheet: facts, sections with texts and tables, signatures; several documents are printed with it."""

from collections.abc import Mapping

from scripts.word_templates.page import number_pages, print_code, set_page, text_width
from scripts.word_templates.writer import Cell, Writer

SHARES = {
    2: (30, 70),
    3: (24, 52, 24),
    4: (19, 32, 18, 31),
    5: (10, 28, 22, 20, 20),
    6: (25, 15, 15, 15, 15, 15),
    7: (8, 16, 22, 16, 12, 14, 12),
    8: (8, 15, 18, 15, 11, 11, 11, 11),
}
"""How wide the columns of a table are, by how many it has."""


WIDE_SHARES = {
    2: (25, 75),
    3: (24, 52, 24),
    4: (40, 12, 12, 36),
    5: (5, 13, 12, 35, 35),
    6: (5, 27, 20, 14, 16, 18),
    7: (5, 14, 20, 22, 16, 12, 11),
    8: (5, 13, 19, 15, 19, 11, 9, 9),
}
"""The same on wide paper; other tables do not stand there."""
LONG = 5
"""Columns of the tables on wide paper whose rows may be longer than what is left of a page: passages side by side."""


def sheet(w: Writer) -> None:
    """Write it."""
    _write(w, SHARES)


def wide_list(w: Writer) -> None:
    """Write it on wide paper, for lists in which people write and sign."""
    set_page(w.document.sections[0], w.look, landscape=True)
    w.width = text_width(w.look, landscape=True)
    _write(w, WIDE_SHARES)
    # what is signed by whoever answered has a code; other lists have an empty one
    print_code(w.document.sections[0], w.look)


def _write(w: Writer, widths: Mapping[int, tuple[int, ...]]) -> None:
    w.text("{{ title }}", "Title")
    w.labelled("for fact in facts", "{{ fact.title }}", "{{ fact.text }}")
    with w.block("for block in blocks"):
        with w.block("if block.title"):
            w.text("{{ block.title }}", "Heading1")
        with w.block("for line in block.text.splitlines()"):
            w.text("{{ line }}")
        for count, shares in widths.items():
            with w.block(f"if block.columns == {count}"):
                names = [f"c{number}" for number in range(1, count + 1)]
                head = [Cell(f"{{{{ block.head.{name} }}}}", "TableHead", shaded=True) for name in names]
                row = [Cell(f"{{{{ row.{name} }}}}", "TableText") for name in names]
                long = widths is WIDE_SHARES and count == LONG
                w.listed("for row in block.rows", head, row, shares, whole=not long)
    with w.block("for who in signatures"):
        w.gap(keep=True)
        w.say("sign_sheet", "SignatureBlock")
    with w.block("if issued"):
        w.gap(keep=True)
        w.text("{{ body }}", "SignatureBlock", keep=True)
        w.text("{{ campaign.seal }}", "SignatureBlock", keep=True)
        w.text("{{ printed_on }}", "SignatureBlock")
    number_pages(w.document.sections[0], w.look)
