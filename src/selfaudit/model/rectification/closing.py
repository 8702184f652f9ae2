"""What must be there before a finding may be closed, and what of its handling cannot be right."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from selfaudit.base.i18n import N_
from selfaudit.model.rectification.people import UNKNOWN, People, Said

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

Answerable = tuple[str, "Rectification"]
"""The owner of a finding, and how it is handled."""


def missing_to_close(
    data: Mapping[str, object],
    handled: "Rectification",
    evidence: int,
    merged: Iterable[Answerable] = (),
    people: People = UNKNOWN,
) -> list[Gate]:
    """Return what is missing for closing, in order: ``data`` is the finding as it is known now.

    ``evidence`` is the number of files bound to it, ``merged`` are those merged into it.
    """
    owner = str(data.get("owner") or "")
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
        "independent": not handled.verified or is_independent(owner, handled, merged, people),
    }
    return [gate for gate in GATES if not there[gate]]


def is_independent(
    owner: str, handled: "Rectification", merged: Iterable[Answerable] = (), people: People = UNKNOWN
) -> bool:
    """Return whether one person verified it who neither owns nor corrected it, nor anything that was merged into it."""
    verifier = (handled.verified_by, handled.verified_key)
    barred = (who for one in ((owner, handled), *merged) for who in _answerable(*one))
    return people.is_one(verifier) and not any(people.same(verifier, who) for who in barred)


def _answerable(owner: str, handled: "Rectification") -> tuple[Said, Said]:
    return (owner, handled.owner_key), (handled.corrected_by, handled.corrected_key)
