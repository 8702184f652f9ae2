"""A fast reader for the YAML that this program writes: a ``name: value`` a line, blocks by indentation, nothing else.

What it reads, the strict reader reads as the same data without a complaint. Of everything else it says nothing: then
the strict one has to look. It keeps no places; where one is needed, the text is parsed again.
"""

import json
import re
from typing import Any

from selfaudit.files.yaml.reader import MOST_VALUES

DEEPEST = 12
"""Blocks that may be open at once; a form has five."""

# What libyaml refuses, takes for a break, or may take for more than a space. LF alone ends a line.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPE = r"\\(?:[\"\\/bfnrt]|u(?![dD][89A-Fa-f])[0-9A-Fa-f]{4})"
# A line that names something, with the empty ones and the comments before it; or the end; or a character that belongs
# to neither. No character is in none of the three, so ``findall`` skips nothing.
_LINE = re.compile(
    r"(?:[ ]{0,60}+(?:\#[^\n]*+)?+\n)*+"
    r"(?:(?P<indent>[ ]{0,60}+)(?P<dash>-[ ]{1,20}+)?+(?P<key>[A-Za-z_][\w-]{0,99}+):"
    r"(?:[ ]++(?:"
    r"\"(?P<quoted>[^\"\\\n]++)\""
    r"|(?P<plain>[^\s\"'\[\]{}@%*&!`#|>:,?-][^\n#:]*+(?:(?<!\s)\#[^\n#:]*+|:(?=[^\s])[^\n#:]*+)*+)"
    rf"|(?P<other>\"(?:[^\"\\\n]++|{_ESCAPE})*+\"|'(?:[^'\n]++|'')*+'|\[\])"
    r"))?+[ ]*+\n"
    r"|\Z|(?P<unknown>.))",
    re.DOTALL,
)


class _Unusual(Exception):  # noqa: N818 - it is no error
    """The text is not of the kind that is read here."""


def read_fast(text: str) -> dict[str, Any] | None:
    """Return the data of a text, in text, lists and dicts; None if it is not plainly written, or empty."""
    text = text.replace("\r\n", "\n")
    if text[-1:] != "\n":
        text += "\n"
    if _ODD.search(text) or text.count("\n") + text.count(",") > MOST_VALUES:
        return None
    try:
        return _read(text) or None
    except _Unusual:
        return None


def _read(text: str) -> dict[str, Any]:
    blocks = _Blocks()
    top = here = blocks.here
    column = 0
    for indent, dash, key, quoted, plain, other, unknown in _LINE.findall(text):
        if not key:
            if unknown:
                raise _Unusual
            continue
        at = len(indent)
        if dash:
            here = blocks.item(at, at + len(dash))
            column = blocks.column
        elif at != column:
            here = blocks.pair(at)
            column = at
        if key in here:
            raise _Unusual
        blocks.opened = ""
        if quoted:
            here[key] = quoted
        elif plain:
            here[key] = plain.rstrip(" ")
        elif other:
            here[key] = _unquoted(other)
        else:
            here[key] = ""
            blocks.opened = key
    return top


def _unquoted(text: str) -> Any:
    if text[0] == '"':
        return json.loads(text)
    return [] if text == "[]" else text[1:-1].replace("''", "'")


class _Blocks:
    """The blocks that are open, by indentation: maps, and lists of maps."""

    __slots__ = ("_above", "_dashes", "_items", "column", "here", "opened")

    def __init__(self) -> None:
        self.here: dict[str, Any] = {}
        """The innermost map, whose names start in ``column``."""
        self.column = 0
        self.opened = ""
        """The name in the line above, if nothing comes after it: a block may follow."""
        self._items: list[Any] = []
        """The list whose item the innermost map is; its dashes are in ``_dashes``, which is -1 if it is no item."""
        self._dashes = -1
        self._above: list[tuple[dict[str, Any], int, list[Any], int]] = []

    def item(self, dashes: int, column: int) -> dict[str, Any]:
        """Begin a new item of a list whose dashes are in a column, with its names in another one."""
        if self.opened and dashes > self.column:
            self._open()
            self._items = []
            self._above[-1][0][self.opened] = self._items
            self._dashes = dashes
        while self._dashes != dashes:
            self._close()
        self.here, self.column = {}, column
        self._items.append(self.here)
        return self.here

    def pair(self, column: int) -> dict[str, Any]:
        """Return the map whose names start in another column than those of the line above."""
        if column > self.column:
            if not self.opened:
                raise _Unusual
            self._open()
            inner: dict[str, Any] = {}
            self.here[self.opened] = inner
            self.here, self.column, self._dashes = inner, column, -1
            return inner
        while column < self.column:
            self._close()
        if column != self.column:
            raise _Unusual
        return self.here

    def _open(self) -> None:
        if len(self._above) == DEEPEST:
            raise _Unusual
        self._above.append((self.here, self.column, self._items, self._dashes))

    def _close(self) -> None:
        if not self._above:
            raise _Unusual
        self.here, self.column, self._items, self._dashes = self._above.pop()
