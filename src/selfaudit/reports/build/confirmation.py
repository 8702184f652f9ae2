"""Build the sheet on which a first reader signs what they said of the reviews of their files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.form.confirming import CONFIRMATION_FIELDS, OPINION
from selfaudit.model.form.form import Form
from selfaudit.reports.build.paper import paper_code
from selfaudit.reports.build.sheet import sheet
from selfaudit.reports.context.parts import TitledText
from selfaudit.reports.context.sheet import Sheet, block, cells
from selfaudit.reports.document import Document, Request
from selfaudit.reports.setting import Setting
from selfaudit.word.values import QrCode

TITLE = N_("Confirmation of reviews")
_VALID = N_(
    "This sheet is valid only for the exact answers that the code in the header identifies. If they change, print it"
    " and sign it again."
)


def confirmation_sheet(setting: Setting, form: Form, content: Mapping[str, Any], digest: str) -> Sheet:
    """Return what the sheet says of a form that came back, given its canonical content and the hash of that."""
    tr, who, code = setting.wording.tr, form.respondent, paper_code(content, digest)
    titles = {field.key: tr(field.title) for field in CONFIRMATION_FIELDS}
    head = (tr(N_("No.")), *(titles[key] for key in ("file", "name", "found")), tr(N_("What they say")))

    def line(row: Mapping[str, Any]) -> tuple[str, ...]:
        found = f"{row['found']}\n{setting.wording.pair(titles['reviewer'], row['reviewer'])}"
        said = "\n".join(filter(None, (tr(OPINION[row["opinion"]]), str(row.get("reason", "")))))
        return str(row["file"]), str(row["name"]), found, said

    rows = [one for one in form.questions.findings_in(content) if "opinion" in one]
    table = tuple(cells(str(n), *line(row)) for n, row in enumerate(rows, 1))
    facts = (
        TitledText(tr(N_("First reader")), setting.wording.aside(who.name, who.unit_name)),
        TitledText(tr(N_("Filled in by")), str(content.get("filled_by", ""))),
        TitledText(tr(N_("Filled in on")), setting.wording.written_date(str(content.get("filled_on", "")))),
    )
    blocks = [
        block(tr(N_("Files reviewed")), "", head, table),
        block(tr(N_("Declaration")), f"{form.questions.declaration}\n{tr(_VALID)}"),
    ]
    made = sheet(setting, tr(TITLE), facts, blocks)
    signer = setting.wording.aside(tr(N_("First reader")), who.name)
    return replace(made, signatures=(signer,), code=code, qr=QrCode(code, small=True))


def _of(request: Request) -> Sheet:
    form, content, digest = request.about_confirmation
    return confirmation_sheet(request.setting, form, content, digest)


DOCUMENT = Document(
    name="confirmation",
    word=N_("first reader"),
    audience="respondent",
    context=Sheet,
    build=_of,
    folder="confirmations",
    ending=N_("confirmation"),
    like="list",
    of_answers=False,
)
