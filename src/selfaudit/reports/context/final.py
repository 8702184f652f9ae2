"""What a document template can print: one dataclass per document, whose rows and blocks are in ``parts``.

Every field says in its annotation what it contains; ``template vars`` lists them and the lint checks templates against
them. Texts and dates are in the language of the campaign and ready to print. Every number is a ``Figure``.
"""

from dataclasses import dataclass
from typing import Annotated

from selfaudit.reports.context.findings import (
    AsideRow,
    ContradictionRow,
    DecidedRow,
    DispositionClassRows,
    FindingRow,
    Findings,
    LookalikeRow,
    Measures,
    RegisterRow,
)
from selfaudit.reports.context.outline import AnnexInfo, ChapterInfo, FirstPage, Signatory
from selfaudit.reports.context.parts import (
    CampaignInfo,
    Conduct,
    Counts,
    DecisionRow,
    DroppedRow,
    EvidenceRow,
    ItemRow,
    ItemSummaryRow,
    RespondentInfo,
    RespondentRow,
    SuggestionBox,
    TitledFigure,
    TitledText,
    VoiceRow,
)
from selfaudit.reports.context.reviewed import ExclusionRow
from selfaudit.word.values import ChartData, Figure, QrCode


@dataclass(frozen=True, slots=True)
class PersonReport:
    """The self-audit report of one person."""

    draft: Annotated[bool, "whether this is a draft"]
    title: Annotated[str, "title of the document"]
    body: Annotated[str, "name of the body"]
    campaign: Annotated[CampaignInfo, "the campaign"]
    printed_on: Annotated[str, "date of the document"]
    respondent: Annotated[RespondentInfo, "who answered"]
    coverage: Annotated[tuple[TitledFigure, ...], "coverage figures"]
    counts: Annotated[Counts, "items by answer"]
    items: Annotated[tuple[ItemRow, ...], "every question and its answer"]
    findings: Annotated[tuple[FindingRow, ...], "findings"]
    handling: Annotated[tuple[DispositionClassRows, ...], "handling of the findings by class"]
    suggestions: Annotated[tuple[TitledText, ...], "one for each box of the form, empty where nothing was written"]
    clues_title: Annotated[str, "heading of the clues; empty if the campaign asks for none"]
    clues: Annotated[str, "clues"]
    declaration: Annotated[str, "text of the declaration"]
    declared: Annotated[bool, "whether the declaration was accepted"]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody whose answers a unit collects."""

    name: Annotated[str, "name"]
    posts: Annotated[str, "posts"]
    state: Annotated[str, "missing, incomplete or complete"]
    filled_on: Annotated[str, "when it was filled in"]
    problems: Annotated[Figure, "findings reported"]
    elsewhere: Annotated[tuple[TitledFigure, ...], "what others found about them, by who did"]


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """Somebody who reviews files whose forms a unit collects, with how far they are."""

    name: Annotated[str, "name"]
    asked: Annotated[Figure, "files given to them"]
    answered: Annotated[Figure, "reviews that came back"]
    complete: Annotated[Figure, "reviews that are complete"]
    problems: Annotated[Figure, "findings reported"]
    elsewhere: Annotated[tuple[TitledFigure, ...], "what others found in these files, by who did"]


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """How the people of a unit, or reviewers, have answered; answered and missing add up to asked."""

    asked: Annotated[Figure, "people asked"]
    answered: Annotated[Figure, "people who answered"]
    complete: Annotated[Figure, "people whose answers are complete"]
    missing: Annotated[Figure, "people who have not answered"]


@dataclass(frozen=True, slots=True)
class UnitReport:
    """The self-audit report of a unit, with the findings of its people; that of a branch with those of its sub-units.

    What its people suggest and whom they point at stays out of it: that is for the body, not for their superiors.
    """

    code: Annotated[str, "what tells a scan of it whose it is and what it says; empty if nobody signs it"]
    qr: Annotated[QrCode, "the same as a QR code; print it in the header, so that it is on every page"]
    draft: Annotated[bool, "whether this is a draft"]
    title: Annotated[str, "title of the document"]
    body: Annotated[str, "name of the body"]
    campaign: Annotated[CampaignInfo, "the campaign"]
    printed_on: Annotated[str, "date of the document"]
    seal: Annotated[bool, "whether a seal is required"]
    respondent: Annotated[RespondentInfo, "the unit and its own form"]
    coverage: Annotated[tuple[TitledFigure, ...], "coverage figures"]
    counts: Annotated[Counts, "items of the unit's own form by answer"]
    items: Annotated[tuple[ItemRow, ...], "every question and its answer"]
    members: Annotated[tuple[MemberRow, ...], "the sub-units and people whose answers the unit collects"]
    member_counts: Annotated[MemberCounts, "how they have answered"]
    reviewers: Annotated[tuple[ReviewerRow, ...], "who reviews files whose forms the unit collects; mostly empty"]
    review_counts: Annotated[MemberCounts, "how many of these reviews are back"]
    findings: Annotated[tuple[FindingRow, ...], "findings of the unit and its people"]
    findings_total: Annotated[Figure, "number of findings"]
    findings_elsewhere: Annotated[tuple[TitledFigure, ...], "how many of these others found, by who did"]
    handling: Annotated[tuple[DispositionClassRows, ...], "handling of the findings by class"]
    suggestions: Annotated[tuple[TitledText, ...], "one for each box of the form, empty where nothing was written"]
    clues_title: Annotated[str, "heading of the clues; empty if the campaign asks for none"]
    clues: Annotated[str, "clues"]
    declaration: Annotated[str, "text of the declaration"]
    declared: Annotated[bool, "whether the declaration was accepted"]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of the working group."""

    post: Annotated[str, "post"]
    members: Annotated[str, "who has this post"]
    duty: Annotated[str, "duty"]


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase of the plan."""

    title: Annotated[str, "title"]
    start: Annotated[str, "first day"]
    end: Annotated[str, "last day"]
    who: Annotated[str, "who"]
    outputs: Annotated[str, "the deliverables produced"]


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """A milestone of the plan."""

    title: Annotated[str, "title"]
    on: Annotated[str, "day"]
    who: Annotated[str, "who"]
    outputs: Annotated[str, "the deliverables required"]
    done: Annotated[str, "day on which it was done, as somebody entered; empty if nobody did"]


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """How the self-audit was planned."""

    scope: Annotated[str, "what is covered"]
    method: Annotated[str, "how it is carried out"]
    requirements: Annotated[tuple[str, ...], "working requirements"]
    working_group: Annotated[tuple[PostRow, ...], "the working group"]
    phases: Annotated[tuple[PhaseRow, ...], "phases"]
    milestones: Annotated[tuple[MilestoneRow, ...], "milestones"]


@dataclass(frozen=True, slots=True)
class Charts:
    """The charts of the final report."""

    findings_by_area: Annotated[ChartData, "findings by area and severity"]
    answers_by_area: Annotated[ChartData, "answers by area"]


@dataclass(frozen=True, slots=True)
class FinalReport:
    """The self-audit report of the body."""

    code: Annotated[str, "what tells a scan of it what it says; empty in a draft"]
    qr: Annotated[QrCode, "the same as a QR code; print it in the header, so that it is on every page"]
    draft: Annotated[bool, "whether this is a draft"]
    title: Annotated[str, "title of the report"]
    body: Annotated[str, "name of the body"]
    campaign: Annotated[CampaignInfo, "the campaign"]
    printed_on: Annotated[str, "day on which the document was written"]
    as_of: Annotated[str, "day for which it says what is overdue: on which it was prepared, before that as printed_on"]
    first_page: Annotated[FirstPage, "what identifies body and document"]
    body_here: Annotated[bool, "whether the chapters are in this file"]
    annexes_here: Annotated[bool, "whether the annexes are in this file"]
    chapters: Annotated[tuple[ChapterInfo, ...], "the prescribed chapters, in order"]
    legal_basis: Annotated[tuple[str, ...], "citations, with a mark on those not verified"]
    plan: Annotated[PlanInfo, "the plan"]
    conduct: Annotated[Conduct, "how it went"]
    findings: Annotated[Findings, "what was found"]
    measures: Annotated[Measures, "what is done about it"]
    suggestions: Annotated[tuple[SuggestionBox, ...], "suggestions"]
    clues_title: Annotated[str, "heading of the clues; empty if the campaign asks for none"]
    clues: Annotated[tuple[VoiceRow, ...], "clues"]
    annex_dispositions: Annotated[tuple[DecidedRow, ...], "what was approved about certificates and the like"]
    annex_register: Annotated[tuple[RegisterRow, ...], "how every finding is handled, once anybody has handled one"]
    annex_aside: Annotated[tuple[AsideRow, ...], "findings that do not count, with who decided that and why"]
    annex_contradictions: Annotated[
        tuple[ContradictionRow, ...], "all answers and the data against them, if there are too many for a chapter"
    ]
    annex_lookalikes: Annotated[tuple[LookalikeRow, ...], "case files that repeat each other, the most alike first"]
    annex_exclusions: Annotated[tuple[ExclusionRow, ...], "who was excluded from reviewing which file that is drawn"]
    annex_items: Annotated[tuple[ItemSummaryRow, ...], "every item with its answers"]
    dropped: Annotated[tuple[DroppedRow, ...], "answers to items no longer in the checklist"]
    decisions: Annotated[tuple[DecisionRow, ...], "what persons decided by name and with a reason"]
    annex_respondents: Annotated[tuple[RespondentRow, ...], "every respondent"]
    charts: Annotated[Charts, "charts"]
    evidence: Annotated[tuple[EvidenceRow, ...], "the files that show something, in order"]
    annexes: Annotated[tuple[AnnexInfo, ...], "the annexes, in order"]
    signatories: Annotated[tuple[Signatory, ...], "those who sign"]
    approved: Annotated[str, "number of the content that they approved; empty as long as nobody did"]
    seal: Annotated[bool, "whether the kit asks for seals"]
    gaps: Annotated[tuple[str, ...], "what is still missing; only filled in a draft"]
