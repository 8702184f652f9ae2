"""What the review of a sample shows: files reviewed whole and files picked as counts, random strata with limits.

A file in a stratum has a problem, has none, is not reviewed yet, or is lost: drawn, and impossible to review. The last
two may have a problem: low limits count none of them, high ones all of them. Whatever a lost file has, the estimate
counts it as a file with a problem; as long as some are not reviewed yet there is no estimate.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from selfaudit.model.sampling.drawing import PICKED, Ranked, Stratum
from selfaudit.model.sampling.limits import CONFIDENCE, Limits
from selfaudit.model.sampling.plan import Extension
from selfaudit.model.sampling.state import More
from selfaudit.model.sampling.together import together

Kind = Literal["picked", "whole", "random"]
"""Reviewed in any case, which says nothing of other files; reviewed whole, without any error of sampling; drawn."""
Verdicts = Mapping[str, bool | None]
"""By file whether it has a problem, None as long as that is not settled; a file that is not there is not reviewed."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Files of a stratum, those drawn, and of these the ones with a problem, without, not reviewed yet, and lost."""

    files: int = 0
    drawn: int = 0
    problems: int = 0
    clear: int = 0
    open: int = 0
    lost: int = 0

    @property
    def reviewed(self) -> int:
        """How many were reviewed."""
        return self.problems + self.clear

    @property
    def worst(self) -> int:
        """How many of those drawn may have a problem."""
        return self.problems + self.open + self.lost

    def as_data(self) -> dict[str, int]:
        """Return it for scripts."""
        return {name: getattr(self, name) for name in self.__slots__} | {"worst": self.worst}


@dataclass(frozen=True, slots=True)
class Projected:
    """How many files of random strata have a problem, at 95 %; the estimate is None as long as reviews are open."""

    files: int
    low: int
    high: int
    estimate: float | None

    def as_data(self) -> dict[str, Any]:
        """Return it for scripts."""
        return {name: getattr(self, name) for name in self.__slots__} | {"confidence": CONFIDENCE}


def kind_of(stratum: Stratum) -> Kind:
    """Return what the files of a stratum can show."""
    if stratum.key.band == PICKED:
        return "picked"
    return "whole" if stratum.whole else "random"


def tally(stratum: Stratum, verdicts: Verdicts, lost: Container[str]) -> Tally:
    """Count the files of a stratum; a lost file is lost, whatever was said of it before."""
    gone = sum(one.file.id in lost for one in stratum.drawn)
    said = [verdicts.get(one.file.id) for one in stratum.drawn if one.file.id not in lost]
    return Tally(len(stratum.files), stratum.taken, said.count(True), said.count(False), said.count(None), gone)


def summed(several: Iterable[Tally]) -> Tally:
    """Return the files of several strata together."""
    rows = [(one.files, one.drawn, one.problems, one.clear, one.open, one.lost) for one in several]
    return Tally(*map(sum, zip(*rows, strict=True)))


def projected(several: Sequence[Tally]) -> Projected:
    """Return how many files of random strata have a problem."""
    best = _together(tuple((one.files, one.drawn, one.problems) for one in several))
    worst = _together(tuple((one.files, one.drawn, one.worst) for one in several))
    total = summed(several)
    return Projected(total.files, best.low, worst.high, None if total.open else worst.estimate)


@lru_cache(maxsize=1024)
def _together(strata: tuple[tuple[int, int, int], ...]) -> Limits:
    """Return what several strata show together; every report of a run says the same of the same samples."""
    return together(strata)


def drawn_last(stratum: Stratum, more: Iterable[More]) -> Sequence[Ranked]:
    """Return the files that the rule for an extension looks at: those of the last one, at first those of the draw."""
    since = 0
    for one in more:
        if one.stratum == stratum.key.text:
            since = one.files if one.why == "extended" else since + one.files if since else 0
    return stratum.drawn[-since:] if since else stratum.drawn


def in_place_of(stratum: Stratum, more: Iterable[More], file: str) -> Ranked | None:
    """Return the file that was drawn in place of a lost one; None if of its stratum none was left."""
    own = [one for one in more if one.stratum == stratum.key.text]
    place = stratum.taken - sum(one.files for one in own)
    for one in own:
        if one.why == "replaced" and one.file == file:
            return stratum.files[place]
        place += one.files
    return None


def to_extend(rule: Extension, stratum: Stratum, more: Iterable[More], verdicts: Verdicts) -> int:
    """Return how many files with a problem ask for more of a stratum; 0 if it stays as it is, or all are drawn."""
    if stratum.whole or stratum.taken == len(stratum.files):
        return 0
    found = sum(verdicts.get(one.file.id) is True for one in drawn_last(stratum, more))
    return found if found >= rule.problems else 0
