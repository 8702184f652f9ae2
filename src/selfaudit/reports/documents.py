"""The documents there are: those of every campaign, and those that a kit adds."""

from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.base.text import file_name
from selfaudit.model.kit.documents import OwnDocument, Whom
from selfaudit.model.kit.plan import Plan
from selfaudit.reports.build import (
    confirmation,
    final,
    finding,
    notice,
    paper,
    person,
    planning,
    record,
    reviewed,
    samples,
    similar,
    summary,
    unit,
)
from selfaudit.reports.build.blank import blank_document
from selfaudit.reports.document import Document

DOCUMENTS = {
    document.name: document
    for document in (
        person.DOCUMENT, unit.DOCUMENT, unit.BRANCH_DOCUMENT, final.DOCUMENT, paper.DOCUMENT, notice.DOCUMENT,
        planning.ANNOUNCEMENT, planning.ACTION, summary.BODY, summary.UNIT, summary.CHECK,
        samples.LIST_DOCUMENT, samples.HIGH_RISK_DOCUMENT, record.DOCUMENT, reviewed.DOCUMENT,
        confirmation.DOCUMENT, similar.DOCUMENT,
    )
}  # fmt: skip
"""Every document that all campaigns have by name, in the order in which they are listed."""

_SHEET = replace(planning.ANNOUNCEMENT, name="sheet", word=N_("sheet"), like="")
_LIST = replace(_SHEET, name="list", word=N_("list"))
KINDS = {name: made for name, made in DOCUMENTS.items() if not made.like} | {
    made.name: made for made in (_SHEET, _LIST, finding.DOCUMENT)
}
"""Every document that a template can be for: those about findings are the kits' own; sheets and lists are several."""

_LIKE: dict[Whom, Document] = {
    "body": final.DOCUMENT,
    "unit": replace(unit.DOCUMENT, audience="any unit"),
    "person": person.DOCUMENT,
    "finding": finding.DOCUMENT,
}


def documents_of(plan: Plan) -> dict[str, Document]:
    """Return every document of a campaign by name, those that its kit adds last, empty forms before them."""
    own = {entry.id: _own(entry) for entry in plan.documents if entry.id not in DOCUMENTS}
    blanks = {one.id: blank_document(one) for one in plan.deliverables if one.blank and one.id not in DOCUMENTS}
    return DOCUMENTS | blanks | own


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
