"""Loads where everybody stands from the ledger."""

import json
from collections.abc import Iterator
from datetime import date

from selfaudit.base.problems import Problem

# the kinds of gap that the ledger names are declared where forms are read
from selfaudit.forms import reader as _reader  # noqa: F401
from selfaudit.model.form import Respondent
from selfaudit.model.paper import paper_state
from selfaudit.model.standing import Standing
from selfaudit.store.ledger import Ledger
from selfaudit.store.papers import papers


def standings(ledger: Ledger) -> Iterator[Standing]:
    """Yield everybody a form was issued to, in the order of the roster."""
    filed = papers(ledger)
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
        respondent = Respondent.model_validate_json(data)
        missing = tuple(Problem.restored(gap) for gap in json.loads(gaps)) if gaps else ()
        conflict = bool(rivals and json.loads(rivals))
        signed = "" if missing or conflict else digest or ""
        yield Standing(
            respondent=respondent,
            passport=passport,
            issued_at=issued_at,
            due=date.fromisoformat(due),
            active=bool(active),
            content=json.loads(content) if content else None,
            digest=digest or "",
            received_at=received_at or "",
            gaps=missing,
            versions=count,
            conflict=conflict,
            paper=paper_state(signed, filed.get(respondent.key, ())),
        )
