"""Which records are told to be alike."""

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.lookalike_corpus import HARD, KINDS, Made, blank_forms, make
from selfaudit.casefiles import candidates, exact, postings, threads
from selfaudit.casefiles.arrays import Keys
from selfaudit.casefiles.comparing import Comparison, Earlier, compare
from selfaudit.casefiles.indexing import Kept
from selfaudit.casefiles.passages import passages
from selfaudit.casefiles.sketching import from_bytes, sketch, to_bytes
from selfaudit.casefiles.templates import Templates
from selfaudit.model.casefiles.joining import joined
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings
from tests.casefiles.bodies import Body, pair, pairs


@cache
def corpus() -> tuple[list[Made], Comparison]:
    made = list(make(1_000))
    records = [
        CaseRecord(id=one.id, digest=one.id, standard=one.standard, organisation=one.organisation, period=one.period,
                   characters=len(one.text))
        for one in made
    ]  # fmt: skip
    blanks = {standard: [form] for standard, form in blank_forms().items()}
    return made, compare(records, lambda n: made[n].text, blanks, Settings())


def test_planted_copies_of_every_kind_are_found() -> None:
    made, comparison = corpus()
    families: dict[tuple[str, int], set[str]] = {}
    for one in made:
        if one.kind != HARD:
            families.setdefault((one.kind, one.family), set()).add(one.id)
    together = [{each.source, *each.members} for each in comparison.found.rings]
    together += [{each.a, each.b} for each in comparison.found.pairs]
    planted = {kind: them for (kind, _), them in families.items() if kind}
    assert planted.keys() == set(KINDS)
    missed = [kind for (kind, _), them in families.items() if kind and not any(them <= each for each in together)]
    assert missed == []


def test_records_that_have_nothing_to_do_with_each_other_are_not_told() -> None:
    made, comparison = corpus()
    family = {one.id: (one.family, one.id if not one.family else "") for one in made}
    assert [each for each in comparison.found.pairs if family[each.a] != family[each.b]] == []
    hard = {one.id for one in made if one.kind == HARD}
    assert all(max(each.of_a, each.of_b) >= 0.3 for each in comparison.found.pairs if each.a in hard)


def test_nothing_is_told_of_template_that_stands_in_a_blank_form() -> None:
    _, comparison = corpus()
    assert {told.standard for told in comparison.found.learned} <= {"ISMS"}  # eleven records: four are more than 10 %


def test_a_ring_has_its_source_and_its_members_and_one_pair_for_each_member() -> None:
    body = Body()
    body.fill(400, characters=300)
    own = body.paragraphs(2_400)
    source = body.add(own)
    members = [body.add(body.edited(own, 0.3)) for _ in range(29)]
    found = body.compared().found
    (ring,) = found.rings
    assert ring.source == source
    assert ring.members == tuple(sorted(members))
    assert {(one.a, one.b) for one in found.pairs} == {pair(source, member) for member in members}
    assert all(0.55 < max(one.of_a, one.of_b) < 0.8 for one in found.pairs)


def test_two_members_of_a_ring_that_are_much_closer_to_each_other_than_to_its_source_are_a_pair() -> None:
    body = Body()
    body.fill(60)
    own, other = body.paragraphs(2_400), body.paragraphs(1_500)
    source, copy, again = (body.add(text) for text in (own, body.edited(own, 0.1), body.edited(own, 0.1)))
    some = len(own) * 2 // 5
    both = [body.add(own[:some] + text) for text in (other, body.edited(other, 0.1))]
    found = body.compared().found
    assert [ring.source for ring in found.rings] == [source]
    to_source = {pair(source, member) for member in (copy, again, *both)}
    assert {(one.a, one.b) for one in found.pairs} == to_source | {pair(*both)}


def test_a_ring_larger_than_a_tenth_of_its_standard_is_told_as_template_that_no_blank_form_has() -> None:
    body = Body()
    body.fill(100)
    own = body.paragraphs(1_800)
    ring = [body.add(body.edited(own, 0.1)) for _ in range(20)]
    found = body.compared(body.blank()).found
    (told,) = found.learned
    assert (told.standard, told.records) == ("QMS", 20)
    assert set(told.examples) <= set(ring)
    assert own[3][:30] in told.text
    assert body.form("QMS")[0] not in told.text


def test_a_form_that_nobody_gave_is_told_apart_from_a_ring() -> None:
    body = Body()
    body.fill(100)
    own = body.paragraphs(1_800)
    for _ in range(20):
        body.add(body.edited(own, 0.1))
    form, ring = body.compared().found.learned
    assert (form.records, ring.records) == (120, 20)
    assert body.form("QMS")[0][:40] in form.text
    assert own[3][:30] not in form.text


