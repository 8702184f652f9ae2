"""How answers roll up: person, unit, the units above it, the body; the worst answer first, with numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selfaudit.model.form.answers import MISSING, WORST_FIRST, Answer, Said, overall, worst

if TYPE_CHECKING:
    from selfaudit.model.form.form import Questions

BODY = ""
"""The key under which the whole body rolls up."""

Counts = dict[str, list[int]]
"""For every item how many gave each answer, in the order of ``WORST_FIRST``, and of how many nothing came back."""

_COUNTED: tuple[Said, ...] = (*WORST_FIRST, MISSING)
_PLACE: dict[str, int] = {said: place for place, said in enumerate(_COUNTED)}


@dataclass(slots=True)
class UnitRollup:
    """What a unit and everything below it says."""

    name: str
    counts: Counts = field(default_factory=dict)

    def overall(self, item: str) -> Said:
        """Return the worst answer to an item."""
        return overall(self.said(item))

    def said(self, item: str) -> dict[Said, int]:
        """Return how many gave which answer to an item; answers that nobody gave are left out."""
        return {answer: count for answer, count in zip(_COUNTED, self.counts[item], strict=True) if count}


def places_of(asked: "Questions | None") -> dict[str, int]:
    """Return how many answers every item asks for, for ``answers_of``."""
    return {question.id: max(1, len(question.parts)) for question in asked.items} if asked else {}


def answers_of(content: Mapping[str, Any] | None, places: Mapping[str, int]) -> dict[str, str]:
    """Return what somebody's content, None if nothing came back, says about every item: the worst of its parts.

    An item that was asked and left open, wholly or in a part, counts as unchecked; of somebody from whom nothing came
    back, every item as missing.
    """
    if content is None:
        return dict.fromkeys(places, MISSING)
    said: dict[str, str] = {}
    for item in content.get("items", ()):
        parts, asked_for = item.get("parts"), places.get(item["id"], 0)
        if not parts and asked_for <= 1:
            said[item["id"]] = item.get("answer", Answer.UNCHECKED)
            continue
        given = [part.get("answer", Answer.UNCHECKED) for part in parts or [item]]
        left_open = [Answer.UNCHECKED] if len(given) < asked_for else []
        said[item["id"]] = worst(map(Answer, [*given, *left_open]))
    return dict.fromkeys(places, Answer.UNCHECKED) | said


def count(counts: Counts, answers: Mapping[str, str], by: int = 1) -> None:
    """Add somebody's answers to those of a unit, or with ``by=-1`` take them out again."""
    for item, answer in answers.items():
        row = counts.get(item)
        if row is None:
            row = counts[item] = [0] * len(_COUNTED)
        row[_PLACE[answer]] += by
        if by < 0 and not any(row):
            del counts[item]


def roll_up(own: Mapping[str, Counts], units: Mapping[str, tuple[str, str]], body: str) -> dict[str, UnitRollup]:
    """Return the roll-up of every unit that is asked anything, and last that of the body under ``BODY``.

    ``own`` is what the people of each unit themselves say, ``units`` gives name and parent of every unit, in order.
    """
    found: dict[str, UnitRollup] = {}
    for key, counts in own.items():
        for unit in _chain(key, units):
            if unit not in found:
                found[unit] = UnitRollup(body if unit == BODY else units.get(unit, (unit, ""))[0])
            _add(found[unit].counts, counts)
    ordered = [*(unit for unit in units if unit in found), *sorted(found.keys() - units.keys() - {BODY}), BODY]
    return {unit: found[unit] for unit in ordered if unit in found}


def _add(total: Counts, counts: Counts) -> None:
    for item, row in counts.items():
        before = total.get(item)
        total[item] = list(row) if before is None else [a + b for a, b in zip(before, row, strict=True)]


def _chain(unit: str, units: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return a unit and all above it, the body last; a circle, which the roster check refuses, ends the chain."""
    chain: list[str] = []
    while unit and unit not in chain:
        chain.append(unit)
        unit = units.get(unit, ("", ""))[1]
    return [*chain, BODY]
