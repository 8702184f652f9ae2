"""Every form format keeps the same promises; a new module in ``forms`` is found and held to them by itself."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import selfaudit.forms
from selfaudit.base.text import CONTROL
from selfaudit.forms import read_any, yaml_form
from selfaudit.model.form import Form, Questions
from selfaudit.model.passport import Passport
from selfaudit.store.yaml_lint import is_clean, lint
from tests.forms.sample import CODE, COMPLETE, ENGLISH, FORM, read

NAMES = [module.name for module in pkgutil.iter_modules(selfaudit.forms.__path__) if module.name.endswith("_form")]


@pytest.fixture(params=NAMES)
def kind(request: pytest.FixtureRequest) -> ModuleType:
    """A module that knows one form format."""
    return importlib.import_module(f"selfaudit.forms.{request.param}")


def as_bytes(written: str | bytes) -> bytes:
    return written.encode() if isinstance(written, str) else written


def test_a_format_has_a_suffix_of_its_own(kind: ModuleType) -> None:
    assert kind.SUFFIX.startswith(".")
    assert kind.SUFFIX.lower() == kind.SUFFIX


def test_an_issued_form_says_nothing_but_whose_it_is(kind: ModuleType) -> None:
    for form in (FORM, ENGLISH):
        reading = read(as_bytes(kind.write(form)), f"f{kind.SUFFIX}")
        assert reading.content == {"format": "selfaudit/response/1", "passport": form.passport}
        assert (reading.errors, reading.notes) == ([], [])


def test_a_filled_in_form_says_what_was_filled_in(kind: ModuleType) -> None:
    reading = read(as_bytes(kind.write_response(FORM, COMPLETE)), f"f{kind.SUFFIX}")
    assert reading.content == COMPLETE
    assert (reading.errors, reading.gaps, reading.notes) == ([], [], [])


def test_writing_a_form_twice_gives_the_same_file(kind: ModuleType) -> None:
    assert kind.write(FORM) == kind.write(FORM)


def test_the_issued_form_passes_the_cheap_test() -> None:
    for form in (FORM, ENGLISH):
        assert is_clean(yaml_form.write(form))


AWKWARD = st.text(st.sampled_from("ab甲 \t\n\"'\\:：#-?[]{}|>&*!%@`~0.1\u00a0\u3000\u2028\ufeff\x07\x85"), min_size=1)
WRITTEN = AWKWARD.filter(lambda made: made.strip() != "" and not CONTROL.search(made))


def hostile(asked: Questions, texts: list[str]) -> Questions:
    """Return the same questions with other words, down to every title."""
    given_texts = iter(texts * 10)

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
    written = yaml_form.write(form)
    assert lint(written, "f")[0] == []
    reading = read_any(written.encode(), "f", {form.passport: form}.get, CODE)
    assert reading.content == {"format": "selfaudit/response/1", "passport": form.passport}
    assert (reading.errors, reading.notes) == ([], [])
