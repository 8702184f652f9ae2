"""The register's own fields of a finding: the one declaration that commands, workbook, forms and documents use.

They stand beside ``FINDING_FIELDS``, of which the register keeps the newest values. A new field is one entry here, one
of ``Rectification`` and the Chinese for its words.
"""

from collections.abc import Mapping
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.finding import FINDING_FIELDS, GROUPS, FindingField
from selfaudit.model.kit.plan import Plan
from selfaudit.model.rectification.rectification import Rectification

REGISTER_FIELDS = (
    FindingField(
        "similar_scope",
        "text",
        N_("how widely similar cases were searched"),
        N_("Searched how widely"),
        N_("how widely similar cases were searched: which units, which period, how many projects"),
        group="why",
        width=20,
        aliases="举一反三范围 排查范围",
    ),
    FindingField(
        "similar_found",
        "text",
        N_("what else was found"),
        N_("What else was found"),
        N_("what the search found: how many similar cases, which; 0 or “none” if none"),
        group="why",
        width=20,
        aliases="举一反三结果 排查结果",
    ),
    FindingField(
        "corrected_on",
        "date",
        N_("day of the correction"),
        N_("Corrected on"),
        N_("the day on which the correction was done"),
        group="then",
        width=12,
        aliases="整改完成日期 完成日期",
    ),
    FindingField(
        "corrected_by",
        "line",
        N_("who corrected it"),
        N_("Corrected by"),
        N_("who did the correction"),
        group="then",
        width=10,
        aliases="整改人",
    ),
    FindingField(
        "no_evidence",
        "text",
        N_("why there is no evidence"),
        N_("No evidence, because"),
        N_("why nothing can be shown for the correction; not needed if files are bound to it"),
        group="then",
        width=16,
        aliases="无佐证材料原因 无佐证说明",
    ),
    FindingField(
        "verified_on",
        "date",
        N_("day of the verification"),
        N_("Verified on"),
        N_("the day on which somebody looked whether the correction works"),
        group="then",
        width=12,
        aliases="验证日期",
    ),
    FindingField(
        "verified_by",
        "line",
        N_("who verified it"),
        N_("Verified by"),
        N_("who verified it; neither the owner nor whoever corrected it"),
        group="then",
        width=10,
        aliases="验证人",
    ),
    FindingField(
        "verification",
        "text",
        N_("how it was verified"),
        N_("How it was verified"),
        N_("what was looked at, and what that showed"),
        group="then",
        width=20,
        aliases="验证情况 验证方式 验证结果",
    ),
)
"""What people write into the register beside the fields of the finding itself, in the order of its columns."""

REGISTER_FIELD_OF = {field.key: field for field in REGISTER_FIELDS}
"""Every one of them by its key."""


def register_fields(plan: Plan) -> tuple[FindingField, ...]:
    """Return every field that the register of a campaign has, in the order of its columns, in the words of the kit.

    What the kit does not ask is there as well: a finding is not closed without it. Number and place never change.
    """
    asked = {field.key for field in plan.fields}
    there = {"severity": len(plan.severities) > 1, "disposition": bool(plan.dispositions)}
    every = (*plan.fields, *(field for field in FINDING_FIELDS if field.key not in asked), *REGISTER_FIELDS)
    kept = [f for f in every if f.kind not in ("number", "item", "part") and there.get(f.kind, True)]
    order = {group: n for n, group in enumerate(GROUPS)}
    return tuple(sorted(kept, key=lambda field: order[field.group]))


def value_in(field: FindingField, data: Mapping[str, Any], handled: Rectification) -> Any:
    """Return what a field of the register says: a text, empty if nothing, or the texts by class of a disposition."""
    if field.key in REGISTER_FIELD_OF:
        return str(getattr(handled, field.key) or "")
    return data.get(field.key) or ("" if field.kind != "disposition" else {})
