"""Mistakes as values: where they are, what they say, and how the ledger keeps them."""

import importlib
import pkgutil
import re

import pytest

import selfaudit
from selfaudit.base import i18n
from selfaudit.base.problems import Kind, Severity, UserError, Where, _kinds, error, errors, note, warning

ONE = error("test.one", "“{value}” is wrong, {names}", "Write one of: {names}.")
TWO = warning("test.two", "doubtful")
THREE = note("test.three", "for your information")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_console", "en")


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Where(), ""),
        (Where("a.yaml"), "a.yaml"),
        (Where("a.yaml", 3, 7), "a.yaml:3:7"),
        (Where("a.yaml", 3), "a.yaml:3:1"),
        (Where("a.xlsx", cell="人员!B3"), "a.xlsx:人员!B3"),
    ],
)
def test_a_place_is_shown_as_editors_understand_it(where: Where, shown: str) -> None:
    assert str(where) == shown


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = ONE(Where("a.yaml", 3, 7), value="x", names=["甲", "乙"])
    assert str(problem) == "a.yaml:3:7: “x” is wrong, 甲, 乙 Write one of: 甲, 乙."
    assert problem.as_data() == {
        "code": "test.one",
        "severity": "error",
        "where": "a.yaml:3:7",
        "line": 3,
        "column": 7,
        "message": "“x” is wrong, 甲, 乙",
        "hint": "Write one of: 甲, 乙.",
    }


def test_what_somebody_typed_is_never_taken_for_a_slot() -> None:
    assert ONE(value="{names} {0} %s", names="x").message == "“{names} {0} %s” is wrong, x"


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match=r"test\.one is declared twice"):
        error("test.one", "again")


def test_only_errors_refuse() -> None:
    assert [problem.code for problem in errors([TWO(), ONE(value="", names=""), THREE()])] == ["test.one"]
    assert TWO().severity is Severity.WARNING
    assert THREE().severity is Severity.NOTE


def test_a_user_error_carries_every_problem() -> None:
    raised = UserError([ONE(value="a", names=""), TWO()])
    assert [problem.code for problem in raised.problems] == ["test.one", "test.two"]
    assert UserError(TWO()).problems == [TWO()]
    assert "doubtful" in str(raised)


def every_kind() -> list[Kind]:
    """Return every kind of mistake in the program, whichever module declares it."""
    for module in pkgutil.walk_packages(selfaudit.__path__, "selfaudit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return [kind for code, kind in _kinds.items() if not code.startswith("test.")]


def test_every_kind_of_mistake_is_a_sentence_without_its_own_full_stop_and_a_hint_with_one() -> None:
    kinds = every_kind()
    assert len(kinds) > 300
    for kind in kinds:
        assert not kind.message.endswith("."), kind.code
        # a full stop behind a command would be typed with it
        command = re.search(r"selfaudit .+\w$", kind.hint)
        assert not kind.hint or command or kind.hint.endswith((".", "…", "?", ":", "}")), kind.code


def test_every_message_goes_on_after_the_place_and_so_begins_small() -> None:
    wrong = [kind.message for kind in every_kind() if not re.match(r"[a-z0-9{“]|--|LibreOffice ", kind.message)]
    assert wrong == []
