"""QR codes in documents: pictures with a quiet zone, large enough for the scanner of any office."""

from html import escape
from io import BytesIO
from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.package import Package

from selfaudit.word.values import QrCode

_EMU_PER_MM = 36_000
_SIDE, _SMALL = 42, 18
"""Millimetres with the quiet zone; the modules of a small one are still half a millimetre wide."""
_QUIET = 4
_PIXELS = 12
"""Pixels to a module: a printer of 300 dpi does not need that many."""

_DRAWING = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/></w:pPr><w:r><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
    '<wp:docPr id="{number}" name="QR {number}" descr="{text}"/><wp:cNvGraphicFramePr>'
    '<a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/>'
    '</wp:cNvGraphicFramePr><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="QR {number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{relation}"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r></w:p>"
)
_FIRST_NUMBER = 20_000


def place_qr(code: QrCode, part: Part) -> str:
    """Put a QR code next to a part of the document; return the paragraph that shows it, or nothing for no text."""
    if not code.text or part.package is None:
        return ""
    image = cast("Package", part.package).get_or_add_image_part(BytesIO(qr_png(code.text)))
    relation = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
    number = _FIRST_NUMBER + (image.partname.idx or 0)
    side = (_SMALL if code.small else _SIDE) * _EMU_PER_MM
    return _DRAWING.format(side=side, number=number, text=escape(code.text), relation=relation)


def qr_png(text: str) -> bytes:
    """Return the picture of a QR code of level M with its quiet zone."""
    import segno  # noqa: PLC0415 - only signature sheets need it

    stream = BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(stream, kind="png", scale=_PIXELS, border=_QUIET)
    return stream.getvalue()
