"""Prints: results to stdout, messages and problems to stderr."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from selfaudit.base.i18n import _, ngettext
from selfaudit.base.problems import Problem, Severity
from selfaudit.base.text import on_one_line, on_screen

_FORGED = re.compile(r"(?<=[^\n])\n(?=\S)")
"""A line break inside, behind which something would stand at the margin: names and quoted texts come from others."""


def line(said: str = "") -> None:
    """Print one line of the result; nothing in it steers the terminal, or looks like a line of its own.

    There may be empty lines around it, and indented lines may belong to it.
    """
    text(_FORGED.sub("␊", said))


def text(said: str) -> None:
    """Print a text of several lines that is the program's own."""
    sys.stdout.write(f"{on_screen(said)}\n")


def message(text: str) -> None:
    """Print a message beside the result, in the same way."""
    sys.stderr.write(f"{on_screen(_FORGED.sub('␊', text))}\n")


def data(value: Any) -> None:
    """Print the result for a script."""
    import json

    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=not utf8, indent=2, default=str)
    # JSON leaves some characters as they are that steer a terminal
    sys.stdout.write(f"{_STEERS.sub(_escaped, text)}\n")


_STEERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def problems(found: Iterable[Problem], most: int | None = None) -> None:
    """Print problems, one a line, with severity, place and message; a hint once for those in a row that share it.

    Of more than ``most`` of one kind in a row only the first is printed, with how many there are.
    """
    for _code, group in groupby(found, key=lambda problem: (problem.code, problem.hint)):
        same = list(group)
        if most is not None and len(same) > most:
            message(_("{first} (and {n} more of this kind)").format(first=_problem(same[0]), n=len(same) - 1))
        else:
            for problem in same:
                message(_problem(problem))
        if same[0].hint:
            message(f"    → {same[0].hint}")


def doubts(found: Sequence[Problem]) -> None:
    """Print numbers that cannot be right, and what to do about them, as part of the result."""
    if found:
        line(_("Numbers that cannot be right ({n}):").format(n=len(found)))
        for problem in found:
            line(f"  {problem.message}")
        line(f"    → {found[0].hint}")


def _problem(problem: Problem) -> str:
    words = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}
    where = f"{problem.where}: " if str(problem.where) else ""
    return f"{where}{words[problem.severity]}: {problem.message}"


def names(several: Iterable[object]) -> str:
    """Return several names as one text."""
    return _(", ").join(map(str, several))


def some(several: Sequence[object], most: int = 6) -> str:
    """Return the first of several names and how many more there are."""
    if len(several) <= most:
        return names(several)
    return _("{names} and {n} others").format(names=names(several[: most - 1]), n=len(several) - most + 1)


def count_problems(found: Sequence[Problem]) -> str:
    """Return a sentence that says how much is wrong."""
    counts = {severity: sum(p.severity is severity for p in found) for severity in Severity}
    bad, doubtful, told = counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.NOTE]
    parts = [
        (bad, ngettext("{n} error must be corrected", "{n} errors must be corrected", bad)),
        (doubtful, ngettext("{n} point is open", "{n} points are open", doubtful)),
        (told, ngettext("{n} remark", "{n} remarks", told)),
    ]
    return _("; ").join(text.format(n=count) for count, text in parts if count) or _("No problems found")


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows in columns; full-width characters count as two, numbers go to the right."""
    cells = [[on_one_line(str(cell)) for cell in row] for row in rows]
    widths = [max(map(width, column), default=0) for column in zip(header, *cells, strict=True)]
    right = [bool(cells) and all(row[n].lstrip("-").isdigit() for row in cells) for n in range(len(header))]
    line(
        "  ".join(_pad(title, size, to_right=r) for title, size, r in zip(header, widths, right, strict=True)).rstrip()
    )
    line("  ".join("─" * size for size in widths))
    for row in cells:
        line("  ".join(_pad(cell, size, to_right=r) for cell, size, r in zip(row, widths, right, strict=True)).rstrip())


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, size: int, *, to_right: bool) -> str:
    blanks = " " * (size - width(text))
    return blanks + text if to_right else text + blanks
