"""The Jinja environment of document templates: a sandbox in which every value arrives in Word as the text it is."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from selfaudit.word.values import ChartData, QrCode

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(f'[&<>"\n\t]|{_NOT_XML.pattern}')
_IN_WORD = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}

# `safe` and its like would let a text pass as XML; `e` would escape what is escaped anyway.
_UNSAFE_FILTERS = ("safe", "tojson", "urlize", "xmlattr")
_IDLE_FILTERS = ("e", "escape", "forceescape")

Drawing = ChartData | QrCode
Draw = Callable[[Drawing], str]
"""Puts a chart or a QR code into the document and returns the XML that shows it."""


def xml_text(text: str) -> str:
    """Return a text without characters that XML cannot contain: each becomes U+FFFD, nothing is dropped in silence."""
    return _NOT_XML.sub("\ufffd", text)


def word_text(text: str) -> str:
    """Return a text as the inside of ``w:t``: escaped, with line breaks and tabs as Word has them."""
    if not _SPECIAL.search(text):
        return text
    return _SPECIAL.sub(lambda found: _IN_WORD.get(found[0], "\ufffd"), text.replace("\r\n", "\n"))


@lru_cache
def _field_names(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind)) if is_dataclass(kind) else frozenset()


class _Printer(CodeGenerator):
    """Prints what ``finalize`` makes of a value as it is, for that is XML: Jinja would go through each once more."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's
        self.write(")")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        constant = node.as_const(frame.eval_ctx)
        return str(constant if isinstance(node, nodes.TemplateData) else finalize.const(constant))


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's strictest sandbox, with a short way to the fields of the context, which are data and always safe."""

    code_generator_class = _Printer
    # worked out while a document is made, where a limit of time names the place, and not while its template is compiled
    intercepted_binops = frozenset({"*", "**"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute that a template asks for, if it is safe."""
        if attribute in _field_names(obj.__class__):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def environment(draw: Draw) -> Sandbox:
    """Return the sandbox in which a template is rendered; charts and QR codes are drawn by ``draw``."""

    def finalize(value: Any) -> str:
        if value.__class__ is str:
            return word_text(value)
        if isinstance(value, Drawing):
            return draw(value)
        if isinstance(value, Markup):
            return value  # what a macro or a block has printed went through here piece by piece
        return "" if value is None else word_text(str(value))

    made = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=finalize)
    made.filters = {name: use for name, use in made.filters.items() if name not in _UNSAFE_FILTERS}
    made.filters.update(dict.fromkeys(_IDLE_FILTERS, str))
    return made


def values_of(context: Any) -> dict[str, Any]:
    """Return the fields of a context, a dataclass, as the names a template knows."""
    if not is_dataclass(context):
        raise TypeError(type(context).__name__)
    return {field.name: getattr(context, field.name) for field in fields(context)}
