"""The parts of a Word file that contain text, and the pieces of text a template tag may have been broken into."""

import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.part import Part, XmlPart
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from selfaudit.base.text import shortened

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
"""A template tag inside the text of a paragraph."""

_PRINTED = re.compile(rb">([^<]+)</w:t>")
_TEXT_RELATIONS = (REL.HEADER, REL.FOOTER, REL.FOOTNOTES, REL.ENDNOTES)


def text_parts(document: Document) -> Iterator[Part]:
    """Yield the parts that contain text: the body first, then headers, footers and notes."""
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


def saved(document: Document, finish: Callable[[bytes], bytes]) -> bytes:
    """Return a document as a file; ``finish`` has the last word on the text of its body."""
    package, done = document.part.package, BytesIO()
    parts = [_Finished(part, finish) if part is document.part else part for part in package.parts]
    for part in package.parts:
        part.before_marshal()
    PackageWriter.write(done, package.rels, parts)  # type: ignore[no-untyped-call]
    return done.getvalue()


class _Finished:
    """A part as it is written."""

    def __init__(self, part: Part, finish: Callable[[bytes], bytes]) -> None:
        self.partname, self.content_type, self.rels = part.partname, part.content_type, part.rels
        self._part, self._finish = part, finish

    @property
    def blob(self) -> bytes:
        return self._finish(self._part.blob)


def texts_of(paragraph: Any) -> list[Any]:
    """Return the ``w:t`` elements of a paragraph, without those of text boxes that hang on it."""
    return [t for t in paragraph.iter(qn("w:t")) if next(t.iterancestors(qn("w:p"))) is paragraph]


def printed_texts(document: bytes) -> set[str]:
    """Return the texts in the body of a Word file, piece by piece."""
    with zipfile.ZipFile(BytesIO(document)) as packed:
        pieces = set(_PRINTED.findall(packed.read("word/document.xml")))
    return {unescape(piece.decode()).strip() for piece in pieces}


def broken_tags(paragraph: Any) -> list[tuple[str, list[Any]]]:
    """Return the tags of a paragraph that Word has broken into several ``w:t``, each with these elements."""
    elements = texts_of(paragraph)
    owners = [t for t in elements for _ in t.text or ""]
    tags = TAG.finditer("".join(t.text or "" for t in elements)) if len(elements) > 1 else ()
    found = ((tag[0], list(dict.fromkeys(owners[tag.start() : tag.end()]))) for tag in tags)
    return [(tag, pieces) for tag, pieces in found if len(pieces) > 1]


def join_tags(paragraph: Any) -> None:
    """Move every tag that Word has broken into several pieces into the piece where it begins."""
    for tag, pieces in broken_tags(paragraph):
        first, *between, last = pieces
        head = next(n for n in range(len(tag), 0, -1) if (first.text or "").endswith(tag[:n]))
        inside = sum(len(t.text) for t in between)
        first.text += tag[head:]
        last.text = last.text[len(tag) - head - inside :]
        for t in between:
            t.text = ""
        for t in pieces:
            t.set(qn("xml:space"), "preserve")


def excerpt(text: str, length: int = 40) -> str:
    """Return the beginning of a text on one line."""
    return shortened(" ".join(text.split()), length)
