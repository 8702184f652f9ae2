"""The documents there are: those of every campaign, and those that a kit adds."""

from dataclasses import replace

from selfaudit.base.text import file_name
from selfaudit.model.kit.documents import OwnDocument, Whom
from selfaudit.model.kit.plan import Plan
from selfaudit.reports.build import final, finding, paper, person, unit
from selfaudit.reports.document import Document

DOCUMENTS = {
    document.name: document
    for document in (person.DOCUMENT, unit.DOCUMENT, unit.BRANCH_DOCUMENT, final.DOCUMENT, paper.DOCUMENT)
}
"""Every document that all campaigns have by name, in the order in which they are listed."""

KINDS = DOCUMENTS | {finding.DOCUMENT.name: finding.DOCUMENT}
"""Every document that a template can be for; only kits have documents about findings."""

_LIKE: dict[Whom, Document] = {
    "body": final.DOCUMENT,
    "unit": replace(unit.DOCUMENT, audience="any unit"),
    "person": person.DOCUMENT,
    "finding": finding.DOCUMENT,
}


def documents_of(plan: Plan) -> dict[str, Document]:
    """Return every document of a campaign by name, those that its kit adds last."""
    own = {entry.id: _own(entry) for entry in plan.documents if entry.id not in DOCUMENTS}
    return DOCUMENTS | own


def _own(entry: OwnDocument) -> Document:
    like = _LIKE[entry.whom]
    return replace(
        like,
        name=entry.id,
        like=like.name,
        # each has a folder of its own, but for the one that the body has of it
        folder="" if entry.whom == "body" else file_name(entry.title),
        ending="" if entry.whom == "body" else entry.title,
        roles=entry.roles,
        build=lambda request: replace(like.build(request), title=entry.title),
    )
