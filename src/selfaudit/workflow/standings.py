"""Loads where everybody stands from the ledger."""

import json
from collections.abc import Iterator
from datetime import date

from selfaudit.base.problems import Problem

# the kinds of gap that the ledger names are declared where forms are read
from selfaudit.forms import reader as _reader  # noqa: F401
from selfaudit.model.form import Respondent
from selfaudit.model.standing import Standing
from selfaudit.store.ledger import Ledger


def standings(ledger: Ledger) -> Iterator[Standing]:
    """Yield everybody a form was issued to, in the order of the roster."""
    for (
        data,
        active,
        passport,
        issued_at,
        due,
        content,
        digest,
        received_at,
        gaps,
        count,
        rivals,
    ) in ledger.each_standing():
        yield Standing(
            respondent=Respondent.model_validate_json(data),
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
        )
