"""The spot check in the campaign of the demo: a seed of two people, a draw, reviewers, later more of one stratum."""

from dataclasses import dataclass, replace

from selfaudit.base.clock import today
from selfaudit.demo.body import Cast
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.samples import drawn
from selfaudit.workflow.sample.assigning import assign_files
from selfaudit.workflow.sample.drawing import Draw, draw_files, extend
from selfaudit.workflow.sample.freezing import Freeze, freeze
from selfaudit.workflow.sample.seeding import Seed, Way, hand_in

THROWS = ("46133 52611 42635 16643", "22651 43166 25413 62514")
"""What two people throw with a dice."""
WAYS: tuple[Way, ...] = ("commit", "reveal")


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """How many files there are, how many were drawn, how many more later, and how many people review them."""

    files: int
    drawn: int
    more: int
    reviewers: int


def check_spots(workspace: Workspace, cast: Cast, listener: Listener) -> SpotCheck:
    """Draw files for review and give them to reviewers."""
    words = cast.texts.ending
    first, second = (cast.head(cast.units[unit]).name for unit in (words.prepared, words.verifier))
    frozen = freeze(workspace, Freeze(by=first), today(), listener)
    for way in WAYS:
        for who, text in zip((first, second), THROWS, strict=True):
            hand_in(workspace, Seed("", way, text, who), listener)
    made = draw_files(workspace, Draw(by=first), listener)
    given = assign_files(workspace, Draw(by=first), today(), listener)
    reviewers = len(set(given.reviewing.given.values()))
    return SpotCheck(frozen.state.files, len(made.new), 0, reviewers)


def draw_more(workspace: Workspace, cast: Cast, spots: SpotCheck, listener: Listener) -> SpotCheck:
    """Draw more of the first stratum that has any left, because problems were found in it, and assign these."""
    words = cast.texts.ending
    by = cast.head(cast.units[words.prepared]).name
    with workspace.reading() as ledger:
        strata = next(iter(drawn(workspace, ledger))).one.strata()
    stratum = next(one.key.text for one in strata if one.taken < len(one.files))
    more = extend(workspace, Draw(by=by, reason=words.extended), stratum, listener)
    assign_files(workspace, Draw(by=by), today(), listener)
    return replace(spots, more=len(more.new))
