"""The mark of a draft: a word in the header of every page and across it."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.parser import parse_xml

WORDS = {"zh_CN": "草稿", "en": "DRAFT"}
"""The word of the mark in each language."""

# The shape is what Word itself writes for Design > Watermark.
_MARK = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/></w:pPr>'
    '<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136"'
    ' adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"/>'
    '<v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="DraftMark{number}" o:spid="_x0000_s{spid}"'
    ' type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:120pt;'
    "rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9"'
    ' stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt"'
    ' string="{word}"/></v:shape></w:pict></w:r><w:r><w:rPr><w:b/><w:color w:val="C00000"/><w:sz w:val="21"/></w:rPr>'
    "<w:t>{word}</w:t></w:r></w:p>"
)
_FONTS = {"zh_CN": "黑体"}


def mark_draft(document: Document, language: str) -> None:
    """Put the mark into every header, so that no page can be taken for the final document."""
    word = WORDS[language]
    for number, header in enumerate(_headers(document), start=1):
        mark = _MARK.format(
            number=number, spid=2048 + number, width=70 * len(word) + 120, font=_FONTS.get(language, "Arial"), word=word
        )
        header.insert(0, parse_xml(mark))


def _headers(document: Document) -> Iterator[Any]:
    """Yield the root of every header in use once; a section without one of its own shows that of the section before."""
    even = document.settings.odd_and_even_pages_header_footer
    seen: list[Any] = []
    for section in document.sections:
        kinds = [section.header]
        if even:
            kinds.append(section.even_page_header)
        if section.different_first_page_header_footer:
            kinds.append(section.first_page_header)
        for kind in kinds:
            root = kind.part.element
            if not any(root is known for known in seen):
                seen.append(root)
                yield root
