"""Completes a response to a form that was issued again by what the respondent had answered before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.forms.gaps import gaps_of
from selfaudit.model.form.carrying import Content, completed, of_another, silent_places
from selfaudit.model.form.form import Form
from selfaudit.model.form.response import content_hash
from selfaudit.model.kept import (
    CONFORM_WITH_FINDING,
    FINDING_OPEN,
    NO_COVERAGE,
    NO_FINDING,
    NO_REASON,
    NOT_DATED,
    NOT_DECLARED,
    NOT_SIGNED,
    OTHER_REVIEWER,
    UNCHECKED,
)
from selfaudit.model.progress.holding import ADDED, REWORDED
from selfaudit.store.ledger.problems import packed, unpacked
from selfaudit.store.ledger.responses import Carried, ResponseRow
from selfaudit.workflow.common.state.asking import Asking

_WORKED_OUT = frozenset(
    kind.code
    for kind in (
        UNCHECKED, NO_FINDING, CONFORM_WITH_FINDING, NO_REASON, FINDING_OPEN, NO_COVERAGE, NOT_SIGNED, NOT_DATED,
        NOT_DECLARED, OTHER_REVIEWER, REWORDED, ADDED,
    )
)  # fmt: skip
"""The gaps that follow from a content; the others tell what could not be read in the file."""


@dataclass(frozen=True, slots=True)
class Said:
    """A content with its gaps and the questions it answers."""

    content: Content
    gaps: Sequence[Problem]
    questions: str

    @classmethod
    def of(cls, row: ResponseRow) -> "Said":
        """Return what a response says."""
        return cls(json.loads(row.content), unpacked(row.gaps), row.questions)


def carried(asking: Asking, row: ResponseRow, before: Said, source: str, *, own: bool) -> tuple[str, Carried] | None:
    """Return digest and content of a response with what was taken over from an earlier one; None if nothing was.

    ``own`` says that the same person filled in both.
    """
    now, form = Said.of(row), asking.forms.get(row.passport)
    if form is None:
        return None
    held = asking.holding(before.content, before.gaps, before.questions, form.questions)
    missing = {entry for gap in now.gaps if gap.kind in (UNCHECKED, NO_COVERAGE) for entry in _listed(gap)}
    silent = set(silent_places(now.content, form.questions, missing))
    said = held.content or {}
    found = completed(now.content, said if own else of_another(said), form.questions, silent)
    if found is None:
        return None
    gaps = packed(_gaps(found.content, now, form, missing))
    content = json.dumps(found.content, ensure_ascii=False, separators=(",", ":"))
    made = Carried(row.digest, source, content, gaps, tuple(found.taken), tuple(found.left))
    return content_hash(found.content), made


def _listed(gap: Problem) -> list[str]:
    return list(gap.args.get("places") or gap.args.get("titles") or ())


def _gaps(content: dict[str, Any], now: Said, form: Form, missing: set[str]) -> list[Problem]:
    """Return what is still missing; what could not be read in the file stays to be asked back."""
    told = {gap.kind.code for gap in now.gaps}
    of_the_end = {"filled_on": NOT_DATED, "declaration": NOT_DECLARED}
    unread: set[tuple[object, ...]] = {("answer", place) for place in form.questions.wordings if place not in missing}
    unread |= {("coverage", one.id) for one in form.questions.coverage if one.title not in missing}
    unread |= {(key,) for key, kind in of_the_end.items() if kind.code not in told}
    return [*(gap for gap in now.gaps if gap.code not in _WORKED_OUT), *gaps_of(content, form, unread)]
