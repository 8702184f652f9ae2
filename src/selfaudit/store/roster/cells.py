"""What a cell says: turns the value of a cell into the text that was meant, or says why that cannot be known."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_
from selfaudit.base.names import name_key
from selfaudit.base.problems import Problem, Where, error, warning
from selfaudit.base.text import CONTROL, clean, narrow
from selfaudit.files.sheets import cells
from selfaudit.model.base import LONGEST_TEXT, Text
from selfaudit.model.formats import FormFormat
from selfaudit.model.kit.plan import UnitKind
from selfaudit.model.roster import Email, Key
from selfaudit.store.roster.sheet import FORMATS, KINDS, header_key

AS_NUMBER = error(
    "roster.as-number",
    N_("“{value}” is stored as a number in the workbook and may have lost digits"),
    N_("Set the format of the cell to text and type it again."),
)
AS_DATE = error(
    "roster.as-date",
    N_("the workbook has turned this text into a date or a true/false value: {value}"),
    N_("Set the format of the cell to text and type it again."),
)
BROKEN = error(
    "roster.broken-cell", N_("this cell shows an error such as #N/A"), N_("Type the text itself instead of a formula.")
)
CONTROL_CHARACTER = error(
    "roster.control-character", N_("“{value}” contains a character that cannot be printed"), N_("Type the text again.")
)
BAD_ID = error(
    "roster.bad-id",
    N_("“{value}” cannot be an id"),
    N_("Use at most 40 letters A-Z, digits and . _ - and begin with a letter or digit."),
)
UNCLEAR_LEFT = warning(
    "roster.unclear-left",
    N_("“{value}” is neither a day nor does it say whether the person has left; they count as still there"),
    N_("Write the day from which they are asked nothing, such as 2023-11-30, or leave the cell empty."),
)
TOO_LONG = error("roster.too-long", N_("this text has {count} characters"), N_("Shorten it to at most {limit}."))
BAD_EMAIL = error(
    "roster.bad-email", N_("“{value}” is not an e-mail address"), N_("Write one address, such as office@example.com.")
)
UNKNOWN_FORMAT = error("roster.unknown-format", N_("“{value}” is not a form format"), N_("Write one of: {known}."))
UNKNOWN_KIND = warning(
    "roster.unknown-kind",
    N_("“{value}” is none of the usual kinds of unit"),
    N_("Write one of: {known}. Any other must be among the kinds that the kit names."),
)

_KEY, _TEXT, _EMAIL = (TypeAdapter[str](kind) for kind in (Key, Text, Email))
_KIND_OF: dict[str, UnitKind] = {key: kind for kind, words in KINDS.items() for key in {*words.spellings(), kind}}
_FORMAT_OF: dict[str, FormFormat] = {k: name for name, words in FORMATS.items() for k in {*words.spellings(), name}}
_EXACT = 10**15
_SEPARATOR = re.compile(r"[、,;，；/／\n]+")
_BETWEEN_ROLES = re.compile(r"[、,;，；\n]+")
_LEFT = frozenset({"离职", "已离职", "离岗", "退休", "已退休", "调离", "辞职", "left", "resigned", "retired", "leaver"})
_THERE = frozenset({"在职", "在岗", "在册", "正式", "试用", "试用期", "实习", "返聘", "active", "employed", "present"})
_YES, _NO = frozenset({"是", "yes", "y", "true", "√"}), frozenset({"否", "no", "n", "false", "无", "×", "-"})
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# People spread short names with spaces and break long ones over lines; Chinese has no spaces inside a name.
_SPREAD = re.compile(r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])\s+(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])")


def text_of(value: Any, where: Where) -> str | Problem:
    """Return the text of a cell, lines kept: a whole number as it is written, never what Excel made out of a text."""
    shown = cells.text_of(value)
    if cells.shows_error(value):
        return BROKEN(where)
    if isinstance(value, float):
        return shown if value.is_integer() and abs(value) < _EXACT else AS_NUMBER(where, value=shown)
    if not isinstance(value, str):
        return AS_DATE(where, value=shown)
    text = clean(_INVISIBLE.sub("", shown))
    return CONTROL_CHARACTER(where, value=CONTROL.sub("\ufffd", text)) if CONTROL.search(text) else text


def as_name(text: str) -> str:
    """Return a name on one line, without the spaces that only spread it (``张　三``)."""
    return " ".join(_SPREAD.sub("", text).split())


def as_id(text: str, where: Where) -> str | Problem:
    """Return an id with full-width characters made half-width."""
    return narrow(text) if _fits(_KEY, narrow(text)) else BAD_ID(where, value=text)


def as_text(text: str, where: Where) -> str | Problem:
    """Return a name if it is not too long."""
    name = as_name(text)
    return name if _fits(_TEXT, name) else TOO_LONG(where, count=len(name), limit=f"{LONGEST_TEXT:,}")


def as_kind(text: str, own: Sequence[str]) -> str:
    """Return the kind of a unit for its name in either language; ``own`` are titles that a kit gives its kinds."""
    named = header_key(text) in map(header_key, own)
    return as_name(text) if named else _KIND_OF.get(header_key(text)) or as_name(text)


def unusual(kind: str, own: Sequence[str], where: Where) -> list[Problem]:
    """Return what there is to say about a kind that nobody knows but perhaps another kit."""
    known = [*own, *(word for words in KINDS.values() for word in (words.zh, words.en))]
    return [] if kind in KINDS or kind in own else [UNKNOWN_KIND(where, value=kind, known=known)]


def several(text: str) -> list[str]:
    """Return the parts of a cell that lists several, each once."""
    return [name for name in dict.fromkeys(map(as_name, _SEPARATOR.split(text))) if name]


def roles_of(text: str) -> list[str]:
    """Return the roles named in a cell; a title may have a slash in it."""
    return [name for name in dict.fromkeys(map(as_name, _BETWEEN_ROLES.split(narrow(text)))) if name]


def as_left(value: Any, header: str, day_0: date, where: Where) -> str | Problem:
    """Return the day from which a person is there no more, ``yes`` if only that is said, or an empty text.

    ``header`` is the name of the column: under one that asks who is still there, no means the same as yes elsewhere.
    """
    text = narrow(cells.text_of(value))
    if day := read_date(cells.day_of(text, day_0)):
        return day
    word, still_there = name_key(text), "在" in header and "离" not in header
    if word in _LEFT or word in (_NO if still_there else _YES):
        return "yes"
    if not word or word in _THERE or word in (_YES if still_there else _NO):
        return ""
    return UNCLEAR_LEFT(where, value=text)


def as_email(text: str, where: Where) -> str | Problem:
    """Return a mail address, full-width characters made half-width."""
    return narrow(text) if _fits(_EMAIL, narrow(text)) else BAD_EMAIL(where, value=text)


def as_formats(text: str, where: Where) -> tuple[list[FormFormat], list[Problem]]:
    """Return the formats named in a cell, in either language, and a problem for each word that names none."""
    words = several(text)
    known = {word: _FORMAT_OF.get(header_key(word)) for word in words}
    bad = [UNKNOWN_FORMAT(where, value=word, known=list(FORMATS)) for word in words if not known[word]]
    return list(dict.fromkeys(filter(None, known.values()))), bad


def _fits(adapter: TypeAdapter[str], text: str) -> bool:
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True
