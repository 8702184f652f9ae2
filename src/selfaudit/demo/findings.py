"""Decides who in the fictitious body found what, and writes the findings out.

The texts may use these slots: projects ``{q1}`` … by scheme (q quality, e environment, s safety, p product) and their
certificates ``{cq1}`` …; ``{me}``, ``{colleague}``, ``{unit}``, ``{branch}``, ``{city}``, ``{head}`` of the unit,
``{tech_head}`` … of the unit in that role; ``{date}``; and the facts of ``body.yaml``.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from selfaudit.demo.body import Cast
from selfaudit.demo.texts import FindingTexts
from selfaudit.model.form.form import Form, Respondent

PROJECTS = (("q", 3), ("e", 2), ("s", 2), ("p", 1))
FIRST_DAY, DAYS = date(2022, 11, 7), 320
"""Findings happened in the year before the cut-off date."""

Findings = dict[str, list[dict[str, Any]]]
"""The findings of every respondent who reports any, by key."""


def spread_findings(cast: Cast) -> Findings:
    """Return who reports what; findings of the same group occur together and are about the same projects."""
    assigned: Findings = defaultdict(list)
    for group in _groups(cast):
        what = _occasion(cast)
        for entry in group:
            if form := _reporter(entry, cast, assigned):
                slots = general_slots(cast, form.respondent) | what
                assigned[form.respondent.key].append(_written(entry, slots))
    return {key: _numbered(found, cast) for key, found in assigned.items()}


def _groups(cast: Cast) -> Iterator[list[FindingTexts]]:
    groups: dict[str, list[FindingTexts]] = {}
    for number, entry in enumerate(cast.texts.findings.findings):
        groups.setdefault(entry.group or str(number), []).append(entry)
    for group in groups.values():
        if cast.rng.randrange(100) < max(entry.share for entry in group):
            yield group


def _reporter(entry: FindingTexts, cast: Cast, assigned: Findings) -> Form | None:
    """Return who reports it: a person who reports nothing else, or a unit that has nothing on the same place."""
    fitting = [form for form in cast.forms if _fits(entry, form.respondent, cast)]
    if entry.against_branch:
        silent = {f"unit:{unit.id}" for unit in cast.roster.units if unit.kind == "branch"}
        silent -= {key for key, found in assigned.items() if any(one["item"] == entry.item for one in found)}
        fitting = [form for form in fitting if f"unit:{form.respondent.unit}" in silent]
    free = [form for form in fitting if _is_free(entry, form.respondent, assigned)]
    return cast.rng.choice(free) if free else None


def _fits(entry: FindingTexts, who: Respondent, cast: Cast) -> bool:
    return (
        not set(entry.roles).isdisjoint(who.roles)
        and (not entry.units or who.unit_name in entry.units)
        and (not entry.posts or not set(entry.posts).isdisjoint(cast.posts(who)))
    )


def _is_free(entry: FindingTexts, who: Respondent, assigned: Findings) -> bool:
    found = assigned.get(who.key, [])
    if who.answers == "person":
        return not found
    return all((one["item"], one.get("part", "")) != (entry.item, entry.part) for one in found)


def _written(entry: FindingTexts, slots: dict[str, str]) -> dict[str, Any]:
    texts = {
        key: getattr(entry, key).format_map(slots)
        for key in ("item", "part", "fact", "basis", "severity", "certificates", "people")
    }
    texts |= {key: getattr(entry, key).format_map(slots) for key in ("cause", "correction", "similar")}
    disposition = {key: text.format_map(slots) for key, text in entry.disposition.items()}
    ending = {"disposition": disposition, "owner": entry.owner.format_map(slots), "due": entry.due}
    return {key: value for key, value in {**texts, **ending}.items() if value}


def _numbered(found: list[dict[str, Any]], cast: Cast) -> list[dict[str, Any]]:
    order = list(cast.kit.items)
    ranked = sorted(found, key=lambda one: (order.index(one["item"]), one.get("part", "")))
    return [{"number": number, **one} for number, one in enumerate(ranked, 1)]


def general_slots(cast: Cast, who: Respondent) -> dict[str, str]:
    """Return what texts may name apart from projects."""
    others = [other.name for other in cast.auditors(who.unit) if other.key != who.key]
    some = others or [other.name for other in cast.auditors(cast.units["audit"])]
    branches = [unit.name for unit in cast.roster.units if unit.kind == "branch"]
    return {
        **cast.texts.body.facts,
        **{f"{role}_head": cast.head(unit).name for role, unit in cast.units.items()},
        "branches": str(cast.texts.body.branches),
        "branch": cast.rng.choice(branches),
        "city": cast.city(who),
        "colleague": cast.rng.choice(some),
        "head": cast.head(who.unit).name,
        "me": who.name,
        "unit": who.unit_name,
    }


def _occasion(cast: Cast) -> dict[str, str]:
    """Return a working day, numbers of projects such as ``2023-Q-0412``, and those of certificates of the registers."""
    rng = cast.rng
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    while day.weekday() > 4:  # noqa: PLR2004 - audits begin on working days
        day += timedelta(days=1)
    found = {"date": f"{day.year} 年 {day.month} 月 {day.day} 日"}
    for scheme, count in PROJECTS:
        for number in range(1, count + 1):
            year, serial, letter = rng.randint(2022, day.year), rng.randint(101, 2480), scheme.upper()
            found[f"{scheme}{number}"] = f"{year}-{letter}-{serial:04d}"
            cycle, size = rng.randint(0, 2), rng.choice("SM")
            there = cast.certificates.get(letter)
            invented = f"{cast.texts.body.prefix}{year % 100}{letter}{serial:04d}R{cycle}{size}"
            found[f"c{scheme}{number}"] = there[serial % len(there)] if there else invented
    return found
