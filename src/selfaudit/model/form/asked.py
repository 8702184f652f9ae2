"""What was asked of somebody and what is asked now, place by place: an answer counts for the words it was given to."""

from collections.abc import Mapping
from dataclasses import dataclass

from selfaudit.base.canonical import short_hash
from selfaudit.model.form.form import Questions

OFFERED = ("severity", "disposition")
"""Kinds of places that nobody has to answer: they are only chosen from."""


def item_of(place: str) -> str:
    """Return the item of a place such as ``3.2 a``; what else is asked is its own."""
    return place.partition(" ")[0]


def mark(wording: str) -> str:
    """Return a short mark of the words of a place, as decisions keep it."""
    return short_hash(wording.encode(), 16)


def differing(before: str, now: str) -> dict[str, str]:
    """Return ``old`` and ``new`` words without the lines that are the same, as what introduces the parts of an item."""
    old, new = before.splitlines(), now.splitlines()
    kept = {"old": [line for line in old if line not in new], "new": [line for line in new if line not in old]}
    return {"old": "\n".join(kept["old"] or old), "new": "\n".join(kept["new"] or new)}


@dataclass(frozen=True, slots=True)
class Editorial:
    """A person's word that the words ``before``, by their marks, ask the same as those ``now``."""

    now: str
    before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What sets the questions somebody got apart from those asked now.

    Answers to ``gone`` places count for words that are not asked any more. ``reworded`` are those of them that are
    asked under other words now, ``added`` are asked now and were not. It ``differs`` if anything else was to be
    answered or chosen from than now. ``needs`` are fields that a finding had to have only since, ``needless`` no more.
    """

    gone: frozenset[str] = frozenset()
    reworded: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    differs: bool = False
    needs: frozenset[str] = frozenset()
    needless: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether it touches anybody's answers."""
        return bool(self.gone or self.added or self.needs or self.needless)

    @property
    def open(self) -> tuple[str, ...]:
        """What is asked now and was not asked in these words."""
        return self.reworded + self.added


class Asked:
    """All that a campaign asks now, by place, and which earlier words are declared to ask the same."""

    def __init__(self, wordings: Mapping[str, str], editorial: Mapping[str, Editorial]) -> None:
        """Take the words of every place, whoever is asked, and the declarations by place."""
        self._wordings = wordings
        self._known = {item_of(place) for place in wordings}
        self._editorial = editorial
        self._changes: dict[tuple[str, str], Change] = {}

    def holds(self, place: str, wording: str) -> bool:
        """Return whether an answer to these words answers what is asked at the place now."""
        now = self._wordings.get(place)
        if now is None or now == wording:
            return now is not None
        declared = self._editorial.get(place)
        return declared is not None and declared.now == mark(now) and mark(wording) in declared.before

    def change(self, before: Questions, now: Questions | None) -> Change:
        """Compare the questions that somebody got with those asked of them now, None if they are asked nothing."""
        key = before.digest, now.digest if now else ""
        if key not in self._changes:
            self._changes[key] = self._change(before, now)
        return self._changes[key]

    def _change(self, before: Questions, now: Questions | None) -> Change:
        asked = now.wordings if now else {}
        # an item or number that is not asked at all any more is told as such, under its own id
        known = (place for place in before.wordings if item_of(place) in self._known)
        gone = frozenset(place for place in known if not self.holds(place, before.wordings[place]))
        answered = [place for place in asked if place.partition(":")[0] not in OFFERED]
        old, new = frozenset(before.finding_needs), frozenset(now.finding_needs if now else before.finding_needs)
        return Change(
            differs=bool(gone) or before.wordings.keys() != asked.keys() or old != new,
            gone=gone,
            reworded=tuple(place for place in answered if place in gone),
            added=tuple(place for place in answered if place not in before.wordings),
            needs=new - old,
            needless=old - new,
        )
