"""The rows and blocks that documents are made of; see ``context``."""

from dataclasses import dataclass
from typing import Annotated

from selfaudit.word.values import Figure


@dataclass(frozen=True, slots=True)
class CampaignInfo:
    """The campaign a document belongs to."""

    title: Annotated[str, "title of the campaign"]
    id: Annotated[str, "id of the campaign"]
    code: Annotated[str, "first part of every passport"]
    cut_off: Annotated[str, "cut-off date"]
    notice: Annotated[str, "number and date of the notice"]
    notice_issuer: Annotated[str, "who issued the notice"]
    graded: Annotated[bool, "whether findings have a severity"]
    handled: Annotated[bool, "whether findings are handled in classes"]
    seal: Annotated[str, "what is printed where a seal goes"]


@dataclass(frozen=True, slots=True)
class RespondentInfo:
    """Who answered, and with which form."""

    name: Annotated[str, "name of the unit or person"]
    number: Annotated[str, "their number on the roster, such as the staff number"]
    unit: Annotated[str, "unit that collects the form"]
    roles: Annotated[str, "roles in which it was asked"]
    passport: Annotated[str, "passport of the form that was answered; empty for a unit without a form of its own"]
    state: Annotated[str, "missing, incomplete or complete"]
    filled_by: Annotated[str, "who filled it in"]
    filled_on: Annotated[str, "when it was filled in"]
    received: Annotated[str, "when it came back"]
    due: Annotated[str, "last day for the answers"]
    about: Annotated[str, "what a reviewer was told of the file; empty for units and people"] = ""


