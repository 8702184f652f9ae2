"""Reads what owners say of their findings in a form for corrections."""

from collections.abc import Callable, Mapping
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error, note
from selfaudit.base.text import loose
from selfaudit.forms.keys import finding_names
from selfaudit.forms.reading.evidence import read_evidence
from selfaudit.forms.reading.fields import At, quote
from selfaudit.model.finding import FindingField, Kind

UNKNOWN_FINDING = error(
    "form.unknown-finding",
    N_("the form is about no finding “{found}”"),
    N_("Copy the number from the issued form: {known}."),
)
TWICE = error("form.finding-twice", N_("the finding {id} is filled in twice"), N_("Keep one of the two."))
ALTERED = note("form.altered-finding", N_("“{key}” of {id} was changed to “{found}”; the issued one counts"))

MOST = 1000
_READ: dict[Kind, Callable[[At, str], str]] = {"text": At.text, "line": At.text, "date": At.day}


def read_corrections(top: At) -> list[dict[str, Any]]:
    """Return what is said of each finding that the form is about, in its order, without what stood there already."""
    known = {loose(one["finding"]): n for n, one in enumerate(top.asked.given)}
    said: dict[int, dict[str, Any]] = {}
    asked = [(field.key, _READ[field.kind]) for field in top.asked.fields if field.kind in _READ]
    for at in top.entries("findings", finding_names(top.asked), MOST):
        found: dict[str, Any] = {key: read(at, key) for key, read in asked}
        found["evidence"] = read_evidence(at)
        name = at.text("finding")
        if not name and not any(found.values()):
            continue
        n = known.get(loose(name), -1)
        if n < 0:
            at.refuse(UNKNOWN_FINDING, "finding", found=quote(name), known=[one["finding"] for one in top.asked.given])
            continue
        given = top.asked.given[n]
        _unread(at, n + 1)
        _check_given(at, given)
        new = {key: value for key, value in found.items() if value and value != given.get(key)}
        if said.get(n) and new and new != said[n]:
            at.refuse(TWICE, id=given["finding"])
        said[n] = new or said.get(n, {})
    return [{"number": n + 1, "finding": top.asked.given[n]["finding"], **said[n]} for n in sorted(said) if said[n]]


def _unread(at: At, number: int) -> None:
    """Have what cannot be read known by the number of its finding, under which nobody calls it missing."""
    at.told.unread.update([("finding", number, path[-1]) for path in at.told.unread if path[:-1] == at.path])


def _check_given(at: At, given: Mapping[str, str]) -> None:
    """Say what was changed of that which is only shown."""
    shown: list[FindingField] = [field for field in at.asked.fields if field.kind == "given" and field.key != "finding"]
    for field in shown:
        found = at.text(field.key)
        if found and loose(found) != loose(given.get(field.key, "")):
            at.remark(ALTERED, field.key, key=at.asked.field_words[field.key], id=given["finding"], found=quote(found))