@pytest.mark.parametrize("characters", [200, 500, 1_000, 2_000])
def test_copies_of_short_records_are_found(characters: int) -> None:
    body = Body(characters)
    body.fill(60, characters=characters)
    own = body.paragraphs(characters, 30)
    copies = pair(body.add(own), body.add(body.edited(own, 0.2)))
    assert pairs(body.compared()) == {copies}


def test_a_short_record_inside_a_long_one_is_found() -> None:
    body = Body()
    body.fill(60, characters=600)
    short = body.paragraphs(1_500)
    inside = pair(body.add(short), body.add([*body.paragraphs(6_000), *short]))
    (found,) = body.compared().found.pairs
    assert (found.a, found.b) == inside
    assert sorted((found.of_a > 0.8, found.of_b > 0.8)) == [False, True]


def test_stock_phrases_of_a_long_record_make_no_copy_of_a_short_one() -> None:
    body = Body()
    body.fill(60, characters=600)
    phrases = [body.words(20) + "。" for _ in range(12)]
    body.add([*phrases[:6], *body.paragraphs(160, 20)])
    body.add([*body.paragraphs(9_000), *phrases])
    assert pairs(body.compared()) == set()


def test_the_form_of_a_rare_standard_makes_no_copies_of_its_records() -> None:
    body = Body()
    body.fill(100)
    body.fill(12, "ISMS")
    comparison = body.compared()
    assert pairs(comparison) == set()
    assert comparison.found.few == ("ISMS",)
    assert body.compared(body.blank("ISMS")).found.few == ()


def test_a_blank_form_is_no_copy_even_where_two_records_alone_have_it() -> None:
    body = Body()
    body.fill(2, "ISMS", 400)
    assert len(body.compared().found.pairs) == 1
    assert body.compared(body.blank("ISMS")).found.pairs == ()


def test_an_unfilled_form_is_told_to_have_nothing_that_can_be_compared() -> None:
    body = Body()
    body.fill(50)
    body.put("empty.docx", "")
    body.put("form.docx", "\n".join(body.form("QMS")))
    assert body.compared(body.blank()).found.bare == ("empty.docx", "form.docx")


def test_a_record_that_repeats_one_sentence_has_nothing_to_compare_whether_its_sketch_is_known_or_not() -> None:
    body = Body()
    body.fill(3)
    body.put("again.docx", body.words(20) * 200)
    kept: dict[int, Keys] = {}
    first = body.compared(earlier=Earlier(sketches=Kept(made=kept.__setitem__)))
    again = body.compared(earlier=Earlier(sketches=Kept(known=kept.get)))
    assert first.found.bare == again.found.bare == ("again.docx",)


def test_records_of_an_unknown_standard_are_compared_with_all_others() -> None:
    body = Body()
    body.fill(60)
    own = body.paragraphs(1_200)
    copies = pair(body.add(own), body.add(own, ""))
    assert pairs(body.compared(body.blank(""))) == {copies}


def test_template_that_is_learned_of_records_of_an_unknown_standard_is_told_too() -> None:
    body = Body()
    body.fill(45, "", 300)
    (told,) = body.compared().found.learned
    assert (told.standard, told.records) == ("", 45)


def test_a_copy_under_another_standard_is_found_but_not_the_files_of_one_audit() -> None:
    body = Body()
    body.fill(60)
    body.fill(60, "EMS")
    own, joint = body.paragraphs(1_200), body.paragraphs(1_200)
    copies = pair(body.add(own, organisation="甲", period="2023-05-01"), body.add(own, "EMS", organisation="乙"))
    for standard in ("QMS", "EMS"):
        body.add(joint, standard, organisation="甲", period="2023-05-01")
    comparison = body.compared()
    assert pairs(comparison) == {copies}
    assert comparison.found.one_audit == 1


def test_an_organisation_that_repeats_itself_in_the_next_period_is_found() -> None:
    body = Body()
    body.fill(60)
    own = body.paragraphs(1_200)
    ids = [body.add(own, organisation="甲", period=f"202{year}-05-01") for year in (2, 3)]
    assert pairs(body.compared()) == {pair(*ids)}


def some_records(seed: int) -> Body:
    body = Body(seed)
    body.fill(50, characters=400)
    for share in (0, 0.2, 0.4):
        own = body.paragraphs(900)
        for _ in range(body.rng.randrange(2, 5)):
            body.add(body.edited(own, share))
    return body