@dataclass(frozen=True, slots=True)
class TitledFigure:
    """A number with its label."""

    title: Annotated[str, "label"]
    value: Annotated[Figure, "the number"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items got which answer; the five add up to ``items``."""

    items: Annotated[Figure, "items asked"]
    conform: Annotated[Figure, "items that conform"]
    problem: Annotated[Figure, "items with a problem"]
    unchecked: Annotated[Figure, "items not checked"]
    not_applicable: Annotated[Figure, "items that do not apply"]
    missing: Annotated[Figure, "all items, if the form did not come back"]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question and the answer to it; an item with parts has one row for each part."""

    area: Annotated[str, "title of the area"]
    id: Annotated[str, "number of the item"]
    part: Annotated[str, "letter of the part, if the item has any"]
    title: Annotated[str, "short title of the item"]
    ask: Annotated[str, "the question"]
    answer: Annotated[str, "the answer in words; empty where only the unit's people are asked"]
    note: Annotated[str, "the respondent's note"]
    people: Annotated[str, "what the unit's people answered, in words and numbers; empty in a person's report"]
    said: Annotated[tuple[Figure, ...], "the numbers in people, one for each answer given"]
    basis: Annotated[str, "citations"]
    evidence: Annotated[str, "what is to be shown for it"]


@dataclass(frozen=True, slots=True)
class TitledText:
    """A text with its heading."""

    title: Annotated[str, "heading"]
    text: Annotated[str, "text"]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """How the respondents in one role have answered; somebody in two roles counts in both."""

    title: Annotated[str, "title of the role"]
    issued: Annotated[Figure, "forms issued"]
    answered: Annotated[Figure, "forms answered"]
    complete: Annotated[Figure, "forms answered completely"]
    problems: Annotated[Figure, "findings on items of this role that they reported"]
    elsewhere: Annotated[tuple[TitledFigure, ...], "what others found on these items, by who did"]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How the respondents of one unit have answered: the unit itself and its people."""

    name: Annotated[str, "name of the unit"]
    issued: Annotated[Figure, "forms issued"]
    answered: Annotated[Figure, "forms answered"]
    complete: Annotated[Figure, "forms answered completely"]
    missing: Annotated[Figure, "forms not answered"]
    problems: Annotated[Figure, "findings reported"]
    elsewhere: Annotated[tuple[TitledFigure, ...], "what others found about them, by who did"]


@dataclass(frozen=True, slots=True)
class AreaAnswersRow:
    """The answers given in one area; a respondent counts once for each item asked."""

    title: Annotated[str, "title of the area"]
    conform: Annotated[Figure, "number of “conforms” answers"]
    problem: Annotated[Figure, "number of “problem” answers"]
    unchecked: Annotated[Figure, "questions not answered"]
    not_applicable: Annotated[Figure, "number of “does not apply” answers"]
    missing: Annotated[Figure, "answers that did not come back, as their forms did not"]


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """How many were reminded at one stage; somebody reminded several times at it counts once."""

    title: Annotated[str, "which reminder"]
    reminded: Annotated[Figure, "respondents reminded"]
    settled: Annotated[Figure, "of them, those who have since answered or completed their answers"]


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """A respondent whose form was escalated to a superior."""

    name: Annotated[str, "name"]
    unit: Annotated[str, "unit"]
    superior: Annotated[str, "to whom; empty if the roster did not say"]
    on: Annotated[str, "when"]
    state: Annotated[str, "current state of the respondent"]


@dataclass(frozen=True, slots=True)
class Reminders:
    """How respondents were reminded; somebody reminded several times counts once.

    Whoever was complete before is told apart: something was asked of them once more.
    """

    reminded: Annotated[Figure, "respondents reminded of a form that was missing or incomplete"]
    settled: Annotated[Figure, "of them, those who have since answered or completed their answers"]
    again: Annotated[Figure, "respondents who had been complete and were reminded of what was still to be answered"]
    again_settled: Annotated[Figure, "of them, those who have since completed their answers"]
    stages: Annotated[tuple[ReminderRow, ...], "by stage; stages in which nobody was reminded are left out"]
    escalations: Annotated[tuple[EscalationRow, ...], "respondents whose form was escalated to a superior"]


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A respondent who need not answer."""

    name: Annotated[str, "name"]
    unit: Annotated[str, "unit"]
    reason: Annotated[str, "why, and who decided it when"]


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """Forms whose last day was moved after they had gone out."""

    before: Annotated[str, "last day that the forms first named"]
    after: Annotated[str, "last day now"]
    later: Annotated[bool, "whether the day was moved back, not forward"]
    count: Annotated[Figure, "forms concerned"]
    used: Annotated[Figure, "of them, those that came back in time, but after the day first named"]


@dataclass(frozen=True, slots=True)
class Conduct:
    """How the self-audit went. Issued is answered and missing together, and units and people together."""

    issued: Annotated[Figure, "forms issued"]
    answered: Annotated[Figure, "forms answered"]
    complete: Annotated[Figure, "forms answered completely"]
    incomplete: Annotated[Figure, "forms answered with gaps"]
    missing: Annotated[Figure, "forms not answered"]
    waived: Annotated[Figure, "of them, those whose respondents need not answer"]
    waivers: Annotated[tuple[WaiverRow, ...], "respondents who need not answer, and why"]
    late: Annotated[Figure, "forms that came back after their due date"]
    deadlines: Annotated[tuple[DeadlineRow, ...], "deadlines that were moved after the forms had gone out"]
    units_asked: Annotated[Figure, "forms issued to units"]
    units_answered: Annotated[Figure, "units that answered"]
    people_asked: Annotated[Figure, "forms issued to people"]
    people_answered: Annotated[Figure, "people who answered"]
    files_asked: Annotated[Figure, "forms issued to reviewers of files, one for each file"]
    files_answered: Annotated[Figure, "reviews of files that came back"]
    inactive: Annotated[Figure, "respondents who answered and are no longer asked; not among the issued"]
    gone: Annotated[Figure, "respondents who did not answer and are no longer asked; not among the issued either"]
    reminders: Annotated[Reminders, "how they were reminded"]
    decisions: Annotated[Figure, "decisions of persons, such as whose answers are not required"]
    first_received: Annotated[str, "day on which the first form came back; empty if none did"]
    last_received: Annotated[str, "day on which the last form came back; empty if none did"]
    coverage: Annotated[tuple[TitledFigure, ...], "coverage totals"]
    roles: Annotated[tuple[RoleRow, ...], "by role"]
    units: Annotated[tuple[UnitRow, ...], "by unit"]
    areas: Annotated[tuple[AreaAnswersRow, ...], "answers by area"]


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A text that one or several respondents wrote."""

    who: Annotated[str, "who wrote it, the first names if many did; empty unless the kit has the names printed"]
    text: Annotated[str, "the text"]
    count: Annotated[Figure, "how many people wrote it"]


@dataclass(frozen=True, slots=True)
class SuggestionBox:
    """All suggestions of one kind."""

    title: Annotated[str, "heading"]
    rows: Annotated[tuple[VoiceRow, ...], "the suggestions"]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """What somebody wrote beside an answer."""

    who: Annotated[str, "who wrote it"]
    unit: Annotated[str, "unit that collected the form"]
    answer: Annotated[str, "the answer in words"]
    note: Annotated[str, "the note"]


@dataclass(frozen=True, slots=True)
class ItemSummaryRow:
    """What all respondents together say about an item (``part`` empty) or a part of it."""

    id: Annotated[str, "number of the item"]
    part: Annotated[str, "letter of the part; empty for the item as a whole"]
    title: Annotated[str, "short title of the item, or the question of the part"]
    roles: Annotated[str, "who was asked"]
    overall: Annotated[str, "the overall answer: the worst one given; who returned nothing does not count"]
    conform: Annotated[Figure, "respondents who say it conforms"]
    problem: Annotated[Figure, "respondents who say there is a problem"]
    unchecked: Annotated[Figure, "respondents who left it open in the form that they returned"]
    not_applicable: Annotated[Figure, "respondents to whom it does not apply"]
    missing: Annotated[Figure, "respondents whose form did not come back"]
    basis: Annotated[str, "citations"]
    note: Annotated[str, "remark, such as that the answers contradict each other"]
    ask: Annotated[str, "the question"]
    evidence: Annotated[str, "what is to be shown for it"]
    notes: Annotated[tuple[NoteRow, ...], "what respondents wrote beside their answers"]


@dataclass(frozen=True, slots=True)
class DroppedRow:
    """A question that was reworded, or an answer to one that is no longer in the checklist, or not in these words."""

    id: Annotated[str, "item and part"]
    ask: Annotated[str, "the question as it was answered, if it was reworded"]
    who: Annotated[str, "who gave it; empty for a question that was reworded"]
    answer: Annotated[str, "the answer in words"]
    note: Annotated[str, "the note; the words of now, since when, and how many answered which of them"]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """Something that a person decided by name and with a reason."""

    what: Annotated[str, "what was decided, in a sentence"]
    by: Annotated[str, "who decided it"]
    reason: Annotated[str, "why"]
    on: Annotated[str, "when"]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file that shows something; ``hash`` is the beginning of its SHA-256, or why the file is not there."""

    number: Annotated[str, "its number in the index"]
    place: Annotated[str, "item and part"]
    finding: Annotated[str, "the id of the finding, empty if it is not at one"]
    name: Annotated[str, "the name of the file"]
    who: Annotated[str, "whose response it belongs to"]
    unit: Annotated[str, "the unit"]
    hash: Annotated[str, "the first characters of its SHA-256, or that it is missing"]


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """One respondent in the annex."""

    name: Annotated[str, "name"]
    unit: Annotated[str, "unit"]
    roles: Annotated[str, "roles"]
    state: Annotated[str, "missing, incomplete or complete, with remarks"]
    received: Annotated[str, "when the form came back"]
