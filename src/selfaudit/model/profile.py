"""``profile.yaml``: the facts of the report that only the coordinator knows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from selfaudit.base.dates import read_date
from selfaudit.model.base import Model
from selfaudit.model.kit.plan import Plan
from selfaudit.model.roster import Roster

PROFILE_FORMAT = "selfaudit/profile/1"


class Profile(Model):
    """The facts by the ids that the plan's ``profile`` names; numbers are kept as written until they are needed."""

    format: Literal["selfaudit/profile/1"]
    facts: dict[str, str] = {}

    def numbers(self, plan: Plan) -> dict[str, int]:
        """Return the number fields that are filled in."""
        fields = {field.id for field in plan.profile if field.kind == "number"}
        return {key: int(value) for key, value in self.facts.items() if key in fields and is_number(value)}


LONGEST_NUMBER = 15
"""Digits of the largest number that anything can count."""


def is_number(text: str) -> bool:
    """Return whether a text is a whole number."""
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def dated_ahead(plan: Plan, facts: Mapping[str, str], today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the date of the report if it is still to come: id, and what to say about it."""
    day = read_date(facts.get(plan.report.date, ""))
    if day and day > today.isoformat():
        title = next((fact.title for fact in plan.profile if fact.id == plan.report.date), plan.report.date)
        yield plan.report.date, {"title": title, "day": day, "today": today}


def counted_by(plan: Plan, roster: Roster) -> dict[str, int]:
    """Return what the roster gives for the facts that must agree with it."""
    counts = roster.counts(plan.roles)
    return {fact.id: counts.get(fact.counted, 0) for fact in plan.profile if fact.counted}


def sums_off(plan: Plan, numbers: Mapping[str, int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the totals, all parts of which are given, that are not the sum of them: id, and what to say about it."""
    titles = {fact.id: fact.title for fact in plan.profile}
    for entry in plan.sums:
        names = (entry.total, *entry.parts)
        total, added = numbers.get(entry.total), sum(numbers.get(part, 0) for part in entry.parts)
        if numbers.keys() >= set(names) and total != added:
            parts = [f"{titles[part]} {numbers[part]}" for part in entry.parts]
            yield entry.total, {"title": titles[entry.total], "value": total, "sum": added, "parts": parts}


def counts_off(
    plan: Plan, numbers: Mapping[str, int], counted: Mapping[str, int]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the numbers that are not what the campaign's own data give: id, and what to say about it."""
    for fact in plan.profile:
        if fact.id in numbers and fact.id in counted and numbers[fact.id] != counted[fact.id]:
            yield fact.id, {"title": fact.title, "value": numbers[fact.id], "counted": counted[fact.id]}
