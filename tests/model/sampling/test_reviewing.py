"""Nobody ever reviews a file that they had to do with, whatever registers say, and what was given out stays."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.model.sampling.apart import keep_apart
from selfaudit.model.sampling.assigning import assign
from selfaudit.model.sampling.giving import GivenOut, give_out
from selfaudit.model.sampling.reviewing import Known, Named, Part, Reviewing, reviewing

NAMES, NUMBERS, FIELDS, FILES = "甲乙丙", ["", "01", "02"], ["质量", "环境"], ["P1", "P2", "P3", "P4"]
HALF = Fraction(50)
WHO = st.builds(
    lambda name, number: Named(name, number, name),
    st.sampled_from(["甲", "甲（北京）", "乙", "丙"]),
    st.sampled_from(NUMBERS),
)
PEOPLE = st.dictionaries(
    WHO, st.frozensets(st.sampled_from(FIELDS)).map(lambda fields: ("x", tuple(sorted(fields)))), min_size=1
)
INVOLVED = st.dictionaries(
    st.sampled_from(FILES), st.lists(st.tuples(st.none() | WHO, st.just("审核")), max_size=3).map(tuple)
)
WANTED = st.lists(st.sampled_from([("质量",), ("环境",), ("质量", "环境"), ()]), min_size=4, max_size=4)


def _given_out(now: Reviewing, most: int = 4) -> Reviewing:
    return give_out(now, list(now.wanted), most, HALF).reviewing


@settings(max_examples=60)
@given(PEOPLE, INVOLVED, WANTED)
def test_neither_of_two_reviewers_was_involved_or_lacks_a_field_and_what_is_given_out_stays(
    people: dict[Named, tuple[str, tuple[str, ...]]],
    involved: dict[str, tuple[tuple[Named | None, str], ...]],
    several: list[tuple[str, ...]],
) -> None:
    known = Known(people, involved)
    wanted = dict(zip(FILES, several, strict=True))
    first = _given_out(reviewing("5eed", known, dict(list(wanted.items())[:2]), None))
    now = _given_out(reviewing("5eed", known, wanted, first))
    assert (first.given.items() <= now.given.items(), first.second.items() <= now.second.items()) == (True, True)
    for file, person in [*now.given.items(), *now.second.items()]:
        assert {*wanted[file]} <= {*now.people[person].fields}
        for one in (one for one in people if one.id == person):
            for who in (who for who, _ in involved.get(file, ()) if who):
                known_apart = one.number and who.number and one.number != who.number
                assert known_apart or one.name[0] != who.name[0]
                assert not one.number or one.number != who.number
    assert all(now.why_not(file, person) for file in wanted for person in {*now.people} - now.may(file))
    assert [file for file in now.second if now.second[file] == now.given[file]] == []


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(FILES), st.frozensets(st.sampled_from(NAMES)), min_size=4), st.integers(1, 3))
def test_half_of_the_files_have_a_second_reviewer_or_it_is_said_which_ones_nobody_else_takes(
    barred: dict[str, frozenset[str]], most: int
) -> None:
    def given_out(names: Iterable[str], files: Iterable[str]) -> GivenOut:
        people = {Named(name, "", name): (name, ()) for name in names}
        did = {file: tuple((Named(name, "", name), "审核") for name in sorted(barred[file])) for file in files}
        files = list(did)
        return give_out(reviewing("5eed", Known(people, did), dict.fromkeys(files, ()), None), files, most, HALF)

    made = given_out(NAMES, FILES)
    now, loads = made.reviewing, made.reviewing.load(FILES)
    assert max(loads.values()) <= most
    have = len(now.second) + len(made.single)
    assert have == min(2, len(now.given))
    for file in made.single:
        assert [id_ for id_ in now.may(file) - {now.given[file]} if loads[id_] < most] == []
    shuffled = given_out(NAMES[::-1], FILES[::-1])
    assert (shuffled.reviewing.given, shuffled.reviewing.second) == (now.given, now.second)


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from([("甲", "乙"), ("乙", "丙"), ("丙", "丁"), ("丁", "甲"), ("甲", "丙")]), min_size=4, max_size=9
    )
)
def test_exchanging_files_leaves_loads_as_they_are_and_never_makes_more_pairs_that_review_each_other(
    did: list[tuple[str, str]],
) -> None:
    people = {Named(name, "", name): (name, ()) for name in "甲乙丙丁"}
    involved = {f"P{n}": tuple((Named(name, "", name), "审核") for name in both) for n, both in enumerate(did)}
    now = reviewing("5eed", Known(people, involved), dict.fromkeys(involved, ()), None)
    level = assign({file: now.may(file) for file in now.wanted}, dict.fromkeys(now.people, 9), "5eed").reviewer
    made = keep_apart(now, level)
    assert Counter(made.values()) == Counter(level.values())
    assert all(person in now.may(file) for file, person in made.items())
    assert _pairs(now, made) <= _pairs(now, level)


def _pairs(now: Reviewing, reviewer: Mapping[str, str]) -> int:
    """Count the pairs of files of which each is reviewed by somebody who had to do with the other one."""
    several = reviewer.items()
    return sum(
        one in now.excluded.get(other_file, {}) and other in now.excluded.get(file, {})
        for file, one in several
        for other_file, other in several
    )


def test_two_people_do_not_review_each_other_where_a_third_can_take_a_file() -> None:
    involved = {"P1": ((Named("甲", "", "甲"), "审核"),), "P2": ((Named("乙", "", "乙"), "审核"),), "P3": ()}
    people = {Named(name, "", name): (name, ()) for name in "甲乙丙"}
    now = reviewing("5eed", Known(people, involved), dict.fromkeys(involved, ()), None)
    assert _pairs(now, {"P1": "乙", "P2": "甲", "P3": "丙"}) == 2
    assert _pairs(now, keep_apart(now, {"P1": "乙", "P2": "甲", "P3": "丙"})) == 0


def test_the_same_number_is_the_same_person_under_another_name_or_none_and_no_namesake() -> None:
    did = {"P1": ((Named("贾", "01"), "审核"), (Named("甲"), "审核")), "P2": ((Named("", "01"), "决定"),)}
    known = Known({Named("甲", "01"): ("甲", ())}, did)
    excluded = reviewing("5eed", known, {"P1": (), "P2": ()}, None).excluded
    assert excluded == {"P1": {"01": (Part(did="审核"),)}, "P2": {"01": (Part(did="决定"),)}}


def test_who_may_not_review_any_more_keeps_what_they_have_and_gets_nothing() -> None:
    first = _given_out(reviewing("5eed", Known({Named("甲", "", "1"): ("甲", ())}, {}), {"P1": ()}, None))
    now = reviewing("5eed", Known({Named("乙", "", "2"): ("乙", ())}, {}), {"P1": (), "P2": ()}, first)
    assert (now.given, now.may("P2")) == ({"P1": "1"}, frozenset({"2"}))
    assert now.why_not("P1", "1").gone
