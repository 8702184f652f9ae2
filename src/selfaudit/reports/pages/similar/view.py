"""The passages of a pair as rows, each with its text on both sides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.model.casefiles.compared import Compared, Side, span
from selfaudit.reports.pages.similar.marking import Marking
from selfaudit.reports.similar import ALONE, told_records
from selfaudit.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Row:
    """A passage: the how manieth ``of`` all, how long it is, in how many records, its place and text on each side."""

    number: int
    of: int
    length: str
    records: str
    alone: bool
    sides: Sequence[tuple[str, Markup]]


def rows(it: Compared, wording: Wording, most: int = 0) -> Iterator[Row]:
    """Yield every passage, or the ``most`` longest, in the order of the first record."""
    marking, of = Marking(it, wording), len(it.passages)
    longest = sorted(range(of), key=lambda n: -it.passages[n].length_a)[: most or None]
    for n in sorted(longest):
        passage = it.passages[n]
        length = wording.tr(N_("{n} characters")).format(n=passage.length_a)
        sides = [(mask(it.side(side).place(span(passage, side)[0])), marking.passage(side, n + 1)) for side in Side]
        yield Row(n + 1, of, length, told_records(passage.records, wording), 0 < passage.records <= ALONE, sides)
