"""The form formats there are, and reading a returned file of any of them."""

from collections.abc import Callable

from selfaudit.forms import yaml as yaml_form
from selfaudit.forms.html import form as html_form
from selfaudit.forms.reading.reader import Reading, content_of
from selfaudit.forms.xlsx import form as xlsx_form
from selfaudit.model.form.form import Form

FORMATS = {entry.name: entry for entry in (html_form.FORMAT, xlsx_form.FORMAT, yaml_form.FORMAT)}
"""Every format by name, what most people can use first.

Whatever no other format recognises is read as YAML, which says what it is instead.
"""


def read_any(data: bytes, file: str, form_of: Callable[[str], Form | None], code: str) -> Reading:
    """Read a returned file of any format against the form that was issued under its passport."""
    known = (entry for entry in FORMATS.values() if entry.recognises(data))
    return content_of(next(known, yaml_form.FORMAT).read(data, file), form_of, code)
