"""Reads a whole form into canonical content, section by section."""

from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import warning
from selfaudit.base.text import loose
from selfaudit.forms.reading.fields import Fields, Lines
from selfaudit.forms.reading.findings import read_findings
from selfaudit.forms.reading.items import read_items
from selfaudit.forms.reading.values import half_width, read_number

NO_NUMBER = warning("form.no-number", N_("{key}: “{value}” is not one number"), N_("Write digits only, such as 12."))
NO_DECLARATION = warning(
    "form.declaration-unclear", N_("“{value}” does not accept the declaration"), N_("Write {word} to accept it.")
)

AGREE = {"zh_CN": "同意", "en": "agree"}
"""The word that accepts the declaration, as forms show it."""
ACCEPTS = frozenset(
    {"同意", "已阅读并同意", "本人同意", "是", "已确认", "agree", "agreed", "iagree", "yes", "y", "true", "√", "✓", "✔"}
)
"""The words that accept the declaration, loosely written."""


def read_sections(fields: Fields, top: Lines) -> dict[str, Any]:
    """Return the canonical content, without format and passport; nothing empty is in it."""
    boxes = {box.id: box.title for box in fields.asked.suggestions}
    content = {
        "filled_by": fields.text(top, (), "filled_by"),
        "filled_on": fields.day(top, (), "filled_on", ("filled_on",), with_time=True),
        "coverage": _coverage(fields, top.get("coverage")),
        "items": read_items(fields, top.get("items")),
        "findings": read_findings(fields, top.get("findings")),
        "suggestions": fields.texts(top.get("suggestions"), ("suggestions",), boxes),
        "clues": fields.text(top, (), "clues"),
        "declaration": _declaration(fields, fields.text(top, (), "declaration")),
    }
    return {key: value for key, value in content.items() if value}


def _coverage(fields: Fields, data: Any) -> dict[str, int]:
    titles = {field.id: field.title for field in fields.asked.coverage}
    found: dict[str, int] = {}
    for key, text in fields.texts(data, ("coverage",), titles).items():
        number = read_number(text)
        if number is None:
            fields.ask_back(NO_NUMBER, ("coverage", key), text, ("coverage", key), key=titles[key])
        else:
            found[key] = number
    return found


def _declaration(fields: Fields, text: str) -> bool:
    if not text:
        return False
    accepted = loose(half_width(text)).strip("。.!！") in ACCEPTS
    if not accepted:
        word = AGREE[fields.asked.language]
        fields.ask_back(NO_DECLARATION, ("declaration",), text, ("declaration",), word=word)
    return accepted
