"""Chooses which response of a respondent counts."""

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfaudit.base.clock import local
from selfaudit.base.names import name_key
from selfaudit.base.problems import QUOTED
from selfaudit.model.form.carrying import Content
from selfaudit.model.form.merge import Version, answered_otherwise, pick
from selfaudit.store.ledger.decisions import decision
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.problems import unpacked
from selfaudit.store.ledger.respondents import own_names
from selfaudit.store.ledger.responses import (
    ResponseRow,
    Shown,
    about_response,
    answered_often,
    choice,
    counting,
    drop_shown,
    put_shown,
    responses,
)
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.carrying import Said, carried

ENTERED = "answer-set"
"""The kind of decision by which a response was entered on somebody's behalf; ``data`` says instead of which ones."""


def elect(ledger: Ledger, respondent: str, asking: Asking | None = None) -> Shown | None:
    """Work out which response of a respondent is shown, enter it, and return it; None if there is none.

    Who does so for many gives what is asked, so that forms are compared once.
    """
    found = elected(ledger, respondent, asking)
    if found:
        put_shown(ledger, respondent, found)
    else:
        drop_shown(ledger, respondent)
    return found


def elect_all(ledger: Ledger) -> None:
    """Work it out again for everybody who sent several: what asks the same is decided otherwise now."""
    asking = Asking(ledger)
    for respondent in answered_often(ledger):
        elect(ledger, respondent, asking)


def elected(ledger: Ledger, respondent: str, asking: Asking | None = None) -> Shown | None:
    """Return which response of a respondent is to be shown, None if there is none that counts."""
    rows = counting(ledger, respondent)
    if not rows:
        return None
    chosen = choice(ledger, respondent)
    if len(rows) == 1 and not chosen:
        # most respondents answer once, and there is nothing to compare
        return Shown(rows[0].digest, ())
    names = own_names(ledger, respondent)
    if respondent.startswith("file:") and any(name_key(row.filled_by) in names for row in rows):
        # what somebody else said of a file is no review of it, and neither contests nor completes one
        rows = [row for row in rows if name_key(row.filled_by) in names or not row.filled_by]
    election = _Election(ledger, names, asking or Asking(ledger))
    found = election.among(rows, (chosen.digest, chosen.considered) if chosen else None)
    return found.shown


def told_of_choice(ledger: Ledger, respondent: str) -> dict[str, Any]:
    """Return which of several responses a person chose, and where those that contested it say something else."""
    made, sent = choice(ledger, respondent), responses(ledger, respondent)
    numbers = {row.digest: number for number, row in enumerate(sent, 1)}
    if made is None or made.digest not in numbers:
        return {}
    counts = {row.digest for row in counting(ledger, respondent)} & made.considered | {made.digest}
    rows = [row for row in sent if row.digest in counts]
    election = _Election(ledger, own_names(ledger, respondent), Asking(ledger))
    versions = {version.digest: version for version in election.versions(rows)}
    shown, rivals = pick(versions.values())
    chosen = versions.pop(made.digest)
    others = [versions[digest].content for digest in (shown, *rivals) if digest in versions]
    differ, problems = answered_otherwise(chosen.content, others)
    filled = {"filled_by": chosen.filled_by, "filled_on": chosen.filled_on}
    return {"number": numbers[made.digest], **filled, "differ": differ, "problems": problems}


@dataclass(frozen=True, slots=True)
class _Elected:
    """The response that is shown, what it says, completed by earlier ones, and which others contest it."""

    row: ResponseRow
    shown: Shown

    @property
    def said(self) -> Said:
        """What it says."""
        made = self.shown.carried
        return Said(json.loads(made.content), unpacked(made.gaps), self.row.questions) if made else Said.of(self.row)


class _Election:
    """Chooses among the responses of one respondent."""

    def __init__(self, ledger: Ledger, names: Container[str], asking: Asking) -> None:
        self._ledger, self._names, self._asking = ledger, names, asking

    def among(self, rows: Sequence[ResponseRow], choice: tuple[str, frozenset[str]] | None = None) -> _Elected:
        """Return which of some responses is shown; one to a form that was issued again is completed by earlier ones."""
        versions = {version.digest: version for version in self.versions(rows)}
        digest, rivals = pick(versions.values(), choice)
        row = next(row for row in rows if row.digest == digest)
        earlier = [one for one in rows if one.serial < row.serial and one.questions != row.questions]
        before = self.among(earlier, choice) if earlier else None
        made = before and carried(self._asking, row, before.said, before.row.digest, own=self._same(row, before.row))
        if not made:
            return _Elected(row, Shown(digest, tuple(rivals)))
        said = replace(versions[digest], content=json.loads(made[1].content)).said
        left = tuple(rival for rival in rivals if not versions[rival].said <= said)
        return _Elected(row, Shown(made[0], left, made[1]))

    def versions(self, rows: Sequence[ResponseRow]) -> list[Version]:
        """Return some responses with what is known of each, all in the words of the newest form among theirs."""
        newest = max(rows, key=lambda row: row.serial)
        return [_version(self._ledger, row, self._names, self._content(row, newest)) for row in rows]

    def _same(self, one: ResponseRow, other: ResponseRow) -> bool:
        """Return whether one person filled in two responses; who did not write a name may be anybody."""
        first, second = name_key(one.filled_by), name_key(other.filled_by)
        return first != "" and (first == second or (first in self._names and second in self._names))

    def _content(self, row: ResponseRow, newest: ResponseRow) -> Content:
        """Return what a response says in the words of the newest form: other words are no other answer."""
        content = json.loads(row.content)
        if row.questions == newest.questions:
            return content  # type: ignore[no-any-return]
        now = self._asking.forms.questions(newest.questions)
        return self._asking.holding(content, (), row.questions, now).content or {}


def _version(ledger: Ledger, row: ResponseRow, names: Container[str], content: Content) -> Version:
    gaps = unpacked(row.gaps)
    return Version(
        digest=row.digest,
        filled_by=row.filled_by,
        filled_on=row.filled_on,
        serial=row.serial,
        content=content,
        run=row.run,
        received=local(row.received_at).replace(" ", "T"),
        issued=local(row.issued_at)[:_DAY],
        draft=bool(gaps) and all(QUOTED.isdisjoint(gap.args) for gap in gaps),
        own=name_key(row.filled_by) in names,
        replaces=_replaces(ledger, row),
    )


def _replaces(ledger: Ledger, row: ResponseRow) -> frozenset[str] | None:
    """Return the responses instead of which one was entered, None for one that came in a file."""
    made = None if row.sha256 else decision(ledger, ENTERED, about_response(row.respondent, row.digest))
    return frozenset(made.data["replaces"]) if made else None


_DAY = len("2023-11-05")
