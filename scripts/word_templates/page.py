"""An empty template: python-docx's blank document with the styles, numbering, page and footers of a look."""

from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Twips

from scripts.word_templates.look import A4, Look, Margins
from scripts.word_templates.styles import W, font_table_xml, numbering_xml, run, styles_xml

_BAGGAGE = ("stylesWithEffects", "customXml", "thumbnail", "fontTable", "webSettings", "extended-properties")
_FONT_TABLE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"


def blank(look: Look) -> Document:
    """Return an empty document in a look."""
    document = docx.Document()
    _drop_baggage(document)
    _refill(document.styles.element, styles_xml(look))
    _refill(document.part.numbering_part.element, numbering_xml(look))
    table = Part(PackURI("/word/fontTable.xml"), _FONT_TABLE, font_table_xml(look).encode(), document.part.package)
    document.part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    _set_settings(document, look)
    set_page(document.sections[0], look, landscape=False)
    return document


def _drop_baggage(document: Document) -> None:
    package = document.part.package
    for rels in (document.part.rels, package.rels):
        for key, relation in list(rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _BAGGAGE:
                del rels[key]


def _refill(root: Any, xml: str) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(xml)))


def _set_settings(document: Document, look: Look) -> None:
    root = document.settings.element
    for mark in root.iter(qn("w:compatSetting")):
        if mark.get(qn("w:name")) == "compatibilityMode":
            mark.set(qn("w:val"), "15")
    for mark in root.iter(qn("w:themeFontLang")):
        mark.attrib.clear()
        mark.set(qn("w:val"), look.tag if look.language == "en" else "en-US")
        mark.set(qn("w:eastAsia"), "zh-CN")
    for mark in root.iter(qn("w:zoom")):
        mark.set(qn("w:percent"), "100")
    document.settings.odd_and_even_pages_header_footer = look.mirrored


def set_page(section: Section, look: Look, *, landscape: bool) -> None:
    """Give a section its paper, margins and place of the footer."""
    margins: Margins = look.landscape if landscape else look.portrait
    width, height = reversed(A4) if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.top_margin, section.right_margin = Twips(margins.top), Twips(margins.right)
    section.bottom_margin, section.left_margin = Twips(margins.bottom), Twips(margins.left)
    section.header_distance = Twips(850)
    section.footer_distance = Twips(min(look.footer, margins.bottom - 500))
    section.gutter = Twips(0)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - python-docx has no name for the grid
        section._sectPr.remove(grid)  # noqa: SLF001


def text_width(look: Look, *, landscape: bool) -> int:
    """Return the width of the text area."""
    margins = look.landscape if landscape else look.portrait
    return A4[landscape] - margins.left - margins.right


def number_pages(section: Section, look: Look, *, start: int | None = None) -> None:
    """Print the page number at the foot of a section; on the outer side where pages are mirrored."""
    sides = [(section.footer, "right" if look.mirrored else "center")]
    sides += [(section.even_page_footer, "left")] if look.mirrored else []
    for footer, side in sides:
        footer.is_linked_to_previous = False
        _refill(footer.paragraphs[0]._p, _page_number(look, side))  # noqa: SLF001 - fields are XML
    if start is not None:
        mark = parse_xml(f'<w:pgNumType {W} w:start="{start}"/>')
        section._sectPr.insert_element_before(mark, "w:cols", "w:titlePg", "w:docGrid")  # noqa: SLF001


def print_code(section: Section, look: Look, *, own: bool = True) -> None:
    """Print the code of the document in the header of a section, small and to the right.

    One without a header of its own has that of the section before.
    """
    section.header_distance = Twips(400)
    headers = [section.header, *([section.even_page_header] if look.mirrored else [])] if own else []
    for header in headers:
        header.is_linked_to_previous = False
        style = '<w:pPr><w:pStyle w:val="Header"/><w:jc w:val="right"/></w:pPr>'
        marks = run(look.page_number, 14)
        text = f"<w:p {W}>{style}<w:r>{marks}<w:t>{{{{ code }}}}</w:t></w:r></w:p>"
        first = header.paragraphs[0]._p  # noqa: SLF001 - as above
        first.addprevious(parse_xml(f"<w:p {W}><w:r><w:t>{{{{p qr }}}}</w:t></w:r></w:p>"))
        _refill(first, text)


def continue_page_numbers(section: Section) -> None:
    """Let a section, which begins as a copy of the one before, go on counting."""
    for mark in section._sectPr.findall(qn("w:pgNumType")):  # noqa: SLF001
        section._sectPr.remove(mark)  # noqa: SLF001


def no_page_numbers(section: Section, look: Look) -> None:
    """Leave the foot of a section empty."""
    for footer in [section.footer, *([section.even_page_footer] if look.mirrored else [])]:
        footer.is_linked_to_previous = False


def _page_number(look: Look, side: str) -> str:
    indent = {"right": '<w:ind w:right="280"/>', "left": '<w:ind w:left="280"/>'}.get(side, "")
    marks = run(look.page_number, look.page_number_size)
    before, after = (f'<w:r>{marks}<w:t xml:space="preserve">{text}</w:t></w:r>' for text in look.page_text)
    field = "".join(
        f"<w:r>{marks}{inside}</w:r>"
        for inside in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    style = f'<w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/></w:pPr>'
    return f"<w:p {W}>{style}{before}{field}{after}</w:p>"


def contents_field(levels: str, hint: str) -> Iterable[Any]:
    """Return the runs of a table of contents; the hint shows until it is filled."""
    inside = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> TOC \\o "{levels}" \\h \\z \\u </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{hint}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return [parse_xml(f"<w:r {W}>{mark}</w:r>") for mark in inside]


def set_properties(document: Document, title: str, look: Look) -> None:
    """Give the file properties that do not change from one build to the next."""
    properties = document.core_properties
    properties.title, properties.language = title, look.tag
    properties.author = properties.last_modified_by = "selfaudit"
    properties.comments = properties.keywords = properties.subject = ""
