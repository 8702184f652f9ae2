"""What holds for any content, any bytes and any way a text can be altered."""

import copy
import random
import re
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from selfaudit.base.text import CONTROL, clean
from selfaudit.files.yaml.lint import lint
from selfaudit.files.yaml.writer import dump
from selfaudit.forms import yaml as yaml_form
from selfaudit.model.form.form import Form
from selfaudit.model.form.response import Response, content_hash
from tests.forms.sample import COMPLETE, ENGLISH, FORM, answers, read, said, text

AWKWARD = "ab甲乙 \t\n\r\"'\\:：#-?[]{}|>&*!%@`~=,，。0.1é\u0301\u00a0\u3000\u2028\ufeff\u200b\U00020bb7</&<{{"
TEXTS = st.one_of(st.text(st.sampled_from(AWKWARD), max_size=30), st.text(max_size=60)).map(clean)
NOTES = TEXTS.filter(lambda made: not CONTROL.search(made))
NO_BREAK = NOTES.filter(lambda made: "\n" not in made)
ANSWERS = st.sampled_from(["conform", "problem", "not_applicable"])
DAYS = st.dates().map(lambda day: day.replace(year=2000 + day.year % 25 if day.day < 29 else 2024).isoformat())
TIMES = st.times().map(lambda time: f"T{time.hour:02d}:{time.minute:02d}")
SAID = st.fixed_dictionaries({}, optional={"answer": ANSWERS, "note": NOTES.filter(bool)}).filter(bool)


def without_empty(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in ("", [], {}, False)}


@st.composite
def findings(draw: st.DrawFn, form: Form) -> list[dict[str, Any]]:
    """Distinct numbers; items and parts of the form."""
    numbers = draw(st.lists(st.integers(1, 99), max_size=3, unique=True))
    made = []
    for no in numbers:
        item = draw(st.sampled_from(["", *form.questions.item_of]))
        parts = [part.id for part in form.questions.item_of[item].parts] if item else []
        texts = {
            key: draw(NOTES) for key in ("basis", "certificates", "people", "cause", "correction", "similar", "owner")
        }
        finding = {
            "number": no,
            "item": item,
            "part": draw(st.sampled_from(["", *parts])),
            "fact": draw(NOTES.filter(bool)),
            **texts,
            "severity": draw(st.sampled_from(["", "severe", "minor"])),
            "disposition": without_empty(draw(st.fixed_dictionaries({"certificate": NOTES, "people": NOTES}))),
            "due": draw(st.one_of(st.just(""), DAYS)),
        }
        made.append(without_empty(finding))
    return sorted(made, key=lambda f: (f.get("item", ""), f.get("part", ""), f["number"]))


