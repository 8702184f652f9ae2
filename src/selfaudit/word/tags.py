"""Template tags in Word's XML as text that Jinja understands: docxtpl's rules, and the only place that knows docxtpl.

``tests/word/test_tags.py`` checks what is taken for granted of it; its version is capped in ``pyproject.toml``.
"""

from io import BytesIO

from docxtpl import DocxTemplate

_RULES = DocxTemplate(BytesIO())


def jinja_source(xml: str) -> str:
    """Return the XML of a part with tags such as ``{%tr for … %}`` in place of the rows and paragraphs they fill."""
    return str(_RULES.patch_xml(xml))
