"""The table of contents: filled in when the document is made, because not every program refreshes fields by itself."""

import re
from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

from selfaudit.word.environment import word_text
from selfaudit.word.numbering import Numbering

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# The page numbers are left to the program that lays out the pages: a wrong one would be worse than none.
_ENTRY = (
    f'<w:p {_W}><w:pPr><w:pStyle w:val="{{style}}"/></w:pPr><w:hyperlink w:anchor="{{anchor}}" w:history="1">'
    '<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:hyperlink></w:p>'
)
_BOOKMARK = f'<w:bookmarkStart {_W} w:id="{{number}}" w:name="{{anchor}}"/>', f'<w:bookmarkEnd {_W} w:id="{{number}}"/>'
_FIRST_BOOKMARK = 90_000
_AFTER_UPDATE_FIELDS = ("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids")


def contents_code(root: Any) -> Any | None:
    """Return the ``w:instrText`` of the table of contents of a document, if it has one."""
    return next((code for code in root.iter(qn("w:instrText")) if re.match(r"\s*TOC\b", code.text or "")), None)


def contents_levels(code: Any) -> range:
    """Return the levels of headings that a table of contents lists."""
    found = re.search(r'\\o\s+"(\d)-(\d)"', code.text)
    return range(int(found[1]), int(found[2]) + 1) if found else range(1, 4)


def style_id(document: Document, name: str) -> str:
    """Return the id of a paragraph style by its English name, or nothing."""
    paragraph_styles = (style for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH)
    return next((style.style_id for style in paragraph_styles if (style.name or "").lower() == name), "")


def fill_contents(document: Document) -> None:
    """Fill the table of contents from the headings, and have Word set the page numbers when it opens the document."""
    code = contents_code(document.element)
    if code is None:
        return
    levels = contents_levels(code)
    styles = {level: style_id(document, f"toc {level}") or f"TOC{level}" for level in levels}
    entries = []
    for number, (paragraph, level, text) in enumerate(_headings(document), start=_FIRST_BOOKMARK):
        if level in levels:
            anchor = _set_bookmark(paragraph, number)
            xml = _ENTRY.format(style=styles[level], anchor=anchor, text=word_text(text))
            entries.append(parse_xml(xml))
    _replace_result(code, entries)
    _refresh_when_opened(document)


def _headings(document: Document) -> Iterator[tuple[Any, int, str]]:
    """Yield the headings of the body with their level and text, the number that Word sets before it included."""
    numbering = Numbering(document)
    chains = _style_properties(document)
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        own = paragraph.find(qn("w:pPr"))
        named = None if own is None else own.find(qn("w:pStyle"))
        chain = chains.get("" if named is None else named.get(qn("w:val")), [])
        properties = [p for p in (own, *chain) if p is not None]
        label = numbering.label(properties)
        outline = next((o for p in properties if (o := p.find(qn("w:outlineLvl"))) is not None), None)
        text = " ".join("".join(t.text or " " for t in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))).split())
        if outline is not None and text:
            yield paragraph, int(outline.get(qn("w:val"))) + 1, label + text


def _style_properties(document: Document) -> dict[str, list[Any]]:
    """Return the ``w:pPr`` of every paragraph style and of the styles it builds on, nearest first."""
    found = {}
    for style in document.styles:
        chain: list[Any] = []
        step: Any = style if style.type == WD_STYLE_TYPE.PARAGRAPH else None
        while step is not None and step.element not in chain:
            chain.append(step.element)
            step = step.base_style
        found[style.style_id] = [p for element in chain if (p := element.find(qn("w:pPr"))) is not None]
    return found


def _set_bookmark(paragraph: Any, number: int) -> str:
    anchor = f"_Toc{number}"
    start, end = (parse_xml(mark.format(number=number, anchor=anchor)) for mark in _BOOKMARK)
    own = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if own is None else 1, start)
    paragraph.append(end)
    return anchor


def _replace_result(code: Any, entries: list[Any]) -> None:
    """Put the entries in place of the paragraphs that the field of ``code`` fills; the field spans the entries now."""
    old = _field_paragraphs(next(code.iterancestors(qn("w:p"))))
    new = entries or [OxmlElement("w:p")]
    opening = [_field_run("begin"), code.getparent(), _field_run("separate")]
    at = len(new[0].findall(qn("w:pPr")))
    new[0][at:at] = opening
    new[-1].append(_field_run("end"))
    for entry in new:
        old[0].addprevious(entry)
    for paragraph in old:
        paragraph.getparent().remove(paragraph)


def _field_paragraphs(first: Any) -> list[Any]:
    """Return the paragraphs from the one in which a field begins to the one in which it ends."""
    found, depth = [], 0
    for paragraph in (first, *first.itersiblings(qn("w:p"))):
        found.append(paragraph)
        marks = [mark.get(qn("w:fldCharType")) for mark in paragraph.iter(qn("w:fldChar"))]
        depth += marks.count("begin") - marks.count("end")
        if depth <= 0:
            break
    return found


def _field_run(kind: str) -> Any:
    return parse_xml(f'<w:r {_W}><w:fldChar w:fldCharType="{kind}"/></w:r>')


def _refresh_when_opened(document: Document) -> None:
    settings = document.settings.element
    if settings.find(qn("w:updateFields")) is None:
        mark = OxmlElement("w:updateFields", {qn("w:val"): "true"})
        settings.insert_element_before(mark, *_AFTER_UPDATE_FIELDS)
