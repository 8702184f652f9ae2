"""The tags of a template, each with the place where the user finds it in Word."""

import re
from dataclasses import dataclass
from typing import Any

from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from selfaudit.word.guard.places import places, with_text
from selfaudit.word.package import TAG, broken_tags, join_tags, root_of, texts_of

_SHAPE = re.compile(r"\{([{%#])(?:(p|tr|tc|r)(?=\s))?([-+]?)(.*?)([-+]?)[}%#]\}", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_INVISIBLE = {qn(f"w:{name}") for name in ("lang", "noProof", "rFonts", "webHidden", "spacing", "kern")}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its text, its level (``p``, ``tr``, ``tc``, ``r`` or none) and its content."""

    text: str
    kind: str
    level: str
    code: str

    @property
    def word(self) -> str:
        """The first word of a statement, such as ``for``; empty for what prints."""
        found = re.match(r"\w*", self.code) if self.kind == "%" else None
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a template that may contain tags."""

    place: str
    element: Any
    text: str
    tags: tuple[Tag, ...]
    restyled: tuple[str, ...]

    @property
    def rest(self) -> str:
        """What is left of the text without its tags."""
        return TAG.sub("", self.text)

    def holder(self, level: str) -> Any:
        """Return the element inside which a block of a level must be closed."""
        if level in {"tr", "tc"}:
            wanted = qn("w:tbl") if level == "tr" else qn("w:tr")
            return next(self.element.iterancestors(wanted), self.element)
        return self.element.getparent()

    def unit(self, level: str) -> Any:
        """Return the element that a tag of a level takes the place of."""
        wanted = {"tr": qn("w:tr"), "tc": qn("w:tc")}.get(level)
        return next(self.element.iterancestors(wanted), self.element) if wanted else self.element


def spots_of(part: Part) -> list[Spot]:
    """Return the paragraphs of a part in order, their tags joined."""
    root = parse_xml(etree.tostring(root_of(part)))
    return [_spot(paragraph, place) for paragraph, place in places(root)]


def _spot(paragraph: Any, place: str) -> Spot:
    restyled = tuple(tag for tag, pieces in broken_tags(paragraph) if len({_look(t) for t in pieces}) > 1)
    join_tags(paragraph)
    text = "".join(t.text or "" for t in texts_of(paragraph))
    tags = tuple(_tag(found[0]) for found in TAG.finditer(text))
    return Spot(with_text(place, paragraph), paragraph, text, tags, restyled)


def _look(text: Any) -> bytes:
    """Return what a reader sees of the formatting of a ``w:t``."""
    marks = text.getparent().find(qn("w:rPr"))
    return b"" if marks is None else b"".join(etree.tostring(mark) for mark in marks if mark.tag not in _INVISIBLE)


def _tag(text: str) -> Tag:
    found = _SHAPE.fullmatch(text)
    kind, level, _before, code, _after = found.groups() if found else ("#", "", "", "", "")
    return Tag(text, kind, level or "", code.strip().translate(_QUOTES))
