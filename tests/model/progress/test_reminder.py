"""Which reminder comes next, and whom it goes to."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.reminder import NOBODY, STAGES, Reminder, Stage, addressee, next_stage, superior
from selfaudit.model.roster import Roster

TODAY = date(2023, 11, 8)
ROSTER = Roster.model_validate(
    {
        "format": "selfaudit/roster/1",
        "body": {"name": "The Body"},
        "units": [
            {"id": "M", "name": "Board", "kind": "management", "head": "P1"},
            {"id": "N", "name": "North", "kind": "branch", "head": "P2", "email": "north@example.com"},
            {"id": "O", "name": "Office", "kind": "department", "parent": "N", "head": "P3"},
            {"id": "D", "name": "Desk", "kind": "department", "parent": "O"},
        ],
        "people": [
            {"id": "P1", "name": "Ann", "unit": "M", "email": "ann@example.com"},
            {"id": "P2", "name": "Bob", "unit": "N"},
            {"id": "P3", "name": "Cid", "unit": "O", "email": "cid@example.com"},
            {"id": "P4", "name": "Dot", "unit": "D"},
        ],
    }
)


def who(key: str, unit: str = "") -> Respondent:
    """A unit or person of the roster by key."""
    answers, _, number = key.partition(":")
    entry = ROSTER.unit_of.get(number) or ROSTER.person_of.get(number)
    unit = unit or (number if answers == "unit" else getattr(entry, "unit", "gone"))
    named = {"name": entry.name if entry else number, "unit": unit, "unit_name": unit}
    return Respondent.model_validate({"key": key, "answers": answers, "roles": (), **named})


def reminder(stage: Stage, days_ago: int) -> Reminder:
    """A reminder of somebody some days ago."""
    return Reminder("person:P4", stage, TODAY - timedelta(days_ago), "missing", "Dot", "")


@pytest.mark.parametrize(
    ("earlier", "stage"),
    [
        ([], "first"),
        ([("first", 1)], "second"),
        ([("first", 2), ("second", 1)], "last"),
        ([("first", 3), ("second", 2), ("last", 1)], "last"),
        ([("escalation", 1)], "first"),
        ([("first", 2), ("escalation", 1)], "second"),
        ([("last", 2), ("first", 1)], "last"),
    ],
)
def test_each_day_brings_the_next_stage_and_the_last_is_repeated(
    earlier: list[tuple[Stage, int]], stage: Stage
) -> None:
    assert next_stage([reminder(*entry) for entry in earlier], TODAY) == stage


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STAGES), st.integers(0, 9)), unique=True))
def test_whoever_was_reminded_today_gets_the_same_stage_again_and_nobody_is_escalated_by_itself(
    earlier: list[tuple[Stage, int]],
) -> None:
    entered = [reminder(*entry) for entry in sorted(earlier, key=lambda entry: -entry[1])]
    stage = next_stage(entered, TODAY)
    assert stage != "escalation"
    assert next_stage([*entered, reminder(stage, 0)], TODAY) == stage
    later = STAGES.index(next_stage([*entered, reminder(stage, 0)], TODAY + timedelta(1)))
    assert later in {STAGES.index(stage) + 1, STAGES.index("last")}


@pytest.mark.parametrize(
    ("key", "name", "email"),
    [
        ("person:P1", "Ann", "ann@example.com"),
        ("person:P4", "Dot", ""),
        ("unit:N", "Bob", "north@example.com"),
        ("unit:O", "Cid", "cid@example.com"),
        ("unit:D", "Desk", ""),
        ("person:gone", "gone", ""),
        ("unit:gone", "gone", ""),
    ],
)
def test_a_reminder_goes_to_the_person_himself_or_to_whoever_answers_for_the_unit(
    key: str, name: str, email: str
) -> None:
    found = addressee(ROSTER, who(key), "first")
    assert (found.key, found.name, found.email) == (key, name, email)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("person:P4", "Cid"),  # his unit has no head: that of the unit above
        ("person:P3", "Bob"),  # he heads his unit himself
        ("person:P2", "Ann"),  # the same, with no unit above: the management
        ("unit:D", "Cid"),
        ("unit:O", "Bob"),
        ("unit:N", "Ann"),
        ("person:gone", "Ann"),
    ],
)
def test_an_escalation_goes_to_the_next_head_above(key: str, name: str) -> None:
    assert addressee(ROSTER, who(key), "escalation").name == name


@pytest.mark.parametrize("key", ["person:P1", "unit:M"])
def test_nobody_is_above_the_management(key: str) -> None:
    assert superior(ROSTER, who(key)) == NOBODY


def test_whoever_left_the_roster_is_escalated_to_the_head_of_the_unit_that_collects_for_him() -> None:
    assert superior(ROSTER, who("person:gone", unit="O")).name == "Cid"
