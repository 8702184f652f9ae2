"""Problems as the ledger keeps them: a JSON list of codes, places and arguments, without language."""

import json
from collections.abc import Iterable

from selfaudit.base.problems import Problem


def packed(problems: Iterable[Problem]) -> str:
    """Return problems as the ledger keeps them."""
    return json.dumps([problem.stored() for problem in problems], ensure_ascii=False)


def unpacked(data: str, file: str = "") -> tuple[Problem, ...]:
    """Return the problems that ``packed`` wrote, those of a file if it is named."""
    return tuple(Problem.restored(entry, file) for entry in json.loads(data))
