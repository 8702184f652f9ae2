"""The spot checks in the campaign of the demo: a seed of two people, a draw, reviewers, later more of one stratum."""

from collections.abc import Container
from dataclasses import dataclass, replace

from selfaudit.base.clock import today
from selfaudit.demo.body import Cast
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.state.samples import drawn
from selfaudit.workflow.sample.assigning import Result, assign_files
from selfaudit.workflow.sample.drawing import Draw, draw_files, extend
from selfaudit.workflow.sample.freezing import Freeze, freeze
from selfaudit.workflow.sample.seeding import Seed, Way, hand_in

THROWS = ("46133 52611 42635 16643", "22651 43166 25413 62514")
"""What two people throw with a dice."""
WAYS: tuple[Way, ...] = ("commit", "reveal")
CASES, PEOPLE = "case-files", "people-files"
"""The spot checks of the kit that the demo plays."""


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """How many files there are, how many were drawn, how many more later, and how many people review them.

    ``others`` is how many files of people were drawn.
    """

    files: int
    drawn: int
    more: int
    reviewers: int
    others: int


def check_spots(workspace: Workspace, cast: Cast, listener: Listener) -> SpotCheck:
    """Draw files of cases and of people for review, and give them to reviewers."""
    cases, people = (_assigned(workspace, cast, sample, listener) for sample in (CASES, PEOPLE))
    reviewers = len(set(cases.reviewing.given.values()))
    return SpotCheck(cases.one.state.files, len(cases.new), 0, reviewers, len(people.new))


def _assigned(workspace: Workspace, cast: Cast, sample: str, listener: Listener) -> Result:
    words = cast.texts.ending
    first, second = (cast.head(cast.units[unit]).name for unit in (words.prepared, words.verifier))
    freeze(workspace, Freeze(sample, by=first), today(), listener)
    for way in WAYS:
        for who, text in zip((first, second), THROWS, strict=True):
            hand_in(workspace, Seed(sample, way, text, who), listener)
    draw_files(workspace, Draw(sample, first), listener)
    return assign_files(workspace, Draw(sample, first), today(), listener)


def draw_more(
    workspace: Workspace, cast: Cast, spots: SpotCheck, troubled: Container[str], listener: Listener
) -> SpotCheck:
    """Draw more case files of the largest stratum of which a file is ``troubled``, and assign these."""
    words = cast.texts.ending
    by = cast.head(cast.units[words.prepared]).name
    with workspace.reading() as ledger:
        strata = next(it for it in drawn(workspace, ledger) if it.one.plan.id == CASES).one.strata()
    having = [one for one in strata if any(ranked.file.id in troubled for ranked in one.drawn)]
    stratum = max(having, key=lambda one: len(one.files) - one.taken).key.text
    more = extend(workspace, Draw(CASES, by, words.extended), stratum, listener)
    assign_files(workspace, Draw(CASES, by), today(), listener)
    return replace(spots, more=len(more.new))
