"""Prints: results to stdout, messages and problems to stderr."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from selfaudit.base.clock import local
from selfaudit.base.i18n import _, ngettext
from selfaudit.base.problems import Problem, Severity


def line(text: str = "") -> None:
    """Print one line of the result."""
    sys.stdout.write(f"{text}\n")


def message(text: str) -> None:
    """Print a message beside the result."""
    sys.stderr.write(f"{text}\n")


def data(value: Any) -> None:
    """Print the result for a script."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    line(json.dumps(value, ensure_ascii=not utf8, indent=2, default=str))


def problems(found: Iterable[Problem]) -> None:
    """Print problems, one a line, with severity, place and message; a hint once for those in a row that share it."""
    words = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}
    for _code, same in groupby(found, key=lambda problem: (problem.code, problem.hint)):
        for problem in same:
            where = f"{problem.where}: " if str(problem.where) else ""
            message(f"{where}{words[problem.severity]}: {problem.message}")
        if problem.hint:
            message(f"    → {problem.hint}")


def names(several: Iterable[object]) -> str:
    """Return several names as one text."""
    return _(", ").join(map(str, several))


def count_problems(found: Sequence[Problem]) -> str:
    """Return a sentence that counts errors and warnings."""
    bad = sum(p.severity is Severity.ERROR for p in found)
    doubtful = sum(p.severity is Severity.WARNING for p in found)
    errors = ngettext("{n} error", "{n} errors", bad).format(n=bad)
    warnings = ngettext("{n} warning", "{n} warnings", doubtful).format(n=doubtful)
    return names([errors, warnings])


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows in columns; full-width characters count as two, numbers go to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
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


MOST_DIFFERENCES = 20


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"  # noqa: PLR2004 - two of them and a place fit on a line


def history(found: Any) -> None:
    """Print every response of one respondent in the order of arrival, then how he was reminded and what he signed."""
    from selfaudit.model.paper_status import STATES
    from selfaudit.model.reminder import WORDS

    line(f"{found.name}  [{found.key}]")
    for event in found.events:
        line("  " + _event_line(event))
        for place, here, there in event.differs[:MOST_DIFFERENCES]:
            text = _("{place}: here “{here}”, in the one shown “{there}”")
            line("       " + text.format(place=place, here=_short(here), there=_short(there)))
        if len(event.differs) > MOST_DIFFERENCES:
            line("       " + _(" and {n} more").format(n=len(event.differs) - MOST_DIFFERENCES).strip())
        for gap in event.gaps:
            line(f"       {gap.message}")
    if not found.events:
        line("  " + _("Nothing came back yet."))
    for reminder in found.reminders:
        text = _("{stage} on {day} to {addressee}") if reminder.addressee else _("{stage} on {day}")
        stage = _(WORDS[reminder.stage])
        line("  " + text.format(stage=stage, day=reminder.day, addressee=reminder.addressee))
    if found.papers:
        line("  " + _("signed paper: {state}").format(state=_(STATES[found.paper])))
    for paper in found.papers:
        line("       " + _paper_line(paper, current=paper.content == found.signs))


def _event_line(event: Any) -> str:
    by, on = event.filled_by, event.filled_on
    if by:
        filled = _("filled in by {by} on {on}") if on else _("filled in by {by}, without a date")
    else:
        filled = _("filled in by nobody named on {on}") if on else _("without name and date")
    facts = {
        "n": event.number,
        "mark": _("shown") if event.shown else _("contests it") if event.contested else _("history"),
        "filled": filled.format(by=by, on=on),
        "at": local(event.received_at),
        "file": event.file,
        "changes": ngettext("{n} change", "{n} changes", event.changes).format(n=event.changes),
    }
    return _("{n}. {mark}: {filled}, received {at} as {file}, {changes}").format(**facts)


def _paper_line(paper: Any, *, current: bool) -> str:
    text = _("{file}, filed {at} by {by}").format(file=paper.file, at=local(paper.matched_at), by=paper.matched_by)
    return text + (_("; of the answers shown") if current else _("; of earlier answers")) + _verdict(paper)


def _verdict(paper: Any) -> str:
    if not paper.verdict:
        return ""
    text = _("; confirmed {at} by {by}") if paper.verdict == "confirmed" else _("; refused {at} by {by}: {reason}")
    return text.format(at=local(paper.verdict_at), by=paper.verdict_by, reason=paper.reason)
