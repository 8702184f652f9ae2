"""Where two texts say the same, in the words of both."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.casefiles.arrays import NO_KEYS, Lookup, union, within
from selfaudit.casefiles.normalising import normalise
from selfaudit.casefiles.passages import Read, longest_and_number, own_in, passages, template_in
from selfaudit.casefiles.shingling import shingles, text_shingles
from selfaudit.casefiles.spread import HIGH_BITS, NO_SPREAD, Spread
from selfaudit.model.casefiles.settings import Settings
from tests.casefiles.bodies import Body

SETTINGS = Settings()


def said(text_a: str, text_b: str, template: str = "") -> list[tuple[str, str]]:
    keys = text_shingles(template, SETTINGS.shingle) if template else NO_KEYS
    found = passages(text_a, text_b, keys, SETTINGS)
    return [(text_a[one.a : one.a + one.length_a], text_b[one.b : one.b + one.length_b]) for one in found]


def test_a_passage_is_given_in_the_words_of_both_texts_whatever_their_width_case_and_punctuation() -> None:
    a = "前言。现场查看了ＡＢＣ车间的 12 台设备，记录完整！后记甲"
    b = "其他内容：现场查看了abc车间的12台设备;记录完整。另有乙"
    assert said(a, b) == [("现场查看了ＡＢＣ车间的 12 台设备，记录完整", "现场查看了abc车间的12台设备;记录完整")]


def test_passages_that_changed_places_are_found_in_the_order_of_the_first_text() -> None:
    body = Body()
    one, two, three = (body.words(40) for _ in range(3))
    assert said(one + "甲乙" + two + "丙" + three, three + "丁戊" + one + "己" + two) == [
        (one, one), (two, two), (three, three),
    ]  # fmt: skip


def test_a_changed_name_parts_a_passage_and_what_is_shorter_than_a_passage_is_none() -> None:
    body = Body()
    before, after, few = body.words(30), body.words(30), body.words(11)
    assert said(f"{before}张三{after}，{few}子", f"{before}李某四{after}。丑{few}") == [
        (before, before),
        (after, after),
    ]


def test_passages_between_which_a_few_words_were_changed_are_counted_as_one_as_they_are_shown() -> None:
    body = Body()
    before, after, other = body.words(30), body.words(35), body.words(50)
    a, b = f"{before}张三{after}{other}", f"{before}李某四{after}{body.words(50)}{other}"
    ours, theirs = (Read.of(text, [], SETTINGS) for text in (a, b))
    assert longest_and_number(ours, theirs, SETTINGS) == (
        len(f"{before}张三{after}"),
        2,
    )
    assert len(passages(a, b, NO_KEYS, SETTINGS)) == 3


def test_template_is_no_passage_and_breaks_one() -> None:
    body = Body()
    form, own, other = (body.words(50) for _ in range(3))
    text = own + form + other
    (first, _), (second, _) = said(text, text, form)
    assert (first, second) == (own + form[:4], form[-4:] + other)
    keys = text_shingles(form, SETTINGS.shingle)
    assert template_in(text, keys, SETTINGS) == [(50, 100)]
    assert own_in(text, keys, SETTINGS) == [(0, 54), (96, 150)]


def test_usual_words_in_a_passage_do_not_make_it_stand_in_more_records() -> None:
    keys = text_shingles(Body().words(104), SETTINGS.shingle)
    assert Spread(keys & HIGH_BITS, np.repeat([2, 40], [20, 80])).of(keys) == 2
    # nobody knows of what was not counted
    assert NO_SPREAD.of(keys) == 0


def test_pieces_between_stock_phrases_are_one_passage_as_long_as_what_is_the_same() -> None:
    body = Body()
    phrases, pieces = [body.words(20) for _ in range(6)], [body.words(3) for _ in range(6)]
    said_twice = "".join(piece + phrase for piece, phrase in zip(pieces, phrases, strict=True))
    a, b = body.words(30) + said_twice, said_twice + body.words(30)
    template = text_shingles("。".join(phrases), SETTINGS.shingle)
    keys = text_shingles(a, SETTINGS.shingle)
    spread = Spread(keys & HIGH_BITS, np.where(within(keys, template), 40, 2))
    (one,) = passages(a, b, template, SETTINGS, spread)
    shown = a[one.a : one.a + one.length_a]
    assert (shown, one.records) == (said_twice[: -len(phrases[-1]) + 4], 2)
    ours, theirs = (Read.of(text, [Lookup.of(template)], SETTINGS) for text in (a, b))
    assert longest_and_number(ours, theirs, SETTINGS) == (len(shown), 1)


def test_what_stands_twice_in_one_text_and_once_in_the_other_is_told_once() -> None:
    words = Body().words(40)
    assert said(f"{words}甲{words}", f"乙{words}丙") == [(words, words)]
    assert said(f"{words}甲{words}", f"{words}乙{words}") == [(words, words), (words, words)]


def test_a_passage_tells_in_how_many_records_it_stands() -> None:
    body = Body()
    everywhere, here = body.words(300), body.words(300)
    keys = union([text_shingles(everywhere, 5), text_shingles(here, 5)]) & ~union([]).dtype.type(0xFF_FFFF)
    many = set((text_shingles(everywhere, 5) & ~keys.dtype.type(0xFF_FFFF)).tolist())
    spread = Spread(keys, (keys * 0 + 2).astype("int64"))
    for place, key in enumerate(keys.tolist()):
        spread.records[place] = 17 if key in many else 2
    found = passages(everywhere + "子" + here, here + "丑" + everywhere, NO_KEYS, SETTINGS, spread)
    assert [one.records for one in found] == [17, 2]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["甲乙丙丁", "ＡＢ", "cd", "，", " ", "一二三四五六七八九十", "0", "\ud800", "𠀀", "①"]))
)
def test_no_two_passages_overlap_and_both_sides_say_the_same(parts: list[str]) -> None:
    a, b = "".join(parts), "".join(reversed(parts))
    end = 0
    taken: set[int] = set()
    for one in passages(a, b, NO_KEYS, SETTINGS):
        assert one.a >= end
        end = one.a + one.length_a
        there = set(range(one.b, one.b + one.length_b))
        assert not there & taken
        taken |= there
        assert normalise(a[one.a : end])[0].tolist() == normalise(b[one.b : one.b + one.length_b])[0].tolist()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＡｂＣ　１２３", "abc123"),
        ("审核，结论：符合。", "审核结论符合"),
        ("⽔⼟", "水土"),
        ("10%—20㎡☑", "1020"),
        ("\ue000\ud800", ""),
        ("𠀀豈", "𠀀豈"),
    ],
)
def test_letters_and_digits_are_compared_whatever_their_form(text: str, plain: str) -> None:
    codes, keep = normalise(text)
    assert "".join(map(chr, codes.tolist())) == plain
    assert len(keep) == len(plain)


def test_the_key_of_a_shingle_is_the_same_for_ever() -> None:
    """Sketches are kept: whoever changes the keys must raise ALGORITHM."""
    assert [f"{key:016x}" for key in shingles(normalise("审核记录2023")[0], 5).tolist()] == [
        "945a04eaf7ee5875",
        "680a02d504d80b76",
        "fd36e9f1962d2747",
        "5ce4f8f273837690",
    ]
