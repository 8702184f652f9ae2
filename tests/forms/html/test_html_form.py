"""The HTML form as a file: what is written into it, and what is read from a page that came back."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfaudit.forms.html import form as html_form
from selfaudit.forms.html.texts import TEXTS
from selfaudit.model.form.form import Form
from tests.forms.sample import COMPLETE, FORM, read
from tests.forms.test_properties import contents

PAGE = files("selfaudit.forms.html") / "page"
ISSUED = html_form.write(FORM)
FILLED = html_form.write(FORM, COMPLETE)


def codes(data: bytes) -> list[str]:
    """Return what a file is refused for."""
    return [problem.code for problem in read(data, "f.html").errors]


def with_answers(answers: bytes) -> bytes:
    """Return the issued page with something else where its answers belong."""
    return ISSUED.replace(b'id="answers"></script>', b'id="answers">' + answers + b"</script>")


def test_the_form_itself_sent_back_is_refused_with_what_to_do() -> None:
    reading = read(ISSUED, "f.html")
    (problem,) = reading.errors
    assert (problem.code, str(problem.where)) == ("form.nothing-filled-in", "f.html")
    assert "send the saved file" in problem.hint


def test_a_page_may_come_back_with_a_mark_and_a_comment_before_it() -> None:
    saved = b"\xef\xbb\xbf\r\n" + FILLED.replace(b"<html", b"<!-- saved from url=(0014)about:internet -->\n<html")
    assert read(saved, "f.html").content == COMPLETE


@pytest.mark.parametrize(
    "answers",
    [b"{", b"[]", b"null", b"5", b'{"text":5}', b'{"at":1}', b"[" * 100_000, b'"text"', b'{"text":null}'],
)
def test_damaged_answers_in_a_page_are_one_error(answers: bytes) -> None:
    assert codes(with_answers(answers)) == ["form.page-damaged"]


def test_what_is_wrong_inside_the_answers_is_told_of_the_page() -> None:
    reading = read(with_answers(json.dumps({"text": "passport: [a"}).encode()), "f.html")
    assert reading.errors
    assert {str(problem.where) for problem in reading.errors} == {"f.html"}


def test_a_lone_half_of_a_character_in_the_answers_is_no_crash() -> None:
    assert read(with_answers(b'{"text":"selfaudit: \\ud800"}'), "f.html").errors


def test_a_page_saved_as_a_single_file_is_told_with_what_to_do() -> None:
    saved = b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n" + FILLED
    (problem,) = read(saved, "f.mhtml").errors
    assert problem.code == "form.page-single-file"
    assert "Save the response" in problem.hint


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><title>x</title>", b"<html><body id=form-data></html>"])
def test_any_other_web_page_is_told_to_be_one(page: bytes) -> None:
    assert codes(page) == ["file.html"]


@pytest.mark.slow
@given(st.binary(max_size=200), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_whatever_stands_in_place_of_the_answers_gives_errors_or_content(junk: bytes, length: int) -> None:
    for data in (with_answers(junk), FILLED[: -length or None], FILLED.replace(FILLED[1000 : 1000 + length], junk)):
        reading = read(data, "f.html")
        assert (reading.content is None) == bool(reading.errors)


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_name_can_break_out_of_the_page(name: str, unit: str) -> None:
    who = FORM.respondent.model_copy(update={"name": name + "</script><script>", "unit_name": unit + "<!--"})
    form = Form(passport=FORM.passport, respondent=who, questions=FORM.questions, return_to="]]>&</title>")
    text = html_form.write(form).decode(errors="surrogatepass") if name.isprintable() and unit.isprintable() else ""
    assert not text or (text.count("</script>"), text.count("<script"), text.count("<!--")) == (3, 3, 0)


@pytest.mark.slow
@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_page_is_the_same_page_whatever_is_filled_in(data: st.DataObject) -> None:
    written = html_form.write(FORM, data.draw(contents(FORM)))
    assert re.sub(rb'(id="answers">)[^<]*', rb"\1", written) == ISSUED


def shown(form: Form) -> Any:
    """Return what the scripts are told."""
    found = re.search(r'id="form-data">(.*?)</script>', html_form.write(form).decode())
    assert found
    return json.loads(found[1])


def test_the_scripts_are_told_whose_form_it_is_and_where_it_goes() -> None:
    told = shown(FORM.model_copy(update={"return_to": "技术部"}))
    own = {
        key: told[key] for key in ("passport", "respondent", "who", "unit", "answers", "returnTo", "dueDay", "agree")
    }
    assert own == {
        "passport": FORM.passport,
        "respondent": "张三 (审核部)",
        "who": "张三",
        "unit": "审核部",
        "answers": "person",
        "returnTo": "技术部",
        "dueDay": "2023-11-07",
        "agree": "同意",
    }
    assert told["texts"].keys() == TEXTS.keys()


# -- the scripts -----------------------------------------------------------------------------------------------------

SOURCES = {name: (PAGE / name).read_text(encoding="utf-8") for name in html_form.SCRIPTS}


def test_every_script_in_the_folder_is_part_of_the_page() -> None:
    assert {entry.name for entry in PAGE.iterdir() if entry.name.endswith(".js")} == set(html_form.SCRIPTS)


def test_no_two_scripts_give_the_same_name_to_different_things() -> None:
    names = re.findall(r"(?m)^(?:function|const|let) (\w+)", "\n".join(SOURCES.values()))
    assert len(names) == len(set(names))


def test_every_text_that_a_script_says_exists() -> None:
    said = re.findall(r"\bsay\('([\w-]+)'[,)]", "\n".join(SOURCES.values()))
    assert said
    assert set(said) <= TEXTS.keys()


@pytest.mark.parametrize("name", SOURCES)
def test_a_script_is_short_makes_no_markup_from_texts_and_survives_losing_its_comments(name: str) -> None:
    text = SOURCES[name]
    assert text.count("\n") <= 350
    assert max(map(len, text.split("\n"))) <= 120
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|</|\$\{", text)
    # a line that begins like a comment is left out of the page
    comments = re.findall(r"(?m)^\s*(/\*\*.*\*/|/\*\*$|\*.*|//.*)$", text)
    assert len(comments) == len(re.findall(r"(?m)^\s*(?:/\*|\*|//)", text))
    functions = re.findall(r"(?ms)^function .*?^}", text)
    assert all(function.count("\n") < 60 for function in functions)
