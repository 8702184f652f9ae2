"""Build forms that people print and fill in by hand, as the plan describes them."""

from dataclasses import replace

from selfaudit.base.i18n import N_
from selfaudit.model.kit.deliverables import Deliverable
from selfaudit.reports.build.sheet import notice_of, sheet
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.sheet import Sheet, block, cells
from selfaudit.reports.document import Document, Request

_ROOM = "\n"
"""What makes a row as high as handwriting needs."""


def blank_document(deliverable: Deliverable) -> Document:
    """Return the document that is an empty form for a deliverable."""
    return Document(
        name=deliverable.id,
        word=N_("body"),
        audience="body",
        context=Sheet,
        build=lambda request: _blank(request, deliverable),
        ending=deliverable.title,
        like="sheet",
        of_answers=False,
    )


def _blank(request: Request, deliverable: Deliverable) -> Sheet:
    setting, form = request.setting, deliverable.blank
    if form is None:
        raise ValueError(deliverable)
    tr, numbers = setting.wording.tr, range(1, form.rows + 1)
    table = block("", "", form.columns, tuple(cells(str(n), _ROOM) for n in numbers))
    facts = (TitledText(tr(N_("Ordered by")), notice_of(setting)), *(TitledText(line, _ROOM) for line in form.lines))
    made = sheet(setting, deliverable.title, facts, [table] if form.columns else [])
    return replace(made, signatures=form.signatures or (tr(N_("Signature")),))
