"""The code on a signature sheet: a slip of the pen or of the camera never makes it another sheet's."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from selfaudit.base.canonical import ALPHABET
from selfaudit.model.passport import Passport
from selfaudit.model.progress.paper import Paper, PaperCode, PaperState, content_code, paper_state

CODES = st.builds(
    lambda campaign, letters: PaperCode(str(Passport(campaign, letters[:8], letters[8:12])), letters[12:]),
    st.text(string.ascii_uppercase + string.digits, min_size=2, max_size=6),
    st.text(ALPHABET, min_size=20, max_size=20),
)


@given(CODES)
def test_a_code_is_read_back_as_printed_and_as_people_type_it(code: PaperCode) -> None:
    assert PaperCode.parse(str(code)) == code
    typed = str(code).lower().replace("-", " – ").replace("/", " ／ ")
    assert PaperCode.parse(typed) == code
    assert len(str(code)) <= 35


@given(CODES, st.data())
def test_one_wrong_letter_or_digit_is_noticed(code: PaperCode, data: st.DataObject) -> None:
    text = str(code)
    at = data.draw(st.sampled_from([n for n, char in enumerate(text) if char.isalnum()]))
    others = string.digits if text[at].isdigit() else string.ascii_uppercase
    other = data.draw(st.sampled_from([char for char in others if char != text[at]]))
    assert PaperCode.parse(text[:at] + other + text[at + 1 :]) is None


@given(CODES, st.data())
def test_two_neighbours_in_the_wrong_order_are_noticed(code: PaperCode, data: st.DataObject) -> None:
    text = str(code)
    pairs = [n for n in range(len(text) - 1) if text[n] != text[n + 1] and (text[n : n + 2]).isdigit()]
    assume(pairs)
    at = data.draw(st.sampled_from(pairs))
    assert PaperCode.parse(text[:at] + text[at + 1] + text[at] + text[at + 2 :]) is None


@given(st.text(max_size=60) | st.text("https://weixin.qq.com/-" + ALPHABET, max_size=60))
def test_any_other_text_is_no_code(text: str) -> None:
    assert PaperCode.parse(text) is None


DIGEST, OTHER = "ab" * 32, "cd" * 32


def paper(digest: str = DIGEST, verdict: str = "") -> Paper:
    values = {"pages": (1,), "file": "a.pdf", "how": "code", "matched_at": "", "matched_by": ""}
    return Paper(scan="1", respondent="person:P1", content=content_code(digest), verdict=verdict, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("papers", "state"),
    [
        ([], "missing"),
        ([paper(OTHER)], "changed"),
        ([paper(OTHER, "confirmed")], "changed"),
        ([paper(OTHER, "confirmed"), paper()], "unconfirmed"),
        ([paper(verdict="refused")], "refused"),
        ([paper(verdict="refused"), paper()], "unconfirmed"),
        ([paper(verdict="refused"), paper(verdict="confirmed")], "confirmed"),
    ],
)
def test_only_a_paper_for_the_answers_shown_counts(papers: list[Paper], state: PaperState) -> None:
    assert paper_state(DIGEST, papers) == state
    assert paper_state("", papers) == "not_due"
