"""``profile.yaml``: the facts of the report that only the coordinator knows."""

from typing import Literal

from selfaudit.model.base import Model
from selfaudit.model.kit import Plan

PROFILE_FORMAT = "selfaudit/profile/1"


class Profile(Model):
    """The facts by the ids that the plan's ``profile`` names; numbers are kept as written until they are needed."""

    format: Literal["selfaudit/profile/1"]
    facts: dict[str, str] = {}

    def numbers(self, plan: Plan) -> dict[str, int]:
        """Return the number fields that are filled in."""
        fields = {field.id for field in plan.profile if field.kind == "number"}
        return {key: int(value) for key, value in self.facts.items() if key in fields and value.isdecimal()}
