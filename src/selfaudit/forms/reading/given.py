"""Reads what is said of the rows that a form is about, such as findings to correct."""

from collections.abc import Callable, Mapping
from typing import Any

from selfaudit.base.i18n import N_, translator
from selfaudit.base.problems import error, note
from selfaudit.base.text import loose
from selfaudit.forms.keys import finding_names
from selfaudit.forms.reading.evidence import read_evidence
from selfaudit.forms.reading.fields import At, quote
from selfaudit.model.finding import FindingField, Kind
from selfaudit.model.form.rounds import Round
from selfaudit.model.kept import UNKNOWN_ANSWER

UNKNOWN_ROW = error(
    "form.unknown-finding",
    N_("the form is about nothing called “{found}”"),
    N_("Copy the number from the issued form: {known}."),
)
TWICE = error("form.finding-twice", N_("{id} is filled in twice"), N_("Keep one of the two."))
ALTERED = note("form.altered-finding", N_("“{key}” of {id} was changed to “{found}”; the issued one counts"))

MOST = 1000


def _choice(at: At, key: str) -> str:
    """Return which of the choices of a field a text means, by its id or by its word in any language."""
    text = at.text(key)
    options = next(field.options for field in at.asked.fields if field.key == key)
    say = translator(at.asked.language)
    for id_, word in options:
        if loose(text) in map(loose, (id_, word, say(word))):
            return id_
    if text:
        words = " / ".join(say(word) for _, word in options)
        at.ask_back(UNKNOWN_ANSWER, key, text, place=at.asked.field_words[key], words=words)
    return ""


_READ: dict[Kind, Callable[[At, str], str]] = {"text": At.text, "line": At.text, "date": At.day, "choice": _choice}


def read_given(top: At, of: Round) -> list[dict[str, Any]]:
    """Return what is said of each row that the form is about, in its order, without what stood there already."""
    rows = [one[of.row] for one in top.asked.given]
    known = {loose(row): n for n, row in enumerate(rows)}
    said: dict[int, dict[str, Any]] = {}
    asked = [(field.key, _READ[field.kind]) for field in top.asked.fields if field.kind in _READ]
    for at in top.entries("findings", finding_names(top.asked), MOST):
        found: dict[str, Any] = {key: read(at, key) for key, read in asked}
        found["evidence"] = read_evidence(at)
        name = at.text(of.row)
        if not name and not any(found.values()):
            continue
        n = known.get(loose(name), -1)
        if n < 0:
            at.refuse(UNKNOWN_ROW, of.row, found=quote(name), known=rows)
            continue
        given = top.asked.given[n]
        _unread(at, n + 1)
        _check_given(at, given, of.row)
        new = {key: value for key, value in found.items() if value and value != given.get(key)}
        if said.get(n) and new and new != said[n]:
            at.refuse(TWICE, id=rows[n])
        said[n] = new or said.get(n, {})
    return [{"number": n + 1, of.row: rows[n], **said[n]} for n in sorted(said) if said[n]]


def _unread(at: At, number: int) -> None:
    """Have what cannot be read known by the number of its row, under which nobody calls it missing."""
    at.told.unread.update([("finding", number, path[-1]) for path in at.told.unread if path[:-1] == at.path])


def _check_given(at: At, given: Mapping[str, str], row: str) -> None:
    """Say what was changed of that which is only shown."""
    shown: list[FindingField] = [field for field in at.asked.fields if field.kind == "given" and field.key != row]
    for field in shown:
        found = at.text(field.key)
        if found and loose(found) != loose(given.get(field.key, "")):
            at.remark(ALTERED, field.key, key=at.asked.field_words[field.key], id=given[row], found=quote(found))
