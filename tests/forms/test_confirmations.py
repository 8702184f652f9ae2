"""The form for confirmations in every format: what stands in it, what its reader says, and what is still missing."""

from datetime import date
from typing import Any

import pytest

from selfaudit.forms.format import Format
from selfaudit.forms.formats import FORMATS, read_any
from selfaudit.forms.reading.reader import Reading
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.passport import Passport
from tests.forms.sample import CODE, FORM

GIVEN = {"file": "P-1", "name": "甲公司", "found": "F2 计划：发现问题\n日期早于受理", "reviewer": "赵六"}
ASKED = Questions.model_validate({
    **{name: getattr(FORM.questions, name) for name in ("campaign", "title", "language", "declaration")},
    **dict.fromkeys(("areas", "items", "coverage", "severities", "dispositions", "suggestions"), ()),
    "finding_required": (),
    "round": "confirmations",
    "given": (GIVEN, {**GIVEN, "file": "P-2", "name": "=乙公司", "found": "未发现问题"}),
    "until": date(2023, 11, 25),
})  # fmt: skip
OWN = Passport.parse(FORM.passport)
assert OWN
CONFIRMATIONS = Form(
    passport=str(Passport(OWN.campaign, OWN.respondent, ASKED.revision)), respondent=FORM.respondent, questions=ASKED
)
SAID = {
    "format": "selfaudit/response/1",
    "passport": CONFIRMATIONS.passport,
    "filled_by": "张三",
    "filled_on": "2023-11-20",
    "findings": [
        {"number": 1, "file": "P-1", "opinion": "disagree", "reason": "日期是打印日期"},
        {"number": 2, "file": "P-2", "opinion": "agree"},
    ],
    "declaration": True,
}


def read(data: bytes) -> Reading:
    return read_any(data, "f", {CONFIRMATIONS.passport: CONFIRMATIONS}.get, CODE)


@pytest.fixture(params=FORMATS.values(), ids=list(FORMATS))
def kind(request: pytest.FixtureRequest) -> Format:
    """A form format."""
    made: Format = request.param
    return made


def test_what_a_reader_says_of_each_file_comes_back(kind: Format) -> None:
    reading = read(kind.write(CONFIRMATIONS, SAID))
    assert (reading.errors, reading.notes, reading.gaps) == ([], [], [])
    assert reading.content == SAID
    assert [one.code for one in read(kind.write(CONFIRMATIONS)).errors] == ["form.nothing-filled-in"]


def said(*findings: dict[str, Any]) -> bytes:
    return FORMATS["yaml"].write(CONFIRMATIONS, {**SAID, "findings": [*findings]})


def test_who_disagrees_says_why_and_no_file_is_left_out() -> None:
    reading = read(said({"number": 1, "file": "P-1", "opinion": "disagree"}))
    told = [(gap.code, gap.args["no"], gap.args["place"], [*map(str, gap.args["fields"])]) for gap in reading.gaps]
    assert told == [
        ("form.file-open", "P-1", "甲公司", ["reason for disagreeing"]),
        ("form.file-open", "P-2", "=乙公司", ["whether you agree"]),
    ]


def test_the_words_of_the_form_and_other_spellings_are_read_and_anything_else_is_asked_back() -> None:
    text = said({"number": 1, "file": "P-1", "opinion": "agree"}).decode()
    content = read(text.replace("opinion: agree", "opinion: 不同意").encode()).content
    assert content
    assert content["findings"][0]["opinion"] == "disagree"
    reading = read(text.replace("opinion: agree", "opinion: 大致同意").encode())
    (gap,) = [gap for gap in reading.gaps if gap.code == "form.unknown-answer"]
    assert "“大致同意” is not an answer" in gap.message
    assert "P-1" not in [gap.args.get("no") for gap in reading.gaps]


def test_a_form_for_corrections_of_before_there_was_another_round_is_the_same_form() -> None:
    data = ASKED.model_dump(mode="json", exclude={"round"})
    corrections = Questions.model_validate(data | {"given": [{"finding": "1-01"}]})
    assert corrections.round == "corrections"
    assert corrections.digest.startswith("76c486d6eacf259b")
    assert corrections.shown == "BZZV1X5PN5R8FVRG6W0M"
