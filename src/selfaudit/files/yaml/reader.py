"""A strict YAML reader: every scalar is text, nothing is guessed, every value knows its place.

Refuses duplicate keys, anchors, aliases, tags and deep nesting; the last before libyaml sees the text, because libyaml
recurses on the C stack. Parsing stops at libyaml's node tree: it is both faster than PyYAML's constructor and has the
positions.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error
from selfaudit.base.text import CONTROL, shortened
from selfaudit.files.encodings import CONTROL_CHARACTER
from selfaudit.files.yaml.commas import without_colon
from selfaudit.files.yaml.lint import is_clean, lint
from selfaudit.files.yaml.mistakes import (
    CUT_BY_COMMA,
    NO_BLANK,
    NO_COLON_INSIDE,
    REFERENCE,
    WIDE_COLON,
    WIDE_COMMA_INSIDE,
)

DEEPEST = 50
MOST_VALUES = 200_000
"""Lines and commas of the longest text that is parsed; libyaml needs about 400 bytes for each value."""

TOO_DEEP = error(
    "yaml.too-deep",
    N_("nested more than {deepest} levels deep"),
    N_("Use the file as it was issued; nothing in it needs that many brackets."),
)
TOO_MANY = error("yaml.too-many", N_("more than {most} values"), N_("Split the file, or use it as it was issued."))
SYNTAX = error(
    "yaml.syntax", N_("cannot be read from here on: {detail}"), N_("Compare this line with the ones around it.")
)
MISPLACED = error(
    "yaml.misplaced",
    N_("this line does not fit the lines above it"),
    N_("Start it in the same column as the lines around it, and compare the lines above with the issued file."),
)
SECOND = error(
    "yaml.second-document",
    N_("a second document begins here"),
    N_("Delete the line --- or ..., or split the file in two."),
)
UNCLOSED = error("yaml.unclosed-quote", N_("a quotation mark is opened here and not closed"), N_("Close it."))
UNCLOSED_FLOW = error("yaml.unclosed-bracket", N_("a bracket is opened here and not closed"), N_("Close it."))
ESCAPE = error(
    "yaml.escape", N_("a backslash inside quotation marks cannot be understood"), N_("Type the character itself.")
)
DUPLICATE = error(
    "yaml.duplicate-key",
    N_("“{key}” appears twice, first on line {first}"),
    N_("Keep one of them; if both are needed, combine the two texts in it."),
)
ODD_KEY = error(
    "yaml.odd-key", N_("a name must be a plain word"), N_("Put one name and a colon at the start of the line.")
)
ODD_BREAK = error("yaml.odd-break", N_("an invisible line break (U+{code})"), N_("Delete it, or type a space instead."))

_LISTED = 100
# Each level takes at least one more column, so this bounds how deep libyaml recurses.
_DEEP_LINE = re.compile(r"^[ \t?:-]{400}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_GLUED = re.compile(r"(?P<key>[a-z_]+)(?P<colon>[:：])(?P<value>[^\s/].*)")
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
# What libyaml says, by its words; true where the mark of what began serves better than that of where it failed.
_COMPLAINTS: tuple[tuple[str, Kind, bool], ...] = (
    ("escape", ESCAPE, True),
    ("quoted scalar", UNCLOSED, True),
    ("expected ':'", MISPLACED, True),
    ("alias", REFERENCE, True),
    ("anchor", REFERENCE, True),
    ("tag", REFERENCE, True),
    ("flow sequence", UNCLOSED_FLOW, True),
    ("flow mapping", UNCLOSED_FLOW, True),
    ("document", SECOND, False),
    ("not allowed in this context", MISPLACED, False),
    ("expected key", MISPLACED, False),
    ("block", MISPLACED, False),
    ("", SYNTAX, False),
)


class _Parser(CParser):
    """libyaml's parser, composing nodes without resolving tags: every implicit scalar is text."""

    def resolve(self, _kind: type, _value: Any, _implicit: Any) -> str:
        """Return the one tag of everything implicit."""
        return "text"

    def descend_resolver(self, _node: Any, _index: Any) -> None:
        """Nothing depends on where a node is."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node is."""


