"""The four answers, the words people write for them, and how answers roll up."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from selfaudit.base.text import loose


class Answer(StrEnum):
    """What a respondent says about an item; ``unchecked`` until they say something."""

    UNCHECKED = "unchecked"
    CONFORM = "conform"
    PROBLEM = "problem"
    NOT_APPLICABLE = "not_applicable"


Said = Answer | Literal["missing"]
"""What counts of a respondent asked about an item: the answer, or that nothing came back at all."""
MISSING: Literal["missing"] = "missing"
SAID: tuple[Said, ...] = (*Answer, MISSING)

WORST_FIRST = (Answer.PROBLEM, Answer.UNCHECKED, Answer.CONFORM, Answer.NOT_APPLICABLE)

WORDS = {
    "zh_CN": {
        Answer.UNCHECKED: "未查",
        Answer.CONFORM: "符合",
        Answer.PROBLEM: "发现问题",
        Answer.NOT_APPLICABLE: "不适用",
    },
    "en": {
        Answer.UNCHECKED: "unchecked",
        Answer.CONFORM: "conform",
        Answer.PROBLEM: "problem",
        Answer.NOT_APPLICABLE: "not applicable",
    },
}
"""The word of each answer in forms and reports."""

_SYNONYMS = {
    Answer.UNCHECKED: "未查 未核查 未检查 未自查 待查 unchecked notchecked open todo",
    Answer.CONFORM: "符合 合格 通过 无问题 没问题 没有问题 未发现问题 没有发现问题 正常 ok okay √ ✓ ✔"
    " conform conforms conforming conformity compliant pass passed",
    Answer.PROBLEM: "发现问题 有问题 存在问题 问题 不符合 不合格 不通过 × ✗ ✘"
    " problem nonconform nonconforming nonconformity noncompliant fail failed",
    Answer.NOT_APPLICABLE: "不适用 不涉及 不涉及此项 无此项 无此业务 无该业务 n/a na notapplicable not_applicable",
}
ANSWER_OF_WORD = {loose(word): answer for answer, words in _SYNONYMS.items() for word in words.split()}
ANSWER_OF_WORD[""] = Answer.UNCHECKED
"""The answer that each loosely written word means."""

AMBIGUOUS = frozenset(["是", "否", "有", "无", "没有", "对", "错", "yes", "no", "y", "n", "none", "true", "false"])
"""Words that mean opposite things under differently worded questions; they are asked back, never guessed."""


def read_answer(text: str) -> Answer | None:
    """Return the answer that a text means, or None when it means none or could mean two."""
    return ANSWER_OF_WORD.get(text) or ANSWER_OF_WORD.get(loose(text).rstrip("。.!！;；"))


def worst(answers: Iterable[Answer]) -> Answer:
    """Return the worst of several answers: problem, unchecked, conform, not applicable; unchecked if there is none."""
    found = set(answers)
    return next((answer for answer in WORST_FIRST if answer in found), Answer.UNCHECKED)


def overall(said: Iterable[Said]) -> Said:
    """Return the worst answer of those who said anything: who returned nothing decides nothing."""
    given = set(said)
    answers = [answer for answer in Answer if answer in given]
    return MISSING if given and not answers else worst(answers)
