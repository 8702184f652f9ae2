"""Set arithmetic on keys says what Python's sets say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.casefiles.arrays import Keys, Lookup, Sets, distinct_parts, merged, shared, union

KEYS = st.sets(st.integers(1, 40) | st.integers(1, 2**64 - 1), max_size=60)
# the same in all bits that a place goes by, so that no table has room for more than one of them
CROWDED = st.sets(st.sampled_from([place << 56 | 1 for place in range(200)]), max_size=30)


def keys(of: set[int]) -> Keys:
    return np.array(sorted(of), dtype=np.uint64)


@given(KEYS | CROWDED, KEYS | CROWDED)
def test_a_lookup_has_its_keys_and_no_others_however_they_crowd(those: set[int], asked: set[int]) -> None:
    lookup = Lookup.of(keys(those))
    order = [*asked, *those]
    assert lookup.has(np.array(order, dtype=np.uint64)).tolist() == [key in those for key in order]


@given(st.dictionaries(st.sampled_from(["", "QMS", "EMS"]), KEYS, min_size=1), KEYS)
def test_sets_are_told_apart_by_their_names(sets: dict[str, set[int]], asked: set[int]) -> None:
    together = Sets.of({name: keys(each) for name, each in sets.items()})
    for name, each in sets.items():
        salts = np.full(len(asked), together.salts[name], dtype=np.uint64)
        assert together.has(keys(asked), salts).tolist() == [key in each for key in sorted(asked)]


@given(st.lists(st.lists(st.integers(0, 9), max_size=8), min_size=1, max_size=6))
def test_each_part_of_an_array_becomes_a_set_also_where_its_neighbour_has_the_same_keys(parts: list[list[int]]) -> None:
    keys_in_line = np.array([key for part in parts for key in part], dtype=np.uint64)
    made = distinct_parts(keys_in_line, np.array([len(part) for part in parts]))
    assert [each.tolist() for each in made] == [sorted(set(part)) for part in parts]


@given(KEYS, KEYS, KEYS)
def test_what_sets_share_and_have_together(one: set[int], other: set[int], third: set[int]) -> None:
    assert shared(keys(one), keys(other)) == len(one & other)
    assert union(map(keys, (one, other, third))).tolist() == sorted(one | other | third)
    assert merged(map(keys, (one, other, third))).tolist() == sorted([*one, *other, *third])
