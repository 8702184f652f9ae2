"""Forms: what a respondent gets and sends back, in one module a format.

A format module writes a ``Form`` and turns what came back into a ``Draft``: plain data in the shape of the YAML form,
with the place of every value. ``reader`` makes the canonical content of any draft, so that an answer means the same in
every format. To add a format, write its module with its ``FORMAT`` and name it here.
"""

from collections.abc import Callable

from selfaudit.forms import html_form, xlsx_form, yaml_form
from selfaudit.forms.reader import Reading, content_of
from selfaudit.model.form import Form

FORMATS = {entry.name: entry for entry in (html_form.FORMAT, xlsx_form.FORMAT, yaml_form.FORMAT)}
"""Every format by name, what most people can use first.

Whatever no other format recognises is read as YAML, which tells what it is instead.
"""


def read_any(data: bytes, file: str, form_of: Callable[[str], Form | None], code: str) -> Reading:
    """Read a returned file of any format against the form that was issued under its passport."""
    known = (entry for entry in FORMATS.values() if entry.recognises(data))
    return content_of(next(known, yaml_form.FORMAT).read(data, file), form_of, code)
