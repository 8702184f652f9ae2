"""Where the file of a document lies below ``reports/``, and for whom there is one."""

from collections.abc import Collection, Iterable

from selfaudit.base.text import file_name
from selfaudit.model.form.building import respondents
from selfaudit.model.form.form import Respondent
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.model.kit.kit import Kit
from selfaudit.model.kit.plan import Plan
from selfaudit.model.roster import Roster
from selfaudit.reports.build.final import DOCUMENT as FINAL
from selfaudit.reports.document import Document


def place_of(who: Respondent, ending: str, finding: str = "") -> str:
    """Return where the file is that is about a respondent, or about one of their findings, below its folder."""
    number = who.drawn[0] or who.number
    parts = (finding or who.name, "" if finding else number, ending)
    return f"{who.folder}/{'_'.join(file_name(part) for part in parts if part)}.docx"


def place_of_body(document: Document, plan: Plan) -> str:
    """Return the same of a document of which there is one."""
    own = {entry.id: entry.title for entry in plan.documents}
    title = plan.report.title if document is FINAL else own.get(document.name) or document.called_in(plan)
    return f"{file_name(title)}.docx"


def audiences(who: Respondent, roster: Roster) -> tuple[str, ...]:
    """Return the words for those for whom there is a document, as far as they are true of a respondent."""
    if who.answers != "unit":
        return (who.answers, "respondent")
    unit = roster.unit_of.get(who.number)
    return ("any unit", "branch" if unit and roster.like(unit) == "branch" else "unit", "respondent")


def owners(deliverable: Deliverable, kit: Kit, roster: Roster, reviews: Iterable[Respondent] = ()) -> list[Respondent]:
    """Return those of whom there is one each, in the order of the roster, or of ``reviews``; nobody if the body's."""
    if deliverable.whose == "body":
        return []
    roles = set(deliverable.roles)
    return [
        who
        for who in (reviews if deliverable.whose == "file" else respondents(kit, roster))
        if deliverable.whose in audiences(who, roster) and (not roles or not roles.isdisjoint(who.roles))
    ]


def is_one(deliverable: Deliverable, whose: Collection[Respondent]) -> bool:
    """Return whether there is one for the whole body: also of reviews, as long as no file is with a reviewer."""
    return deliverable.whose == "body" or (deliverable.whose == "file" and not whose)
