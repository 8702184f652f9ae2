"""What a kit says about the final report: its chapters, headings, what is told in full, and who signs."""

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from selfaudit.base.i18n import N_
from selfaudit.model.base import Id, Model, Text

Block = Literal["profile", "plan", "conduct", "findings", "measures", "suggestions", "clues", "text"]

HEADINGS = {
    "particulars": N_("Particulars"),
    "numbers": N_("Key figures"),
    "register_figures": N_("Figures from the registers"),
    "plan": N_("Plan of the self-audit"),
    "legal_basis": N_("Basis of the self-audit"),
    "scope": N_("Scope of the self-audit"),
    "method": N_("Method of the self-audit"),
    "working_group": N_("Working group"),
    "requirements": N_("Working requirements"),
    "phases": N_("Phases"),
    "milestones": N_("Milestones"),
    "conduct": N_("How the self-audit was carried out"),
    "answers_chart": N_("Answers by area"),
    "data_checks": N_("What the data checks found"),
    "lookalikes": N_("Case files compared with each other"),
    "contradictions": N_("Answers that the data contradict"),
    "unsupported": N_("Answers that the data could not support"),
    "file_reviews": N_("The spot check of files"),
    "overview": N_("Findings by area"),
    "findings_chart": N_("Findings by area and severity"),
    "in_full": N_("Most severe findings and their causes"),
    "corrections": N_("Corrections"),
    "handling": N_("Handling of the findings"),
    "who_handles": N_("Who handles what"),
    "annex_findings": N_("List of findings"),
    "annex_contradictions": N_("All answers that the data contradict"),
    "annex_lookalikes": N_("Case files that repeat each other"),
    "annex_exclusions": N_("Excluded from review"),
    "annex_dispositions": N_("Dispositions and notices"),
    "annex_register": N_("Register of corrections"),
    "annex_aside": N_("Findings merged or withdrawn"),
    "annex_items": N_("Answers item by item"),
    "annex_respondents": N_("List of respondents"),
    "annex_decisions": N_("Record of decisions"),
    "annex_dropped": N_("Answers to questions removed or reworded since"),
    "annex_evidence": N_("Index of evidence"),
}
"""The headings of the final report that no other part of the kit gives, and the titles of its charts and annexes."""

ANNEXES, DRAFT = N_("{title} (annexes)"), N_("{title} (draft)")
"""What the annexes are called in a file of their own, and a document that is not final."""

SIGNATORIES = (N_("Prepared by"), N_("Reviewed by"), N_("Approved by"))
"""Who signs the final report unless the kit says otherwise."""

if TYPE_CHECKING:
    Heading = str
else:
    Heading = Literal[tuple(HEADINGS)]


class Titled(Model):
    """Something with an id and a title."""

    id: Id
    title: Text


class Chapter(Titled):
    """A chapter of the final report and the blocks it contains."""

    holds: tuple[Block, ...] = Field(min_length=1)


class ReportOutline(Model):
    """The prescribed structure of the final report.

    ``number``, ``date`` and ``cover`` name profile fields for the first page: the number of the document, its date,
    and what else identifies the body there. ``in_full`` is the least severity of which every finding is told in full;
    by default the first one. ``annexes`` says whether they are in the file of the report or in one of their own.
    ``named`` are the blocks, suggestions or clues, in which it is printed who wrote them; by default none.
    ``signatories`` are the titles of those who sign; without the key the usual three, with an empty list nobody.
    """

    title: Text
    number: str = ""
    date: str = ""
    cover: tuple[Id, ...] = ()
    chapters: tuple[Chapter, ...] = Field(min_length=1)
    headings: dict[Heading, Text] = {}
    in_full: str = ""
    annexes: Literal["same", "own"] = "same"
    named: tuple[Literal["suggestions", "clues"], ...] = ()
    signatories: tuple[Text, ...] | None = None

    @property
    def on_cover(self) -> tuple[str, ...]:
        """The profile fields on the first page."""
        return tuple(filter(None, (self.number, self.date, *self.cover)))
