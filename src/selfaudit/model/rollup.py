"""How answers roll up: person, unit, the units above it, the body; the worst answer first, with numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from selfaudit.model.answers import Answer, worst
from selfaudit.model.form import Questions
from selfaudit.model.standing import Standing

BODY = ""
"""The key under which the whole body rolls up."""


@dataclass(slots=True)
class UnitRollup:
    """What a unit and everything below it says: for every item, how many gave which answer."""

    name: str
    items: dict[str, Counter[Answer]] = field(default_factory=dict)

    def overall(self, item: str) -> Answer:
        """Return the worst answer to an item."""
        return worst(self.items[item])


def roll_up(
    answered: Iterable[tuple[Standing, Questions | None]], units: Mapping[str, tuple[str, str]], body: str
) -> dict[str, UnitRollup]:
    """Return the roll-up of every unit that is asked anything, and of the body under ``BODY``.

    ``answered`` pairs everybody with the questions he was issued (None: none yet), ``units`` gives name and parent of
    every unit. An item left open, or a form not returned, is unchecked.
    """
    found: dict[str, UnitRollup] = {}
    for standing, asked in answered:
        if not standing.active and standing.content is None:
            continue
        answers = _answers(standing, asked)
        for unit in _chain(standing.respondent.unit, units):
            if unit not in found:
                name = body if unit == BODY else units.get(unit, (standing.respondent.unit_name, ""))[0]
                found[unit] = UnitRollup(name)
            items = found[unit].items
            for item, answer in answers.items():
                items.setdefault(item, Counter())[answer] += 1
    return found


def _answers(standing: Standing, asked: Questions | None) -> dict[str, Answer]:
    said: dict[str, list[Answer]] = {}
    for item, _part, answer, _note in standing.answers():
        said.setdefault(item, []).append(answer)
    for question in asked.items if asked else ():
        given = said.setdefault(question.id, [])
        if len(given) < max(1, len(question.parts)):
            given.append(Answer.UNCHECKED)
    return {item: worst(answers) for item, answers in said.items()}


def _chain(unit: str, units: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return a unit and all above it, the body last; a circle, which the roster check refuses, ends the chain."""
    chain: list[str] = []
    while unit and unit not in chain:
        chain.append(unit)
        unit = units.get(unit, ("", ""))[1]
    return [*chain, BODY]
