"""How a document says things in its language: dates, numbers of chapters, lists, answers, citations."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import get_args

from selfaudit.base.i18n import N_, console_language, translator
from selfaudit.base.text import chinese_number
from selfaudit.model.form.answers import MISSING, WORDS, Answer
from selfaudit.model.kit.kit import Citation
from selfaudit.model.kit.plan import Language

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

STATES = {
    "missing": N_("not answered"),
    "waived": N_("need not answer"),
    "incomplete": N_("incomplete"),
    "complete": N_("complete"),
}
"""The word for the state of a respondent."""
NOT_RETURNED = N_("not returned")


_INNER_HYPHEN = re.compile(r"(?<=[0-9A-Z])-(?=[0-9A-Z])")


def unbroken(text: str) -> str:
    """Return a text whose dates, numbers and ids no line ends inside, behind a hyphen."""
    return _INNER_HYPHEN.sub("\N{NON-BREAKING HYPHEN}", text)


class Wording:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        """Take the language of the campaign."""
        self.language = language
        self.tr: Callable[[str], str] = translator(language)
        self._chinese = language == "zh_CN"
        self._answers = WORDS[language]

    def answer(self, answer: Answer | str) -> str:
        """Return the word of an answer, or that nothing came back."""
        return self.tr(NOT_RETURNED) if answer == MISSING else self._answers[Answer(answer)]

    def state(self, state: str) -> str:
        """Return the word for the state of a respondent."""
        return self.tr(STATES[state])

    def date(self, day: date | None) -> str:
        """Return a date as printed, empty for none: 2023年11月7日, 7 November 2023."""
        if day is None:
            return ""
        if self._chinese:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def written_date(self, text: str) -> str:
        """Return a date, or a date and time, that somebody wrote; what is no date is printed as it is."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return self.date(moment) + (f" {moment:%H:%M}" if "T" in text else "")

    def chapter(self, number: int) -> str:
        """Return the number of a chapter: 一, 十二, 1, 12."""
        return chinese_number(number) if self._chinese else str(number)

    def join(self, texts: Iterable[str]) -> str:
        """Return a list of short things."""
        return ("、" if self._chinese else ", ").join(texts)

    def clauses(self, texts: Iterable[str]) -> str:
        """Return a list of things that may contain commas themselves."""
        return ("；" if self._chinese else "; ").join(texts)

    def pair(self, title: str, text: object) -> str:
        """Return a label and what it labels."""
        return f"{title}：{text}" if self._chinese else f"{title}: {text}"

    def aside(self, text: str, remark: str) -> str:
        """Return a text with a remark in brackets after it; an empty remark leaves none."""
        if not remark:
            return text
        return f"{text}（{remark}）" if self._chinese else f"{text} ({remark})"

    def some(self, names: Sequence[str], most: int) -> str:
        """Return the first names and, if there are more than ``most``, that there are others."""
        listed = self.join(islice(names, most))
        return self.tr(N_("{names} and others")).format(names=listed) if len(names) > most else listed

    def cite(self, citation: Citation) -> str:
        """Return a citation as printed, with a mark while nobody has verified it."""
        return citation.printed(self.language)


def language_of_reader() -> Language:
    """Return the language of the console, for what is shown and not written into documents."""
    language: Language
    (language,) = [one for one in get_args(Language) if one == console_language()]
    return language


def wording_of_reader() -> Wording:
    """Return the words of the language of the console."""
    return Wording(language_of_reader())
