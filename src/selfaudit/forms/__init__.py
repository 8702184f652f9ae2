"""Forms: what a respondent gets and sends back, in one module a format.

A format module writes a ``Form`` and turns what came back into a ``Draft``: plain data in the shape of the YAML form,
with the place of every value. ``reader`` makes the canonical content of any draft, so that an answer means the same in
every format. To add a format, write its module and name it in ``read_any``.
"""

from collections.abc import Callable

from selfaudit.base.codec import decode
from selfaudit.forms import yaml_form
from selfaudit.forms.reader import Reading, content_of
from selfaudit.model.form import Form


def read_any(data: bytes, file: str, form_of: Callable[[str], Form | None], code: str) -> Reading:
    """Read a returned file of any format against the form that was issued under its passport."""
    decoded = decode(data, file)
    if not decoded.text:
        return Reading(notes=decoded.notes, errors=decoded.errors)
    draft = yaml_form.read(decoded.text, file)
    draft.problems[:0] = decoded.notes + decoded.errors
    return content_of(draft, form_of, code)
