"""Files that were reviewed: what each reviewer found, and who had read the file first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selfaudit.base.names import name_key
from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.sampling.reviewing import Named

_BETWEEN = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a file by one person: the findings that stand; ``done`` if it is complete and not contested."""

    who: Respondent
    done: bool
    findings: tuple[FindingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """A file of a sample with its reviews: one, or two where two review it.

    ``called`` is its number, with the sample where a file of another one has the same; ``about`` is what it is about.
    """

    sample: str
    file: str
    called: str
    about: str
    reviews: tuple[Review, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Sample and number, by which no other file is known."""
        return self.sample, self.file

    @property
    def done(self) -> bool:
        """Whether everybody who reviews it has."""
        return all(one.done for one in self.reviews)

    @property
    def reviewers(self) -> list[str]:
        """The names of those who review it."""
        return [one.who.reviewer for one in self.reviews]


def first_readers(text: str, people: Iterable[Respondent]) -> Mapping[str, list[Respondent]]:
    """Return who is meant by each name in a text that says who read a file first; nobody, one, or several so called.

    What is in brackets behind a name, such as a branch, tells namesakes apart where the roster has it too, and may
    also be left out.
    """
    called: dict[str, list[Respondent]] = {}
    for who in people:
        called.setdefault(name_key(who.name), []).append(who)
    names = [name.strip() for name in _BETWEEN.split(text) if name.strip()]
    return {name: called.get(name_key(name)) or called.get(Named(name).key, []) for name in names}
