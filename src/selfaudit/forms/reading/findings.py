"""Reads the findings of a form."""

from collections.abc import Callable
from itertools import count
from typing import Any

from selfaudit.base.dates import half_width
from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, note
from selfaudit.base.text import loose
from selfaudit.forms.keys import Path, finding_names
from selfaudit.forms.reading.evidence import read_evidence
from selfaudit.forms.reading.fields import At
from selfaudit.forms.reading.values import read_number, read_place
from selfaudit.model.finding import FINDING_FIELDS, Kind
from selfaudit.model.form.response import finding_order
from selfaudit.model.kept import NO_PART, NO_PLACE, NO_SEVERITY

RENUMBERED = note("form.renumbered", N_("findings were renumbered: {nos}"))
TOO_MANY = error(
    "form.too-many-findings",
    N_("{count} findings, at most {most} are read"),
    N_("Ask for the issued form, filled in by hand."),
)
MOST = 1000

Found = tuple[At, int | None, dict[str, Any]]
"""Where a finding is, the number typed there, what it says."""


def read_findings(top: At) -> list[dict[str, Any]]:
    """Return the findings, each under its own number, in the order of items, parts and numbers."""
    found: list[Found] = []
    if top.count("findings") > MOST:
        top.refuse(TOO_MANY, "findings", count=top.count("findings"), most=MOST)
    # what is not asked any more may still be in a form that was issued before
    fields = {field.key: field for field in (*FINDING_FIELDS, *top.asked.fields) if field.kind in _READ}
    classes = {kind.id for kind in top.asked.dispositions}
    for at in top.entries("findings", finding_names(top.asked), MOST):
        said: dict[str, Any] = {**_place(at), **{key: _READ[field.kind](at, key) for key, field in fields.items()}}
        said["evidence"] = read_evidence(at)
        # a column that lost its name is known by its title, and taken for a class of handling until here
        strayed = (said["disposition"].keys() & fields.keys()) - classes
        for key in strayed:
            said[key] = said[key] or said["disposition"][key]
        said["disposition"] = {k: text for k, text in said["disposition"].items() if k not in strayed}
        finding = {key: value for key, value in said.items() if value}
        number = read_number(at.text("number"))
        # a copied row or block is no second finding
        if finding and not (number and (number, finding) in (entry[1:] for entry in found)):
            found.append((at, number, finding))
    return _numbered(top, found)


def _place(at: At) -> dict[str, str]:
    item, part = at.text("item"), at.text("part")
    asked = {asked.id: [part.id for part in asked.parts] for asked in at.asked.items}
    if not item:
        if part:
            at.ask_back(NO_PLACE, "part", part, unread=(*at.path, "item"), nth=_nth(at), known=list(asked))
        return {"part": part}
    item_id, inside = read_place(item, asked)
    if item_id not in asked:
        at.ask_back(NO_PLACE, "item", item, nth=_nth(at), known=list(asked))
        return {}
    written = half_width(part).strip("()\"'“” ").lower() or inside
    if written and written not in asked[item_id]:
        known = asked[item_id] or "-"
        at.ask_back(NO_PART, "part", written, nth=_nth(at), id=item_id, known=known)
        written = ""
    return {"item": item_id, "part": written}


def _severity(at: At, key: str) -> str:
    text = at.text(key)
    if not text:
        return ""
    for severity in at.asked.severities:
        if loose(text) in (loose(severity.id), loose(severity.title)):
            return severity.id
    words = " / ".join(severity.title for severity in at.asked.severities)
    at.ask_back(NO_SEVERITY, key, text, nth=_nth(at), words=words)
    return ""


def _nth(at: At) -> int:
    """Return which finding of the form it is, counted from 1: it may have no number of its own yet."""
    return int(at.path[-1]) + 1


def _disposition(at: At, key: str) -> dict[str, str]:
    classes = {kind.id: kind.title for kind in at.asked.dispositions}
    return at.texts(key, {field.key: field.title for field in at.asked.fields if field.optional} | classes)


_READ: dict[Kind, Callable[[At, str], object]] = {
    "text": At.text,
    "line": At.text,
    "severity": _severity,
    "disposition": _disposition,
    "date": At.day,
}
"""Reads a field by its kind; number and place are read together."""


def _numbered(top: At, found: list[Found]) -> list[dict[str, Any]]:
    """Give every finding its own number; a missing or repeated one gets the smallest that is free."""
    taken = {number for _, number, _ in found if number}
    free = (number for number in count(1) if number not in taken)
    used: set[int] = set()
    moved = []
    broken: dict[Path, list[str | int]] = {}
    for *place, key in top.told.unread:
        broken.setdefault(tuple(place), []).append(key)
    for at, number, finding in found:
        own = number
        if not own or own in used:
            own = next(free)
            moved.append(own)
        used.add(own)
        finding["number"] = own
        # what is missing in a finding is listed by its number, wherever it is
        top.told.unread.update(("finding", own, key) for key in broken.get(at.path, ()))
    if moved:
        top.remark(RENUMBERED, "findings", nos=moved)
    return sorted((finding for *_, finding in found), key=finding_order)
