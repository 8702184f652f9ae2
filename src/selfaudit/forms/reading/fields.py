"""A place of a form while it is read: its texts, dates and lists by their names, and what there is to say of them."""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import timedelta
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.dates import read_date
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, error
from selfaudit.base.text import CONTROL, clean, shortened
from selfaudit.files.sheets.cells import shows_error
from selfaudit.forms.keys import Known, Listing, Names, Path, word
from selfaudit.model.base import LONGEST_TEXT
from selfaudit.model.form.form import Form, Questions
from selfaudit.model.kept import ERROR_VALUE, FUTURE, NO_DATE, PICTURE_VALUE

WANT_LIST = error(
    "form.want-list", N_("“{key}” must be a list"), N_("Begin each entry with “- ”, as in the issued form.")
)
WANT_TEXT = error("form.want-text", N_("“{key}” must be a single text"), N_("Put the whole text in quotation marks."))
TOO_LONG = error("form.too-long", N_("the text has {length} characters, at most {limit} are kept"), N_("Shorten it."))
CONTROL_INSIDE = error(
    "form.control-inside", N_("“{key}” contains an invisible control character (U+{code})"), N_("Remove it.")
)
_NO_TEXT = ("#", "=", "E", "错")
_EMBEDDED = re.compile(r"=(?:_xlfn\.)?(?:DISPIMG|EMBED|IMAGE)\(", re.IGNORECASE)
"""The formulas by which a spreadsheet shows a picture or another program's object in a cell."""
_DONE = ("filled_on", "corrected_on")
"""The days on which something was done."""
LONGEST_QUOTE = 200
"""Characters of a text that cannot be read and is quoted instead."""

Lines = Mapping[str, Any]
"""What is written at one place of a form, by the form's own names."""


class Told:
    """Everything that there is to say about one form, beside its content."""

    def __init__(self, form: Form, names: Names) -> None:
        """Take the form that was issued and the names used in the draft."""
        self.asked = form.questions
        self.names = names
        self.errors = names.problems
        """Everything for which the file must be refused."""
        self.gaps, self.notes = Listing(), Listing()
        """Values that cannot be read, and what is reported once."""
        self.unread: set[Path] = set()
        """Places whose value is quoted in a gap, so that nobody calls it missing as well."""


class At:
    """One place of a form while it is read: its lines, the way to it, and where to report.

    Keys are those of its lines. Anything wrong there is reported with its place, and reads as if nothing were said.
    """

    __slots__ = ("lines", "path", "told")

    def __init__(self, told: Told, lines: Lines, path: Path = ()) -> None:
        """Take where to report, the lines of the place and the way to it."""
        self.told, self.lines, self.path = told, lines, path

    @property
    def asked(self) -> Questions:
        """What the form asks."""
        return self.told.asked

    def child(self, key: str, known: Known) -> "At":
        """Go to the lines below a key; ``known`` are the names that have a meaning there."""
        path = (*self.path, key)
        return At(self.told, self.told.names.lines(self.lines.get(key), path, known), path)

    def entries(self, key: str, known: Known, most: int | None = None) -> Iterator["At"]:
        """Go through the entries of a list, of at most so many."""
        value = self.lines.get(key)
        if value and not isinstance(value, list):
            self.refuse(WANT_LIST, key, key=key)
            return
        told, read = self.told, self.told.names.lines
        for n, entry in enumerate((value or ())[:most]):
            path = (*self.path, key, n)
            yield At(told, read(entry, path, known), path)

    def count(self, key: str) -> int:
        """Return how many entries a list has."""
        value = self.lines.get(key)
        return len(value) if isinstance(value, list) else 0

    def text(self, key: str, unread: Path = ()) -> str:
        """Return a text in its canonical form; ``unread`` is as for ``ask_back``."""
        value = self.lines.get(key, "")
        if not value:
            return ""
        if value.__class__ is not str:
            self.refuse(WANT_TEXT, key, key=word(key))
            return ""
        text = clean(value)
        if text[:1] in _NO_TEXT and (kind := _no_text(text)):
            self.ask_back(kind, key, text, unread=unread, key=word(key))
            return ""
        if text.isprintable() and len(text) <= LONGEST_TEXT:
            return text
        if len(text) > LONGEST_TEXT:
            self.refuse(TOO_LONG, key, length=len(text), limit=LONGEST_TEXT)
        if found := CONTROL.search(text):
            self.refuse(CONTROL_INSIDE, key, key=word(key), code=f"{ord(found[0]):04X}")
        return text

    def exact(self, key: str, words: Container[str]) -> str | None:
        """Return a text if it is one of these words letter by letter, as most are; None to have it read."""
        value = self.lines.get(key, "")
        return value if value.__class__ is str and value in words else None

    def texts(self, key: str, known: Known) -> dict[str, str]:
        """Return every text below a key that is not empty."""
        below = self.child(key, known)
        return {name: text for name in below.lines if (text := below.text(name))}

    def day(self, key: str, *, with_time: bool = False) -> str:
        """Return a date, empty if there is none or it cannot be read."""
        text = self.text(key)
        made = read_date(text, with_time=with_time) if text else ""
        if made is None:
            self.ask_back(NO_DATE, key, text, key=word(key))
        elif made and key in _DONE and made[:10] > (today() + timedelta(days=1)).isoformat():
            # it would outrank every later correction
            self.ask_back(FUTURE, key, text, key=word(key))
            return ""
        return made or ""

    def refuse(self, kind: Kind, where: str = "", /, **args: Any) -> None:
        """Report why the file must be refused, at a key or for the place itself."""
        self._tell(self.told.errors, kind, where, args)

    def remark(self, kind: Kind, where: str = "", /, **args: Any) -> None:
        """Report something that changes nothing."""
        self._tell(self.told.notes, kind, where, args)

    def ask_back(self, kind: Kind, where: str, value: str, /, unread: Path = (), **args: Any) -> None:
        """Quote a value that cannot be read; what it would say counts as not said, and not as missing either.

        ``unread`` is the place for those who list what is missing, where they do not know it by this one.
        """
        self._tell(self.told.gaps, kind, where, {**args, "value": quote(value)})
        self.told.unread.add(unread or (*self.path, where))

    def _tell(self, listing: Listing, kind: Kind, where: str, args: Mapping[str, Any]) -> None:
        self.told.names.complain(listing, kind, (*self.path, where) if where else self.path, **args)


def _no_text(text: str) -> Kind | None:
    """Return what is to be said of a text that a spreadsheet shows where it has none."""
    if shows_error(text):
        return ERROR_VALUE
    return PICTURE_VALUE if _EMBEDDED.match(text) else None


def quote(text: str) -> str:
    """Return as much of a text as a message has room for."""
    return shortened(text, LONGEST_QUOTE)
