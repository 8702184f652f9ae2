"""What a template refers to: nothing is loaded from elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as REL
from docx.opc.part import Part, XmlPart
from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, Where, error
from selfaudit.word.guard.links import is_harmless
from selfaudit.word.guard.parts import ACTIVE, ACTIVE_WORDS, EMBEDDED
from selfaudit.word.guard.places import Places
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
_MERGE = error(
    "template.mail-merge",
    N_("the template is the main document of a mail merge"),
    N_("In Word: Mailings > Start Mail Merge > Normal Word Document. Use template tags for what changes."),
)

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
_LOADING = ("href", "src", "althref", "manifestLocation")
"""Local names of attributes with which something is loaded without a relation."""
_INSIDE = ("#", "data:image/")
_VIDEO = "embeddedHtml"
_INSERTED = {
    "altChunk": N_("a document"),
    "subDoc": N_("a subdocument"),
    "OLEObject": N_("an embedded object"),
    "control": N_("a control"),
}
"""Elements that show another document or a program, and what they are."""
_CLICKED = ("hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver")
"""Elements whose relation is followed by a click only."""


def relation_problems(document: Document) -> Iterator[Problem]:
    """Yield the relations that a template must not have, its mail merge among them."""
    package = document.part.package
    yield from _relation_problems(package.rels.values(), None)
    for part in package.iter_parts():
        yield from _relation_problems(part.rels.values(), part)
    if next(document.settings.element.iter("{*}mailMerge"), None) is not None:
        yield _MERGE(Where())


def _relation_problems(relations: Iterable[Any], part: Part | None) -> Iterator[Problem]:
    place = _Uses(part).place
    for relation in relations:
        kind, target = relation.reltype.rpartition("/")[2], relation.target_ref
        if relation.reltype == REL.HYPERLINK:
            if not is_harmless(target):
                yield _LINK(Where(cell=place(relation.rId)), target=excerpt(target))
        elif kind == "attachedTemplate":
            yield _ATTACHED(Where(), target=excerpt(target))
        elif relation.is_external:
            what = Term(_WHAT.get(kind, _SOMETHING))
            yield _OUTSIDE(Where(cell=place(relation.rId)), what=what, target=excerpt(target))
        else:
            yield from _inner_relation_problems(relation, kind, part, place)


def _inner_relation_problems(
    relation: Any, kind: str, part: Part | None, place: Callable[[str], str]
) -> Iterator[Problem]:
    """Yield what is wrong with a relation to a part; Word goes by these, whatever the content type says."""
    name = relation.target_part.partname.lstrip("/")
    if any(word in kind.lower() for word in ACTIVE_WORDS):
        if not any(word in relation.target_part.content_type.lower() for word in ACTIVE_WORDS):
            yield ACTIVE(Where(), part=name)
    elif _is_inserted(kind, part):
        yield EMBEDDED(Where(cell=place(relation.rId)), part=name)


def _is_inserted(kind: str, part: Part | None) -> bool:
    """Return whether a relation is to another document; a chart has its numbers in one."""
    is_chart = part is not None and "chart" in part.content_type
    return kind in _FORBIDDEN_RELATIONS or (kind == "package" and not is_chart)


class _Uses:
    """Where in a part its relations are used; looked for once, and only if somebody asks."""

    def __init__(self, part: Part | None) -> None:
        self._part = part

    @cached_property
    def _used(self) -> dict[str, list[Any]]:
        return _users(self._part, self._part.element) if isinstance(self._part, XmlPart) else {}

    @cached_property
    def _places(self) -> Places:
        return Places(self._part.element if isinstance(self._part, XmlPart) else None)

    def place(self, relation: str) -> str:
        """Return where a relation is used; without a place there, the name of the part."""
        if self._part is None:
            return ""
        used = self._used.get(relation)
        return (self._places.of(used[0]) if used else "") or self._part.partname.lstrip("/")


def _users(part: Part, root: Any) -> dict[str, list[Any]]:
    """Return the elements that name a relation of a part, by its identifier."""
    found: dict[str, list[Any]] = {}
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            if value in part.rels:
                found.setdefault(value, []).append(element)
    return found


def loading_problems(part: Part, root: Any) -> Iterator[Problem]:
    """Yield what loads something in the text of a part, whatever its relations are said to be."""
    places = Places(root)
    for name in (*_LOADING, _VIDEO):
        for found in root.xpath(f'//@*[local-name() = "{name}"]'):
            if found.strip() and not (name != _VIDEO and found.strip().startswith(_INSIDE)):
                what = Term(_WHAT["video"] if name == _VIDEO else _SOMETHING)
                yield _OUTSIDE(Where(cell=places.of(found.getparent())), what=what, target=excerpt(found))
    for element in root.iter(*(f"{{*}}{name}" for name in _INSERTED)):
        if not any(_is_told(part, value) for value in element.attrib.values()):
            what = Term(_INSERTED[etree.QName(element).localname])
            yield EMBEDDED(Where(cell=places.of(element)), part=what)
    for key, users in _users(part, root).items():
        relation = part.rels[key]
        if relation.is_external and relation.reltype == REL.HYPERLINK:
            for user in users:
                if etree.QName(user).localname not in _CLICKED:
                    where = Where(cell=places.of(user))
                    yield _OUTSIDE(where, what=Term(_SOMETHING), target=excerpt(relation.target_ref))


def _is_told(part: Part, relation: str) -> bool:
    """Return whether a relation is refused itself."""
    found = part.rels.get(relation)
    kind = found.reltype.rpartition("/")[2] if found else ""
    return found is not None and (
        found.is_external or _is_inserted(kind, part) or any(word in kind.lower() for word in ACTIVE_WORDS)
    )
