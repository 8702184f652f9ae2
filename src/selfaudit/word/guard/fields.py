"""Field codes: Word works them out when a document is opened, and some load files or start programs."""

import re
from collections.abc import Iterator
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.word.guard.codes import NESTED, codes
from selfaudit.word.guard.links import is_harmless
from selfaudit.word.guard.places import Places
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

_HIDDEN = error(
    "template.field-hidden",
    N_("there is a field that is not put together as a word processor does it, so that its code may be another one"),
    N_("Delete the field and insert it again."),
)
_PATH = error(
    "template.field-path",
    N_("the field {{ {code} }} prints the folder on the computer where the document is opened"),
    N_("Take “\\p” out of it: then it prints the name of the file alone."),
)

_NAME = re.compile(r"\s*(=|[^\s\\\"]*)")
_WORDS = re.compile(r'"[^"]*"?|[^\s"]+')
_SWITCH = re.compile(r"\\([a-z*@#!])", re.IGNORECASE)
_FOLDER = re.compile(r"\\p", re.IGNORECASE)
_WITH_ARGUMENT = ("l", "o", "t")
_NEVER = re.compile(r"(?<!\w)(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|HTMLACTIVEX)(?!\w)", re.IGNORECASE)
"""Names of fields that are no words of a language: nowhere in a code, should a reader see less of it than is here."""
_TAGS = ("{{", "{%", "{#", "}}", "%}")


def field_problems(root: Any) -> Iterator[Problem]:
    """Yield every field of a part that is not allowed, wherever it is and into how many pieces its code is split."""
    places = Places(root)
    for element, code in codes(root):
        if kind := _HIDDEN if code is None else _fault(code):
            shown = excerpt((code or "").replace(NESTED, "{…}"))
            yield kind(Where(cell=places.of(element)), code=shown, allowed=list(ALLOWED))


def _fault(code: str) -> Any:
    """Return the kind of what is wrong with a code, or nothing."""
    if any(tag in code for tag in _TAGS):
        return _TAG
    found = _NAME.match(code)
    name = found[1].upper() if found else ""
    if code.strip() and (name not in ALLOWED or _NEVER.search(code)):
        return _FIELD
    if name == "HYPERLINK" and not all(is_harmless(target) for target in _targets(code)):
        return _LINK
    return _PATH if name == "FILENAME" and _FOLDER.search(code) else None


def _targets(code: str) -> Iterator[str]:
    """Yield what a HYPERLINK leads to; the arguments of its switches are names and texts."""
    is_argument = False
    for word in _WORDS.findall(code)[1:]:
        switch = _SWITCH.fullmatch(word)
        if not switch and not is_argument:
            yield word.strip('"')
        is_argument = switch is not None and switch[1].lower() in _WITH_ARGUMENT
