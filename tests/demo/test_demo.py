"""The demo: a whole campaign of an invented body, believable, the same for the same seed, and nobody's real data."""

import re
from collections import Counter
from functools import partial
from random import Random

import pytest

from selfaudit.demo.answers import answer_all
from selfaudit.demo.body import Cast, invent_roster
from selfaudit.demo.findings import Findings, spread_findings
from selfaudit.demo.mail import Posted, send_back
from selfaudit.demo.play import KIT
from selfaudit.demo.profile import facts
from selfaudit.demo.texts import load_texts
from selfaudit.model.passport import respondent_code
from selfaudit.model.roster import Roster
from selfaudit.store.kits import kit_folder, load_kit
from selfaudit.workflow.common.forms import build_forms

SEEDS = range(2020, 2026)
FEW = 700
"""Certificates among which every violation finds its place."""


def invented(seed: int) -> tuple[Cast, Findings]:
    """The invented body of a seed and what its people found."""
    texts, rng, kit = load_texts(), Random(seed), load_kit(kit_folder(KIT)).usable()
    roster = Roster.model_validate(invent_roster(texts, rng))
    cast = Cast(texts, kit, roster, build_forms(kit, roster, partial(respondent_code, kit.plan.id)), rng)
    return cast, spread_findings(cast)


def returned(seed: int) -> list[Posted]:
    """Everything that comes back in the demo of a seed."""
    cast, findings = invented(seed)
    return send_back(cast, answer_all(cast, findings))


@pytest.fixture(scope="module")
def posted() -> list[Posted]:
    """Everything that comes back in the demo of seed 7."""
    return returned(7)


# -- what is invented ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_same_seed_sends_back_the_same_bytes_and_no_file_overwrites_another(posted: list[Posted]) -> None:
    assert posted == returned(7)
    names = Counter(one.name for one in posted)
    assert len(names) > 250
    assert set(names.values()) == {1}


def test_another_seed_invents_another_body() -> None:
    assert invented(7)[0].roster != invented(8)[0].roster


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_invents_about_300_people_of_whom_two_share_a_name_in_different_branches(seed: int) -> None:
    roster = invented(seed)[0].roster
    assert 270 <= len(roster.people) <= 330
    assert Counter(unit.kind for unit in roster.units) == {
        "management": 1,
        "department": 5,
        "committee": 1,
        "branch": 8,
    }
    (twice,) = (name for name, count in Counter(person.name for person in roster.people).items() if count > 1)
    homes = [person.unit for person in roster.people if person.name == twice]
    assert len(set(homes)) == len(homes) == 2
    assert {roster.unit_of[home].kind for home in homes} == {"branch"}
    assert any("䶮" in person.name for person in roster.people)
    assert any("𠮷" in person.name for person in roster.people)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_finds_20_to_60_problems_of_which_few_are_severe(seed: int) -> None:
    cast, findings = invented(seed)
    found = [finding for several in findings.values() for finding in several]
    assert 20 <= len(found) <= 60
    severities = Counter(finding["severity"] for finding in found)
    assert 1 <= severities["severe"] <= 6 < severities["major"]
    assert len({cast.kit.area_of[finding["item"]] for finding in found}) >= 8


@pytest.mark.parametrize("seed", SEEDS)
def test_findings_name_projects_of_that_year_and_leave_no_slot_open(seed: int) -> None:
    for several in invented(seed)[1].values():
        for finding in several:
            assert finding.keys() >= {"fact", "cause", "correction", "similar", "disposition", "owner", "due"}
            assert not re.search("[{}]", str(finding["fact"] + finding["cause"] + finding["owner"]))
            assert "2023-10-26" < finding["due"] < "2024-06-30"


def test_every_text_fits_a_place_and_a_role_of_the_kit() -> None:
    cast, _ = invented(1)
    texts = cast.texts
    places = {(item.id, part.id) for item in cast.kit.items.values() for part in item.parts}
    places |= {(item.id, "") for item in cast.kit.items.values() if not item.parts}
    dispositions = {kind.id for kind in cast.kit.plan.dispositions}
    entries = [(entry.item, entry.part, entry.roles) for entry in texts.findings.findings]
    entries += [(entry.item, entry.part, entry.roles) for entry in texts.notes.notes]
    for item, part, roles in entries:
        assert (item, part) in places
        asked = [form for form in cast.forms if not set(roles).isdisjoint(form.respondent.roles)]
        assert any(item in form.questions.item_of for form in asked), (item, part, roles)
    for finding in texts.findings.findings:
        assert finding.severity in {severity.id for severity in cast.kit.plan.severities}
        assert finding.disposition.keys() <= dispositions
    assert texts.voices.suggestions.keys() == {box.id for box in cast.kit.plan.suggestions}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_the_profile_add_up_and_fit_the_roster(seed: int) -> None:
    cast, _ = invented(seed)
    known = facts(cast, {})
    assert known.keys() == {fact.id for fact in cast.kit.plan.profile}
    for total in cast.kit.plan.sums:
        assert int(known[total.total]) == sum(int(known[part]) for part in total.parts)
    assert int(known["branches_total"]) == sum(unit.kind == "branch" for unit in cast.roster.units)
    part_time = sum("兼职审核员" in person.posts for person in cast.roster.people)
    assert int(known["people_parttime"]) == part_time


@pytest.mark.slow
def test_nobody_can_be_telephoned(posted: list[Posted]) -> None:
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{15,}", "".join(map(str, posted)))
