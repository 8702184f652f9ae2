"""Marks texts for the browser: passages with their numbers, what was changed, template text, and places of the file."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.model.casefiles.compared import Compared, Side, Span, other_side, span
from selfaudit.model.casefiles.slots import KINDS, Slot, SlotKind
from selfaudit.reports.wording import Wording

LONGEST = 2000
"""Characters of a passage that are printed in a list of passages."""
_COLOURS = 6
_MISSING = "‸"
"""Shown where the other record has words that this one has not."""

What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class _Part(Generic[What]):
    """A part of a text, and as what it is marked."""

    start: int
    end: int
    what: What


@dataclass(frozen=True, slots=True)
class _Change:
    kind: SlotKind
    there: str


@dataclass(frozen=True, slots=True)
class _Layers:
    """All that is marked on one side, each layer in order and without overlaps; ``numbers`` says where each begins."""

    side: Side
    text: str
    template: Sequence[_Part[bool]]
    passages: Sequence[_Part[int]]
    changes: Sequence[_Part[_Change]]
    numbers: Mapping[int, int]


class Marking:
    """Marks both texts of a pair. Numbers of people in them are masked, which leaves everything in its place."""

    def __init__(self, it: Compared, wording: Wording) -> None:
        self._it, self._say = it, wording.tr
        self._text = {side: mask(it.side(side).text) for side in Side}

    def whole(self, side: Side) -> Markup:
        """Return a whole text in its lines, each passage with its number, which leads to the other side."""
        spans = [self._begun(_Part(*span(one, side), n), side) for n, one in enumerate(self._it.passages, 1)]
        numbers = {one.start: one.what for one in reversed(spans)}
        layers = self._layers(side, self._it.changes, spans, numbers)
        lines, record, told = [], self._it.side(side), 0
        for line in _lines(layers.text):
            begun = bisect_left(record.marks, line[1])
            at = f' data-at="{escape(mask(record.place(line[0])))}"' if begun > told else ""
            told = begun
            lines.append(f"<p{at}>{''.join(self._pieces(layers, line))}</p>")
        return Markup("\n".join(lines))  # noqa: S704 - escaped piece by piece

    def passage(self, side: Side, number: int) -> Markup:
        """Return the text of the passage with a number, what was changed in it marked, shortened if it is very long."""
        start, end = span(self._it.passages[number - 1], side)
        layers = self._layers(side, self._it.inside[number - 1])
        shown = "".join(self._pieces(layers, (start, min(end, start + LONGEST))))
        rest = end - start - LONGEST
        more = self._say(N_(" … and {n} more characters")).format(n=rest) if rest > 0 else ""
        return Markup(f"{shown}{escape(more)}")  # noqa: S704 - escaped piece by piece

    def _layers(
        self, side: Side, slots: Iterable[Slot], passages: Iterable[_Part[int]] = (), numbers: Mapping[int, int] = {}
    ) -> _Layers:
        template = [_Part(start, end, what=True) for start, end in self._it.side(side).template]
        changes = [_Part(*span(slot, side), self._change(slot, side)) for slot in slots]
        return _Layers(side, self._text[side], _apart(template), _apart(passages), _apart(changes), numbers)

    def _begun(self, part: _Part[int], side: Side) -> _Part[int]:
        """Return a part without the space with which it begins, so that it begins in a line that is shown."""
        text = self._text[side][part.start : part.end]
        return _Part(part.start + len(text) - len(text.lstrip()), part.end, part.what)

    def _change(self, slot: Slot, side: Side) -> _Change:
        there = other_side(side)
        start, end = span(slot, there)
        return _Change(slot.kind, self._text[there][start:end])

    def _pieces(self, layers: _Layers, within: Span) -> Iterator[str]:
        """Yield the pieces of a text, each of which is marked as one."""
        template, passages = _within(within, layers.template), _within(within, layers.passages)
        changes = _within(within, layers.changes)
        cuts = {*within, *(one.start for one in changes)}
        for part in chain(map(_ends, template), map(_ends, passages), map(_ends, changes)):
            cuts |= {max(part[0], within[0]), min(part[1], within[1])}
        cuts |= {at for at in layers.numbers if within[0] <= at < within[1]} if layers.numbers else set()
        missing = {one.start: one.what for one in changes if one.start == one.end}
        ordered = sorted(cuts)
        for start, end in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
            if start in layers.numbers and start < end:
                yield self._number(layers.side, layers.numbers[start])
            if start in missing:
                yield self._changed(_MISSING, missing[start])
            if start < end:
                told = escape(layers.text[start:end])
                change, number = _at(changes, start), _at(passages, start)
                told = self._changed(layers.text[start:end], change) if change else told
                told = f'<span class="t">{told}</span>' if _at(template, start) and not change else told
                yield f'<mark class="c{number % _COLOURS}" data-p="{number}">{told}</mark>' if number else told

    def _changed(self, text: str, change: _Change) -> str:
        title = self._say(N_("{kind}; in the other record: {text}"))
        told = title.format(kind=self._say(KINDS[change.kind]), text=change.there or "—")
        return f'<b class="x" title="{escape(told)}">{escape(text)}</b>'

    def _number(self, side: Side, number: int) -> str:
        told = self._say(N_("passage {n}, see the other side")).format(n=number)
        there = f"#{other_side(side)}{number}"
        return f'<a class="n" id="{side}{number}" href="{there}" aria-label="{escape(told)}">{number}</a>'


def _ends(part: _Part[Any]) -> Span:
    return part.start, part.end


def _lines(text: str) -> Iterator[Span]:
    """Yield where the lines of a text are that are not empty."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _apart(parts: Iterable[_Part[What]]) -> list[_Part[What]]:
    """Return parts in order that do not overlap: where they did, the first is left whole."""
    kept: list[_Part[What]] = []
    reached = 0
    for one in sorted(parts, key=lambda each: (each.start, -each.end)):
        start = max(one.start, reached)
        if start < one.end or one.start == one.end >= reached:
            kept.append(_Part(start, one.end, one.what))
            reached = one.end
    return kept


def _within(within: Span, parts: Sequence[_Part[What]]) -> Sequence[_Part[What]]:
    """Return the parts of which something is within."""
    first = bisect_right(parts, within[0], key=lambda one: one.start)
    last = bisect_right(parts, within[1], key=lambda one: one.start)
    return [one for one in parts[max(first - 1, 0) : last] if one.end >= within[0]]


def _at(parts: Sequence[_Part[What]], at: int) -> What | None:
    """Return as what the character at a place is marked."""
    index = bisect_right(parts, at, key=lambda one: one.start)
    return parts[index - 1].what if index and parts[index - 1].end > at else None
