"""What units and the body say together."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from selfaudit.model.answers import WORST_FIRST, Answer
from selfaudit.model.form import Respondent
from selfaudit.model.rollup import BODY, roll_up
from selfaudit.model.standing import Standing

UNITS = {"branch": ("Branch", ""), "office": ("Office", "branch"), "dept": ("Department", "")}


def says(unit: str, answer: str | None) -> Standing:
    """Return somebody of a unit who gives one answer to item 1.1, or none."""
    who = Respondent(key=f"person:{unit}", answers="person", name=unit, unit=unit, unit_name=unit, roles=())
    items: list[dict[str, Any]] = [{"id": "1.1", "answer": answer}] if answer else []
    return Standing(who, "P", "", date(2023, 11, 7), content={"passport": "P", "items": items})


def test_a_problem_in_an_office_shows_in_its_branch_and_in_the_body_but_not_beside_it() -> None:
    everybody = [says("office", "problem"), says("branch", "conform"), says("dept", "conform")]
    found = roll_up([(standing, None) for standing in everybody], UNITS, "The Body")
    assert {unit: found[unit].overall("1.1") for unit in ("office", "branch", "dept", BODY)} == {
        "office": Answer.PROBLEM,
        "branch": Answer.PROBLEM,
        "dept": Answer.CONFORM,
        BODY: Answer.PROBLEM,
    }
    assert found[BODY].name == "The Body"
    assert found["branch"].items["1.1"] == {Answer.PROBLEM: 1, Answer.CONFORM: 1}


answers = st.tuples(st.sampled_from(sorted(UNITS)), st.sampled_from([str(answer) for answer in Answer]))


@given(st.lists(answers, min_size=1))
def test_the_body_counts_everybody_once_and_shows_the_worst_answer(said: list[tuple[str, str]]) -> None:
    found = roll_up([(says(unit, answer), None) for unit, answer in said], UNITS, "The Body")
    assert found[BODY].items["1.1"].total() == len(said)
    assert found[BODY].overall("1.1") == next(a for a in WORST_FIRST if str(a) in {answer for _, answer in said})
