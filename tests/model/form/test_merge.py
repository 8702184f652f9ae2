"""Which response is shown, whatever the order in which they came."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.model.form.merge import Version, pick

people = st.sampled_from(["", "王一", "李二"])
days = st.sampled_from(["", "2023-11-01", "2023-11-02", "2023-11-02T09:30"])
answers = st.dictionaries(
    st.sampled_from(["1.1", "1.2", "2.1"]), st.sampled_from(["conform", "problem", "not_applicable"]), max_size=3
)


@st.composite
def versions(draw: st.DrawFn) -> list[Version]:
    """Draw several different responses of one respondent."""
    made = {}
    for serial in range(draw(st.integers(1, 4))):
        said = draw(answers)
        items = [{"id": item, "answer": answer} for item, answer in sorted(said.items())]
        known = {
            "run": draw(st.integers(1, 2)),
            "received": draw(st.sampled_from(["2023-11-02T10:00", "2023-11-03T10:00"])),
            "issued": draw(st.sampled_from(["", "2023-11-02"])),
            "draft": draw(st.booleans()),
        }
        by = draw(people)
        version = make(by, draw(days), items, draw(st.integers(1, 2)), name=f"d{serial}", own=by == "王一", **known)
        made[(version.filled_by, version.filled_on, str(items), version.serial)] = version
    return list(made.values())


def make(
    by: str, on: str, items: list[dict[str, str]] | None = None, serial: int = 1, name: str = "d", **known: Any
) -> Version:
    """Return a response that says only what the test is about."""
    content = {"format": "selfaudit/response/1", "passport": f"P{serial}", "filled_by": by, "filled_on": on}
    return Version(name, by, on, serial, content | {"items": items or []}, **known)


@given(versions())
def test_what_is_shown_does_not_depend_on_the_order_in_which_they_are_looked_at(some: list[Version]) -> None:
    assert len({str(pick(order)) for order in permutations(some)}) == 1


@given(versions())
def test_nothing_that_is_finished_is_out_of_sight_unless_the_same_person_or_what_is_shown_says_it(
    some: list[Version],
) -> None:
    digest, rivals = pick(some)
    shown = next(v for v in some if v.digest == digest)
    for hidden in (v for v in some if not v.draft and v.digest not in {digest, *rivals}):
        same = [v for v in some if v is not hidden and v.filled_by == hidden.filled_by != ""]
        said_otherwise = [v for v in same if v.digest in {digest, *rivals} or v.said <= shown.said]
        assert said_otherwise or hidden.said <= shown.said


@given(versions())
def test_nobodys_own_form_yields_to_one_of_somebody_else(some: list[Version]) -> None:
    digest, _ = pick(some)
    shown = next(v for v in some if v.digest == digest)
    own = [v for v in some if v.own and (not v.draft or not any(not o.draft and v.said <= o.said for o in some))]
    assert shown.own or not own


@given(versions(), people, answers)
def test_what_somebody_else_sends_later_replaces_nothing_by_itself(
    some: list[Version], by: str, said: dict[str, str]
) -> None:
    digest, _ = pick(some)
    shown = next(v for v in some if v.digest == digest)
    items = [{"id": item, "answer": answer} for item, answer in sorted(said.items())]
    later = make(by, "2023-11-30", items, 3, name="later", own=by == "王一", run=9)
    known = {v.filled_by for v in some}
    after, rivals = pick([*some, later])
    if shown.filled_by and not shown.draft and by not in known and not later.own:
        assert (after, "later" in rivals) == (digest, not later.said <= shown.said)


@given(versions(), st.data())
def test_a_choice_holds_until_something_it_did_not_know_comes_in(some: list[Version], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(some))
    everything = frozenset(v.digest for v in some)
    assert pick(some, (chosen.digest, everything)) == (chosen.digest, [])


def test_the_same_person_corrects_himself_without_a_conflict() -> None:
    first = make("王一", "2023-11-01", [{"id": "1.1", "answer": "problem"}], name="first")
    second = make("王一", "2023-11-02", [{"id": "1.1", "answer": "conform"}], name="second")
    assert pick([first, second]) == ("second", [])


@pytest.mark.parametrize("on", ["2023-11-05", "2023-10-01", "2023-12-31T23:59"])
def test_what_the_first_person_says_is_shown_until_somebody_accepts_another_whatever_its_date(on: str) -> None:
    first = make("王一", "2023-11-01", [{"id": "1.1", "answer": "problem"}], name="first", run=1)
    longer = make("李二", on, [*ONE, {"id": "1.2", "answer": "conform"}], name="longer", run=2)
    assert pick([first, longer]) == ("first", ["longer"])
    corrected = make("王一", "2023-11-06", [{"id": "1.1", "answer": "conform"}], name="corrected", run=3)
    assert pick([first, longer, corrected]) == ("corrected", ["longer"])


def test_a_form_without_a_name_is_not_held_against_the_one_that_was_signed() -> None:
    unsigned = make("", "2023-11-01", ONE, name="unsigned", run=1)
    signed = make("王一", "2023-11-02", [*ONE, {"id": "1.2", "answer": "conform"}], name="signed", run=2)
    assert pick([unsigned, signed]) == ("signed", [])


def test_two_people_who_differ_in_one_delivery_are_a_conflict_and_the_newer_date_is_shown() -> None:
    first = make("王一", "2023-11-01", [{"id": "1.1", "answer": "problem"}], name="first")
    second = make("李二", "2023-11-02", [{"id": "1.1", "answer": "conform"}], name="second")
    assert pick([first, second]) == ("second", ["first"])


def test_whoever_goes_on_where_another_stopped_is_no_conflict() -> None:
    first = make("王一", "2023-11-01", [{"id": "1.1", "answer": "problem"}], name="first")
    items = [{"id": "1.1", "answer": "problem"}, {"id": "1.2", "answer": "conform"}]
    second = make("王一", "2023-11-01", items, name="a digest that sorts first")
    assert pick([first, second]) == (second.digest, [])


def test_different_answers_of_one_person_on_one_day_are_a_conflict() -> None:
    first = make("王一", "2023-11-01", [{"id": "1.1", "answer": "problem"}], name="first")
    second = make("王一", "2023-11-01", [{"id": "1.1", "answer": "conform"}], name="second")
    assert pick([first, second])[1] == ["first"]


def test_a_response_that_comes_after_a_choice_is_weighed_against_the_chosen_one() -> None:
    first = make("王一", "2023-11-01", [{"id": "1.1", "answer": "problem"}], name="first")
    second = make("李二", "2023-11-02", [{"id": "1.1", "answer": "conform"}], name="second")
    third = make("王一", "2023-11-03", [{"id": "1.1", "answer": "not_applicable"}], name="third")
    choice = ("first", frozenset({"first", "second"}))
    assert pick([first, second, third], choice) == ("third", [])


ONE, OTHER = [{"id": "1.1", "answer": "problem"}], [{"id": "1.1", "answer": "conform"}]


def test_of_two_forms_of_one_day_by_the_same_person_the_one_that_came_later_counts() -> None:
    first = make("王一", "2023-11-01", ONE, name="z first", run=1)
    second = make("王一", "2023-11-01", OTHER, name="a second", run=2)
    assert pick([first, second]) == ("a second", [])


def test_the_hour_that_a_form_states_decides_before_the_run_that_brought_it() -> None:
    late = make("王一", "2023-11-01T15:00", ONE, name="late", run=1)
    early = make("王一", "2023-11-01T09:00", OTHER, name="early", run=2)
    assert pick([late, early]) == ("late", [])
    # without an hour nobody knows, unless it came on that day
    vague = make("王一", "2023-11-01", OTHER, name="vague", run=2)
    assert pick([late, vague]) == ("vague", [])
    before = make("王一", "2023-11-01", OTHER, name="before", run=2, received="2023-11-01T10:00")
    assert pick([late, before]) == ("late", [])


@pytest.mark.parametrize("serial", [1, 2])
def test_an_unfinished_form_of_the_same_person_is_no_conflict(serial: int) -> None:
    draft = make("王一", "2023-11-01", ONE, name="draft", draft=True)
    done = make("王一", "2023-11-01", [*OTHER, {"id": "1.2", "answer": "conform"}], serial, name="done")
    assert pick([draft, done]) == ("done", [])


def test_an_unfinished_form_that_comes_after_the_complete_one_and_says_nothing_else_changes_nothing() -> None:
    done = make("王一", "2023-11-01", ONE, name="done", run=1)
    draft = make("王一", "2023-11-03", [], name="draft", run=2, draft=True)
    assert pick([done, draft]) == ("done", [])


def test_a_correction_with_a_gap_counts_all_the_same() -> None:
    done = make("王一", "2023-11-01", OTHER, name="done", run=1)
    corrected = make("王一", "2023-11-03", ONE, name="corrected", run=2, draft=True)
    assert pick([done, corrected]) == ("corrected", [])


def test_the_respondents_own_form_is_shown_until_somebody_chooses_a_longer_one_of_another_person() -> None:
    own = make("王一", "2023-11-01", ONE, name="own", own=True)
    longer = make("李二", "2023-11-03", [*ONE, {"id": "1.2", "answer": "conform"}], name="longer", run=2)
    assert pick([own, longer]) == ("own", ["longer"])
    assert pick([own, longer], ("longer", frozenset({"own", "longer"}))) == ("longer", [])


@pytest.mark.parametrize("on", ["", "2023-10-01", "2023-12-24"])
def test_a_date_that_is_missing_or_cannot_be_right_demotes_no_correction(on: str) -> None:
    known: dict[str, Any] = {"issued": "2023-10-28", "received": "2023-11-05T10:00"}
    first = make("王一", "2023-11-01", ONE, name="first", run=1, **known)
    second = make("王一", on, OTHER, name="second", run=2, **known)
    assert pick([first, second]) == ("second", [])
    again = make("王一", "2023-11-01", ONE, name="again", run=3, **known)
    assert pick([second, again]) == ("again", [])


def test_dates_that_are_all_before_the_form_was_issued_are_compared_with_each_other() -> None:
    newer = make("王一", "2023-11-02", ONE, name="newer", run=1, issued="2026-01-01")
    older = make("王一", "2023-11-01", OTHER, name="older", run=2, issued="2026-01-01")
    assert pick([newer, older]) == ("newer", [])
