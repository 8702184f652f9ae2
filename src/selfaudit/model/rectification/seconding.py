"""Whoever agrees with somebody is one person, and not that one: the same for verdicts and for exceptions."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, error
from selfaudit.model.rectification.people import People

NOT_A_PERSON = error(
    "verdicts.second-unclear",
    N_("“{name}” is not one person who can agree"),
    N_("Name one person: by number or name as on the roster, or by full name if from outside."),
)
SAME_PERSON = error(
    "verdicts.second-same",
    N_("“{name}” and “{by}” may be one person, and whoever agrees is a second one"),
    N_("Have somebody else look at it."),
)


def no_second(people: People, name: str, by: str) -> Iterator[Problem]:
    """Yield why a name is not that of a second person beside ``by``; whether one is needed is not asked here."""
    if not people.is_one((name, people.key(name))):
        yield NOT_A_PERSON(name=name)
    elif people.same((name, people.key(name)), (by, people.key(by))):
        yield SAME_PERSON(name=name, by=by)
