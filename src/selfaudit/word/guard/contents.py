"""What a template is made of and what it refers to: nothing that runs, nothing that is loaded from elsewhere."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, Where, error
from selfaudit.word.guard.links import is_harmless
from selfaudit.word.guard.places import place_of
from selfaudit.word.package import excerpt

_OUTSIDE = error(
    "template.outside",
    N_("{what} would be loaded from outside the template: {target}"),
    N_("Delete it, or put it into the document itself."),
)
_ATTACHED = error(
    "template.attached",
    N_("another template is attached, which Word would load: {target}"),
    N_("In Word: File > Options > Add-ins > Manage: Templates > Go, and attach Normal.dotm instead."),
)
_LINK = error(
    "template.link",
    N_("a link leads to something other than a web page or a mail address: {target}"),
    N_("Remove the link: right-click > Remove Hyperlink."),
)
_ACTIVE = error(
    "template.active",
    N_("the template contains macros, controls or add-ins: {part}"),
    N_("Delete controls and add-ins, and save it in Word as “Word document (*.docx)”, which drops macros."),
)
_EMBEDDED = error(
    "template.embedded",
    N_("the template contains something other than text, pictures and charts: {part}"),
    N_("Delete the embedded object or inserted file, or put in a picture or text in its place."),
)
_MERGE = error(
    "template.mail-merge",
    N_("the template is the main document of a mail merge"),
    N_("In Word: Mailings > Start Mail Merge > Normal Word Document. Use template tags for what changes."),
)
_PICTURE = error(
    "template.picture",
    N_("the picture {part} has {width} × {height} pixels, more than {most} million"),
    N_("Make it smaller: click on it, then Picture Format > Compress Pictures."),
)

MOST_PIXELS = 50_000_000
"""Pixels of a picture: a page of A3 at 300 dots per inch has 17 million."""

_OPEN, _OFFICE = "application/vnd.openxmlformats-officedocument.", "application/vnd.ms-office."
_WORD = f"{_OPEN}wordprocessingml."
_PARTS = (
    f"{_WORD}styles+xml", f"{_WORD}settings+xml", f"{_WORD}webSettings+xml", f"{_WORD}fontTable+xml",
    f"{_WORD}numbering+xml", f"{_WORD}footnotes+xml", f"{_WORD}endnotes+xml", f"{_WORD}header+xml",
    f"{_WORD}footer+xml", f"{_WORD}comments", f"{_WORD}people+xml", f"{_WORD}document.glossary+xml",
    f"{_WORD}printerSettings", "application/vnd.ms-word.stylesWithEffects+xml",
    "application/vnd.ms-word.people+xml", "application/vnd.ms-word.comments",
    "application/vnd.openxmlformats-package.core-properties+xml", f"{_OPEN}extended-properties+xml",
    f"{_OPEN}custom-properties+xml", f"{_OPEN}customXml", f"{_OPEN}theme", f"{_OPEN}drawingml.",
    f"{_OPEN}obfuscatedFont", f"{_OFFICE}drawingml.", f"{_OFFICE}chart", f"{_OFFICE}classificationlabels+xml",
    "application/x-font", "application/inkml+xml", "application/xml", "image/",
)  # fmt: skip
"""How the content types begin of the parts that a template may have beside its main document."""
_WORKBOOK = f"{_OPEN}spreadsheetml.sheet"
_ACTIVE_WORDS = ("vba", "macro", "activex", "control", "webextension", "taskpane", "keymap", "toolbar", "extensibility")
"""Words in content types and relations of what runs."""
_IN_WORKBOOK = ("vba", "macro", "activex", "externallink", "connections", "embeddings", "querytable", "customui")
"""Words in the names of members of a workbook behind a chart that it must do without."""
_FORBIDDEN_RELATIONS = ("aFChunk", "oleObject", "subDocument", "frame", "video", "audio", "media")
"""Relations to parts that are no part of the text itself."""
_WHAT = {
    "image": N_("a picture"),
    "oleObject": N_("a linked object"),
    "subDocument": N_("a subdocument"),
    "aFChunk": N_("a document"),
    "mailMergeSource": N_("the data of a mail merge"),
    "mailMergeHeaderSource": N_("the data of a mail merge"),
    "frame": N_("a web page"),
    "video": N_("a video"),
}
_SOMETHING = N_("something")
_LOADING = ("href", "src", "manifestLocation")
"""Local names of attributes with which something is loaded without a relation."""
_INSIDE = ("#", "data:image/")
_VIDEO = "embeddedHtml"


def content_problems(document: Document) -> Iterator[Problem]:
    """Yield what a template must not be made of."""
    package = document.part.package
    yield from _relation_problems(package.rels.values(), None)
    for part in package.iter_parts():
        yield from _part_problems(part, document.part)
        yield from _relation_problems(part.rels.values(), part)
    if document.settings.element.find(qn("w:mailMerge")) is not None:
        yield _MERGE(Where())


def _part_problems(part: Part, main: Part) -> Iterator[Problem]:
    kind, name = part.content_type, part.partname.lstrip("/")
    if any(word in kind.lower() for word in _ACTIVE_WORDS):
        yield _ACTIVE(Where(), part=name)
    elif kind == _WORKBOOK:
        if active := _in_workbook(part.blob):
            yield _ACTIVE(Where(), part=f"{name}: {active}")
    elif part is not main and not kind.startswith(_PARTS):
        yield _EMBEDDED(Where(), part=name)
    elif kind.startswith("image/"):
        yield from _picture_problems(part, name)


def _in_workbook(data: bytes) -> str:
    """Return the name of what makes a workbook more than numbers; of a damaged one, that of the damage."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "?"
    return next((name for name in names if any(word in name.lower() for word in _IN_WORKBOOK)), "")


