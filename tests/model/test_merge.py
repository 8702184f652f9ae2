"""Which response is shown, whatever the order in which they came."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from selfaudit.model.merge import Version, pick

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
        version = make(draw(people), draw(days), items, draw(st.integers(1, 2)), name=f"d{serial}")
        made[(version.filled_by, version.filled_on, str(items), version.serial)] = version
    return list(made.values())


def make(by: str, on: str, items: list[dict[str, str]] | None = None, serial: int = 1, name: str = "d") -> Version:
    """Return a response that says only what the test is about."""
    content = {"format": "selfaudit/response/1", "passport": f"P{serial}", "filled_by": by, "filled_on": on}
    return Version(name, by, on, serial, content | {"items": items or []})


@given(versions())
def test_what_is_shown_does_not_depend_on_the_order_of_arrival(some: list[Version]) -> None:
    assert len({str(pick(order)) for order in permutations(some)}) == 1


@given(versions())
def test_nothing_newer_than_the_response_shown_exists(some: list[Version]) -> None:
    shown, _ = pick(some)
    chosen = next(v for v in some if v.digest == shown)
    assert chosen.filled_on == max(v.filled_on for v in some)


@given(versions(), st.data())
def test_a_choice_holds_until_something_it_did_not_know_comes_in(some: list[Version], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(some))
    everything = frozenset(v.digest for v in some)
    assert pick(some, (chosen.digest, everything)) == (chosen.digest, [])


def test_the_same_person_corrects_himself_without_a_conflict() -> None:
    first = make("王一", "2023-11-01", [{"id": "1.1", "answer": "problem"}], name="first")
    second = make("王一", "2023-11-02", [{"id": "1.1", "answer": "conform"}], name="second")
    assert pick([first, second]) == ("second", [])


def test_two_people_who_differ_are_a_conflict_and_the_newer_date_is_shown() -> None:
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
