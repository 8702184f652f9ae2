"""Reads the findings of a form."""

from collections.abc import Callable
from itertools import count
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, note, warning
from selfaudit.base.text import loose
from selfaudit.forms.keys import FINDING, Path
from selfaudit.forms.reading.fields import Fields, Lines
from selfaudit.forms.reading.values import half_width, read_number, read_place
from selfaudit.model.finding import FINDING_FIELDS, Kind

NO_SEVERITY = warning("form.no-severity", N_("“{value}” is not a severity"), N_("Write one of: {words}."))
RENUMBERED = note("form.renumbered", N_("findings were numbered anew: {nos}"))
NO_PLACE = warning(
    "form.no-place",
    N_("a finding names “{value}”, which is not one item of this form"),
    N_("Write one of: {known}; for several items copy the finding."),
)
NO_PART = warning(
    "form.no-part",
    N_("a finding names the part “{value}”, which item {id} does not have"),
    N_("Write one of: {known}."),
)
TOO_MANY = error(
    "form.too-many-findings",
    N_("{count} findings, at most {most} are read"),
    N_("Ask for the issued form, filled in by hand."),
)
MOST = 1000


def read_findings(fields: Fields, data: Any) -> list[dict[str, Any]]:
    """Return the findings, each under its own number, in the order of items, parts and numbers."""
    found: list[tuple[int, int | None, dict[str, Any]]] = []
    entries = fields.entries(data, ("findings",))
    if len(entries) > MOST:
        fields.refuse(TOO_MANY, ("findings",), count=len(entries), most=MOST)
    for n, entry in enumerate(entries[:MOST]):
        path: Path = ("findings", n)
        lines = fields.lines(entry, path, FINDING)
        finding = {
            **_place(fields, lines, path),
            **{field.key: _READ[field.kind](fields, lines, path, field.key) for field in _SAID},
        }
        finding = {key: value for key, value in finding.items() if value}
        number = read_number(fields.text(lines, path, "number"))
        # a copied row or block is no second finding
        if finding and not (number and (number, finding) in (entry[1:] for entry in found)):
            found.append((n, number, finding))
    return _numbered(fields, found)


def _place(fields: Fields, lines: Lines, path: Path) -> dict[str, str]:
    item, part = fields.text(lines, path, "item"), fields.text(lines, path, "part")
    if not item:
        return {"part": part}
    asked = {asked.id: [part.id for part in asked.parts] for asked in fields.asked.items}
    item_id, inside = read_place(item, asked)
    if item_id not in asked:
        unread = ("entry", path[1], "item")
        fields.ask_back(NO_PLACE, (*path, "item"), item, unread, known=", ".join(asked))
        return {}
    written = half_width(part).strip("()\"'“” ").lower() or inside
    if written and written not in asked[item_id]:
        known = ", ".join(asked[item_id]) or "-"
        fields.ask_back(NO_PART, (*path, "part"), written, ("entry", path[1], "part"), id=item_id, known=known)
        written = ""
    return {"item": item_id, "part": written}


def _severity(fields: Fields, lines: Lines, path: Path, key: str) -> str:
    text = fields.text(lines, path, key)
    if not text:
        return ""
    for severity in fields.asked.severities:
        if loose(text) in (loose(severity.id), loose(severity.title)):
            return severity.id
    words = " / ".join(severity.title for severity in fields.asked.severities)
    fields.ask_back(NO_SEVERITY, (*path, key), text, ("entry", path[1], key), words=words)
    return ""


def _disposition(fields: Fields, lines: Lines, path: Path, key: str) -> dict[str, str]:
    known = {disposition.id: disposition.title for disposition in fields.asked.dispositions}
    return fields.texts(lines.get(key), (*path, key), known)


def _date(fields: Fields, lines: Lines, path: Path, key: str) -> str:
    return fields.day(lines, path, key, ("entry", path[1], key))


_READ: dict[Kind, Callable[[Fields, Lines, Path, str], object]] = {
    "text": Fields.text,
    "line": Fields.text,
    "severity": _severity,
    "disposition": _disposition,
    "date": _date,
}
"""Reads a field by its kind; number and place are read together."""
_SAID = [field for field in FINDING_FIELDS if field.kind in _READ]


def _numbered(fields: Fields, found: list[tuple[int, int | None, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Give every finding its own number; a missing or repeated one gets the smallest that is free."""
    taken = {number for _, number, _ in found if number}
    free = (number for number in count(1) if number not in taken)
    used: set[int] = set()
    moved = []
    broken: dict[object, list[object]] = {}
    for kind, *place in fields.unread:
        if kind == "entry":
            broken.setdefault(place[0], []).append(place[1])
    for n, number, finding in found:
        own = number
        if not own or own in used:
            own = next(free)
            moved.append(own)
        used.add(own)
        finding["number"] = own
        fields.unread.update(("finding", own, key) for key in broken.get(n, ()))
    if moved:
        fields.remark(RENUMBERED, ("findings",), nos=", ".join(map(str, moved)))
    return sorted((finding for *_, finding in found), key=lambda f: (f.get("item", ""), f.get("part", ""), f["number"]))
