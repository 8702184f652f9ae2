"""Changes single values in a YAML text and leaves every other character, comments too, as somebody wrote it."""

import re
from collections.abc import Mapping

from selfaudit.files.yaml.reader import Document
from selfaudit.files.yaml.writer import flow

_BREAK = re.compile(r"\r\n?|\n")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def with_values(text: str, document: Document, values: Mapping[tuple[str | int, ...], str]) -> str:
    """Return the text with other scalars at these paths; ``document`` is what it was read into, without a mistake.

    A path at which there is nothing is passed over.
    """
    spans = {path: span for path in values if (span := document.span(path))}
    starts = _line_starts(text)
    for path, (start, end) in sorted(spans.items(), key=lambda entry: entry[1], reverse=True):
        value = values[path] if _PLAIN.fullmatch(values[path]) else flow(values[path])
        text = text[: starts[start[0]] + start[1]] + value + text[starts[end[0]] + end[1] :]
    return text


def without_line(text: str, document: Document, key: str) -> str:
    """Return the text without a key at the top of it whose value is on the same line."""
    span = document.span((key,))
    if span is None:
        return text
    starts = [*_line_starts(text), len(text)]
    start, end = span[0][0], span[1][0]
    return text[: starts[start]] + text[starts[end + 1] :]


def _line_starts(text: str) -> list[int]:
    """Return where each line begins; the mark of the byte order belongs to none."""
    return [int(text.startswith("\ufeff")), *(found.end() for found in _BREAK.finditer(text))]
