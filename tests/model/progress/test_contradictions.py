"""What cannot both be right is what is said of the same subject."""

from dataclasses import replace
from itertools import permutations

import pytest

from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.contradictions import contradictions, unsettled
from selfaudit.model.progress.standing import Standing
from tests.reports.content_kit import BODY, BUSINESS, CONDUCT, FINDING, complete, make_kit, replied

NO_FINDING = {key: value for key, value in FINDING.items() if key != "item"}


def kit(*, role: str | None = None, item: str | None = None) -> Kit:
    """Return the small kit, in which the answers of the auditors, or those to 2.1, are about a subject."""
    made = make_kit()
    roles = [r.model_copy(update={"subject": role}) if r.id == "auditor" else r for r in made.plan.roles]
    conduct = made.checklists["conduct.yaml"]
    items = [i.model_copy(update={"subject": item}) if i.id == "2.1" else i for i in conduct.items]
    return made.model_copy(
        update={
            "plan": made.plan.model_copy(update={"roles": tuple(roles)}),
            "checklists": {**made.checklists, "conduct.yaml": conduct.model_copy(update={"items": tuple(items)})},
        }
    )


def says(name: str, answer: str, item: str = "2.2", findings: int = 0) -> Standing:
    found = [{**NO_FINDING, "item": item, "number": n} for n in range(findings)]
    return replied(name, {"items": [{"id": item, "answer": answer}], "findings": found})


def keys(standings: list[Standing], made: Kit) -> list[str]:
    return [one.key for one in contradictions(standings, made, BODY)]


@pytest.mark.parametrize(
    ("subject", "expected"), [(None, []), ("self", []), ("unit", ["2.2/N"]), ("body", ["2.2/body"])]
)
def test_two_people_of_a_unit_contradict_each_other_unless_they_speak_of_themselves(
    subject: str | None, expected: list[str]
) -> None:
    assert keys([says("Ann", "conform"), says("Bob", "problem")], kit(role=subject)) == expected


def test_reviews_of_files_contradict_neither_each_other_nor_a_unit() -> None:
    def review(of: Standing, key: str) -> Standing:
        return replace(of, respondent=of.respondent.model_copy(update={"key": key, "answers": "file"}))

    said = [review(says("Ann", "conform"), "file:s/P1/x"), review(says("Bob", "problem"), "file:s/P1/y")]
    assert keys([*said, says("Bob", "conform")], kit(role="unit")) == []


def test_people_of_two_units_contradict_each_other_only_about_the_body() -> None:
    apart = [says("Ann", "conform"), says("Cid", "problem")]
    assert [keys(apart, kit(role=subject)) for subject in ("unit", "body")] == [[], ["2.2/body"]]


def test_an_item_says_it_for_everybody_who_answers_it() -> None:
    both = [says("North", "conform", "2.1"), says("Cid", "problem", "2.1")]
    assert keys(both, kit()) == []
    assert keys(both, kit(item="body")) == ["2.1/body"]
    # what is said of the body is not said of the unit
    assert keys([says("North", "conform", "2.1"), says("Bob", "problem", "2.1")], kit(item="body")) == ["2.1/body"]


def test_a_unit_of_which_one_part_is_left_open_does_not_say_that_the_whole_item_conforms() -> None:
    north = [{"id": "1.1", "parts": [{"id": "a", "answer": "conform"}]}]
    whole = [{**NO_FINDING, "item": "1.1"}]
    assert keys([replied("North", {"items": north}), replied("Ann", {"findings": whole})], kit()) == []
    both = [{"id": "1.1", "parts": [{"id": part, "answer": "conform"} for part in "ab"]}]
    assert keys([replied("North", {"items": both}), replied("Ann", {"findings": whole})], kit()) == ["1.1/N"]


def test_a_unit_whose_id_is_body_is_not_taken_for_the_body() -> None:
    (one,) = contradictions([says("North", "conform", "2.1"), says("Bob", "problem", "2.1")], kit(), BODY)
    assert replace(one, unit="body").key != replace(one, unit="").key == "2.1/body"


def test_a_finding_counts_like_an_answer_that_reports_a_problem() -> None:
    both = [says("North", "conform", "2.1"), says("Bob", "conform", "2.1", findings=1)]
    assert keys(both, kit()) == ["2.1/N"]
    assert keys([says("North", "problem", "2.1"), says("Bob", "problem", "2.1")], kit()) == []


def test_a_finding_on_a_whole_item_contradicts_who_says_that_all_its_parts_conform() -> None:
    made = make_kit()
    bob = replied("Bob", {"items": [], "findings": [{**NO_FINDING, "item": "1.1"}]})
    assert keys([replied("North"), bob], made) == ["1.1/N"]
    half = {"items": [{"id": "1.1", "parts": [{"id": "a", "answer": "conform"}, {"id": "b", "answer": "unchecked"}]}]}
    assert keys([replied("North", half), bob], made) == []


def test_neither_what_is_found_nor_what_was_settled_depends_on_who_answered_first() -> None:
    some = [says("North", "conform", "2.1"), says("Ann", "problem", "2.1", 2), says("Bob", "problem", "2.1", 1)]
    found = [contradictions(order, kit(), BODY) for order in permutations(some)]
    assert {(one.key, one.digest) for several in found for one in several} == {("2.1/N", found[0][0].digest)}
    assert unsettled(found[0], {"2.1/N": found[1][0].digest}) == []
    assert unsettled(found[0], {"2.1/N": "another"}) == found[0]


def test_the_kit_of_these_tests_asks_branches_and_auditors_the_same() -> None:
    assert next(item for item in CONDUCT["items"] if item["id"] == "2.1")["roles"] == ["auditor", "branch"]
    assert "branch" in BUSINESS["items"][0]["roles"]
    assert keys(complete(), kit()) == []


def test_whoever_moves_to_another_unit_speaks_of_the_one_in_which_they_answered() -> None:
    bob = says("Bob", "problem", "2.1")
    assert keys([says("North", "conform", "2.1"), replace(bob, answered_in="S")], kit()) == []
    assert keys([says("South", "conform", "2.1"), replace(bob, answered_in="S")], kit()) == ["2.1/S"]
    assert keys([says("North", "conform", "2.1"), bob], kit()) == ["2.1/N"]
