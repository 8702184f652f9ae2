"""A strict YAML reader: every scalar is text, nothing is guessed, every value knows its place.

Refuses duplicate keys, anchors, aliases, tags and deep nesting; the last before libyaml sees the text, because libyaml
recurses on the C stack. Parsing stops at libyaml's node tree: it is both faster than PyYAML's constructor and holds the
positions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, Where, error
from selfaudit.store.yaml_lint import NO_COLON, is_clean, lint

DEEPEST = 50

TOO_DEEP = error(
    "yaml.too-deep",
    N_("nested more than {deepest} levels deep"),
    N_("Use the file as it was issued; nothing in it needs that many brackets."),
)
SYNTAX = error("yaml.syntax", N_("cannot be read here: {detail}"), N_("Compare this line with the ones around it."))
UNCLOSED = error("yaml.unclosed-quote", N_("a quotation mark is opened here and not closed"), N_("Close it."))
UNCLOSED_FLOW = error("yaml.unclosed-bracket", N_("a bracket is opened here and not closed"), N_("Close it."))
DUPLICATE = error(
    "yaml.duplicate-key",
    N_("“{key}” is given twice, first in line {first}"),
    N_("Keep one of them; put both texts into it if both are meant."),
)
REFERENCE = error(
    "yaml.reference", N_("anchors, aliases and tags (&name *name !tag) are not read"), N_("Write the text itself.")
)
ODD_KEY = error(
    "yaml.odd-key", N_("a name must be a plain word"), N_("Put one name and a colon at the start of the line.")
)

_CHAIN = re.compile(r"^[ ]*(?:[-?:][ \t]+){20,}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")


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

    def where(self, path: tuple[str | int, ...] = (), *, key: bool = False) -> Where:
        """Return the place of the value (or of its key) at a path; of the nearest one above if there is none."""
        node, mark = self._root, self._root.start_mark if self._root is not None else None
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            node = found[1]
            mark = (found[0] if key and found[0] is not None else node).start_mark
        return Where(self.file, mark.line + 1, mark.column + 1) if mark else Where(self.file, 1, 1)


def _child(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def read_yaml(text: str, file: str) -> tuple[Document, list[Problem]]:
    """Parse a text into a document and every mistake found in it.

    With an error among the problems, ``data`` holds what could be read after the obvious repairs (for finding further
    mistakes only), or None.
    """
    found: list[Problem] = []
    repaired = text
    if not is_clean(text):
        if problem := _too_deep(text, file):
            return Document(file, None, None), [problem]
        found, repaired = lint(text, file)
    try:
        root = _Parser(repaired).get_single_node()
    except yaml.MarkedYAMLError as exc:
        later = _syntax(exc, file)
        lines = {p.where.line for p in found}
        return Document(file, None, None), found if later.where.line in lines else [*found, later]
    except (yaml.YAMLError, RecursionError) as exc:
        return Document(file, None, None), [*found, SYNTAX(Where(file, 1, 1), detail=str(exc).splitlines()[0])]
    builder = _Builder(file)
    data = builder.build(root) if root is not None else None
    return Document(file, data, root), found + builder.problems


def _too_deep(text: str, file: str) -> Problem | None:
    if chain := _CHAIN.search(text):
        return TOO_DEEP(Where(file, text.count("\n", 0, chain.start()) + 1, 1), deepest=DEEPEST)
    if text.count("[") + text.count("{") <= DEEPEST:
        return None
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > DEEPEST:
            return TOO_DEEP(Where(file, text.count("\n", 0, bracket.start()) + 1, 1), deepest=DEEPEST)
    return None


class _Builder:
    """Turns nodes into plain data, collecting mistakes instead of stopping at the first."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
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
            return [self.build(child, depth + 1) for child in value]
        return self._mapping(value, depth + 1)

    def _mapping(self, pairs: list[tuple[Any, Any]], depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, child in pairs:
            key = key_node.value
            if key.__class__ is not str:
                self._complain(ODD_KEY, key_node, None)
            elif key in out:
                first = next(k.start_mark.line + 1 for k, _ in pairs if k.value == key)
                self._complain(DUPLICATE, key_node, None, key=key, first=first)
            else:
                out[key] = self.build(child, depth)
        return out

    def _complain(self, kind: Kind, node: Any, value: Any, **args: Any) -> Any:
        self.problems.append(kind(Where(self._file, node.start_mark.line + 1, node.start_mark.column + 1), **args))
        return value


def _syntax(exc: yaml.MarkedYAMLError, file: str) -> Problem:
    """Translate libyaml's complaint; for an unclosed thing or a missing colon its own mark is a line late."""
    text = f"{exc.context or ''} {exc.problem or ''}"
    mark = exc.context_mark or exc.problem_mark
    where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file, 1, 1)
    if "quoted scalar" in text:
        return UNCLOSED(where)
    if "expected ':'" in text:
        return NO_COLON(where)
    if "flow sequence" in text or "flow mapping" in text:
        return UNCLOSED_FLOW(where)
    late = exc.problem_mark or mark
    return SYNTAX(Where(file, late.line + 1, late.column + 1) if late else where, detail=exc.problem or text.strip())


def walk(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every scalar of parsed data with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*path, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from walk(value, (*path, n))
    else:
        yield path, data
