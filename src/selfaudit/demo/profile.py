"""Fills in ``profile.yaml`` of the demo: numbers that add up and fit the roster, and texts that quote them."""

from collections.abc import Mapping
from random import Random

from selfaudit.demo.body import AUDITOR, Cast
from selfaudit.demo.texts import ProfileTexts
from selfaudit.model.kit.plan import Plan

PART_TIME = "兼职审核员"


def facts(cast: Cast, counted: Mapping[str, int]) -> dict[str, str]:
    """Return every fact of the profile; ``counted`` are numbers that are known already."""
    texts = cast.texts.profile
    numbers = _varied(texts, cast.rng) | _people(cast)
    numbers["branches_total"] = cast.texts.body.branches
    numbers["penalties_count"] = texts.penalties_count
    numbers |= counted
    numbers |= _totals(cast.kit.plan, numbers)
    branches = [unit.name for unit in cast.roster.units if unit.kind == "branch"]
    slots = {
        **cast.texts.body.facts,
        "branches": str(len(branches)),
        "penalised": cast.rng.choice(branches),
        "post": {post: person.name for person in reversed(cast.roster.people) for post in person.posts},
        "heads": "、".join(dict.fromkeys(cast.head(unit.id).name for unit in cast.roster.units)),
        "tech_head": cast.head(cast.units["tech"]).name,
    }
    written = {name: text.format_map(slots) for name, text in texts.texts.items()}
    return {name: str(number) for name, number in numbers.items()} | written


def _varied(texts: ProfileTexts, rng: Random) -> dict[str, int]:
    """Return the numbers, up to five percent more or less."""
    return {name: round(number * rng.uniform(0.95, 1.05)) for name, number in texts.numbers.items()}


def _people(cast: Cast) -> dict[str, int]:
    """Return how many people certify, full-time and part-time."""
    posts = set(cast.texts.body.certification_posts)
    who = [member for members in cast.members.values() for member in members]
    certifying = [one for one in who if AUDITOR in one.roles or not posts.isdisjoint(cast.posts(one))]
    part_time = sum(PART_TIME in cast.posts(one) for one in certifying)
    return {"people_fulltime": len(certifying) - part_time, "people_parttime": part_time}


def _totals(plan: Plan, numbers: dict[str, int]) -> dict[str, int]:
    return {total.total: sum(numbers[part] for part in total.parts) for total in plan.sums}


def filled_in(profile: str, known: dict[str, str]) -> str:
    """Return the text of an empty ``profile.yaml`` with the facts written in, the explanations kept."""
    return "\n".join(_line(line, known) for line in profile.split("\n"))


def _line(line: str, known: dict[str, str]) -> str:
    name = line.strip().removesuffix(":")
    if not line.startswith("  ") or name not in known:
        return line
    rows = known[name].split("\n")
    return f"  {name}: {rows[0]}" if rows[0].isdecimal() else "\n    ".join([f"  {name}: |-", *rows])
