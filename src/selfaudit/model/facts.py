"""Whether the facts of the profile are those the plan asks for, and agree with each other and with the roster."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, error, note, warning
from selfaudit.model.kit.consistency import Remark
from selfaudit.model.kit.plan import Plan
from selfaudit.model.names import PROFILE
from selfaudit.model.profile import Profile, counted_by, counts_off, dated_ahead, is_number, sums_off
from selfaudit.model.roster import Roster

UNKNOWN_FACT = error("profile.unknown-fact", N_("the report has no fact “{id}”"), N_("Known: {known}."))
NOT_A_NUMBER = error(
    "profile.not-a-number", N_("“{value}” is not a whole number"), N_("Write digits only, such as 1280.")
)
SUM = warning(
    "profile.sum",
    N_("“{title}” is {value}, but its parts add up to {sum}: {parts}"),
    N_("Correct the total or the part that is wrong in profile.yaml."),
)
COUNTED = warning(
    "profile.counted",
    N_("“{title}” is {value}, but the campaign's own data give {counted}"),
    N_("Find out which is right; correct profile.yaml or the data."),
)
AHEAD = note(
    "profile.ahead",
    N_("“{title}” is {day}, and today is {today}"),
    N_("Correct it in profile.yaml, unless the report is only to be signed on that day."),
)


def check_profile(plan: Plan, profile: Profile, roster: Roster | None, today: date) -> Iterator[Remark]:
    """Yield everything wrong or doubtful in a profile; without a roster nothing is compared with one."""
    kinds = {fact.id: fact.kind for fact in plan.profile}
    for key, value in profile.facts.items():
        if key not in kinds:
            yield _remark(key, UNKNOWN_FACT, id=key, known=list(kinds))
        elif kinds[key] == "number" and value and not is_number(value):
            yield _remark(key, NOT_A_NUMBER, value=value)
    numbers = profile.numbers(plan)
    for fact, said in sums_off(plan, numbers):
        yield _remark(fact, SUM, **said)
    for fact, said in dated_ahead(plan, profile.facts, today):
        yield _remark(fact, AHEAD, **said)
    for fact, said in counts_off(plan, numbers, counted_by(plan, roster) if roster else {}):
        yield _remark(fact, COUNTED, **said)


def _remark(fact: str, kind: Kind, **args: Any) -> Remark:
    return Remark(PROFILE, ("facts", fact), kind, args)
