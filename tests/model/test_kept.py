"""What the ledger keeps about a response can be said to others without a word that the respondent wrote."""

import pytest

from selfaudit.base.i18n import translator
from selfaudit.base.problems import QUOTED, Kind, slots
from selfaudit.model.kept import FINDING_OPEN, KEPT, MEANT_ANSWER, NO_SEVERITY, UNKNOWN_ANSWER

WORDS = "部长逼我代签"
OURS = frozenset(
    (
        "places",
        *("by", "reviewer", "file", "why"),
        "place",
        "no",
        "nth",
        "fields",
        "titles",
        "key",
        "id",
        "known",
        "word",
        "words",
        "count",
        "page",
        "seconds",
    )
)
"""The slots that only ever carry what the kit, the roster or the program says."""
CODES = frozenset({"code", "codes"})
"""The slots for codes read from a sheet, of which only well-formed ones are taken."""
QUOTING = [kind for kind in KEPT.values() if (slots(kind.message) | slots(kind.hint)) & QUOTED]


@pytest.mark.parametrize("kind", QUOTING, ids=lambda kind: kind.code)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_whoever_does_not_handle_the_response_reads_no_quoted_word(kind: Kind, language: str) -> None:
    say = translator(language)
    others = slots(kind.message) | slots(kind.hint) | slots(kind.discreet)
    problem = kind(None, **dict.fromkeys(others - QUOTED, "3.2"), **dict.fromkeys(QUOTED, WORDS))
    assert WORDS in problem.said(say) + problem.advice(say)
    told = problem.discreet()
    assert WORDS not in told.said(say) + told.advice(say) + told.message + told.hint + str(told)
    assert told.said(say)
    assert "“”" not in told.said(say)


@pytest.mark.parametrize("kind", KEPT.values(), ids=lambda kind: kind.code)
def test_what_quotes_nobody_is_told_to_everybody_in_the_same_words(kind: Kind) -> None:
    assert (kind in QUOTING) == bool(kind.discreet)
    assert kind in QUOTING or kind(None, places="3.2").discreet() == kind(None, places="3.2")


def test_every_slot_is_known_to_quote_or_not_to_quote() -> None:
    used = {slot for kind in KEPT.values() for text in (kind.message, kind.hint, kind.discreet) for slot in slots(text)}
    assert used == OURS | CODES | QUOTED


def test_a_discreet_text_still_names_the_place_and_what_to_write() -> None:
    say = translator("zh_CN")
    unknown = UNKNOWN_ANSWER(place="3.2 a", value=WORDS, words="符合 / 发现问题").discreet()
    assert (unknown.said(say), unknown.advice(say)) == ("3.2 a：结论无法识别", "应填写其中之一：符合 / 发现问题。")
    severity = NO_SEVERITY(nth=2, value=WORDS, words="严重 / 一般").discreet()
    assert severity.said(say) == "所填第 2 个问题：严重程度无法识别"
    assert FINDING_OPEN(no=1, place="2.5", fields=["事实"]).discreet().said(say).count("2.5") == 1


def test_a_hint_that_guesses_what_was_meant_is_for_the_coordinator_only() -> None:
    problem = MEANT_ANSWER(place="3.2", value="付合", meant="符合")
    assert problem.hint
    assert problem.discreet().hint == ""


def test_a_problem_kept_by_an_earlier_version_is_told_too() -> None:
    assert NO_SEVERITY(value=WORDS, words="严重").discreet().said(translator("en")) == (
        "finding in position ?: the severity cannot be read"
    )
