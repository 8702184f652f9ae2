"""Block-style YAML that the reader beside it reads back identical: text, dicts and lists.

A text is unquoted only if no YAML reader could take it for anything but this text; every other one is a JSON string,
which YAML's double quotes understand.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from selfaudit.base.text import printable

DEEPEST = 19
LONGEST_KEY = 500

_BARE = re.compile(r"[^\W\d_](?:[\w.·/（）()《》〔〕、，。；-]| (?=[^\W_]))*")
# What YAML 1.1 readers take for truth values or nothing.
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
# What YAML refuses between quotation marks or folds, and what nobody could see there.
_ESCAPED = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_BEFORE_COLON = re.compile(r'\\"(?=[ \t]*[:：])')
_OPENING = re.compile(r"[\[{]")
# What a search for typing mistakes could take for something else between brackets.
_AWKWARD = re.compile(r"[*&!@%`|>#]")
_ODD = re.compile(r"[\[\]{}*&!@%`|>#]")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"')
_BRACKET = re.compile(r"[\[\]{}]")
_APART = "\x1e"
"""Separates entries that are encoded together; no text of a form may contain it."""
# json.dumps would make an encoder for every call
_encode = json.JSONEncoder(ensure_ascii=False).encode


def dump(data: Any, comments: Mapping[tuple[str | int, ...], str] | None = None) -> str:
    """Return ``data`` as block-style YAML.

    ``comments`` are written above the value at their path, ``()`` being the top of the file; an empty line of a comment
    is written as an empty line. A value that is None is left out, to be filled in after its name. Anything but text,
    dicts and lists raises ``TypeError``; what the reader would refuse for its depth or the length of a name raises
    ``ValueError``.
    """
    comments = comments or {}
    # alone on its line, a bare word looks like a name whose colon was forgotten
    lines = [_quoted(data)] if isinstance(data, str) else _block(data, (), comments)
    return "\n".join([*_comment(comments, ()), *lines]) + "\n"


def flow(data: Any) -> str:
    """Return plain data as JSON on one line, which every YAML reader, ours included, reads as what it is."""
    text = _ESCAPED.sub(_escape, _encode(data))
    if _AWKWARD.search(text) or len(_BRACKET.findall(text)) != 2 * _containers(data):
        text = _STRING.sub(lambda string: _ODD.sub(_escape, string[0]), text)
    return text


def flows(entries: list[Any]) -> list[str]:
    """Return what ``flow`` makes of each entry, some times faster for many."""
    apart = [_APART] * (2 * len(entries) - 1)
    apart[::2] = entries
    whole = _encode(apart)
    texts = "".join(_texts(whole))
    if _ESCAPED.search(texts) or any(map(texts.__contains__, "[]{}")):
        return [flow(entry) for entry in entries]
    # there is a bracket in no text, and nothing awkward outside of one
    lines = _AWKWARD.sub(_escape, whole)[1:-1].split(f", {_encode(_APART)}, ")
    return lines if len(lines) == len(entries) else [flow(entry) for entry in entries]


def _texts(encoded: str) -> list[str]:
    """Return what JSON has between quotation marks, without any escaped mark or backslash."""
    return encoded.replace(r"\\", "").replace(r"\"", "").split('"')[1::2]


def _containers(data: Any) -> int:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    return 0 if inner is None else 1 + sum(map(_containers, inner))


def _block(data: Any, path: tuple[str | int, ...], comments: Mapping[tuple[str | int, ...], str]) -> list[str]:
    if len(path) > DEEPEST:
        raise ValueError(f"nested more than {DEEPEST} levels deep")
    if not isinstance(data, dict | list) or not data:
        return [_inline(data)]
    lines = []
    if isinstance(data, list):
        for n, value in enumerate(data):
            lines += [*_comment(comments, (*path, n)), *_item(_block(value, (*path, n), comments))]
        return lines
    for key, value in data.items():
        lines += _comment(comments, (*path, key))
        if value is None:
            lines.append(f"{_key(key)}:")
            continue
        inner = _block(value, (*path, key), comments)
        if isinstance(value, dict | list) and value:
            lines += [f"{_key(key)}:", *map(_indented, inner)]
        else:
            lines.append(f"{_key(key)}: {inner[0]}")
    return lines


def _item(lines: list[str]) -> list[str]:
    """Return the lines of a value as those of a list's item; comments above its first line stay above the dash."""
    first = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *map(_indented, lines[first + 1 :])]


def _indented(line: str) -> str:
    return f"  {line}" if line else ""


def _comment(comments: Mapping[tuple[str | int, ...], str], path: tuple[str | int, ...]) -> list[str]:
    return [f"# {printable(line)}" if line else "" for line in comments.get(path, "").splitlines()]


def _inline(data: Any) -> str:
    if isinstance(data, str):
        return data if _BARE.fullmatch(data) and data.lower() not in _WORDS else _quoted(data)
    if isinstance(data, dict):
        return "{}"
    if isinstance(data, list):
        return "[]"
    raise TypeError(f"{type(data).__name__} cannot be written; only text, dicts and lists can")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{type(key).__name__} cannot be a name; only text can")
    if len(key) > LONGEST_KEY:
        raise ValueError(f"a name of more than {LONGEST_KEY} characters")
    if _BARE_KEY.fullmatch(key) and key.lower() not in _WORDS:
        return key
    # the reader's search for typing mistakes takes the next quotation mark for the end of a name
    inner = _quoted(key)[1:-1].replace('\\"', "\\u0022")
    return f'"{inner}"'


def _quoted(text: str) -> str:
    quoted = _ESCAPED.sub(_escape, _encode(text))
    # for the same reason a text may not have a quotation mark before a colon
    quoted = _BEFORE_COLON.sub(r"\\u0022", quoted)
    # the reader counts brackets before it knows what is quoted, so a text may not leave one open
    return quoted if _balanced(text) else _OPENING.sub(_escape, quoted)


def _escape(char: re.Match[str]) -> str:
    return f"\\u{ord(char[0]):04x}"


def _balanced(text: str) -> bool:
    depth = 0
    for char in _BRACKET.findall(text):
        depth += 1 if char in "[{" else -1
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0
