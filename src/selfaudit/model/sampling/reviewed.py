"""Files that were reviewed: what each reviewer found, and who had read the file first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from selfaudit.base.names import name_key
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.sampling.population import names_in
from selfaudit.model.sampling.reviewing import Named


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a file by one person: the findings that stand; ``done`` if it is complete and not contested.

    ``answers`` are those to whole criteria, the worst of their parts; ``withdrawn`` are criteria of which a person
    withdrew every finding.
    """

    who: Respondent
    done: bool
    findings: tuple[FindingRecord, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()

    def finds(self, criteria: Iterable[str]) -> bool:
        """Return whether it found a problem by one of these criteria, which stands."""
        return any(self.answers.get(one) is Answer.PROBLEM and one not in self.withdrawn for one in criteria)


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

    def verdict(self, criteria: Sequence[str]) -> bool | None:
        """Return whether it has a problem by these criteria: one review that is done is enough to say so.

        None as long as a review is out and no other one found anything.
        """
        if any(one.done and one.finds(criteria) for one in self.reviews):
            return True
        return False if self.reviews and self.done else None

    def inapplicable(self, criterion: str) -> bool:
        """Return whether everybody who reviewed it says that a criterion does not apply to it."""
        said = {one.answers.get(criterion) for one in self.reviews}
        return self.done and said == {Answer.NOT_APPLICABLE}

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
    return {name: called.get(name_key(name)) or called.get(Named(name).key, []) for name in names_in(text)}
