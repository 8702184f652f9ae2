"""When a verification holds no more: what somebody looked at was changed afterwards."""

from collections.abc import Mapping
from typing import Any

from selfaudit.model.kit.plan import Plan
from selfaudit.model.rectification.fields import REGISTER_FIELD_OF
from selfaudit.model.rectification.rectification import Rectification

_VERIFICATION = ("verified_on", "verified_by", "verified_key", "verification")
_LOOKED_AT = (
    "fact", "cause", "correction", "similar", "similar_scope", "similar_found", "corrected_on", "corrected_by",
    "no_evidence",
)  # fmt: skip


def lapses(before: tuple[Mapping[str, Any], Rectification], after: tuple[Mapping[str, Any], Rectification]) -> bool:
    """Return whether what a verification was about changed: both are the fields of a finding and its handling."""
    return _looked_at(*before) != _looked_at(*after)


def less_severe(old: str, new: str, plan: Plan) -> bool:
    """Return whether a severity is lower than another, given by their ids; the plan has the highest one first."""
    order = {level.id: n for n, level in enumerate(plan.severities)}
    return order.get(new, -1) > order.get(old, len(order))


def unverified(handled: Rectification) -> Rectification:
    """Return it without a verification; earlier versions tell it."""
    return handled.model_copy(update={name: Rectification.model_fields[name].default for name in _VERIFICATION})


def _looked_at(data: Mapping[str, Any], handled: Rectification) -> list[str]:
    said = (getattr(handled, key) if key in REGISTER_FIELD_OF else data.get(key) for key in _LOOKED_AT)
    return [str(value or "") for value in said]
