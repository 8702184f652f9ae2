"""Mistakes as values: where they are, what they say, and how the ledger keeps them."""

import importlib
import json

import pytest

from selfaudit.base import i18n
from selfaudit.base.problems import Problem, Severity, UserError, Where, _kinds, error, errors, note, warning

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


def test_the_ledger_keeps_a_problem_without_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = ONE(Where("a.yaml", 3, 7), value="x", names=["甲", "乙"])
    stored = json.loads(json.dumps(problem.stored()))
    restored = Problem.restored(stored, "a.yaml")
    assert str(restored) == str(problem)
    monkeypatch.setattr(i18n, "_console", "zh_CN")
    assert str(restored) == str(problem)


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


def test_every_kind_of_mistake_is_a_sentence_without_its_own_full_stop_and_a_hint_with_one() -> None:
    for module in (
        "cli.app",
        "workflow.collect",
        "workflow.issue",
        "workflow.contradictions",
        "workflow.findings",
    ):
        importlib.import_module(f"selfaudit.{module}")
    for kind in _kinds.values():
        if not kind.code.startswith("test."):
            assert not kind.message.endswith("."), kind.code
            assert not kind.hint or kind.hint.endswith((".", "…", "?", ":", "}")), kind.code
