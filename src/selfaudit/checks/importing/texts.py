"""Reads texts and numbers by which rows are joined: what is invisible, too wide or too small is made plain."""

import re
from typing import NamedTuple

from selfaudit.base.problems import Kind
from selfaudit.checks.importing import words
from selfaudit.model.base import LONGEST_TEXT


class Value(NamedTuple):
    """The text of a value, None for an empty one; how it was read otherwise than written; why it is rejected."""

    text: str | None
    repair: Kind | None = None
    reject: Kind | None = None


EMPTY = Value(None)


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 \t\r\n"
_AROUND = re.compile(f"^['`‘’]?[{_SPACES}]+|[{_SPACES}]+$|^['`](?=[0-9A-Za-z])")
_INNER = re.compile(f"[{_SPACES}]+")
_NARROW = {0x3000: " "} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_NARROW_LETTERS = {
    code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


def cleaned(text: str) -> tuple[str, Kind | None]:
    """Return a text without invisible characters and without spaces around it, and what was done to it."""
    kept = _INVISIBLE.sub("", text)
    kept = _AROUND.sub("", kept)
    return kept, words.INVISIBLE if kept != text else None


def read_text(raw: str) -> Value:
    """Read a text: letters and figures half-width, other signs only where nothing but them is wide."""
    text, repair = cleaned(raw)
    narrow = text.translate(_NARROW)
    if not narrow.isascii():
        narrow = text.translate(_NARROW_LETTERS)
    if narrow != text:
        text, repair = narrow, words.NARROWED
    if len(text) > LONGEST_TEXT:
        return Value(None, None, words.TOO_LONG)
    return Value(text or None, repair)


def read_identity(raw: str) -> Value:
    """Read a number by which rows are joined: capitals, half-width, no spaces unless there are words in it."""
    text, repair = cleaned(raw)
    narrow = text.translate(_NARROW)
    if narrow != text:
        repair = words.NARROWED
    if narrow.isascii():
        text = _INNER.sub("", narrow)
        repair = words.INVISIBLE if text != narrow and repair is None else repair
        if text != text.upper():
            text, repair = text.upper(), repair or words.RAISED
    else:
        text = text.translate(_NARROW_LETTERS)
    return Value(text.removesuffix(".0") if re.fullmatch(r"\d+\.0", text) else text or None, repair)


def narrowed(text: str) -> str:
    """Return a text with all full-width signs made half-width."""
    return text.translate(_NARROW)


def letters_narrowed(text: str) -> str:
    """Return a text with full-width letters and figures made half-width."""
    return text.translate(_NARROW_LETTERS)


def without_spaces(text: str) -> str:
    """Return a text without any space in it."""
    return _INNER.sub("", text)
