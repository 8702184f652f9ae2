"""The thresholds of a comparison."""

from typing import Final

from pydantic import Field

from selfaudit.model.base import Model

MANY_RECORDS: Final = 200_000
"""Above this many records half as many shingles are sampled."""


class Settings(Model):
    """From which thresholds on text counts as template, records as alike and passages as passages.

    ``shingle``: characters of a shingle. ``sample``: one of so many shingles is looked at to find candidates; those
    are then compared in full. ``template_share`` and ``template_least``: a shingle is template if more than this share
    of the records of its standard have it, and more than so many. ``learn_from``: the most records of a standard from
    which its template is learned; ``few``: below so many it is learned badly. ``most``: a shingle in more records than
    this does not make every two of them candidates, only neighbours. ``least``: the share of the own shingles of one
    record that must stand in the other, twice as much if that one is much longer; ``least_shared``: how many these
    must be. ``short``: texts of so many shingles are looked at in full, and so are longer ones, if fewer than
    ``short_floor`` shingles of theirs are sampled. ``passage``: the fewest characters of a passage.
    """

    shingle: int = Field(default=5, ge=2, le=16)
    sample: int = Field(default=8, ge=1, le=256)
    template_share: float = Field(default=0.10, gt=0, le=1)
    template_least: int = Field(default=3, ge=1)
    learn_from: int = Field(default=300, ge=10)
    few: int = Field(default=40, ge=1)
    most: int = Field(default=32, ge=2)
    least: float = Field(default=0.30, gt=0, le=1)
    least_shared: int = Field(default=30, ge=1)
    short: int = Field(default=2000, ge=0)
    short_floor: int = Field(default=64, ge=1)
    passage: int = Field(default=12, ge=1)
