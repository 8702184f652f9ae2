"""Every form format keeps the same promises; a new one in ``FORMATS`` is found and held to them by itself."""

import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.base.text import CONTROL
from selfaudit.files.yaml.lint import is_clean, lint
from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.format import Format
from selfaudit.forms.formats import FORMATS, read_any
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.form.response import content_hash
from selfaudit.model.formats import FORMAT_NAMES, listed
from selfaudit.model.kit.plan import Plan
from selfaudit.model.passport import Passport
from selfaudit.model.roster import Roster
from selfaudit.store.roster.sheet import FORMATS as SHEET_FORMATS
from tests.forms.sample import CODE, COMPLETE, ENGLISH, FORM, read
from tests.forms.test_properties import contents


@pytest.fixture(params=FORMATS.values(), ids=list(FORMATS))
def kind(request: pytest.FixtureRequest) -> Format:
    """A form format."""
    made: Format = request.param
    return made


def test_a_format_has_a_name_and_a_suffix_of_its_own() -> None:
    suffixes = {entry.suffix for entry in FORMATS.values()}
    assert len(suffixes) == len(FORMATS)
    assert all(re.fullmatch(r"\.[a-z]+", suffix) for suffix in suffixes)
    assert all(name == entry.name for name, entry in FORMATS.items())


def test_an_issued_form_is_no_answer(kind: Format) -> None:
    for form in (FORM, ENGLISH):
        reading = read(kind.write(form), f"f{kind.suffix}")
        assert [problem.code for problem in reading.errors] == ["form.nothing-filled-in"]
        assert (reading.content, reading.notes) == (None, [])


def test_a_filled_in_form_says_what_was_filled_in(kind: Format) -> None:
    reading = read(kind.write(FORM, COMPLETE), f"f{kind.suffix}")
    assert reading.content == COMPLETE
    assert (reading.errors, reading.gaps, reading.notes) == ([], [], [])


def test_a_finding_that_was_copied_with_its_number_is_one_finding(kind: Format) -> None:
    twice = {**COMPLETE, "findings": COMPLETE["findings"] * 2}
    reading = read(kind.write(FORM, twice), f"f{kind.suffix}")
    assert reading.content == COMPLETE
    assert (reading.errors, reading.gaps, reading.notes) == ([], [], [])


def with_basis(*basis: str) -> Form:
    """Return the small form as it is issued while the kit cites something else."""
    data = FORM.questions.model_dump()
    data["items"][-1]["legal_basis"] = basis
    return Form(passport=FORM.passport, respondent=FORM.respondent, questions=Questions.model_validate(data))


def test_a_form_shows_the_legal_basis_of_an_item_with_its_mark(kind: Format) -> None:
    for form in (FORM, ENGLISH, with_basis("《新规定》第三条")):
        data = kind.write(form)
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read("xl/sharedStrings.xml")
        assert all(cited in data.decode() for cited in form.questions.items[-1].legal_basis)


def test_a_citation_corrected_or_verified_makes_no_other_form_of_it(kind: Format) -> None:
    law, standard = FORM.questions.items[-1].legal_basis
    verified, corrected = with_basis(law, standard.replace("〔待核实〕", "")), with_basis("《新规定》第三条")
    for form in (verified, corrected):
        assert (form.questions.digest, form.questions.revision) == (FORM.questions.digest, FORM.questions.revision)
        reading = read(kind.write(form, COMPLETE), f"f{kind.suffix}")
        assert (reading.content, reading.errors, reading.gaps) == (COMPLETE, [], [])
    assert read(kind.write(verified, COMPLETE), f"f{kind.suffix}").notes == []


def test_the_name_of_a_file_does_not_matter(kind: Format) -> None:
    assert read(kind.write(FORM, COMPLETE), "微信图片.jpg").content == COMPLETE