@pytest.mark.parametrize("at_once", [2, 97])
def test_what_is_found_is_the_same_however_little_is_looked_at_at_once(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = some_records(7)
    whole = body.compared()
    monkeypatch.setattr(postings, "_AT_ONCE", at_once)
    monkeypatch.setattr(candidates, "_AT_ONCE", at_once)
    monkeypatch.setattr(candidates, "_LOOKED_FOR", 3 * at_once)
    monkeypatch.setattr(threads, "AT_ONCE", at_once)
    monkeypatch.setattr(exact, "_PAIRS", at_once)
    monkeypatch.setattr(exact, "_KEPT", at_once)
    parts = body.compared()
    assert parts.found == whole.found
    assert parts.spread.keys.tolist() == whole.spread.keys.tolist()
    assert parts.spread.records.tolist() == whole.spread.records.tolist()


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_found_is_the_same_in_any_order_of_the_records(seed: int) -> None:
    body = some_records(seed)
    mixed = Random(seed).sample(body.records, len(body.records))
    assert body.compared(records=mixed).found == body.compared().found


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10))
def test_a_run_that_adds_records_finds_what_a_run_over_all_of_them_finds(seed: int, added: int) -> None:
    body = some_records(seed)
    mixed = Random(seed).sample(body.records, len(body.records))
    old = mixed[added:]
    first = body.compared(records=old)
    kept = {one.id: sketch(body.texts[one.id], Settings()) for one in old}
    before = Earlier(
        first.templates,
        {one.id: one.digest for one in old},
        first.found.pairs,
        Kept(known=lambda number: kept.get(mixed[number].id)),
    )
    more = body.compared(records=mixed, earlier=before)
    assert more.templates.learned["QMS"] is first.templates.learned["QMS"]
    whole = body.compared(records=mixed, earlier=Earlier(replace(first.templates)))
    assert more.found == whole.found


def test_what_turns_out_to_be_a_form_makes_records_of_an_unknown_standard_alike_no_longer() -> None:
    body = Body()
    for name in ("a.docx", "b.docx"):
        body.put(name, "\n".join([*body.form("QMS"), *body.paragraphs(900)]), "")
    first = body.compared()
    assert pairs(first) == {("a.docx", "b.docx")}
    digests = {one.id: one.digest for one in body.records}
    body.fill(45)
    more = body.compared(earlier=Earlier(first.templates, digests, first.found.pairs))
    assert (pairs(more), more.found) == (set(), body.compared().found)


def test_what_is_told_of_a_pair_is_what_its_passages_are() -> None:
    body = some_records(4)
    compared = body.compared()
    standards = {one.id: one.standard for one in body.records}
    assert compared.found.pairs
    for one in compared.found.pairs:
        template = compared.templates.both(standards[one.a], standards[one.b])
        shown = joined(passages(body.texts[one.a], body.texts[one.b], template, compared.templates.settings))
        assert (one.longest, one.passages) == (max(each.length_a for each in shown), len(shown))


def test_more_than_can_be_counted_is_never_compared_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_MOST", 100)
    with pytest.raises(ValueError, match="more than 100"):
        some_records(1).compared()


def test_a_shelf_that_lets_go_of_records_keeps_those_used_last_however_long_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts, read = [Body(seed).words(500) for seed in range(6)], list[int]()
    records = [CaseRecord(id=str(n), digest=str(n), characters=500) for n in range(6)]

    def text_of(number: int) -> str:
        read.append(number)
        return texts[number]

    shelf = exact.Shelf(records, text_of, Templates(Settings()))
    monkeypatch.setattr(exact, "_KEPT", 3 * 500)
    monkeypatch.setattr(exact, "_PAIRS", 1)
    drawn = Random(1).choices([(a, b) for b in range(6) for a in range(b)], k=200)
    assert len([*shelf.overlaps(drawn)]) == len(drawn)
    for number in (0, 1, 2):
        shelf.own(number)
    read.clear()
    assert [len(shelf.own(number)) for number in (0, 1, 2)] == [496, 496, 496]
    assert read == []


def test_a_record_whose_text_changed_is_compared_anew_and_one_that_is_gone_is_no_longer_told() -> None:
    body = Body()
    body.fill(60)
    own = body.paragraphs(1_200)
    a, b, c, d = (body.add(own) for _ in range(4))
    first = body.compared()
    digests = {one.id: one.digest for one in body.records}
    changed = Body(2)
    changed.fill(1)
    body.texts[b] = next(iter(changed.texts.values()))
    now = [one.model_copy(update={"digest": "x"}) if one.id == b else one for one in body.records if one.id != d]
    again = body.compared(records=now, earlier=Earlier(first.templates, digests, first.found.pairs))
    assert pairs(again) == {pair(a, c)}


def test_text_is_read_once_for_sketches_that_are_not_known_and_each_new_sketch_is_given_to_be_kept() -> None:
    body = some_records(3)
    made: dict[str, bytes] = {}
    body.compared(
        earlier=Earlier(sketches=Kept(made=lambda number, keys: made.update({body.records[number].id: to_bytes(keys)})))
    )
    assert {id_: from_bytes(kept).tolist() for id_, kept in made.items()} == {
        id_: sketch(text, Settings()).tolist() for id_, text in body.texts.items()
    }
