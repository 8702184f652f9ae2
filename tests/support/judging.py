"""What lint and rendering say of a template, which must be the same."""

from dataclasses import dataclass

import pytest

from selfaudit.base.problems import Problem, UserError
from selfaudit.word.engine import render
from selfaudit.word.lint.lint import lint
from selfaudit.word.values import Properties


@dataclass(frozen=True, slots=True)
class Context:
    """What the templates of these tests may print."""

    title: str = "A title"


def made(data: bytes) -> bytes:
    """Return the document that a template makes."""
    return render(data, Context(), Properties("en"))


def found(data: bytes) -> list[Problem]:
    """Return what lint says of a template."""
    return lint(data, Context, "en")


def refused(data: bytes) -> list[Problem]:
    """Return what lint says of a template; rendering says the same and makes nothing."""
    problems = found(data)
    with pytest.raises(UserError) as caught:
        made(data)
    assert [str(p) for p in caught.value.problems] == [str(p) for p in problems]
    return problems


def only(data: bytes) -> Problem:
    """Return the one thing for which a template is refused."""
    (problem,) = refused(data)
    return problem
