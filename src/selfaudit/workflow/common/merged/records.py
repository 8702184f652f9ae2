"""Responses and their roll-up as plain data and as YAML: what ``export`` and ``merged.yaml`` have in common."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from selfaudit.files.yaml.writer import flow, flows
from selfaudit.model.form.answers import SAID
from selfaudit.model.form.building import FormBuilder
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.rollup import Counts, UnitRollup, answers_of, count, places_of, roll_up
from selfaudit.model.progress.standing import Standing
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.merged import name_of_unit
from selfaudit.workflow.common.state.standings import standings

MERGED_FORMAT = "selfaudit/merged/1"

Record = dict[str, Any]

_WORDS = sorted(SAID)


def head(campaign: str) -> str:
    """Return the beginning of the YAML, after which a block for every response follows."""
    return f"format: {MERGED_FORMAT}\ncampaign: {flow(campaign)}\nresponses:"


def block(record: Record) -> str:
    """Return a response as an entry of the YAML, one item a line; it begins with a line break."""
    # the marks of all lines and what follows them, which is encoded in one go
    marks: list[str] = []
    entries: list[Any] = []
    for key, value in record.items():
        if isinstance(value, list) and value:
            marks += [f"\n    {key}:\n      - ", *(["\n      - "] * (len(value) - 1))]
            entries += value
        else:
            marks.append(f"\n    {key}: ")
            entries.append(value)
    text = "".join([part for line in zip(marks, flows(entries), strict=True) for part in line])
    return f"\n  - {text.lstrip()}"


def tail(responses: int, units: Iterable[Record]) -> Iterator[str]:
    """Yield the end of the YAML piece by piece, given how many responses there are, and the roll-up of every unit."""
    yield ("" if responses else " []") + "\nrollup:"
    there = False
    for unit in units:
        # a unit whose people have not got their forms yet was asked nothing
        items = "    items:" if unit["items"] else "    items: []"
        lines = [f"\n  - unit: {flow(unit['unit'])}", f"    name: {flow(unit['name'])}", items]
        yield "\n".join([*lines, *(f"      - {item}" for item in flows(unit["items"]))])
        there = True
    yield "\n" if there else " []\n"


def record_of(standing: Standing) -> Record:
    """Return the response shown for a respondent with whose it is; ``former`` answers are told with their words."""
    who = standing.respondent
    about = {"respondent": who.key, "name": who.name, "unit": who.unit, "unit_name": who.unit_name}
    known = {"state": standing.state, "received_at": standing.received_at, "digest": standing.digest}
    said = {key: value for key, value in (standing.content or {}).items() if key != "format"}
    former = [{**asdict(one), "answer": str(one.answer)} for one in standing.former]
    files = [at.as_data() for at in standing.evidence]
    more = {"former": former, "evidence": files}
    return {**about, "roles": list(who.roles), **known, **said, **{key: value for key, value in more.items() if value}}


def rollup(ledger: Ledger, kit: Kit) -> list[Record]:
    """Return what every unit and the body say together about each item that the kit asks, units first."""
    asked, builder, own = Forms(ledger).asked(), FormBuilder(kit), dict[str, Counts]()
    for standing in standings(ledger, kit):
        who = standing.respondent
        if standing.active or standing.content is not None:
            now = builder.questions(who) if standing.active else asked.get(who.key)
            count(own.setdefault(who.unit, {}), answers_of(standing.content, places_of(now)))
    return list(rolled_up(ledger, own))


def rolled_up(ledger: Ledger, own: Mapping[str, Counts]) -> Iterator[Record]:
    """Yield the same, given what the people of each unit themselves say."""
    units = {key: (name, parent) for key, (name, parent) in json.loads(ledger.meta("units") or "{}").items()}
    units |= {key: (name_of_unit(ledger, key), "") for key in sorted(own.keys() - units.keys())}
    for key, unit in roll_up(own, units, ledger.meta("body")).items():
        yield _rolled(key, unit)


def _rolled(key: str, unit: UnitRollup) -> Record:
    items: list[Record] = []
    for item in sorted(unit.counts):
        said = unit.said(item)
        items.append(
            {"id": item, "overall": str(unit.overall(item)), **{word: said[word] for word in _WORDS if word in said}}
        )
    return {"unit": key, "name": unit.name, "items": items}