def test_writing_a_form_twice_gives_the_same_file(kind: Format) -> None:
    assert kind.write(FORM) == kind.write(FORM)
    assert kind.write(FORM, COMPLETE) == kind.write(FORM, COMPLETE)


@pytest.mark.slow
@given(st.data())
@settings(deadline=None)
def test_any_response_means_the_same_in_every_format(data: st.DataObject) -> None:
    content = data.draw(contents(FORM))
    for entry in FORMATS.values():
        reading = read(entry.write(FORM, content), f"f{entry.suffix}")
        assert reading.errors == []
        assert reading.content == content
        assert reading.digest == content_hash(content)


def test_the_issued_form_passes_the_cheap_test() -> None:
    for form in (FORM, ENGLISH):
        assert is_clean(yaml_form.write(form).decode())


AWKWARD = st.text(st.sampled_from("ab甲 \t\n\"'\\:：#-?[]{}|>&*!%@`~0.1\u00a0\u3000\u2028\ufeff\x07\x85"), min_size=1)
WRITTEN = AWKWARD.filter(lambda made: made.strip() != "" and not CONTROL.search(made))


def hostile(asked: Questions, texts: list[str]) -> Questions:
    """Return the same questions with other words, down to every title."""
    given_texts = iter(texts * 20)

    def replaced(value: Any) -> Any:
        if isinstance(value, dict):
            changeable = {"title", "ask", "how", "declaration", "clues"}
            return {key: next(given_texts) if key in changeable else replaced(held) for key, held in value.items()}
        return [replaced(held) for held in value] if isinstance(value, list | tuple) else value

    return Questions.model_validate(replaced(asked.model_dump()))


@given(st.lists(WRITTEN, min_size=3, max_size=8))
@settings(deadline=None)
def test_a_kit_may_ask_in_any_words(texts: list[str]) -> None:
    asked = hostile(FORM.questions, texts)
    own = Passport.parse(FORM.passport)
    assert own is not None
    form = Form(
        passport=str(Passport(own.campaign, own.respondent, asked.revision)),
        respondent=FORM.respondent,
        questions=asked,
    )
    written = yaml_form.write(form).decode()
    assert lint(written, "f")[0] == []
    reading = read_any(written.encode(), "f", {form.passport: form}.get, CODE)
    assert [problem.code for problem in reading.errors] == ["form.nothing-filled-in"]
    assert reading.notes == []


def test_a_plan_a_roster_and_a_user_can_ask_for_every_format() -> None:
    names = list(FORMATS)
    assert [entry.name for entry in FORMAT_NAMES] == names
    assert list(SHEET_FORMATS) == names
    assert listed() == ", ".join(names)
    for model, definition in ((Plan, None), (Roster, "Unit"), (Roster, "Person")):
        schema = model.model_json_schema()
        fields = schema["$defs"][definition]["properties"] if definition else schema["properties"]
        assert fields["forms"]["items"]["enum"] == names


def issued_again() -> Form:
    """Return the small form as it is issued to somebody who had answered before some of it was reworded."""
    asked = FORM.questions.issued_again(["1.1", "2.1 b", "coverage:projects", "clues:"])
    return Form.model_construct(passport=FORM.passport, respondent=FORM.respondent, questions=asked)


def test_a_form_that_is_issued_again_says_what_is_to_be_answered_and_what_is_carried_over(kind: Format) -> None:
    data = kind.write(issued_again())
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read("xl/sharedStrings.xml")
    told = data.decode()
    assert "原答复继续有效" in told
    assert "新增或改写，请答复" in told
    if kind.name == "yaml":
        assert told.count("新增或改写，请答复") == len(issued_again().questions.again)
    assert kind.write(FORM) != kind.write(issued_again())
    # a form with a mark is one of the same questions, and nothing in it is taken for a remark of the respondent
    reading = read(kind.write(issued_again(), COMPLETE), f"f{kind.suffix}")
    assert reading.content == COMPLETE
    assert (reading.errors, reading.gaps, reading.notes) == ([], [], [])
