"""Problems as the ledger keeps them: a JSON list of codes, places and arguments, without language."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from selfaudit.base.problems import Kind, Problem, Severity, Some, Term, Where
from selfaudit.model.kept import KEPT


def packed(problems: Iterable[Problem]) -> str:
    """Return problems as the ledger keeps them; ``ValueError`` for a kind that ``unpacked`` would not know."""
    several = list(problems)
    if foreign := {problem.code for problem in several} - KEPT.keys():
        raise ValueError(f"kinds that are not in selfaudit.model.kept: {', '.join(sorted(foreign))}")
    return recorded(several)


def unpacked(data: str, file: str = "") -> tuple[Problem, ...]:
    """Return the problems that ``packed`` wrote, those of a file if it is named."""
    return unrecorded(data, KEPT.get, file)


def recorded(problems: Iterable[Problem]) -> str:
    """Return problems of any kind for the record: to compare them, or for whoever knows their kinds."""
    return json.dumps([_plain(problem) for problem in problems], ensure_ascii=False)


def unrecorded(data: str, kind_of: Callable[[str], Kind | None], file: str = "") -> tuple[Problem, ...]:
    """Return the problems that ``recorded`` wrote, given what knows their kinds by code."""
    return tuple(_problem(entry, kind_of, file) for entry in json.loads(data))


def _plain(problem: Problem) -> list[Any]:
    args = {name: _packed(value) for name, value in problem.args.items()}
    return [problem.code, problem.where.line, problem.where.column, args, problem.where.cell]


def _problem(data: list[Any], kind_of: Callable[[str], Kind | None], file: str) -> Problem:
    code, line, column, args, *cell = data  # the ledger's first rows had no cell
    # a kind that was kept by another version shows its code
    kind = kind_of(code) or Kind(code, Severity.WARNING, code)
    return Problem(kind, Where(file, line, column, *cell), {name: _unpacked(value) for name, value in args.items()})


def _packed(value: Any) -> Any:
    """Return an argument as plain data that still distinguishes a word from a term."""
    if isinstance(value, Term):
        return {"term": str(value)}
    if isinstance(value, Some):
        return [*value.entries]
    return [_packed(entry) for entry in value] if isinstance(value, list | tuple) else value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return Term(value["term"])
    return [_unpacked(entry) for entry in value] if isinstance(value, list) else value
