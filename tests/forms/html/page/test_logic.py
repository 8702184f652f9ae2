"""The scripts of the HTML form say of any content the same as the program that reads it back."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from selfaudit.base.canonical import canonical_json
from selfaudit.base.dates import half_width, read_date
from selfaudit.base.text import clean, loose
from selfaudit.files.yaml.lint import is_clean
from selfaudit.files.yaml.reader import read_yaml
from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.reading.fields import quote
from selfaudit.forms.reading.reader import Reading
from selfaudit.forms.reading.values import read_number, read_place
from selfaudit.model.form.form import Form
from selfaudit.model.form.response import FIELD_WORDS, content_hash
from selfaudit.model.progress.paper import content_code
from tests.forms.html.page.conftest import Call, form_data
from tests.forms.sample import COMPLETE, ENGLISH, FORM, read, text
from tests.forms.test_properties import AWKWARD, contents

pytestmark = pytest.mark.slow

FORMS = st.sampled_from([FORM, ENGLISH])
VECTORS = json.loads((Path(__file__).parents[4] / "docs" / "content-vectors.json").read_text(encoding="utf-8"))
BARE = ("format", "passport")
"""What is in the content of a form in which nothing is filled in."""
HARMLESS = {"form.filled-by-other", "file.lost-character"}
"""Notes that no writer can avoid: of somebody else's name, and of U+FFFD in a text."""

LOAD = """([form, text]) => {
  const got = stateFrom(form, readYaml(text));
  return {...got, content: canonical(form, got.state), hash: contentHash(form, got.state)};
}"""
SAVE = """([form, state]) => {
  const content = canonical(form, state);
  const saved = {yaml: writeYaml(form, state), gaps: gaps(form, state), hash: contentHash(form, state)};
  return {...saved, content, json: canonicalJson(content)};
}"""


def load(logic: Call, form: Form, written: str) -> Any:
    return logic(LOAD, [form_data(form), written])


def save(logic: Call, form: Form, state: Any) -> Any:
    return logic(SAVE, [form_data(form), state])


def state_of(logic: Call, form: Form, content: dict[str, Any]) -> Any:
    return load(logic, form, yaml_form.write(form, content).decode())["state"]


# -- what the program wrote is read ----------------------------------------------------------------------------------


