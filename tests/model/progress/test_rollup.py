"""What units and the body say together."""

from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from selfaudit.model.form.answers import WORST_FIRST, Answer
from selfaudit.model.form.form import Questions
from selfaudit.model.progress.rollup import BODY, Counts, UnitRollup, answers_of, count, places_of, roll_up

UNITS = {"branch": ("Branch", ""), "office": ("Office", "branch"), "dept": ("Department", "")}
ANSWERS = st.sampled_from([str(answer) for answer in Answer])


def together(*said: tuple[str, str]) -> dict[str, UnitRollup]:
    """Return the roll-up of people of some units who give one answer each to item 1.1."""
    own: dict[str, Counts] = {}
    for unit, answer in said:
        count(own.setdefault(unit, {}), answers_of({"items": [{"id": "1.1", "answer": answer}]}, {}))
    return roll_up(own, UNITS, "The Body")


def test_a_problem_in_an_office_shows_in_its_branch_and_in_the_body_but_not_beside_it() -> None:
    found = together(("office", "problem"), ("branch", "conform"), ("dept", "conform"))
    assert {unit: found[unit].overall("1.1") for unit in ("office", "branch", "dept", BODY)} == {
        "office": Answer.PROBLEM,
        "branch": Answer.PROBLEM,
        "dept": Answer.CONFORM,
        BODY: Answer.PROBLEM,
    }
    assert found[BODY].name == "The Body"
    assert found["branch"].said("1.1") == {Answer.PROBLEM: 1, Answer.CONFORM: 1}


def test_units_keep_the_order_of_the_roster_and_the_body_is_last() -> None:
    found = together(("gone", "conform"), ("dept", "conform"), ("office", "conform"))
    assert list(found) == ["branch", "office", "dept", "gone", BODY]


@given(st.lists(st.tuples(st.sampled_from(sorted(UNITS)), ANSWERS), min_size=1))
def test_the_body_counts_everybody_once_and_shows_the_worst_answer(said: list[tuple[str, str]]) -> None:
    found = together(*said)
    assert sum(found[BODY].said("1.1").values()) == len(said)
    assert found[BODY].overall("1.1") == next(a for a in WORST_FIRST if str(a) in {answer for _, answer in said})


def questions(**parts: str) -> Questions:
    """Return questions for items ``_1``, ``_2`` …, each with these parts; nothing else is in them."""
    made: list[Any] = [
        SimpleNamespace(id=key[1:], parts=[SimpleNamespace(id=letter) for letter in letters])
        for key, letters in parts.items()
    ]
    return cast("Questions", SimpleNamespace(items=made))


def test_what_was_asked_and_left_open_wholly_or_in_a_part_is_unchecked() -> None:
    asked = questions(_1="", _2="ab", _3="ab", _4="ab", _5="")
    content: dict[str, Any] = {
        "items": [
            {"id": "1", "answer": "conform"},
            {"id": "2", "parts": [{"id": "a", "answer": "conform"}]},
            {"id": "3", "parts": [{"id": "a", "answer": "conform"}, {"id": "b", "answer": "problem"}]},
            {"id": "5", "note": "no answer"},
            {"id": "9", "answer": "not_applicable"},
        ]
    }
    assert answers_of(content, places_of(asked)) == {
        "1": Answer.CONFORM, "2": Answer.UNCHECKED, "3": Answer.PROBLEM, "4": Answer.UNCHECKED, "5": Answer.UNCHECKED,
        "9": Answer.NOT_APPLICABLE,
    }  # fmt: skip
    assert answers_of(None, places_of(asked)) == dict.fromkeys("12345", "missing")
    assert answers_of(None, places_of(None)) == {}


@given(st.lists(st.dictionaries(st.sampled_from("123"), ANSWERS.map(Answer))), st.data())
def test_what_is_taken_out_again_leaves_what_was_there_without_it(
    everybody: list[dict[str, Answer]], data: st.DataObject
) -> None:
    counts: Counts = {}
    for answers in everybody:
        count(counts, answers)
    gone = data.draw(st.lists(st.sampled_from(range(len(everybody))), unique=True)) if everybody else []
    for n in gone:
        count(counts, everybody[n], -1)
    rest: Counts = {}
    for n, answers in enumerate(everybody):
        if n not in gone:
            count(rest, answers)
    assert counts == rest