def _picture_problems(part: Part, name: str) -> Iterator[Problem]:
    try:
        image = Image.from_blob(part.blob)
    except Exception:  # noqa: BLE001 - whatever a header that is no header does; drawings have no pixels
        return
    width, height = image.px_width, image.px_height
    if width * height > MOST_PIXELS:
        yield _PICTURE(Where(), part=name, width=width, height=height, most=MOST_PIXELS // 1_000_000)


def _relation_problems(relations: Iterable[Any], part: Part | None) -> Iterator[Problem]:
    for relation in relations:
        kind, target = relation.reltype.rpartition("/")[2], relation.target_ref
        if relation.reltype == REL.HYPERLINK:
            if not is_harmless(target):
                yield _LINK(Where(cell=_place(part, relation.rId)), target=excerpt(target))
        elif kind == "attachedTemplate":
            yield _ATTACHED(Where(), target=excerpt(target))
        elif relation.is_external:
            what = Term(_WHAT.get(kind, _SOMETHING))
            yield _OUTSIDE(Where(cell=_place(part, relation.rId)), what=what, target=excerpt(target))
        else:
            yield from _inner_relation_problems(relation, kind, part)


def _inner_relation_problems(relation: Any, kind: str, part: Part | None) -> Iterator[Problem]:
    """Yield what is wrong with a relation to a part; Word goes by these, whatever the content type says."""
    name = relation.target_part.partname.lstrip("/")
    if any(word in kind.lower() for word in _ACTIVE_WORDS):
        if not any(word in relation.target_part.content_type.lower() for word in _ACTIVE_WORDS):
            yield _ACTIVE(Where(), part=name)
    elif kind in _FORBIDDEN_RELATIONS or (kind == "package" and not _is_chart(part)):
        yield _EMBEDDED(Where(cell=_place(part, relation.rId)), part=name)


def _is_chart(part: Part | None) -> bool:
    return part is not None and "chart" in part.content_type


def _place(part: Part | None, relation: str) -> str:
    """Return where in a part a relation is used."""
    if part is None:
        return ""
    elements = part.element.iter(etree.Element) if isinstance(part, XmlPart) else ()
    used = next((element for element in elements if relation in element.attrib.values()), None)
    return (place_of(used) if used is not None else "") or part.partname.lstrip("/")


def loading_problems(root: Any) -> Iterator[Problem]:
    """Yield the attributes of a part that load something from outside, also those of a drawing in SVG."""
    for name in (*_LOADING, _VIDEO):
        for found in root.xpath(f'//@*[local-name() = "{name}"]'):
            if found.strip() and not (name != _VIDEO and found.strip().startswith(_INSIDE)):
                what = Term(_WHAT["video"] if name == _VIDEO else _SOMETHING)
                yield _OUTSIDE(Where(cell=place_of(found.getparent())), what=what, target=excerpt(found))
