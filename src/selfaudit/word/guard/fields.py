"""Field codes: Word works them out when a document is opened, and some load files or start programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.word.guard.links import is_harmless
from selfaudit.word.guard.places import place_of
from selfaudit.word.package import excerpt

ALLOWED = (
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC", "TC", "INDEX", "XE", "REF", "PAGEREF", "NOTEREF", "STYLEREF",
    "SEQ", "HYPERLINK", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS",
    "COMMENTS", "LASTSAVEDBY", "DOCPROPERTY", "FILENAME", "NUMWORDS", "NUMCHARS", "REVNUM", "=", "IF", "QUOTE",
    "SYMBOL", "EQ", "ADVANCE", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "FORMTEXT", "FORMCHECKBOX",
    "FORMDROPDOWN", "CITATION", "BIBLIOGRAPHY", "SHAPE",
)  # fmt: skip
"""The fields that only number, repeat, refer or compute; every other one is refused."""

_FIELD = error(
    "template.field-code",
    N_("the field {{ {code} }} is not allowed in a template: it may load files, start programs or ask questions"),
    N_("Click into it and press Ctrl+Shift+F9 to make text of it, or delete it. Allowed: {allowed}."),
)
_LINK = error(
    "template.field-link",
    N_("the field {{ {code} }} leads to something other than a web page, a mail address or a place in the document"),
    N_("Remove the link: Insert > Link > Remove Link."),
)
_TAG = error(
    "template.field-tag",
    N_("there is a template tag in the code of the field {{ {code} }}, so answers would become part of the code"),
    N_("Put the tag into the text beside the field."),
)

_SIMPLE, _MARK, _CODE = "fldSimple", "fldChar", "instrText"
_NESTED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a field inside the code of another one."""
_NAME = re.compile(r"\s*(=|[^\s\\\"]*)")
_WORDS = re.compile(r'"[^"]*"?|[^\s"]+')
_SWITCH = re.compile(r"\\([a-z*@#!])", re.IGNORECASE)
_WITH_ARGUMENT = ("l", "o", "t", "s")
_TAGS = ("{{", "{%", "{#", "}}", "%}")


@dataclass(slots=True)
class _Field:
    """A field of which the end has not been seen."""

    element: Any
    code: list[str] = field(default_factory=list)
    in_code: bool = True


def field_problems(root: Any) -> Iterator[Problem]:
    """Yield every field of a part that is not allowed, wherever it is and into how many pieces its code is split."""
    for element, code in _codes(root):
        if kind := _fault(code):
            where = Where(cell=place_of(element))
            shown = excerpt(code.replace(_NESTED, "{…}"))
            yield kind(where, code=shown, allowed=list(ALLOWED))


def _codes(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield every field: the element in which it begins, and its code without that of fields inside the code."""
    open_fields: list[_Field] = []
    # of any version of the format
    for node in root.iter(*(f"{{*}}{name}" for name in (_SIMPLE, _MARK, _CODE))):
        name = etree.QName(node).localname
        innermost = open_fields[-1] if open_fields else None
        if name == _SIMPLE:
            yield node, _attribute(node, "instr")
        elif name == _CODE:
            if innermost and innermost.in_code:
                innermost.code.append(node.text or "")
            else:
                yield node, node.text or ""
        elif (step := _attribute(node, "fldCharType")) == "begin":
            if innermost and innermost.in_code:
                innermost.code.append(_NESTED)
            open_fields.append(_Field(node))
        elif innermost and step == "separate":
            innermost.in_code = False
        elif innermost:
            open_fields.pop()
            yield innermost.element, "".join(innermost.code)
    for left in open_fields:
        yield left.element, "".join(left.code)


def _attribute(node: Any, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if etree.QName(key).localname == name), "")


def _fault(code: str) -> Any:
    """Return the kind of what is wrong with a code, or nothing."""
    if any(tag in code for tag in _TAGS):
        return _TAG
    found = _NAME.match(code)
    name = found[1].upper() if found else ""
    if code.strip() and name not in ALLOWED:
        return _FIELD
    if name == "HYPERLINK" and not all(is_harmless(target) for target in _targets(code)):
        return _LINK
    return None


def _targets(code: str) -> Iterator[str]:
    """Yield what a HYPERLINK leads to; the arguments of its switches are names and texts."""
    is_argument = False
    for word in _WORDS.findall(code)[1:]:
        switch = _SWITCH.fullmatch(word)
        if not switch and not is_argument:
            yield word.strip('"')
        is_argument = switch is not None and switch[1].lower() in _WITH_ARGUMENT
