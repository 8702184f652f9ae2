"""The documents of a campaign, and which template each is printed with."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, UserError, error
from selfaudit.files.yaml.reader import Document as Positions
from selfaudit.model.kit.consistency import UNKNOWN_ID
from selfaudit.model.kit.deliverables import Whose
from selfaudit.model.kit.plan import Plan
from selfaudit.model.names import PLAN
from selfaudit.reports.document import Audience, Document
from selfaudit.reports.documents import DOCUMENTS, documents_of
from selfaudit.reports.online_form import misspelt
from selfaudit.store.kits import LoadedKit
from selfaudit.store.loading import LoadedCampaign
from selfaudit.store.model_reader import UNKNOWN_KEY
from selfaudit.store.templates import Template, load_template
from selfaudit.store.workspace import Workspace

NO_REPORT = error("report.none", N_("there is no document “{name}”"), N_("Known: {known}."))
TAKEN = error(
    "kit.document-taken",
    N_("every campaign has a document “{id}” already"),
    N_("Choose another id, or name a template for it: templates: {{{id}: {template}}}"),
)
COMMAND = error(
    "kit.document-command", N_("“{id}” is what selfaudit report itself is told to do"), N_("Choose another id.")
)
NO_FIGURE = error(
    "kit.no-figure",
    N_("the final report has no figure of the whole body “{id}”, and the profile no such field"),
    N_("Similar ones: {known}. selfaudit report --explain lists every figure."),
)

OTHER_OF = error(
    "kit.other-of",
    N_("there is one “{document}” each for: {audience}, but the deliverable is of: {whose}"),
    N_("Write the same after “of”, or name another document."),
)

MADE_ELSEWHERE = ("answers", "findings", "online-form", "archive")
"""What is no Word document: the forms that came back, workbook of findings, table for the online form, archive."""
COMMANDS = ("online-form", "approve")
"""What else follows ``report`` on the command line."""
NOT_A_REPORT = ("paper", "confirmation", "notice")
"""Documents that another command prints."""


def document_of(name: str, plan: Plan) -> Document:
    """Return the document that ``report`` writes under a name."""
    known = {key: made for key, made in documents_of(plan).items() if key not in NOT_A_REPORT}
    if name not in known:
        raise UserError(NO_REPORT(name=name, known=list(known)))
    return known[name]


def templates_of(plan: Plan) -> dict[str, str]:
    """Return the template of every document: the one that the plan names, else the shipped one of its language."""
    shipped = {name: document.template(plan.language) for name, document in DOCUMENTS.items()}
    blanks = {name: made.template(plan.language) for name, made in documents_of(plan).items()}
    return blanks | {entry.id: entry.template for entry in plan.documents} | shipped | plan.templates


def template_of(document: Document, plan: Plan, workspace: Workspace) -> Template:
    """Return the template that a document is printed with."""
    return load_template(templates_of(plan)[document.name], workspace.root)


def document_problems(loaded: LoadedKit | LoadedCampaign) -> list[Problem]:
    """Return where a plan names templates for no document, adds a document there is already, or names no figure."""
    if loaded.kit is None:
        return []
    plan, place = loaded.kit.plan, loaded.documents[PLAN]
    unknown = [name for name in plan.templates if name not in DOCUMENTS]
    taken = [(n, entry) for n, entry in enumerate(plan.documents) if entry.id in DOCUMENTS]
    words = [(n, entry) for n, entry in enumerate(plan.documents) if entry.id in COMMANDS]
    return [
        *(COMMAND(place.where(("documents", n, "id")), id=one.id) for n, one in words),
        *(UNKNOWN_KEY(place.where(("templates", name), key=True), key=name, known=list(DOCUMENTS)) for name in unknown),
        *_unmade(plan, place),
        *(TAKEN(place.where(("documents", n, "id")), id=one.id, template=one.template) for n, one in taken),
        *(
            NO_FIGURE(place.where(("online_form", "groups", g, "rows", n, "from")), id=name, known=known)
            for g, n, name, known in misspelt(loaded.kit)
        ),
    ]


def _unmade(plan: Plan, place: Positions) -> Iterator[Problem]:
    """Yield which deliverables the program is said to make, but does not, or not for these."""
    documents = documents_of(plan)
    for n, one in enumerate(plan.deliverables):
        where = place.where(("deliverables", n, "made"))
        document = documents.get(one.made)
        if one.made and not document and one.made not in MADE_ELSEWHERE:
            known = Some([*documents, *MADE_ELSEWHERE])
            yield UNKNOWN_ID(where, what=Term(N_("document")), id=one.made, known=known)
        elif document and not _is_for(document.audience, one.whose):
            yield OTHER_OF(where, document=one.made, audience=document.audience, whose=one.whose)


def _is_for(audience: Audience, whose: Whose) -> bool:
    """Tell whether a document that there is for some is there for all of whom a deliverable is."""
    units = ("unit", "branch", "any unit")
    return (
        whose == audience
        or (whose != "body" and audience == "respondent")
        or (whose in units and audience == "any unit")
    )