@dataclass(slots=True)
class Document:
    """A parsed file: ``data`` in text, lists and dicts, and the places of all of it."""

    file: str
    data: Any
    _root: Any
    _text: str = ""

    def where(self, path: tuple[str | int, ...] = (), *, key: bool = False) -> Where:
        """Return the place of the value (or of its key) at a path; of the nearest one above if there is none.

        A number behind the path of a text in a block (``|``) is the place of that character of it, counted from 0.
        """
        node, mark = self._root, self._root.start_mark if self._root is not None else None
        for step in path:
            found = _child(node, step)
            if found is None:
                if isinstance(step, int) and isinstance(node, yaml.ScalarNode) and node.style == "|":
                    return self._inside(node, step)
                break
            node = found[1]
            mark = (found[0] if key and found[0] is not None else node).start_mark
        return Where(self.file, mark.line + 1, mark.column + 1) if mark else Where(self.file, 1, 1)

    def _inside(self, block: yaml.ScalarNode, at: int) -> Where:
        """Return the place of a character of a block, each line of which stands indented on a line of the file."""
        inner = Where.in_text(self.file, block.value, min(at, len(block.value)))
        line = block.start_mark.line + inner.line
        indented = self._text.split("\n")[line : line + 1] or [""]
        written = block.value.split("\n")[inner.line - 1]
        return Where(self.file, line + 1, len(indented[0]) - len(written) + inner.column)

    def lines(self, path: tuple[str | int, ...]) -> range:
        """Return the lines, from 1, of what is at a path; no lines if there is nothing."""
        first = last = self._at(path)
        if first is None:
            return range(0)
        # the mark behind a block is where the next thing begins
        while isinstance(last, yaml.CollectionNode) and not last.flow_style and last.value:
            last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
        return range(first.start_mark.line + 1, last.end_mark.line + 2)

    def span(self, path: tuple[str | int, ...]) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """Return line and column, from 0, of the start and the end of the text at a path; None if there is none."""
        node = self._at(path)
        if not isinstance(node, yaml.ScalarNode):
            return None
        return (node.start_mark.line, node.start_mark.column), (node.end_mark.line, node.end_mark.column)

    def _at(self, path: tuple[str | int, ...]) -> Any:
        node = self._root
        for step in path:
            node = (_child(node, step) or (None, None))[1]
        return node


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def read_yaml(text: str, file: str) -> tuple[Document, list[Problem]]:
    """Parse a text into a document and every mistake found in it.

    With an error among the problems, ``data`` is what could be read after the obvious repairs (for finding further
    mistakes only), or None.
    """
    text, found = _with_plain_breaks(text, file)
    clean = is_clean(text)
    if problem := _too_large(text, file, clean=clean):
        return Document(file, None, None), [*found, problem]
    if not clean:
        mistakes, text = lint(text, file)
        found += mistakes
    root, fault = _parsed(text, file)
    if fault and clean:
        # every line is as it should be, but not where it should be
        found, text = lint(text, file)
        root, fault = _parsed(text, file) if found else (root, fault)
    if fault:
        told = fault.where.line in {p.where.line for p in found}
        return Document(file, None, None), found if told else [*found, fault]
    builder = _Builder(file, text)
    data = builder.build(root) if root is not None else None
    return Document(file, data, root, text), found + builder.problems


