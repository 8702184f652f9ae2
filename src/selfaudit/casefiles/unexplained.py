"""Learned template that stands in no blank form: a form that nobody gave, or a ring of copies as large as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Keys, Offsets, firsts, runs, shared, union, within
from selfaudit.casefiles.normalising import normalise
from selfaudit.casefiles.shingling import shingles
from selfaudit.model.casefiles.found import LearnedTemplate
from selfaudit.model.casefiles.settings import Settings

_MOSTLY: Final = 0.5  # template proper stands in most records; what stands in fewer is told apart from it
_LEAST: Final = 60  # shingles; a stock phrase is no finding
_MOST: Final = 5  # blocks of text told of one standard in each band
_EXAMPLES: Final = 5
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
    held = [keys[within(keys, sampled.keys[unknown])] for keys in sampled.sets]
    return tuple(
        LearnedTemplate(
            standard=standard,
            records=round(len(having) * records / len(sampled.sets)),
            text=_text(sampled.records[example][1], block, settings),
            examples=tuple(sorted(sampled.records[number][0] for number in having[:_EXAMPLES])),
        )
        for band in (unknown & mostly, unknown & ~mostly)
        for example, block, having in _blocks([keys[within(keys, sampled.keys[band])] for keys in held])
        if len(having) > max(settings.template_least, settings.template_share * len(sampled.sets))
    )


def _blocks(held: list[Keys]) -> list[tuple[int, Keys, list[int]]]:
    """Return blocks of keys that records hold together: the record that has most of them, they, and who has half."""
    blocks: list[tuple[int, Keys, list[int]]] = []
    while len(blocks) < _MOST:
        sizes = [len(keys) for keys in held]
        example = int(np.argmax(sizes)) if sizes else 0
        if not sizes or sizes[example] < _LEAST:
            break
        block = held[example]
        having = [number for number, keys in enumerate(held) if shared(keys, block) * 2 >= len(block)]
        # copies differ here and there: what most of them have beside this one is of the same block
        block = union([block, _in_most([held[number] for number in having])])
        blocks.append((example, block, having))
        held = [keys[~within(keys, block)] for keys in held]
    return blocks


def _in_most(sets: Sequence[Keys]) -> Keys:
    """Return the keys that at least half of the sets have."""
    ordered = np.sort(np.concatenate(sets))
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
