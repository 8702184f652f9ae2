"""What a check needs of the registers is there, too, where its rows are linked to those of another."""

import pytest

from selfaudit.model.data.needs import linked
from selfaudit.model.data.register import Register

TEAMS = Register.model_validate({
    "format": "selfaudit/register/1",
    "id": "teams",
    "title": "Teams",
    "columns": [{"id": name, "title": name} for name in ("project", "certificate", "day")],
    "references": [
        {
            "columns": ["project"],
            "register": "audits",
            "to": ["project"],
            "otherwise": {"by": {"certificate": "certificate"}, "at": "day", "since": ["began"]},
        }
    ],
})  # fmt: skip
AUDITS = {"project": 9, "certificate": 9, "began": 9}


@pytest.mark.parametrize(
    ("teams", "audits", "there"),
    [
        ({"certificate": 5, "day": 5}, AUDITS, True),
        ({"certificate": 5}, AUDITS, False),
        ({"certificate": 5, "day": 5}, {"certificate": 9}, False),
        ({"certificate": 5, "day": 5}, {}, False),
    ],
)
def test_a_column_that_rows_are_linked_by_counts_as_filled(
    teams: dict[str, int], audits: dict[str, int], *, there: bool
) -> None:
    found = linked({"teams": teams, "audits": audits}, {"teams": TEAMS})
    assert ("project" in found["teams"]) == there