def _with_plain_breaks(text: str, file: str) -> tuple[str, list[Problem]]:
    """Leave no break but LF: what else YAML takes for one would hide lines from the search for mistakes."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x85" not in text and "\u2028" not in text and "\u2029" not in text:
        return text, []
    found = [
        ODD_BREAK(Where.in_text(file, text, match.start()), code=f"{ord(match[0]):04X}")
        for match in _ODD_BREAK.finditer(text)
    ]
    return _ODD_BREAK.sub(" ", text), found[:_LISTED]


def _too_large(text: str, file: str, *, clean: bool) -> Problem | None:
    if text.count("\n") + text.count(",") > MOST_VALUES:
        return TOO_MANY(Where(file), most=MOST_VALUES)
    if clean:
        return None
    if line := _DEEP_LINE.search(text):
        return TOO_DEEP(Where.in_text(file, text, line.start()), deepest=DEEPEST)
    if text.count("[") + text.count("{") <= DEEPEST:
        return None
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > DEEPEST:
            return TOO_DEEP(Where.in_text(file, text, bracket.start()), deepest=DEEPEST)
    return None


def _parsed(text: str, file: str) -> tuple[Any, Problem | None]:
    try:
        return _Parser(text).get_single_node(), None
    except yaml.MarkedYAMLError as exc:
        return None, _syntax(exc, file)
    except yaml.YAMLError as exc:
        if control := CONTROL.search(text):
            return None, CONTROL_CHARACTER(Where.in_text(file, text, control.start()), code=f"{ord(control[0]):04X}")
        return None, SYNTAX(Where(file, 1, 1), detail=str(exc).splitlines()[0])


def _syntax(exc: yaml.MarkedYAMLError, file: str) -> Problem:
    text = f"{exc.context or ''} {exc.problem or ''}"
    _, kind, began = next(row for row in _COMPLAINTS if row[0] in text)
    mark = (exc.context_mark if began else exc.problem_mark) or exc.problem_mark or exc.context_mark
    where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file, 1, 1)
    return kind(where, detail=text.strip())


class _Builder:
    """Turns nodes into plain data, collecting mistakes instead of stopping at the first."""

    def __init__(self, file: str, text: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._text = text
        self._seen: set[int] = set()

    def build(self, node: Any, depth: int = 0) -> Any:
        if node.tag != "text":
            return self._complain(REFERENCE, node, "")
        value = node.value
        if value.__class__ is str:
            return value
        if id(node) in self._seen:
            return self._complain(REFERENCE, node, None)
        self._seen.add(id(node))
        if depth > DEEPEST:
            return self._complain(TOO_DEEP, node, None, deepest=DEEPEST)
        if node.id == "sequence":
            return [self.build(child, depth + 1) for child in (self._apart(value) if node.flow_style else value)]
        return self._mapping(self._whole(value) if node.flow_style else value, depth + 1)

    def _apart(self, entries: list[Any]) -> list[Any]:
        """Return the entries of a list in brackets; those on lines of their own may have full-width commas in them."""
        apart = []
        for entry in entries:
            if entry.value.__class__ is not str or entry.style or "，" not in entry.value:
                apart.append(entry)
                continue
            parts = [part.strip() for part in entry.value.split("，") if part.strip()]
            self._complain(WIDE_COMMA_INSIDE, entry, None, list=shortened(", ".join(parts), 40))
            apart += [yaml.ScalarNode("text", part, entry.start_mark, entry.end_mark) for part in parts]
        return apart

    def _whole(self, pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        """Return the pairs of a mapping in braces, texts that were cut at a comma put together again."""
        whole = []
        for key, child, lost in without_colon([self._unglued(*pair) for pair in pairs], self._text):
            if lost:
                self._lost(key, child, lost)
            if key is not None:
                whole.append((key, child))
        return whole

    def _unglued(self, key: Any, child: Any) -> tuple[Any, Any]:
        """Return a pair as it was meant, if no space or a full-width colon made one name of it."""
        if child.value != "" or key.value.__class__ is not str or not (glued := _GLUED.fullmatch(key.value)):
            return key, child
        kind = NO_BLANK if glued["colon"] == ":" else WIDE_COLON
        self._complain(kind, key, None, key=glued["key"], value=shortened(glued["value"], 40))
        marks = (key.start_mark, key.end_mark)
        return yaml.ScalarNode("text", glued["key"], *marks), yaml.ScalarNode("text", glued["value"], *marks)

    def _lost(self, key: Any, child: Any, lost: list[Any]) -> None:
        """Report keys without a colon in braces; a text before them, which they belong to, gets them back."""
        first, said = lost[0], lost[0].value
        if any(part.value.__class__ is not str for part in lost):
            self._complain(ODD_KEY, first, None)
        elif key is None or child.value.__class__ is not str:
            self._complain(NO_COLON_INSIDE, first, None, key=shortened(said, 40))
        else:
            child.value = ", ".join([child.value, *(part.value for part in lost)])
            quoted = json.dumps(child.value, ensure_ascii=False)
            self._complain(CUT_BY_COMMA, first, None, lost=shortened(said, 40), key=key.value, quoted=quoted)

    def _mapping(self, pairs: list[tuple[Any, Any]], depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, child in pairs:
            key = key_node.value
            if key.__class__ is not str:
                self._complain(ODD_KEY, key_node, None)
            elif key in out:
                lines = lines or _first_lines(pairs)
                self._complain(DUPLICATE, key_node, None, key=key, first=lines[key])
            else:
                out[key] = self.build(child, depth)
        return out

    def _complain(self, kind: Kind, node: Any, value: Any, /, **args: Any) -> Any:
        if len(self.problems) < _LISTED:
            where = Where(self._file, node.start_mark.line + 1, node.start_mark.column + 1)
            self.problems.append(kind(where, **args))
        return value


def _first_lines(pairs: list[tuple[Any, Any]]) -> dict[str, int]:
    return {key.value: key.start_mark.line + 1 for key, _ in reversed(pairs) if key.value.__class__ is str}
