"""Fill a Word template with a context: docxtpl's tags, in a sandbox, fast for tables of ten thousand rows."""

import re
import traceback
import zipfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from jinja2 import Template, TemplateError, TemplateSyntaxError
from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, Where, error
from selfaudit.word.chart import place_chart
from selfaudit.word.contents import fill_contents
from selfaudit.word.draft import mark_draft
from selfaudit.word.environment import Drawing, Sandbox, environment, values_of, xml_text
from selfaudit.word.guard.opening import code_problems, open_template
from selfaudit.word.keeping import keep_before
from selfaudit.word.long_rows import LongRows
from selfaudit.word.package import excerpt, join_tags, replace_root, root_of, saved, text_parts
from selfaudit.word.qr import place_qr
from selfaudit.word.rows import tidy_tables
from selfaudit.word.sections import drop_end, end_is_empty
from selfaudit.word.tags import jinja_source
from selfaudit.word.values import Properties, QrCode

_HINT = N_("“selfaudit template lint” checks a whole template and lists every place.")
_FAILED = error("template.failed", N_("the template cannot be filled in near “{text}”: {reason}"), _HINT)
_BROKEN = error(
    "template.broken", N_("the template breaks the structure of the document near “{text}”: {reason}"), _HINT
)
_MEMORY = error(
    "template.memory",
    N_("filling in the template takes more memory than a document may"),
    N_("Look there for loops inside loops, large numbers and texts that are repeated or padded."),
)
_FAILURES = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_TRACED = re.compile(r'File "<template (/[^"]+)>", line (\d+)')
_LONGEST_PROPERTY = 255
_CORE_PROPERTIES = "docProps/core.xml"
_LANGUAGE_TAGS = {"zh_CN": "zh-CN", "en": "en-GB"}


def render(template: bytes | Path, context: object, properties: Properties, *, draft: bool = False) -> bytes:
    """Return the document that a template makes of a context, a dataclass; a draft is marked on every page.

    A last section in which the context leaves nothing is dropped.

    A template that cannot be filled in, or is not safe to use, raises ``UserError``. One that is hostile may take any
    time and memory: see ``selfaudit.workflow.common.writing.rendering``.
    """
    try:
        document = open_template(template)
        values, rows, was_empty = values_of(context), LongRows(), end_is_empty(document)
        for part in text_parts(document):
            _fill(part, values, rows if part is document.part else None)
        document = document.part.document  # the body is a new one now
        if end_is_empty(document) and not was_empty:
            drop_end(document)
        if draft:
            mark_draft(document, properties.language)
        keep_before(document.element.body)
        tidy_tables(document.element, rows)
        fill_contents(document)
        _set_properties(document, properties)
        return saved(document, rows.put_back)
    except MemoryError:
        raise UserError(_MEMORY()) from None


def text_at(template: Path, trace: str) -> str:
    """Return the text of a template at which a process was, by its traceback; empty if it was not at a tag."""
    found = _TRACED.search(trace)
    part = next((part for part in text_parts(open_template(template)) if found and part.partname == found[1]), None)
    if not found or not part:
        return ""
    source = _source(part)
    line = _compiled(source, part, environment(lambda _drawing: "")).get_corresponding_lineno(int(found[2]))
    return _text_in(source, line)


def mark_of(path: Path) -> str:
    """Return the mark in the properties with which a document was rendered; empty if there is none or no document."""
    try:
        with zipfile.ZipFile(path) as archive:
            properties = parse_xml(archive.read(_CORE_PROPERTIES))
    except (OSError, zipfile.BadZipFile, LookupError, etree.XMLSyntaxError):
        return ""
    return str(properties.findtext(qn("cp:version"), ""))


def _fill(part: Part, values: dict[str, Any], rows: LongRows | None) -> None:
    """Fill in the tags of a part; ``rows`` takes out those of long tables."""
    source = _source(part)
    if not source:
        return
    filled = _evaluate(source, part, values)
    if rows is not None:
        filled = rows.take_out(filled)
    try:
        new = parse_xml(filled)
    except etree.XMLSyntaxError as problem:
        raise UserError(_BROKEN(text=_text_in(filled.decode(), problem.lineno), reason=str(problem))) from None
    # tags can put together what was harmless in pieces
    if problems := code_problems(part, new):
        raise UserError(problems)
    replace_root(part, new)


def _source(part: Part) -> str:
    """Return the text of a part for Jinja, with a line for each paragraph; nothing if there are no tags."""
    root = root_of(part)
    for paragraph in root.iter(qn("w:p")):
        join_tags(paragraph)
    source = etree.tostring(root, encoding="unicode")
    return _by_paragraph(source) if "{" in source else ""


# letters are made from one template by the hundred
@lru_cache(maxsize=8)
def _by_paragraph(source: str) -> str:
    return re.sub(r"<w:p(?=[ >])", "\n<w:p", jinja_source(source))


def _compiled(source: str, part: Part, sandbox: Sandbox) -> Template:
    """Return a part ready for rendering; tracebacks name it as their file."""
    code = _code(source, f"<template {part.partname}>")
    return sandbox.template_class.from_code(sandbox, code, sandbox.make_globals(None))


@lru_cache(maxsize=8)
def _code(source: str, filename: str) -> CodeType:
    """Return what Jinja makes of a source, which is the same for every sandbox."""
    return environment(lambda _drawing: "").compile(source, filename=filename)


def _evaluate(source: str, part: Part, values: dict[str, Any]) -> bytes:
    sandbox = environment(lambda drawing: _draw(drawing, part))
    try:
        return _compiled(source, part, sandbox).render(values).encode()
    except MemoryError as problem:
        raise UserError(_MEMORY(Where(cell=f"“{_place(problem, source)}”"))) from None
    except _FAILURES as problem:
        raise UserError(_FAILED(text=_place(problem, source), reason=str(problem))) from None


def _draw(drawing: Drawing, part: Part) -> str:
    return place_qr(drawing, part) if isinstance(drawing, QrCode) else place_chart(drawing, part)


def _place(problem: Exception, source: str) -> str:
    """Return the text of the paragraph in which a template failed."""
    steps = [
        step.lineno for step in traceback.extract_tb(problem.__traceback__) if step.filename.startswith("<template ")
    ]
    return _text_in(source, problem.lineno if isinstance(problem, TemplateSyntaxError) else steps[-1] if steps else 1)


def _text_in(source: str, line: int | None) -> str:
    return excerpt(re.sub(r"<[^>]*>", "", source.split("\n")[(line or 1) - 1]))


def _set_properties(document: Document, properties: Properties) -> None:
    core = document.core_properties
    texts = {
        "title": properties.title,
        "author": properties.author,
        "last_modified_by": properties.author,
        "subject": properties.subject,
        "identifier": properties.identifier,
        "language": _LANGUAGE_TAGS.get(properties.language, properties.language),
    }
    for name, text in texts.items():
        setattr(core, name, xml_text(text)[:_LONGEST_PROPERTY])
    core.version = properties.mark
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    core.revision = 1
