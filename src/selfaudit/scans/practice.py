"""Draws signed sheets as they come from a scanner, for campaigns that are only played."""

from collections.abc import Iterable
from io import BytesIO

import segno
from PIL import Image, ImageDraw

_DPI = 100
_A4 = (827, 1169)
_SIDE, _MARGIN = 130, 79
"""The side of the code and its distance from the edge, in dots."""


def scan_of(sheets: Iterable[tuple[str, str]]) -> bytes:
    """Return a TIFF with one page for each sheet, given the text of its code and a name to sign with."""
    pages = [_sheet(code, name) for code, name in sheets]
    stream = BytesIO()
    pages[0].save(stream, "TIFF", compression="group4", dpi=(_DPI, _DPI), save_all=True, append_images=pages[1:])
    return stream.getvalue()


def _sheet(code: str, name: str) -> Image.Image:
    page = Image.new("1", _A4, 1)
    buffer = BytesIO()
    segno.make(code, error="m", micro=False, boost_error=False).save(buffer, kind="png", border=4)
    drawn = Image.open(buffer).convert("1").resize((_SIDE, _SIDE))
    page.paste(drawn, (page.width - _SIDE - _MARGIN, _MARGIN))
    pen = ImageDraw.Draw(page)
    # what is written on it nobody reads; that there is a signature somebody must have seen
    for line in range(12):
        pen.line((_MARGIN, 300 + 50 * line, page.width - _MARGIN, 300 + 50 * line), fill=0)
    pen.line([(500 + 18 * n, 1000 + (ord(sign) * 7) % 50) for n, sign in enumerate(f"{name}{name}")], fill=0, width=3)
    return page
