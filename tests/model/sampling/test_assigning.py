"""As many files as can be have a reviewer, loads are level, and whoever is left over is explained."""

from itertools import product
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.sampling.agreement import agreement, kappa
from selfaudit.model.sampling.assigning import Stuck, assign

T = TypeVar("T")
Allowed = dict[str, frozenset[str]]
Room = dict[str, int]

PEOPLE = ["Li", "Wang", "Zhao"]
ALLOWED = st.dictionaries(
    st.integers(1, 99).map(lambda n: f"P{n}"), st.frozensets(st.sampled_from(PEOPLE)), min_size=1, max_size=6
)
ROOM = st.fixed_dictionaries({name: st.integers(0, 4) for name in PEOPLE})


def _best(allowed: Allowed, room: Room, has: Room) -> tuple[int, int]:
    """Return the most files that can have a reviewer, and the most level loads among these, by trying everything."""
    best = (0, -_uneven([0, 0, 0], has))
    for chosen in product(*([*sorted(several), None] for several in allowed.values())):
        loads = [chosen.count(name) for name in PEOPLE]
        if all(load <= room[name] for name, load in zip(PEOPLE, loads, strict=True)):
            best = max(best, (sum(loads), -_uneven(loads, has)))
    return best


def _uneven(loads: list[int], has: Room) -> int:
    return sum((load + has[name]) ** 2 for load, name in zip(loads, PEOPLE, strict=True))


@settings(max_examples=60)
@given(ALLOWED, ROOM, ROOM)
def test_no_way_to_give_files_out_has_more_of_them_or_more_level_loads(allowed: Allowed, room: Room, has: Room) -> None:
    made = assign(allowed, room, "5eed", has)
    loads = [list(made.reviewer.values()).count(name) for name in PEOPLE]
    assert all(name in allowed[file] for file, name in made.reviewer.items())
    assert all(load <= room[name] for name, load in zip(PEOPLE, loads, strict=True))
    assert sorted([*made.reviewer, *made.left]) == sorted(allowed)
    assert (sum(loads), -_uneven(loads, has)) == _best(allowed, room, has)


@given(ALLOWED, ROOM, st.randoms(use_true_random=False))
def test_the_order_of_files_and_reviewers_changes_nothing(allowed: Allowed, room: Room, random: Random) -> None:
    def shuffled(of: dict[str, T]) -> dict[str, T]:
        return dict(random.sample(list(of.items()), len(of)))

    assert assign(shuffled(allowed), shuffled(room), "5eed") == assign(allowed, room, "5eed")


@given(ALLOWED, ROOM)
def test_whoever_is_left_over_is_explained_by_reviewers_who_are_full_of_files_that_fit_nobody_else(
    allowed: Allowed, room: Room
) -> None:
    made = assign(allowed, room, "5eed")
    assert sum(one.missing for one in made.stuck) == len(made.left)
    for one in made.stuck:
        assert set().union(*(allowed[file] for file in one.files)) <= set(one.reviewers)
        assert one.room == sum(room[name] for name in one.reviewers) == len(one.files) - one.missing


def test_a_file_that_greed_would_leave_over_finds_its_reviewer_along_a_chain() -> None:
    allowed = {"P1": {"Li", "Wang"}, "P2": {"Li", "Zhao"}, "P3": {"Wang", "Li"}, "P4": {"Zhao", "Wang"}, "P5": {"Li"}}
    made = assign({file: frozenset(who) for file, who in allowed.items()}, {"Li": 1, "Wang": 2, "Zhao": 2}, "5eed")
    assert made.left == ()
    assert made.reviewer["P5"] == "Li"


def test_what_cannot_be_given_out_says_who_could_take_it_and_how_many_are_missing() -> None:
    allowed = {"P1": frozenset({"Li"}), "P2": frozenset({"Li"}), "P3": frozenset({"Wang"}), "P4": frozenset[str]()}
    made = assign(allowed, {"Li": 1, "Wang": 5}, "5eed")
    assert made.stuck == (Stuck(("P4",), (), 0, 1), Stuck(("P1", "P2"), ("Li",), 1, 1))


def test_kappa_is_that_of_the_published_example_and_none_where_chance_alone_would_agree() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert round(kappa(pairs) or 0, 3) == 0.4
    assert kappa([("y", "y")] * 3) is None
    assert kappa([]) is None
    made = agreement(pairs)
    assert (made.files, made.same, made.few, made.kappa) == (50, 35, False, kappa(pairs))
