"""What records say, as the pages of an archive show it: in words, without what the program keeps for itself."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.files.bags.writing import PAYLOAD
from selfaudit.model.disposition.disposition import FIELDS
from selfaudit.model.kit.plan import Plan

TITLES = {
    "evidence": N_("evidence"),
    "disposition": N_("Dispositions"),
    "notice": N_("Notices"),
    "deliverable": N_("Deliverables"),
}
"""What the registers are called, in the order of the pages; another one is shown under its own name."""
WORDS = {
    **{field.key: field.title for field in FIELDS},
    "approved_by": N_("Approved by"),
    "approved_on": N_("Approved on"),
    "withdrawn_on": N_("Withdrawn on"),
    "withdrawn_why": N_("Withdrawn because"),
    "title": N_("Kind of notice"),
    "to": N_("Sent to"),
    "on": N_("Date"),
    "says": N_("Dispositions"),
    "made_by": N_("Made by"),
    "delivered_on": N_("Delivered on"),
    "delivered_how": N_("Delivered how"),
    "receipt": N_("Receipt"),
    "file": N_("File"),
    "files": N_("Files"),
    "name": N_("Name"),
    "signed_by": N_("Signed by"),
    "came": N_("What came back"),
    "bindings": N_("Belongs to"),
    "dismissed": N_("Set aside"),
}
"""What the fields are called."""
_OF_PROGRAM = frozenset(["sha256", "receipt_sha256", "series", "n", "size", "source", "content"])
_OF_NOTICE = _OF_PROGRAM | {"kind"}
_FILES = ("file", "receipt")
_IN_SHORT = ("id", "file", "respondent", "place", "finding", "target", "action", "by", "reason")
"""What is told of an entry of a list, such as a disposition of which a notice tells."""


def teller(kind: str, plan: Plan, names: Mapping[str, str]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return what makes readable data of the data of records of a kind; ``names`` are those of respondents, by key."""
    hidden = _OF_NOTICE if kind in ("notice", "evidence") else _OF_PROGRAM
    titles = {one.id: one.title for one in plan.dispositions} if kind == "disposition" else {}
    titles |= {action.key: action.title for one in plan.dispositions for action in one.actions}
    said = {**titles, **names}

    def told(data: Mapping[str, Any]) -> dict[str, Any]:
        return {key: _told(key, value, said) for key, value in data.items() if value and key not in hidden}

    return told


def _told(key: str, value: Any, said: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [" ".join(_short(one, said)) if isinstance(one, dict) else one for one in value]
    if key in _FILES:
        return f"{PAYLOAD}{value}"
    return said.get(value, value) if isinstance(value, str) else value


def _short(entry: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[str]:
    return (said.get(str(entry[name]), str(entry[name])) for name in _IN_SHORT if entry.get(name))
