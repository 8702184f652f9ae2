"""Learned template that stands in no blank form: a form that nobody gave, or a ring of copies as large as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Keys, Offsets, firsts, merged, runs, shared, union, within
from selfaudit.casefiles.normalising import normalise
from selfaudit.casefiles.shingling import shingles
from selfaudit.casefiles.sketching import limit
from selfaudit.model.casefiles.found import LearnedTemplate
from selfaudit.model.casefiles.settings import Settings

_MOSTLY: Final = 0.5  # template proper stands in most records; what stands in fewer is told apart from it
_LEAST: Final = 60  # shingles; a stock phrase is no finding
_MOST: Final = 5  # blocks of text told of one standard in each band
_EXAMPLES: Final = 5
_LOOKED_AT: Final = 30  # records, to see what a block says
_LONGEST: Final = 600  # characters of text shown


@dataclass(frozen=True)
class Sampled:
    """The records from which a template was learned, ids and texts, with their shingles, sets.

    ``keys`` is the learned template, a set, and ``having`` how many of these records have each; ``blank`` are the
    shingles of blank forms, a set.
    """

    records: Sequence[tuple[str, str]]
    sets: Sequence[Keys]
    keys: Keys
    having: Offsets
    blank: Keys


def unexplained(standard: str, records: int, sampled: Sampled, settings: Settings) -> tuple[LearnedTemplate, ...]:
    """Return the blocks of learned text that no blank form has; ``records`` is how many the standard has in all."""
    unknown = ~within(sampled.keys, sampled.blank)
    mostly = sampled.having >= _MOSTLY * len(sampled.sets)
    told = []
    for band in (unknown & mostly, unknown & ~mostly):
        keys = sampled.keys[band]
        # one of some shingles is enough to see what stands together
        few = _up_to(limit(settings), keys)
        for example, having in _blocks(
            [each[within(each, few)] for each in _sampled(sampled.sets, settings)], settings
        ):
            if len(having) <= max(settings.template_least, settings.template_share * len(sampled.sets)):
                continue
            block = _in_most([sampled.sets[number] for number in having[:_LOOKED_AT]])
            told.append(
                LearnedTemplate(
                    standard=standard,
                    records=round(len(having) * records / len(sampled.sets)),
                    text=_text(sampled.records[example][1], block[within(block, keys)], settings),
                    examples=tuple(sorted(sampled.records[number][0] for number in having[:_EXAMPLES])),
                )
            )
    return tuple(told)


def _sampled(sets: Sequence[Keys], settings: Settings) -> list[Keys]:
    return [_up_to(limit(settings), keys) for keys in sets]


def _up_to(most: np.uint64, keys: Keys) -> Keys:
    return keys[: int(np.searchsorted(keys, most, side="right"))]


def _blocks(held: list[Keys], settings: Settings) -> list[tuple[int, list[int]]]:
    """Return blocks of keys that records hold together: the record that has most of one, and all that have half."""
    blocks: list[tuple[int, list[int]]] = []
    while held and len(blocks) < _MOST:
        sizes = [len(keys) for keys in held]
        example = int(np.argmax(sizes))
        if sizes[example] * settings.sample < _LEAST:
            break
        block = held[example]
        having = [number for number, keys in enumerate(held) if shared(keys, block) * 2 >= len(block)]
        blocks.append((example, having))
        # copies differ here and there: what most of them have beside this one is of the same block
        block = union([block, _in_most([held[number] for number in having])])
        held = [keys[~within(keys, block)] for keys in held]
    return blocks


def _in_most(sets: Sequence[Keys]) -> Keys:
    """Return the keys that at least half of the sets have."""
    ordered = merged(sets)
    starts = np.flatnonzero(firsts(ordered))
    return ordered[starts[np.diff(np.append(starts, len(ordered))) * 2 >= len(sets)]]


def _text(text: str, block: Keys, settings: Settings) -> str:
    """Return what a block says, in the words of one record."""
    codes, keep = normalise(text)
    inside = within(shingles(codes, settings.shingle), block)
    parts = [
        text[keep[start] : keep[end + settings.shingle - 2] + 1]
        for start, end in runs(inside)
        if end - start + settings.shingle - 1 >= settings.passage
    ]
    said = " … ".join(" ".join(part.split()) for part in parts)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
