"""What is still open in a form, as reminders say it: what is wrong, where, and what to do about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from selfaudit.base.problems import Problem
from selfaudit.base.text import printable, shortened
from selfaudit.reports.wording import Wording

MOST_TITLES = 6
"""Places of one gap that are listed with the titles of their items; more are numbers only."""
MOST_GAPS = 6
"""Gaps listed for one respondent in a text to others."""
LONGEST_GAP = 60
"""Characters of a gap in a text to others."""
LONGEST_HINT = 40
"""Characters of what to do about it in a text to others; a longer one is left to the text for the respondent."""


@dataclass(frozen=True)
class GapTexts:
    """Describes gaps in the language of a campaign; ``titles`` are those of its items.

    What the respondent wrote is never quoted: a text for one person is pasted, forwarded and read by others.
    """

    wording: Wording
    titles: Mapping[str, str]

    def whole(self, gaps: Iterable[Problem]) -> Iterator[str]:
        """Yield every gap for the respondent: with the titles of items and what to do."""
        for gap, hint in self._hinted(gaps):
            yield _with_hint(self._said(gap, MOST_TITLES), hint)

    def brief(self, gaps: Sequence[Problem], *, hints: bool) -> Iterator[str]:
        """Yield the first gaps for others, each on a short line, with what to do or without."""
        for gap, hint in self._hinted(gaps[:MOST_GAPS]):
            told = shortened(self._said(gap, 0), LONGEST_GAP)
            yield _with_hint(told, hint if hints and len(hint) <= LONGEST_HINT else "")
        if len(gaps) > MOST_GAPS:
            yield "…"

    def _hinted(self, gaps: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
        """Yield every gap with what to do, which is said once for those that share it."""
        told = set[str]()
        for gap in map(Problem.discreet, gaps):
            hint = flat(gap.advice(self.wording.tr))
            yield gap, "" if hint in told else hint
            told.add(hint)

    def _said(self, gap: Problem, most_titles: int) -> str:
        given = {name: gap.args[name] for name in ("place", "places") if name in gap.args}
        places = {name: [found] if isinstance(found, str) else found for name, found in given.items()}
        listed = {name: list(self._titled(found, most_titles)) for name, found in places.items()}
        return flat(replace(gap, args={**gap.args, **listed}).said(self.wording.tr))

    def _titled(self, places: Sequence[str], most: int) -> Iterator[str]:
        """Yield places such as ``2.5 c``, the last of each item with its title unless there are too many."""
        items = [place.partition(" ")[0] for place in places]
        for place, item, following in zip(places, items, [*items[1:], ""], strict=True):
            title = self.titles.get(item, "") if len(places) <= most and item != following else ""
            yield f"{place} {title}".strip()


def flat(text: str) -> str:
    """Return a text on one line that any reader can show."""
    return printable(" ".join(text.split()))


def _with_hint(text: str, hint: str) -> str:
    return f"{text} → {hint}" if hint else text
