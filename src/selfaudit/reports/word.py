"""The parts of a Word file that hold text, and the pieces of text a template tag may have been broken into."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
"""A template tag inside the text of a paragraph."""

_UNREADABLE = error(
    "template-unreadable",
    N_("The template is not a Word document."),
    N_("Save it in Word as “Word document (*.docx)”."),
)
_TEXT_RELATIONS = (REL.HEADER, REL.FOOTER, REL.FOOTNOTES, REL.ENDNOTES)


def open_template(template: bytes | Path) -> Document:
    """Open a template."""
    data = template if isinstance(template, bytes) else template.read_bytes()
    try:
        return docx.Document(BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise UserError(_UNREADABLE()) from None


def text_parts(document: Document) -> Iterator[Part]:
    """Yield the parts that hold text: the body first, then headers, footers and notes."""
    yield document.part
    seen = set()
    for relation in document.part.rels.values():
        if relation.reltype in _TEXT_RELATIONS and not relation.is_external and relation.target_part not in seen:
            seen.add(relation.target_part)
            yield relation.target_part


def root_of(part: Part) -> Any:
    """Return the root element of a part."""
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def replace_root(part: Part, root: Any) -> None:
    """Give a part a new root element; python-docx has no public way to do that."""
    if isinstance(part, XmlPart):
        part._element = root  # noqa: SLF001
    else:
        part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)  # noqa: SLF001


def texts_of(paragraph: Any) -> list[Any]:
    """Return the ``w:t`` elements of a paragraph, without those of text boxes that hang on it."""
    return [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]


def join_tags(paragraph: Any) -> bool:
    """Move every tag that Word has broken into several runs into the run where it begins; say whether there was one."""
    elements = texts_of(paragraph)
    text = "".join(t.text or "" for t in elements)
    if len(elements) < 2 or "{" not in text:  # noqa: PLR2004 - one run breaks nothing
        return False
    owner = [number for number, t in enumerate(elements) for _ in t.text or ""]
    before = list(owner)
    for found in TAG.finditer(text):
        owner[found.start() : found.end()] = [owner[found.start()]] * len(found[0])
    if owner == before:
        return False
    pieces = [""] * len(elements)
    for number, char in zip(owner, text, strict=True):
        pieces[number] += char
    for t, piece in zip(elements, pieces, strict=True):
        t.text = piece
        t.set(qn("xml:space"), "preserve")
    return True


def excerpt(text: str, length: int = 40) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length]}…"
