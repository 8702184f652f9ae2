"""Loads where everybody stands from the ledger."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.files.incoming import still_there

# the kinds of gap that the ledger names are declared where forms are read
from selfaudit.forms.reading import reader as _reader  # noqa: F401
from selfaudit.model.form import Respondent
from selfaudit.model.paper import Paper
from selfaudit.model.standing import Standing
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import papers
from selfaudit.store.workspace import Workspace


def standings(ledger: Ledger) -> Iterator[Standing]:
    """Yield everybody a form was issued to, in the order of the roster."""
    filed = papers(ledger)
    return (_standing(row, filed) for row in ledger.each_standing())


def everybody_of(workspace: Workspace) -> list[Standing]:
    """Return where everybody stands."""
    with workspace.reading() as ledger:
        return list(standings(ledger))


def standing_of(ledger: Ledger, key: str) -> Standing:
    """Return where the respondent with a key stands."""
    (row,) = ledger.each_standing(key)
    return _standing(row, papers(ledger, key))


def unusable(workspace: Workspace, ledger: Ledger) -> list[str]:
    """Return the names of the files that could not be used, were not replaced by good ones, and still lie there."""
    return still_there(ledger.rejected_files(), workspace.path("inbox"), workspace.root)


def _standing(row: tuple[Any, ...], filed: Mapping[str, Sequence[Paper]]) -> Standing:
    data, active, passport, issued_at, due, content, digest, received_at, gaps, count, rivals = row
    respondent = Respondent.model_validate_json(data)
    return Standing(
        respondent=respondent,
        passport=passport,
        issued_at=issued_at,
        due=date.fromisoformat(due),
        active=bool(active),
        content=json.loads(content) if content else None,
        digest=digest or "",
        received_at=received_at or "",
        gaps=tuple(Problem.restored(gap) for gap in json.loads(gaps)) if gaps else (),
        versions=count,
        conflict=bool(rivals and json.loads(rivals)),
        papers=tuple(filed.get(respondent.key, ())),
    )
