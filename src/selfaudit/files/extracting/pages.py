"""The text of a web page: what a reader sees, a line for every block."""

from typing import Any

from lxml import etree

from selfaudit.base.problems import Where
from selfaudit.base.text import shortened
from selfaudit.files.extracting.extracted import Builder, Extracted
from selfaudit.files.extracting.problems import DAMAGED

_UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "object", "iframe", "svg"})
_INLINE_NAMES = (
    "a abbr b bdi bdo big cite code data dfn del em font i ins kbd label mark q s samp small span strike strong sub"
    " sup time tt u var"
)
_INLINE = frozenset(_INLINE_NAMES.split(" "))
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_HEADING = 60


def page_text(page: str, file: str) -> Extracted:
    """Return the text of a page, given as it was decoded."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError as exc:
        return Extracted(problem=DAMAGED(Where(file), detail=shortened(str(exc), 80)))
    built = Builder("paragraph")
    if root is not None:
        _walk(root, built)
    return built.done()


def _walk(root: Any, built: Builder) -> None:
    """Add what is below an element, in order; as a stream, since a page may be as deep as it likes."""
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = str(element.tag)
        if name in _UNSEEN:
            unseen += 1 if event == "start" else -1
        elif not unseen and event == "start":
            if name not in _INLINE:
                _end_line(built)
            if name in _HEADINGS and (text := " ".join("".join(element.itertext()).split())):
                built.mark(shortened(text, _LONGEST_HEADING))
            _add(built, element.text)
        elif not unseen and name not in _INLINE:
            _end_line(built)
        if event == "end" and not unseen:
            _add(built, element.tail)
    _end_line(built)


def _add(built: Builder, text: str | None) -> None:
    if text and (plain := " ".join(text.split())):
        built.add(f" {plain}" if text[0].isspace() and built.pieces and built.pieces[-1] != "\n" else plain)


def _end_line(built: Builder) -> None:
    if built.pieces and built.pieces[-1] != "\n":
        built.add("\n")
