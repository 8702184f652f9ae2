"""Reads a whole form into canonical content, section by section."""

from typing import Any

from selfaudit.base.dates import half_width
from selfaudit.base.text import loose
from selfaudit.forms.reading.fields import At
from selfaudit.forms.reading.findings import read_findings
from selfaudit.forms.reading.given import read_given
from selfaudit.forms.reading.items import read_items
from selfaudit.forms.reading.values import read_number
from selfaudit.model.kept import NO_DECLARATION, NO_NUMBER

AGREE = {"zh_CN": "同意", "en": "agree"}
"""The word that accepts the declaration, as forms show it."""
ACCEPTS = frozenset(
    {"同意", "已阅读并同意", "本人同意", "是", "已确认", "agree", "agreed", "iagree", "yes", "y", "true", "√", "✓", "✔"}
)
"""The words that accept the declaration, loosely written."""


def read_sections(top: At) -> dict[str, Any]:
    """Return the canonical content, without format and passport; nothing empty is in it."""
    content = {
        "filled_by": top.text("filled_by"),
        "filled_on": top.day("filled_on", with_time=True),
        "coverage": _coverage(top),
        "items": read_items(top),
        "findings": read_given(top, of) if (of := top.asked.of_round) else read_findings(top),
        "suggestions": top.texts("suggestions", {box.id: box.title for box in top.asked.suggestions}),
        "clues": top.text("clues"),
        "declaration": _declaration(top),
    }
    return {key: value for key, value in content.items() if value}


def _coverage(top: At) -> dict[str, int]:
    titles = {field.id: field.title for field in top.asked.coverage}
    at = top.child("coverage", titles)
    found: dict[str, int] = {}
    for key in at.lines:
        text = at.text(key)
        number = read_number(text) if text else None
        if number is not None:
            found[key] = number
        elif text:
            at.ask_back(NO_NUMBER, key, text, key=titles[key])
    return found


def _declaration(top: At) -> bool:
    text = top.text("declaration")
    if not text:
        return False
    accepted = loose(half_width(text)).strip("。.!！") in ACCEPTS
    if not accepted:
        top.ask_back(NO_DECLARATION, "declaration", text, word=AGREE[top.asked.language])
    return accepted