@st.composite
def contents(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Any canonical content of a form that says something."""
    items = []
    for item in sorted(form.questions.items, key=lambda item: item.id):
        if item.parts:
            parts = [{"id": part.id, **draw(SAID)} for part in item.parts if draw(st.booleans())]
            items += [{"id": item.id, "parts": parts}] if parts else []
        elif draw(st.booleans()):
            items.append({"id": item.id, **draw(SAID)})
    made = {
        "format": "selfaudit/response/1",
        "passport": form.passport,
        "filled_by": draw(NOTES),
        "filled_on": draw(st.one_of(st.just(""), DAYS, st.tuples(DAYS, TIMES).map("".join))),
        "coverage": draw(st.dictionaries(st.sampled_from(["projects", "staff"]), st.integers(0, 10**9 - 1))),
        "items": items,
        "findings": draw(findings(form)),
        "suggestions": without_empty({"national": draw(NOTES)}),
        "clues": draw(NOTES),
        "declaration": draw(st.booleans()),
    }
    said = {key: value for key, value in made.items() if value not in ("", [], {}) and value is not False}
    assume(said.keys() > {"format", "passport"})  # a form in which nothing is filled in is no answer
    return said


ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@pytest.mark.slow
@given(st.data(), st.sampled_from([FORM, ENGLISH]), ENCODINGS, ENDS)
@settings(max_examples=120, deadline=None)
def test_any_content_is_read_back_the_same_in_any_language_encoding_and_line_end(
    data: st.DataObject, form: Form, encoding: str, end: str
) -> None:
    content = data.draw(contents(form))
    reading = read(yaml_form.write(form, content).decode().replace("\n", end).encode(encoding))
    assert reading.errors == []
    assert reading.content == content
    assert reading.digest == content_hash(content)
    assert {problem.code for problem in reading.notes} <= {
        "file.read-as",
        "form.filled-by-other",
        "file.lost-character",
    }
    Response.model_validate(content)


@pytest.mark.slow
@given(st.data(), st.sampled_from([FORM, ENGLISH]))
@settings(deadline=None)
def test_whatever_the_writer_writes_is_clean(data: st.DataObject, form: Form) -> None:
    written = yaml_form.write(form, data.draw(contents(form))).decode()
    assert lint(written, "f.yaml")[0] == []


def shuffled(data: Any, rng: random.Random) -> Any:
    """Return the data with the lines of every part and the entries of every list in another order."""
    if isinstance(data, dict):
        keys = list(data)
        rng.shuffle(keys)
        return {key: shuffled(data[key], rng) for key in keys}
    if isinstance(data, list):
        return rng.sample([shuffled(entry, rng) for entry in data], len(data))
    return data


@pytest.mark.slow
@given(st.data(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_lines_and_entries_does_not_change_the_digest(data: st.DataObject, rng: random.Random) -> None:
    content = data.draw(contents(FORM))
    plain = yaml_form.read(yaml_form.write(FORM, content), "f.yaml").data
    assert read(dump(shuffled(copy.deepcopy(plain), rng))).digest == content_hash(content)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda made: made.encode("utf-8", "surrogatepass")))
@settings(max_examples=120, deadline=None)
def test_any_bytes_give_errors_or_content_and_nothing_else(data: bytes) -> None:
    reading = read(data)
    assert (reading.content is None) == bool(reading.errors)
    assert all(said(reading))


YAMLISH = st.text(st.sampled_from("ab:： #-\n\n  \t'\"[]{}|>&*!?%@,，甲\\\r\u2028\u3000"), max_size=120)


@given(YAMLISH)
@settings(max_examples=120, deadline=None)
def test_any_text_that_looks_like_yaml_gives_errors_or_content(made: str) -> None:
    reading = read(f"passport: {FORM.passport}\n{made}\ndeclaration:\n")
    assert (reading.content is None) == bool(reading.errors)
    assert all(said(reading))


ORIGINAL = text(
    clues="线索：#1 甲",
    items=[
        {"id": "1.1", "answer": "conform", "note": "已抽查 3 个项目"},
        {"id": "1.10", "answer": "not_applicable", "note": "“不”收费: 真的"},
        {"id": "1.2", "answer": "problem"},
        {
            "id": "2.1",
            "parts": [{"id": "a", "answer": "problem", "note": "第一行\n第二行"}, {"id": "b", "answer": "conform"}],
        },
    ],
)
PIECES = st.one_of(
    st.text(st.sampled_from("ab:： #-\n\t'\"[]{}|>&*!?%@,，甲\\\r\u2028\u3000"), max_size=4),
    st.sampled_from(
        ["\n---\n", "\n...\n", "|\n", ">\n", "# ", ": ", "- ", "''", '"', "\n  ", "answer: 发现问题\n", "\ufeff"]
    ),
)
CHANGE = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 12), PIECES)


def altered(original: str, changes: list[tuple[float, int, str]]) -> str:
    """Return the text with some places deleted, inserted or replaced."""
    for where, length, piece in changes:
        at = int(where * len(original))
        original = original[:at] + piece + original[at + length :]
    return original


def blocks() -> dict[str, tuple[str, str, str]]:
    """The lines of every answer as they stand in the text, with what they say."""
    found = {}
    for block in re.findall(r"(?m)^ +- id: .*\n +ask: .*\n +answer: .*\n +note: .*\n", ORIGINAL):
        place = re.search(r'id: "?([\w.]+)', block)
        assert place
        key = place[1] if "." in place[1] else f"2.1 {place[1]}"
        found[key] = block
    before = answers(read(ORIGINAL))
    return {key: (block, before[key], _note(key)) for key, block in found.items()}


def _note(place: str) -> str:
    item_id, _, part_id = place.partition(" ")
    for item in read(ORIGINAL).content["items"]:  # type: ignore[index]
        if item["id"] == item_id:
            lines = [part for part in item.get("parts", ()) if part["id"] == part_id] or [item]
            return str(lines[0].get("note", ""))
    return ""


BLOCKS = blocks()


def notes(content: dict[str, Any]) -> dict[str, str]:
    found = {}
    for item in content.get("items", ()):
        found[item["id"]] = item.get("note", "")
        found.update({f"{item['id']} {part['id']}": part.get("note", "") for part in item.get("parts", ())})
    return found


@pytest.mark.slow
@given(st.lists(CHANGE, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_however_a_text_is_altered_no_answer_that_still_stands_in_it_is_lost(
    changes: list[tuple[float, int, str]],
) -> None:
    returned = altered(ORIGINAL, changes)
    reading = read(returned)
    assert (reading.content is None) == bool(reading.errors)
    if reading.content is None:
        return
    found, said_there = answers(reading), notes(reading.content)
    text_read = returned.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "").replace("\u2028", " ")
    for place, (block, answer, note) in BLOCKS.items():
        if f"\n{block}" in text_read and (" " not in place or '  - id: "2.1"\n' in text_read):
            assert found.get(place) == answer, (place, returned)
            # an empty note may take in a line of text that lost its #
            assert said_there.get(place) == note or not note, (place, returned)


@pytest.mark.slow
@given(st.lists(CHANGE, min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_nobody_is_said_to_conform_who_did_not_write_so(changes: list[tuple[float, int, str]]) -> None:
    returned = altered(ORIGINAL, changes)
    content = read(returned).content
    conform = [answer for answer in answers(read(returned)).values() if answer == "conform"] if content else []
    assert len(conform) <= len(re.findall("符[ \t]*合", returned))


def test_the_content_that_the_properties_start_from_is_complete() -> None:
    assert set(BLOCKS) == {"1.1", "1.2", "1.10", "2.1 a", "2.1 b"}
    assert read(text()).content == COMPLETE
