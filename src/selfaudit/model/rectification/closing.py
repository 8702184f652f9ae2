"""What must be there before a finding may be closed, and what of its handling cannot be right."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key

if TYPE_CHECKING:
    from selfaudit.model.rectification.rectification import Rectification

Gate = Literal[
    "cause",
    "correction",
    "owner",
    "corrected",
    "evidence",
    "similar",
    "similar_scope",
    "similar_found",
    "verified",
    "independent",
]
"""Something without which a finding is not closed."""

GATES: dict[Gate, str] = {
    "cause": N_("the cause"),
    "correction": N_("the correction"),
    "owner": N_("who is responsible"),
    "corrected": N_("who corrected it and when"),
    "evidence": N_("evidence of the correction, or why there is none"),
    "similar": N_("the search for similar cases"),
    "similar_scope": N_("how widely similar cases were searched"),
    "similar_found": N_("what else was found"),
    "verified": N_("who verified it and when"),
    "independent": N_("a verification by somebody who neither owns nor corrected it"),
}
"""The words for them, in the order in which they come about."""

_BETWEEN = re.compile(r"[、,，;；/／]|\s和\s|\sand\s")


def missing_to_close(data: Mapping[str, object], handled: "Rectification", evidence: int) -> list[Gate]:
    """Return what is missing for closing, in order: ``data`` is the finding as it is known now.

    ``evidence`` is the number of files bound to it.
    """
    there: dict[Gate, bool] = {
        "cause": bool(data.get("cause")),
        "correction": bool(data.get("correction")),
        "owner": bool(data.get("owner")),
        "corrected": handled.corrected,
        "evidence": bool(evidence or handled.no_evidence),
        "similar": bool(data.get("similar")),
        "similar_scope": bool(handled.similar_scope),
        "similar_found": bool(handled.similar_found),
        "verified": handled.verified,
        "independent": not handled.verified or is_independent(str(data.get("owner") or ""), handled),
    }
    return [gate for gate in GATES if not there[gate]]


def is_independent(owner: str, handled: "Rectification") -> bool:
    """Return whether who verified it neither owns nor corrected it.

    Two who are both known on the roster are told apart by their keys, all others by their names.
    """
    verifier = (handled.verified_by, handled.verified_key)
    others = ((owner, handled.owner_key), (handled.corrected_by, handled.corrected_key))
    return not any(_same(verifier, other) for other in others)


def _same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    if one[1] and other[1]:
        return one[1] == other[1]
    return not set(_people(one[0])).isdisjoint(_people(other[0]))


def _people(names: str) -> Iterator[str]:
    """Yield everybody whom a text names, as names are compared."""
    yield from (key for name in _BETWEEN.split(names) if (key := name_key(re.sub(r"[（(].*?[)）]", "", name))))
