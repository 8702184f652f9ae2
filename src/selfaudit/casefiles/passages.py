"""Where two texts say the same, in characters of the texts as they were extracted, whatever the order of passages."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Keys, Lookup, Mask, Offsets, runs, within
from selfaudit.casefiles.normalising import normalise
from selfaudit.casefiles.shingling import shingles
from selfaudit.casefiles.sketching import limit
from selfaudit.casefiles.spread import NO_SPREAD, Spread
from selfaudit.model.casefiles.found import Passage
from selfaudit.model.casefiles.joining import GAP, joined
from selfaudit.model.casefiles.settings import Settings

_TRIED: Final = 8  # of a phrase that stands in a text very often, so many places are looked at


def passages(
    text_a: str, text_b: str, template: Keys, settings: Settings, spread: Spread = NO_SPREAD
) -> tuple[Passage, ...]:
    """Return the passages that two texts share, in the order of the first text; no place is in two of them.

    ``template`` is what counts as template between the two, a set: passages begin and end with text that is none, and
    break where more than ``GAP`` characters of it stand. ``spread`` is what the comparison counted: in how many
    records a passage stands.
    """
    lookups = [Lookup.of(template)]
    one, other = Read.of(text_a, lookups, settings), Read.of(text_b, lookups, settings)
    return tuple(
        replace(_passage(one, other, run), records=spread.of(_counted(one, run, settings)))
        for run in _common(one, other, settings)
    )


def longest_and_number(one: "Read", other: "Read", settings: Settings) -> tuple[int, int]:
    """Return how many characters of the first text the longest passage has, and how many passages there are.

    Passages between which only a few words were changed are one, as they are shown: a reader looks for this number.
    """
    found = joined([_passage(one, other, run) for run in _common(one, other, settings)])
    return max((each.length_a for each in found), default=0), len(found)


def _passage(one: "Read", other: "Read", run: tuple[int, int, int]) -> Passage:
    a, b, count = run
    return Passage(int(one.keep[a]), int(other.keep[b]), one.length(a, count), other.length(b, count))


def _counted(one: "Read", run: tuple[int, int, int], settings: Settings) -> Keys:
    """Return those of a passage's own shingles that were counted in all records: the sampled ones, if there are any."""
    part = slice(run[0], run[0] + run[2])
    keys = one.keys[part][one.own[part]]
    sampled = keys[keys <= limit(settings)]
    return sampled if len(sampled) else keys


def template_in(text: str, template: Keys, settings: Settings) -> list[tuple[int, int]]:
    """Return where a text is template: from which character up to which."""
    read = Read.of(text, [Lookup.of(template)], settings)
    return read.spans(~read.own)


def own_in(text: str, template: Keys, settings: Settings) -> list[tuple[int, int]]:
    """Return where a text is its own: from which character up to which.

    Where own text and template meet, a few characters are both.
    """
    read = Read.of(text, [Lookup.of(template)], settings)
    return read.spans(read.own)


def _apart(mask: Mask, size: int) -> list[tuple[int, int]]:
    """Return the runs of a mask over shingles, joined where their characters touch."""
    joined: list[tuple[int, int]] = []
    for start, end in runs(mask):
        if joined and start < joined[-1][1] + size - 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True)
class Read:
    """A text as shingles: their keys in order, which of them are its own, and where each character stood."""

    keys: Keys
    own: Mask
    keep: Offsets
    size: int

    @classmethod
    def of(cls, text: str, template: Sequence[Lookup], settings: Settings) -> "Read":
        """Read a text; what any of ``template`` has is template in it."""
        codes, keep = normalise(text)
        keys = shingles(codes, settings.shingle)
        own = np.ones(len(keys), dtype=np.bool_)
        for each in template:
            own &= ~each.has(keys)
        return cls(keys, own, keep, settings.shingle)

    @cached_property
    def _forms(self) -> list[int]:
        """Where more template begins than a passage goes over."""
        return [start for start, end in runs(~self.own) if end - start >= GAP + self.size]

    def until(self, place: int) -> int:
        """Return before which shingle a passage that begins at this one ends."""
        form = bisect_left(self._forms, place)
        return self._forms[form] if form < len(self._forms) else len(self.keys)

    def length(self, start: int, count: int) -> int:
        """Return how many characters so many shingles from this one on take."""
        return int(self.keep[start + count + self.size - 2] - self.keep[start]) + 1

    def spans(self, mask: Mask) -> list[tuple[int, int]]:
        """Return from which character up to which a mask over shingles goes."""
        return [
            (int(self.keep[start]), int(self.keep[end + self.size - 2]) + 1) for start, end in _apart(mask, self.size)
        ]


def _common(one: Read, other: Read, settings: Settings) -> Iterator[tuple[int, int, int]]:
    """Yield runs of shingles that are the same in both: where in each, and how many.

    Enough of them are own, the first and the last too. A little template between does not break a run: where many
    records have stock phrases, what two of them share would be no more than the pieces between these.
    """
    mine, theirs = np.flatnonzero(one.own), np.flatnonzero(other.own)
    theirs = theirs[np.argsort(other.keys[theirs], kind="stable")]
    ordered = other.keys[theirs]
    least = max(1, settings.passage - settings.shingle + 1)
    places = mine[_followed(within(one.keys[mine], ordered), least)]
    first, after = (np.searchsorted(ordered, one.keys[places], side=side).tolist() for side in ("left", "right"))
    free = np.ones(len(other.own), dtype=np.bool_)
    at, shared = 0, places.tolist()
    while at < len(shared):
        place, best, count, own = shared[at], 0, 0, 0
        for there in theirs[first[at] : after[at]][:_TRIED].tolist():
            long, of_it = _together(one, other, place, there, free) if free[there] else (0, 0)
            if long > count:
                best, count, own = there, long, of_it
        at += 1
        if own >= least:
            yield place, best, count
            # the characters of a passage, not only where its shingles begin, belong to no other
            at = bisect_left(shared, place + count + settings.shingle - 1, at)
            free[max(0, best - settings.shingle + 1) : best + count + settings.shingle - 1] = False


def _together(one: Read, other: Read, a: int, b: int, free: Mask) -> tuple[int, int]:
    """Return how many shingles from these places on are the same in both and free, and how many of these are own.

    The last of them is own.
    """
    own = np.flatnonzero(one.own[a : a + _same(one, other, a, b, free)])
    return int(own[-1]) + 1, len(own)


def _same(one: Read, other: Read, a: int, b: int, free: Mask) -> int:
    """Return how many shingles from these places on are the same in both and free: one at least, none after a form."""
    length = min(one.until(a) - a, len(other.keys) - b)
    done, step = 0, 64
    while done < length:
        end = min(length, done + step)
        same = one.keys[a + done : a + end] == other.keys[b + done : b + end]
        same &= free[b + done : b + end]
        differs = int(same.argmin())
        if not same[differs]:
            return done + differs
        done, step = end, step * 4
    return length


def _followed(mask: Mask, least: int) -> Mask:
    """Return where so many of a mask follow each other from a place on, that place included."""
    followed = np.zeros(len(mask), dtype=np.bool_)
    for start, end in runs(mask):
        followed[start : max(start, end - least + 1)] = True
    return followed
