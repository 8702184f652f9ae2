"""Names: what looks the same or is only typed otherwise is the same name, and a lost character is never made up for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.base.names import could_be, lost_characters, name_key

characters = st.sampled_from("王罗晓峰䶮阿卜杜拉买提高长马𠀀éA1(")
names = st.lists(characters, min_size=1, max_size=8).map("".join)
dots = st.sampled_from("·•‧・･．.。｡᛫∙⋅●˙ㆍ﹒․-‐—")
unseen = st.sampled_from(" \u3000\u00a0\u200b\u200d\u2060\ufeff\u202a\u2066\ufe00\U000e0100")


@given(st.lists(characters | dots | unseen, max_size=12).map("".join))
def test_a_folded_name_stays_as_it_is(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(st.lists(characters | unseen, max_size=12))
def test_what_cannot_be_seen_makes_no_other_name(pieces: list[str]) -> None:
    assert name_key("".join(pieces)) == name_key("".join(piece for piece in pieces if name_key(piece)))


@given(dots, dots)
def test_every_middle_dot_is_the_same_one(one: str, other: str) -> None:
    assert name_key(f"阿卜杜拉{one}买买提") == name_key(f"阿卜杜拉{other}买买提") == name_key("阿卜杜拉买买提")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("⾼建国", "高建国"),
        ("⻢⻓⻰", "马长龙"),
        ("ＬＩ　Ｍｉｎｇ", "li ming"),
        ("金\uf9e1", "金李"),
        ("e\u0301mile", "Émile"),
    ],
)
def test_radicals_and_compatibility_forms_are_the_characters_they_look_like(typed: str, name: str) -> None:
    assert name_key(typed) == name_key(name)


@pytest.mark.parametrize(
    ("one", "other"), [("第1-1组", "第11组"), ("1.1室", "11室"), ("罗晓峰", "罗晓锋"), ("王五", "王?")]
)
def test_names_that_differ_stay_different(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(names, st.data())
def test_a_name_with_a_lost_character_could_be_the_one_it_was_and_is_never_equal_to_it(
    name: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    sign = data.draw(st.sampled_from(["?", "??", "？", "□", "\ufffd", "〓", "\ue863"]))
    written = name[:at] + sign + name[at + 1 :]
    assert lost_characters(written)
    assert name_key(written) != name_key(name)
    assert could_be(written, name) == (len(name) > 1)


@pytest.mark.parametrize("written", ["???", "□□", "罗晓锋", "李?峰", "罗晓峰"])
def test_a_name_of_which_nothing_is_left_or_that_differs_could_be_nobody(written: str) -> None:
    assert not could_be(written, "罗晓峰")
