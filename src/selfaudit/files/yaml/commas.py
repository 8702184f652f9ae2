"""Commas in one-line entries: those that cut a text in two, and full-width ones that should have been ordinary ones."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

_QUOTED = re.compile(r"(?<=[\[{,:，])[ \t]*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')")
_WIDE = re.compile(r"，")
# In a mapping a comma is part of a text, unless a name follows it or it stands in a list.
_WIDE_IN_MAP = re.compile(r"，(?=[ \t]*[a-z_]+[ \t]*[:：])|(?<=[^\[\]{}])，(?=[^\[\]{}]*\])")


def with_plain_commas(text: str) -> str:
    """Return a bracketed text with ordinary commas where full-width ones stand between two entries."""
    masked = _QUOTED.sub(lambda match: "x" * len(match[0]), text)
    wide = (_WIDE_IN_MAP if text[0] == "{" else _WIDE).finditer(masked)
    for match in reversed(list(wide)):
        text = f"{text[: match.start()]}, {text[match.end() :].lstrip()}"
    return text


def without_colon(pairs: list[tuple[Any, Any]], text: str) -> Iterator[tuple[Any, Any, list[Any]]]:
    """Yield the pairs of a mapping in braces, each with the keys after it that have no colon; these are no pairs.

    Keys that come before any pair are yielded with None in place of both its nodes.
    """
    name, value = None, None
    lost: list[Any] = []
    for key, child in pairs:
        if _is_empty(child) and ":" not in text[key.end_mark.index : child.start_mark.index]:
            lost.append(key)
            continue
        if name is not None or lost:
            yield name, value, lost
        name, value, lost = key, child, []
    if name is not None or lost:
        yield name, value, lost


def _is_empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style