@given(st.data(), FORMS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
@settings(max_examples=40, deadline=None)
def test_any_content_that_the_program_wrote_is_read_with_the_same_hash(
    logic: Call, data: st.DataObject, form: Form, end: str, mark: str
) -> None:
    content = data.draw(contents(form))
    loaded = load(logic, form, mark + yaml_form.write(form, content).decode().replace("\n", end))
    assert loaded["content"] == content
    assert loaded["hash"] == content_hash(content)
    assert loaded["passport"] == form.passport
    assert loaded["dropped"] == []
    assert not loaded["cutOff"]


@pytest.mark.parametrize("form", [FORM, ENGLISH])
def test_the_form_as_it_was_issued_is_an_empty_state(logic: Call, form: Form) -> None:
    loaded = load(logic, form, yaml_form.write(form).decode())
    assert loaded["state"] == logic("emptyState", form_data(form))
    assert loaded["dropped"] == []


def test_nothing_is_filled_in_beforehand(logic: Call) -> None:
    state = logic("emptyState", form_data(FORM))
    assert save(logic, FORM, state)["content"] == {"format": "selfaudit/response/1", "passport": FORM.passport}
    assert state["items"][0] == {"id": "1.1", "answer": "unchecked", "note": "", "evidence": []}
    assert state["items"][3]["parts"][1] == {"id": "b", "answer": "unchecked", "note": "", "evidence": []}


# -- what is saved is read by the program ----------------------------------------------------------------------------

TYPED = st.one_of(
    st.just(""),
    st.text(st.sampled_from(AWKWARD + "\x00\x07\x0b\x7f\x85\u2029\ufffe"), max_size=20),
    st.text(max_size=20),
)
SPELLINGS = [
    "", "2023-11-05", "2023-11-05 14:30", "2023-11-05T9:05:59", "2023年11月5日", "2023年11月5日9点05分", "2023.1.2",
    "20231105", "２０２３／１１／０５", "2023-02-30", "2023-11-05 24:00", "明天", "11-05", "2099-01-01", "2024-02-29",
    "2023-11-05 14:30 左右", "2023年11月5日 星期日", "2023-11-05(周日)", "2023.11.5.", "2023年11月5日，星期天 9:05",
    "2023-11-05 周一", " " * 101 + "2023-11-05", "2023-11-05" + " " * 101 + "9:05", "1" * 101,
]  # fmt: skip
DATES = st.sampled_from(SPELLINGS) | TYPED
NUMBERS = st.one_of(
    st.sampled_from(
        ["", "0", "12", "１２", "3人", "共 3 个项目", "1,200", "12.", "007", "-1", "1.5", "3²", "约5", "1234567890"]
    ),
    TYPED,
)
SAID = st.fixed_dictionaries(
    {
        "answer": st.sampled_from(
            [
                "unchecked",
                "conform",
                "problem",
                "not_applicable",
                "基本符合",
                "constructor",
                "看过 #1",
                "合格",
                "不合格。",
                "Ｎ／Ａ",
                "√",
                "是",
                "否！",
                "YES",
                "有",
                "",
                "。",
                "没问题；",
                "Not Applicable",
                "not_applicable!",
            ]
        ),
        "note": TYPED,
    }
)
PLACES = [
    "",
    "1.1",
    "1.2",
    "2.1",
    "1.10",
    "9.9",
    "2.1a",
    "2.1(B)",
    "２．１ b",
    "第2.1项",
    "item 1.10",
    "2.1、第a项",
    "1.1a",
    "2.1 z",
    "“1.2”",
    "1.1、1.2",
    "no.2.1-b",
]
TEXTS = ("fact", "basis", "certificates", "people", "cause", "correction", "similar", "owner")


@st.composite
def typed_findings(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "number": draw(st.sampled_from(["1", "2", "3", "7", "", "x", "0"])),
        "item": draw(st.sampled_from(PLACES)),
        "part": draw(st.sampled_from(["", "a", "b", "B", "z"])),
        **{key: draw(st.one_of(st.just(""), TYPED)) for key in TEXTS},
        "severity": draw(st.sampled_from(["", "severe", "minor", "严重", "minor ", "一般般"])),
        "disposition": {"certificate": draw(TYPED), "people": draw(st.just(""))},
        "due": draw(DATES),
    }


@st.composite
def typed(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Whatever can stand in the page: any text in any field, what cannot be read included."""
    items = []
    for item in form.questions.items:
        parts = [{"id": part.id, **draw(SAID)} for part in item.parts]
        items.append({"id": item.id, "parts": parts} if parts else {"id": item.id, **draw(SAID)})
    return {
        "filled_by": draw(TYPED),
        "filled_on": draw(DATES),
        "coverage": {field.id: draw(NUMBERS) for field in form.questions.coverage},
        "items": items,
        "findings": draw(st.lists(typed_findings(), max_size=3)),
        "suggestions": {box.id: draw(TYPED) for box in form.questions.suggestions},
        "clues": draw(TYPED),
        "declaration": draw(st.booleans()),
    }


@given(st.data(), FORMS)
@settings(max_examples=50, deadline=None)
def test_whatever_is_typed_the_program_reads_what_the_page_says_it_does(
    logic: Call, data: st.DataObject, form: Form
) -> None:
    saved = save(logic, form, data.draw(typed(form)))
    reading = read(saved["yaml"])
    if len(saved["content"]) == len(BARE) and all(gap["kind"] != "unread" for gap in saved["gaps"]):
        assert [problem.code for problem in reading.errors] == ["form.nothing-filled-in"]
        return
    assert reading.errors == []
    assert {problem.code for problem in reading.notes} <= HARMLESS
    assert reading.content == saved["content"]
    assert reading.digest == saved["hash"]
    assert saved["json"].encode() == canonical_json(reading.content)
    assert is_clean(saved["yaml"])
    assert missing(saved["gaps"]) == told(reading)


def test_a_part_without_its_item_is_no_place_for_the_page_either(logic: Call) -> None:
    state = state_of(logic, FORM, COMPLETE)
    state["findings"][0].update(item="", part="a")
    saved = save(logic, FORM, state)
    assert ("unread", "a") in missing(saved["gaps"])
    assert missing(saved["gaps"]) == told(read(saved["yaml"]))


@given(st.data(), FORMS)
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_comes_back_when_the_saved_file_is_loaded(
    logic: Call, data: st.DataObject, form: Form
) -> None:
    first = save(logic, form, data.draw(typed(form)))
    loaded = load(logic, form, first["yaml"])
    # a part without its item has no place in the page
    bare = any(one["place"].endswith(" part") for one in loaded["dropped"])
    assert loaded["hash"] == first["hash"] or bare
    lost = [one["text"] for one in loaded["dropped"]]
    second = save(logic, form, loaded["state"])
    kept = json.dumps(read_yaml(second["yaml"], "f.yaml")[0].data, ensure_ascii=False)
    for value in values(read_yaml(first["yaml"], "f.yaml")[0].data):
        assert value in kept or any(value in text for text in lost), value


def values(data: Any) -> list[str]:
    """Return the words of everything in some data: they survive whatever tidying blanks and breaks undergo."""
    if isinstance(data, dict | list):
        return [value for inner in (data.values() if isinstance(data, dict) else data) for value in values(inner)]
    return re.findall(r"[甲乙b]+", clean(data))


KINDS = {
    "form.unchecked": ("unchecked", "places"),
    "form.no-finding": ("no-finding", "places"),
    "form.no-reason": ("no-reason", "places"),
    "form.conform-with-finding": ("conform-with-finding", "places"),
    "form.no-coverage": ("no-coverage", "titles"),
}
PLAIN = {"form.not-signed": "not-signed", "form.not-dated": "not-dated", "form.not-declared": "not-declared"}


def told(reading: Reading) -> list[tuple[str, ...]]:
    """Return the gaps that the program tells, one entry for each place."""
    found: list[tuple[str, ...]] = []
    for gap in reading.gaps:
        if gap.code in KINDS:
            kind, key = KINDS[gap.code]
            found += [(kind, place) for place in gap.args[key]]
        elif gap.code in PLAIN:
            found.append((PLAIN[gap.code], ""))
        elif gap.code == "form.finding-open":
            found.append(("finding-open", str(gap.args["no"]), gap.args["place"], ", ".join(gap.args["fields"])))
        else:
            found.append(("unread", gap.args["value"].lower()))
    return sorted(found)


def missing(gaps: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return the gaps that the page lists, as ``told`` does."""
    found: list[tuple[str, ...]] = []
    for gap in gaps:
        if gap["kind"] == "finding-open":
            fields = ", ".join(FIELD_WORDS[name] for name in gap["fields"])
            found.append((gap["kind"], str(gap["number"]), gap["place"], fields))
        elif gap["kind"] == "unread":
            found.append(("unread", quote(gap["value"]).lower()))
        else:
            found.append((gap["kind"], gap["place"]))
    return sorted(found)


# -- what is missing -------------------------------------------------------------------------------------------------


def test_a_link_leads_to_the_input_in_which_something_is_missing(logic: Call) -> None:
    finding = {"number": 4, "item": "1.1", "fact": "事实", "cause": "原因", "due": "2023-12-01"}
    items = [
        {"id": "1.1", "answer": "conform"},
        {"id": "1.2", "answer": "problem"},
        {"id": "2.1", "parts": [{"id": "b", "answer": "not_applicable"}]},
    ]
    content = {"format": "selfaudit/response/1", "passport": FORM.passport, "items": items, "findings": [finding]}
    gaps = save(logic, FORM, state_of(logic, FORM, content))["gaps"]
    assert [(gap["kind"], gap["place"], gap["target"]) for gap in gaps] == [
        ("unchecked", "1.10", "items/1.10/answer"),
        ("unchecked", "2.1 a", "items/2.1/a/answer"),
        ("no-finding", "1.2", "items/1.2/answer"),
        ("no-reason", "2.1 b", "items/2.1/b/note"),
        ("conform-with-finding", "1.1", "items/1.1/answer"),
        ("finding-open", "1.1", "findings/4/disposition/certificate"),
        ("no-coverage", "覆盖项目数（个）", "coverage/projects"),
        ("no-coverage", "覆盖人员数（人）", "coverage/staff"),
        ("not-signed", "", "filled_by"),
        ("not-dated", "", "filled_on"),
        ("not-declared", "", "declaration"),
    ]


def test_a_link_leads_to_the_value_that_cannot_be_read(logic: Call) -> None:
    state = state_of(logic, FORM, COMPLETE)
    state["filled_on"] = "2099-12-31"
    state["coverage"]["staff"] = "约 5"
    state["items"][0]["answer"] = "大体 符合"
    state["findings"][0]["due"] = "年底"
    gaps = save(logic, FORM, state)["gaps"]
    assert [(gap["kind"], gap["place"], gap["target"], gap["value"]) for gap in gaps] == [
        ("unread", "", "filled_on", "2099-12-31"),
        ("unread", "覆盖人员数（人）", "coverage/staff", "约 5"),
        ("unread", "1.1", "items/1.1/answer", "大体 符合"),
        ("unread", "2.1 a", "findings/1/due", "年底"),
    ]


def test_a_complete_response_lacks_nothing(logic: Call) -> None:
    assert save(logic, FORM, state_of(logic, FORM, COMPLETE))["gaps"] == []


def test_a_field_of_a_finding_that_only_the_data_of_the_page_names_is_saved_and_loaded(logic: Call) -> None:
    told = form_data(FORM)
    lesson = {"key": "lesson", "kind": "text", "label": "Lesson", "hint": ""}
    form = {**told, "findingFields": [*told["findingFields"], lesson]}
    typed = "form => ({...emptyState(form), findings: [{...emptyFinding(form, 1), lesson: ' 排期 '}]})"
    state = logic(typed, form)
    content, written = logic("([form, state]) => [canonical(form, state), writeYaml(form, state)]", [form, state])
    assert content["findings"] == [{"number": 1, "lesson": "排期"}]
    loaded = logic("([form, text]) => stateFrom(form, readYaml(text))", [form, written])
    assert (loaded["state"]["findings"][0]["lesson"], loaded["dropped"]) == ("排期", [])


# -- texts, dates, numbers, hashes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["about"] for vector in VECTORS])
def test_the_published_vectors_have_their_json_and_hash(logic: Call, vector: dict[str, Any]) -> None:
    got = logic("content => [canonicalJson(content), sha256Hex(canonicalJson(content))]", vector["content"])
    assert got == [vector["canonical"], vector["hash"]]
    assert logic("contentCode", vector["hash"]) == vector["code"]


@given(st.lists(st.text(), min_size=1))
@settings(deadline=None)
@example(["a" * length for length in range(200)])
def test_hash_and_code_of_any_text_are_those_of_the_program(logic: Call, texts: list[str]) -> None:
    digests = [hashlib.sha256(made.encode()).hexdigest() for made in texts]
    assert logic("texts => texts.map(sha256Hex)", texts) == digests
    assert logic("texts => texts.map(contentCode)", digests) == list(map(content_code, digests))


@given(st.dictionaries(st.text(), st.text()))
@settings(deadline=None)
def test_keys_are_sorted_by_their_code_points(logic: Call, data: dict[str, str]) -> None:
    assert logic("text => canonicalJson(JSON.parse(text))", json.dumps(data)).encode() == canonical_json(data)


@given(st.lists(st.text(st.sampled_from(AWKWARD + "\x00\x1c\x85\u2029Ａ")) | st.text()))
@settings(deadline=None)
def test_texts_are_tidied_and_compared_as_the_program_does(logic: Call, texts: list[str]) -> None:
    typed = [logic("cleanText", made) for made in texts]
    assert logic("texts => texts.map(clean)", texts) == list(map(clean, typed))
    assert logic("texts => texts.map(halfWidth)", typed) == list(map(half_width, typed))


DIGITS = "0123456789０１２-./年月日号时点分:：T, \u3000\u200b周星期天（）。〇○零一二三九十廿、—·"
DAY = r"20[0-9]{2}([-./年] ?[01]?[0-9][-./月] ?[0-3]?[0-9][日号]?|[01][0-9][0-3][0-9])"
WEEKDAY = r"( ?[(（]?(星期|周|礼拜)[一二三四五六日天][)）]?)?"
CLOCK = r"([T ,]{0,2}[0-2]?[0-9][:点][0-9]{2}(分|:00)?)?"
LIKE_DATES = st.from_regex(DAY + WEEKDAY + CLOCK + "[.。]?", fullmatch=True)
IN_CHINESE = st.from_regex(
    r"[二2][〇○零0][二2][三3]年[一二三十廿]{1,3}月[一二三十廿]{1,4}[日号]?( 14:30)?", fullmatch=True
)
IN_ENGLISH = st.from_regex(
    r"([0-3]?[0-9](th)? )?(Nov|november|Sept|may|Mai)[.]?( [0-3]?[0-9])?,? 20[0-9]{2}", fullmatch=True
)
SPELT = st.lists(st.text(st.sampled_from(DIGITS), max_size=18) | LIKE_DATES | IN_CHINESE | IN_ENGLISH, min_size=1)


@given(SPELT)
@settings(deadline=None)
@example([f"2023{sign}11{sign}05 周{day} 9:05" for sign in "-/." for day in "一二三四五六日天"])
def test_dates_are_read_as_the_program_reads_them(logic: Call, spelt: list[str]) -> None:
    assert logic("texts => texts.map((text) => readDate(text, false))", spelt) == list(map(read_date, spelt))
    with_time = [read_date(made, with_time=True) for made in spelt]
    assert logic("texts => texts.map((text) => readDate(text, true))", spelt) == with_time


@given(st.lists(st.from_regex(r"(共|计)? ?[0-9０-９]{1,10}(,[0-9]{3}){0,2} ?(个|项目|人次|%)?[。!]?", fullmatch=True)))
@settings(deadline=None)
def test_numbers_are_read_as_the_program_reads_them(logic: Call, spelt: list[str]) -> None:
    assert logic("texts => texts.map(readNumber)", spelt) == list(map(read_number, spelt))


def test_long_blanks_are_tidied_and_read_at_once(logic: Call) -> None:
    """A pattern that starts anew at every blank would take minutes over these."""
    blanks = "2023-11-05" + "\u3000 " * 500_000 + "x"
    got = logic(
        "text => [clean(text) === text, readDate(text, true), readNumber(text), readPlaceName(text, [])]", blanks
    )
    assert got[:3] == [True, None, None]
    assert (read_date(blanks), read_number(blanks), read_place(blanks, {})[1]) == (None, None, "")


def test_half_a_character_is_shown_as_lost_instead_of_spoiling_the_file(logic: Call) -> None:
    assert logic("() => cleanText('a\\ud800b\\udc00\\ud840\\udfb7')") == "a\ufffdb\ufffd\U000203b7"


def test_a_saved_file_ends_with_the_declaration(logic: Call) -> None:
    saved = save(logic, FORM, state_of(logic, FORM, COMPLETE))["yaml"]
    assert saved.endswith('\ndeclaration: "同意"\n')
    assert loose(read(saved).content["filled_by"]) == "张三"  # type: ignore[index]
    assert read(saved).content == read(text()).content


def test_a_finding_in_which_nothing_is_written_is_not_saved(logic: Call) -> None:
    state = logic("form => ({...emptyState(form), findings: [emptyFinding(form, 1)]})", form_data(FORM))
    assert "\nfindings:\nsuggestions:\n" in save(logic, FORM, state)["yaml"]
    assert logic("nextNumber", state) == "2"
