"""The numbers that Word sets before headings by itself, for the places that must print them as text."""

from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from selfaudit.base.text import chinese_number
from selfaudit.word.package import root_of

_LEVELS = 9


class Numbering:
    """Counts numbered paragraphs from the top of a document and returns the label that Word will show."""

    def __init__(self, document: Document) -> None:
        """Read the numbering definitions of a document."""
        part = next(
            (r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING), None
        )
        root = root_of(part) if part is not None else None
        abstract = {} if root is None else {a.get(qn("w:abstractNumId")): a for a in root.iter(qn("w:abstractNum"))}
        numbers = () if root is None else root.iter(qn("w:num"))
        self._lists = {n.get(qn("w:numId")): abstract.get(_value(n, "w:abstractNumId")) for n in numbers}
        self._counts: dict[Any, list[int]] = {}

    def label(self, properties: list[Any]) -> str:
        """Count a paragraph and return its label; ``properties`` are its own ``w:pPr`` and those of its styles."""
        marks = [mark for p in properties if (mark := p.find(qn("w:numPr"))) is not None]
        number = next((value for mark in marks if (value := _value(mark, "w:numId"))), "")
        level = int(next((value for mark in marks if (value := _value(mark, "w:ilvl"))), "0"))
        found = self._lists.get(number)
        if found is None:
            return ""
        levels = {int(lvl.get(qn("w:ilvl"))): lvl for lvl in found.iter(qn("w:lvl"))}
        counts = self._counts.setdefault(found, [0] * _LEVELS)
        counts[level] += 1
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        return _label(levels, level, counts)


def _label(levels: dict[int, Any], level: int, counts: list[int]) -> str:
    if level not in levels:
        return ""
    text = _value(levels[level], "w:lvlText")
    for n in range(level + 1):
        form = _value(levels[n], "w:numFmt") if n in levels else "decimal"
        text = text.replace(f"%{n + 1}", chinese_number(counts[n]) if form.startswith("chinese") else str(counts[n]))
    return text + ("" if _value(levels[level], "w:suff") == "nothing" else " ")


def _value(element: Any, tag: str) -> str:
    child = element.find(qn(tag))
    return "" if child is None else child.get(qn("w:val"), "")
