"""How the parts of a template hang together: each is what it is used as, so that it is read as Word reads it."""

from collections.abc import Iterator
from typing import Any

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.word.package import root_of

_WRONG = error(
    "template.structure",
    N_("the file is not put together as a Word document is: {part} is not what it is used as, or there are two of it"),
    N_("Open it in Word or WPS and save it again as “Word document (*.docx)”."),
)

_USED_AS = {
    "officeDocument": (CT.WML_DOCUMENT_MAIN, "w:document"),
    "settings": (CT.WML_SETTINGS, "w:settings"),
    "styles": (CT.WML_STYLES, "w:styles"),
    "numbering": (CT.WML_NUMBERING, "w:numbering"),
    "footnotes": (CT.WML_FOOTNOTES, "w:footnotes"),
    "endnotes": (CT.WML_ENDNOTES, "w:endnotes"),
    "comments": (CT.WML_COMMENTS, "w:comments"),
    "glossaryDocument": (CT.WML_DOCUMENT_GLOSSARY, "w:glossaryDocument"),
    "core-properties": (CT.OPC_CORE_PROPERTIES, "cp:coreProperties"),
    "header": (CT.WML_HEADER, "w:hdr"),
    "footer": (CT.WML_FOOTER, "w:ftr"),
}
"""The content type and the root element of a part by the last word of a relation to it."""
_MANY = ("header", "footer")
"""Relations of which a document may have several."""
_DATA = ("customXml", "customXmlProps")
"""Relations to data of other programs, of which nothing is shown."""


def structure_problems(package: OpcPackage) -> Iterator[Problem]:
    """Yield the parts that are of another kind than the relations to them say, or are more than a document has."""
    for relations in (package.rels, *(part.rels for part in package.iter_parts())):
        seen = set()
        for relation in relations.values():
            kind = _kind(relation)
            if kind not in _USED_AS:
                continue
            content_type, root = _USED_AS[kind]
            is_right = (
                not relation.is_external
                and relation.target_part.content_type == content_type
                and _begins(root_of(relation.target_part), root)
            )
            if not is_right or (kind in seen and kind not in _MANY):
                name = relation.target_ref if relation.is_external else relation.target_part.partname.lstrip("/")
                yield _WRONG(Where(), part=name)
            seen.add(kind)


def _begins(found: Any, root: str) -> bool:
    """Return whether a root element is the right one; that of the main document has a body."""
    return found.tag == qn(root) and (root != "w:document" or found.find(qn("w:body")) is not None)


def read_parts(package: OpcPackage) -> Iterator[tuple[Part, Any]]:
    """Yield every part that is XML, whatever it is called and said to be, with its root; pictures and data are none.

    Raises ``lxml.etree.LxmlError`` for one that is said to be XML and is damaged.
    """
    every = (package.rels, *(part.rels for part in package.iter_parts()))
    inner = [relation for relations in every for relation in relations.values() if not relation.is_external]
    used = {relation.target_part for relation in inner if _kind(relation) not in _DATA}
    for part in package.iter_parts():
        is_xml = part.content_type.endswith("xml")
        if part not in used or (part.content_type.startswith("image/") and not is_xml):
            continue
        try:
            yield part, root_of(part)
        except etree.LxmlError:
            if is_xml:
                raise


def _kind(relation: Any) -> str:
    return str(relation.reltype.rpartition("/")[2])
