"""What becomes of a field of a finding that is called ``lesson``: every taker of the declaration, asked in turn."""

import json
from typing import Any

from selfaudit.forms.formats import FORMATS, read_any
from selfaudit.forms.yaml import write
from selfaudit.model.finding import FindingChoice
from selfaudit.model.form.form import Form
from selfaudit.model.form.response import FIELD_WORDS, Response
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.reports.context.findings import FindingRow
from selfaudit.reports.tables import finding_row
from selfaudit.word.lint.shapes import fields_of
from selfaudit.workflow.common.writing import sheets
from tests.forms.html.page.conftest import form_data
from tests.forms.sample import CODE, COMPLETE, read
from tests.forms.sample import FORM as SAMPLE
from tests.reports.content_kit import make_setting

TEXT = "排期先核对"
CHOSEN = (*SAMPLE.questions.finding_fields, FindingChoice(id="lesson"))
FORM = SAMPLE.model_copy(update={"questions": SAMPLE.questions.model_copy(update={"finding_fields": CHOSEN})})


def told() -> dict[str, Any]:
    """Return what every taker makes of the field."""
    said = {**COMPLETE["findings"][0], "lesson": TEXT}
    content = {**COMPLETE, "findings": [said]}
    text = write(FORM, content).decode()
    record, setting = FindingRecord("F-1", FORM.respondent, "", "", said), make_setting()
    sheet = dict(zip(sheets.finding_header(setting.kit), sheets.finding_row(record, setting.kit), strict=True))
    return {
        "formats": {
            name: (read(entry.write(FORM, content)).content or {}).get("findings") == [said]
            for name, entry in FORMATS.items()
        },
        "alias": (read(text.replace("lesson:", "教训:")).content or {})["findings"][0].get("lesson"),
        "gaps": _gaps_where_required(),
        "help": "what was learnt" in text,
        "page": form_data(FORM),
        "schema": "lesson" in Response.model_json_schema()["$defs"]["Finding"]["properties"],
        "requirable": "lesson" in json.dumps(Plan.model_json_schema()["properties"]["finding_required"]),
        "word": FIELD_WORDS["lesson"],
        "variable": fields_of(FindingRow)["lesson"].doc,
        "printed": finding_row(record, setting).lesson,
        "sheet": sheet["Lesson"],
    }


def _gaps_where_required() -> list[str]:
    asked = FORM.questions.model_copy(update={"finding_required": ("lesson",)})
    form: Form = FORM.model_copy(update={"questions": asked})
    return [str(gap) for gap in read_any(write(form, COMPLETE), "f", lambda _: form, CODE).gaps]
