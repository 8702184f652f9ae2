"""What the final report can print of a review of files; see ``context``."""

from dataclasses import dataclass
from typing import Annotated

from selfaudit.reports.context.parts import TitledText


@dataclass(frozen=True, slots=True)
class ReviewKindRow:
    """Files of one kind: reviewed in any case, reviewed whole, or drawn at random."""

    kind: Annotated[str, "which kind"]
    drawn: Annotated[str, "how many were drawn, of how many"]
    shows: Annotated[str, "how many have a problem, and what that shows of other files"]


@dataclass(frozen=True, slots=True)
class ReviewCriterionRow:
    """Files with a problem by one criterion, of those reviewed."""

    criterion: Annotated[str, "the criterion"]
    counted: Annotated[str, "of the kinds that are only counted, a line each"]
    projected: Annotated[str, "of those drawn at random, with the limits; may be empty"]


@dataclass(frozen=True, slots=True)
class FileReview:
    """A spot check of files: how they were drawn, and what their review shows."""

    title: Annotated[str, "what it is called"]
    facts: Annotated[tuple[TitledText, ...], "how files were drawn, and how far the review is"]
    kinds: Annotated[tuple[ReviewKindRow, ...], "what was found, by kind of files"]
    criteria: Annotated[tuple[ReviewCriterionRow, ...], "the same by criterion"]
    remarks: Annotated[tuple[str, ...], "what must be said beside the numbers"]


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """A file that is drawn, with those who may not review it."""

    sample: Annotated[str, "what the spot check is called"]
    file: Annotated[str, "what identifies the file"]
    excluded: Annotated[str, "who may not review it, a line for each reason; may be empty"]
    missing: Annotated[str, "what is not known, so that independence is not verified; may be empty"]
