"""Who gave which answer to every item and part, over all respondents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from selfaudit.model.form.answers import MISSING, SAID, Answer, Said, worst
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing

Voices = dict[Said, list[Respondent]]
"""Who gave which answer, and who was asked and returned nothing."""


def _voices() -> Voices:
    return {said: [] for said in SAID}


@dataclass(slots=True)
class ItemTally:
    """Who said what about one item, and about each of its parts."""

    by_answer: Voices = field(default_factory=_voices)
    parts: dict[str, Voices] = field(default_factory=dict)


class Tally:
    """Counts the answers of respondents as they come by; ``items`` has every item of the kit and any other answered.

    A respondent counts for the items of their roles; an item left open is unchecked. Who returned nothing, whether it
    is still expected or not, is counted apart: that somebody did not check is nothing that they said.
    """

    def __init__(self, kit: Kit) -> None:
        """Take the kit whose items are counted."""
        self._kit = kit
        self._parts = {item.id: tuple(part.id for part in item.parts) for item in kit.items.values()}
        self.items = {item: ItemTally(parts={part: _voices() for part in parts}) for item, parts in self._parts.items()}

    def add(self, standing: Standing) -> None:
        """Count one respondent."""
        said = {item["id"]: item for item in (standing.content or {}).get("items", ())}
        asked = self._kit.asked_of(standing.respondent.roles) if standing.active else ()
        for item_id in asked if standing.content is None else ():
            self._count_missing(item_id, standing.respondent)
        for item_id in asked if standing.content is not None else ():
            self._count(item_id, said.pop(item_id, {}), standing.respondent)
        for item_id, answered in said.items():
            self._count(item_id, answered, standing.respondent)

    def _count_missing(self, item_id: str, respondent: Respondent) -> None:
        counted = self.items[item_id]
        for voices in (counted.by_answer, *counted.parts.values()):
            voices[MISSING].append(respondent)

    def _count(self, item_id: str, answered: Mapping[str, Any], respondent: Respondent) -> None:
        tally = self.items.get(item_id) or self.items.setdefault(item_id, ItemTally())
        parts = _said_of_parts(answered, self._parts.get(item_id, ()))
        for part, answer in parts.items():
            (tally.parts.get(part) or tally.parts.setdefault(part, _voices()))[answer].append(respondent)
        tally.by_answer[_overall(answered, parts)].append(respondent)


def overall_answer(answered: Mapping[str, Any], parts: Iterable[str]) -> Answer:
    """Return what a respondent says of an item that is asked in these parts, given what their response has of it."""
    return _overall(answered, _said_of_parts(answered, parts))


def _said_of_parts(answered: Mapping[str, Any], parts: Iterable[str]) -> dict[str, Answer]:
    said = {part["id"]: part.get("answer", Answer.UNCHECKED) for part in answered.get("parts", ())}
    for part in parts:
        said.setdefault(part, Answer.UNCHECKED)
    return said


def _overall(answered: Mapping[str, Any], parts: Mapping[str, Answer]) -> Answer:
    return Answer(worst(parts.values()) if parts else answered.get("answer", Answer.UNCHECKED))


def tally(standings: Iterable[Standing], kit: Kit) -> dict[str, ItemTally]:
    """Return the tally of every item of the kit, and of dropped items that somebody answered."""
    counted = Tally(kit)
    for standing in standings:
        counted.add(standing)
    return counted.items
