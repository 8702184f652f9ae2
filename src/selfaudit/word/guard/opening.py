"""Opens a template: nothing is unpacked that is too large or no Word document, and nothing is used that is unsafe."""

import zipfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, UserError, error, errors
from selfaudit.files.kinds import DOC, DOCX, LOCKED, ODT, OLD_OFFICE, RTF, ZIP, kind_of
from selfaudit.word.guard.fields import field_problems
from selfaudit.word.guard.loading import loading_problems, relation_problems
from selfaudit.word.guard.parts import part_problems
from selfaudit.word.guard.review import change_problems, comment_problems, forget_review
from selfaudit.word.guard.structure import read_parts, structure_problems

_SAVE = N_("Open it in Word or WPS and save it as “Word document (*.docx)”.")
_UNREADABLE = error("template.unreadable", N_("the template is not a Word document, or it is damaged"), _SAVE)
_OTHER_KIND = error("template.other-kind", N_("the template is no Word document (*.docx) but {kind}"), _SAVE)
_LOCKED = error(
    "template.locked",
    N_("the template is locked with a password"),
    N_("Remove the password (File > Info > Protect Document > Encrypt with Password) and save it again."),
)
_LARGE = error(
    "template.large",
    N_("the template is too large: {size} MB unpacked (at most {most}) in {count} parts (at most {parts})"),
    N_("Make its pictures smaller, or leave out embedded fonts."),
)

MOST_BYTES, MOST_PARTS = 50_000_000, 1_000
"""What a template may have when it is unpacked: the shipped ones have a hundred kilobytes in fifteen parts."""
_MB = 1_000_000

_OTHER_TEXTS = {
    **dict.fromkeys((DOC, OLD_OFFICE), N_("a document of an old Word or of WPS (*.doc, *.wps)")),
    RTF: N_("a rich text (*.rtf)"),
    ODT: N_("an OpenDocument text (*.odt)"),
}
_MAINS = (
    (b"document.macroEnabled.main+xml", N_("a Word document with macros (*.docm)")),
    (b"template.macroEnabledTemplate.main+xml", N_("a Word template with macros (*.dotm)")),
    (b"wordprocessingml.template.main+xml", N_("a Word template (*.dotx)")),
)
"""Content types of main documents that are of another kind than a Word document."""
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_STRICT, _IS_STRICT = b"http://purl.oclc.org/ooxml/", N_("a Strict Open XML document")
_DAMAGE = (
    PackageNotFoundError, zipfile.BadZipFile, NotImplementedError, RuntimeError, LookupError, ValueError,
    AttributeError, TypeError, OSError, EOFError, etree.LxmlError,
)  # fmt: skip


def open_template(template: bytes | Path) -> Document:
    """Open a template; raise ``UserError`` with everything that makes it unfit for use."""
    data = bytes_of(template)
    document = read_template(data)
    if problems := errors(unsafe(data)):
        raise UserError(problems)
    forget_review(document)
    return document


def bytes_of(template: bytes | Path) -> bytes:
    """Return a template as bytes; raise ``UserError`` if it is too large."""
    if isinstance(template, bytes):
        return template
    if (size := template.stat().st_size) > MOST_BYTES:
        raise UserError(_large(size, 1))
    return template.read_bytes()


def _large(size: int, count: int) -> Problem:
    return _LARGE(size=-(-size // _MB), most=MOST_BYTES // _MB, count=count, parts=MOST_PARTS)


def read_template(data: bytes) -> Document:
    """Open a template that may contain anything; raise ``UserError`` if it is no Word document."""
    try:
        if problem := _unfit(data):
            raise UserError(problem)
        return docx.Document(BytesIO(data))
    except _DAMAGE:
        raise UserError(_UNREADABLE()) from None


@lru_cache(maxsize=1)  # many documents are made with one template
def unsafe(data: bytes) -> tuple[Problem, ...]:
    """Return what is in a template that runs, loads something or was not meant for readers; errors forbid its use."""
    document = read_template(data)
    package = document.part.package
    try:
        if wrong := list(structure_problems(package)):
            # nothing that goes by relations can be trusted
            raise UserError(wrong)
        roots = list(read_parts(package))
    except etree.LxmlError:
        raise UserError(_UNREADABLE()) from None
    found = [*part_problems(document), *relation_problems(document), *comment_problems(document)]
    for part, root in roots:
        found += [*code_problems(part, root), *change_problems(root)]
    return tuple(found)


def code_problems(part: Part, root: Any) -> list[Problem]:
    """Return what is wrong with the fields in the text of a part and with what it loads."""
    return [*field_problems(root), *loading_problems(part, root)]


def _unfit(data: bytes) -> Problem | None:
    """Return why something is not even opened."""
    kind = kind_of(data)
    if kind == LOCKED:
        return _LOCKED()
    if kind in _OTHER_TEXTS:
        return _OTHER_KIND(kind=Term(_OTHER_TEXTS[kind]))
    if not zipfile.is_zipfile(BytesIO(data)):
        return _OTHER_KIND(kind=Term(kind.family)) if kind and kind not in {ZIP, DOCX} else _UNREADABLE()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sizes = {member.filename: member.file_size for member in archive.infolist()}
        size, count = sum(sizes.values()), len(archive.infolist())
        if size > MOST_BYTES or count > MOST_PARTS:
            return _large(size, count)
        if _TYPES not in sizes:
            return _OTHER_KIND(kind=Term(kind.family)) if kind else _UNREADABLE()
        types = archive.read(_TYPES)
        if _STRICT in archive.read(_RELATIONS):
            return _OTHER_KIND(kind=Term(_IS_STRICT))
    return next((_OTHER_KIND(kind=Term(words)) for main, words in _MAINS if main in types), None)
