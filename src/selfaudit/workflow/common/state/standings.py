"""Loads the state of everybody from the ledger."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from selfaudit.model.evidence import lacking
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Answers
from selfaudit.model.progress.holding import Holding
from selfaudit.model.progress.paper import Paper
from selfaudit.model.progress.standing import OnBehalf, Standing, Waiver
from selfaudit.store.ledger.decisions import Decision, decision, decisions
from selfaudit.store.ledger.findings import Numbers, finding_numbers
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.papers import papers
from selfaudit.store.ledger.problems import unpacked
from selfaudit.store.ledger.responses import about_response
from selfaudit.store.ledger.standings import StandingRow, each_standing
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.asking import Asking
from selfaudit.workflow.common.state.election import ENTERED


def standings(ledger: Ledger, kit: Kit | None = None, kind: Answers | None = None) -> Iterator[Standing]:
    """Yield everybody a form was issued to, or those of a kind, in the order of the roster.

    Their answers count as far as they answer what the kit asks, without a kit what the forms issued last ask.
    """
    beside = _Beside(papers(ledger), decisions(ledger, ENTERED), finding_numbers(ledger))
    asking = Asking(ledger, kit)
    return (_standing(row, beside, asking) for row in each_standing(ledger, kind=kind or ""))


def everybody_of(workspace: Workspace, kit: Kit | None = None) -> list[Standing]:
    """Return the state of everybody."""
    with workspace.reading() as ledger:
        return list(standings(ledger, kit))


def standing_of(ledger: Ledger, key: str, kit: Kit | None = None) -> Standing:
    """Return the state of the respondent with a key."""
    return standing_in(ledger, key, Asking(ledger, kit))


def standing_in(ledger: Ledger, key: str, asking: Asking) -> Standing:
    """Do the same, given what is asked."""
    (row,) = each_standing(ledger, key)
    about = [about_response(key, digest) for digest in (row.response, row.source) if digest]
    entered = {one: made for one in about if (made := decision(ledger, ENTERED, one))}
    beside = _Beside(papers(ledger, key), entered, finding_numbers(ledger, key))
    return _standing(row, beside, asking)


class _Beside(NamedTuple):
    """What the ledger keeps beside responses: papers and numbers of findings by respondent, and answers entered."""

    papers: Mapping[str, Sequence[Paper]]
    entered: Mapping[str, Decision]
    numbers: Mapping[str, Numbers]


def _standing(row: StandingRow, beside: _Beside, asking: Asking) -> Standing:
    now = asking.now(row.respondent, row.asked, active=row.active)
    held = Holding(None)
    if row.content:
        gaps = unpacked(row.gaps) if row.gaps else ()
        held = asking.holding(json.loads(row.content), gaps, row.answered, now)
    numbers = beside.numbers.get(row.respondent.key, {})
    about = (row.response, row.source)
    evidence = tuple(asking.shelf.of(row.respondent.key, held.content, numbers, about)) if held.content else ()
    lacks = tuple(lacking(now, held.content, evidence)) if held.content and now else ()
    return Standing(
        respondent=row.respondent,
        passport=row.passport,
        issued_at=row.issued_at,
        due=now.due if now and now.items and asking.of_kit else row.due,
        first_due=row.first_due if row.passport else None,
        active=row.active,
        content=held.content,
        digest=row.digest,
        received_at=row.received_at,
        first_at=row.first_at,
        completed_at="" if lacks else row.completed_at,
        gaps=(*asking.missing(held, row.answered, now, numbers), *lacks),
        answered_in=row.answered_in,
        versions=row.responses,
        conflict=row.contested,
        papers=tuple(beside.papers.get(row.respondent.key, ())),
        reopened=held.reopened,
        former=held.former,
        waiver=Waiver(*row.waiver) if row.waiver else None,
        on_behalf=tuple(_on_behalf(row, beside.entered, asking)),
        finding_numbers=numbers,
        evidence=evidence,
    )


def _on_behalf(row: StandingRow, entered: Mapping[str, Decision], asking: Asking) -> Iterator[OnBehalf]:
    """Yield what was entered in a response on somebody's behalf, the newest first, and what was entered before it."""
    # what is entered has the title of a number for its place
    called = asking.forms.questions(row.answered).called if row.taken else str
    for digest, taken in ((row.response, None), (row.source, {called(place) for place in row.taken})):
        if made := entered.get(about_response(row.respondent.key, digest)) if digest else None:
            own = OnBehalf(made.data["place"], made.by, made.reason, made.data["told_on"])
            every = (own, *(OnBehalf(**one) for one in made.data["earlier"]))
            yield from (one for one in every if taken is None or one.place in taken)
