"""The text of a Word document: body with tables and text boxes, headers, footers, notes.

What was deleted with tracked changes, or moved away, is left out; what was inserted is in it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, Where
from selfaudit.base.text import shortened
from selfaudit.files.extracting.extracted import Builder, Extracted
from selfaudit.files.extracting.problems import DAMAGED, LOCKED, TOO_LARGE
from selfaudit.files.zips import DAMAGE, DEFLATED, STORED, unpacked

_CUT_OFF = N_("its end is missing")
LARGEST = 64 * 1024 * 1024
"""Bytes of text that a document may unpack to; an audit record of a hundred pages has two MiB."""
_MOST_PARTS = 20_000
_PART = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)\d*\.xml")
_STYLES = "word/styles.xml"
_WORD = tuple(
    f"{{{name}}}"
    for name in (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The same again, for programs that cannot show what stands before it."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SAID_OF = ("pStyle", "outlineLvl")
_WHAT = {
    **{f"{space}{name}": name for space in _WORD for name in ("p", "t", *_SAID_OF, *_SIGNS)},
    **{f"{space}{name}": "gone" for space in _WORD for name in ("del", "moveFrom")},
    _MATH: "t",
    _TWICE: "gone",
}
_GONE = tuple(tag for tag, what in _WHAT.items() if what == "gone")
_PARAGRAPHS = tuple(tag for tag, what in _WHAT.items() if what == "p")
_INSIDE = tuple(tag for tag in _WHAT if tag not in (*_GONE, *_PARAGRAPHS))
_BODY_LEVEL = 9
"""The outline level of what is no heading."""
_LONGEST_HEADING = 60
_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def word_text(data: bytes, file: str) -> Extracted:
    """Return the text of a Word document."""
    where = Where(file)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE:
        return Extracted(problem=DAMAGED(where, detail=Term(_CUT_OFF)))
    try:
        with opened as archive:
            wanted = [info for info in archive.infolist() if _is_wanted(info.filename)]
            if refused := _refused(archive, wanted, where):
                return Extracted(problem=refused)
            parts = {info.filename: unpacked(archive, data, info).packed for info in wanted}
        return _read(parts)
    except (*DAMAGE, etree.LxmlError) as exc:
        return Extracted(problem=DAMAGED(where, detail=shortened(str(exc), 80)))


def _is_wanted(name: str) -> bool:
    return name == _STYLES or _PART.fullmatch(name) is not None


def _refused(archive: zipfile.ZipFile, wanted: list[zipfile.ZipInfo], where: Where) -> Problem | None:
    """Return why a document is not even unpacked."""
    if len(archive.infolist()) > _MOST_PARTS or sum(info.file_size for info in wanted) > LARGEST:
        return TOO_LARGE(where, limit=LARGEST >> 20)
    if any(info.flag_bits & 1 for info in wanted):
        return LOCKED(where)
    if any(info.compress_type not in (STORED, DEFLATED) for info in wanted):
        return DAMAGED(where, detail=wanted[0].filename)
    if not any(info.filename.startswith("word/document") for info in wanted):
        return DAMAGED(where, detail="word/document.xml")
    return None


def _read(parts: dict[str, bytes]) -> Extracted:
    """Return the text of the parts of a document, the body first; what every header repeats stands there once."""
    styles = parts.pop(_STYLES, b"")
    headings, built, seen = _headings(styles), Builder("paragraph"), set[str]()
    for name in sorted(parts, key=lambda name: (not name.startswith("word/document"), name)):
        kind = PurePosixPath(name).stem.rstrip("0123456789")
        made = _paragraphs(parts[name], headings)
        said = "".join(line for line, _ in made)
        if kind != "document":
            if said.strip() == "" or said in seen:
                continue
            seen.add(said)
            built.mark(f"@{kind}")
        for line, heading in made:
            if heading and kind == "document" and line.strip():
                built.mark(shortened(" ".join(line.split()), _LONGEST_HEADING))
            built.add(line)
    return built.done()


@lru_cache(32)
def _headings(styles: bytes) -> frozenset[str]:
    """Return the ids of the styles of headings; documents made from one form have the same styles."""
    return frozenset(_heading_styles(styles)) if styles else frozenset()


def _heading_styles(part: bytes) -> Iterator[str]:
    root = etree.fromstring(part, etree.XMLParser(**_SAFE))
    space = root.tag.rpartition("}")[0] + "}"
    for style in root.iter(f"{space}style"):
        name, level = style.find(f"{space}name"), style.find(f".//{space}outlineLvl")
        called = str(name.get(f"{space}val", "")).casefold() if name is not None else ""
        if called.startswith(("heading", "标题")) or (
            level is not None and _level(level.get(f"{space}val")) < _BODY_LEVEL
        ):
            yield str(style.get(f"{space}styleId", ""))


def _level(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else _BODY_LEVEL


def _paragraphs(part: bytes, headings: frozenset[str]) -> list[tuple[str, bool]]:
    """Return the lines of a part, and which are headings; those of a text box follow the one it stands in.

    As a whole: what events of a stream cost is more than a tree of this size, which is no larger for what is hostile.
    """
    root = etree.fromstring(part, etree.XMLParser(**_SAFE))
    for element in list(root.iter(*_GONE)):
        element.clear()
    made = []
    # what is read is cleared, so that the text of a box is no part of the paragraph around it
    for element in reversed(list(root.iter(*_PARAGRAPHS))):
        made.append(_line(element, headings))
        element.clear()
    return made[::-1]


def _line(paragraph: Any, headings: frozenset[str]) -> tuple[str, bool]:
    """Return what stands in a paragraph, and whether it is a heading."""
    pieces, heading = [], False
    for element in paragraph.iter(*_INSIDE):
        what = _WHAT[element.tag]
        if what == "t":
            pieces.append(element.text or "")
        elif what in _SIGNS:
            pieces.append(_SIGNS[what])
        else:
            value = next(iter(element.values()), None)
            heading |= value in headings if what == "pStyle" else _level(value) < _BODY_LEVEL
    return "".join(pieces) + "\n", heading
