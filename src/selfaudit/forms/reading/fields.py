"""What reading any part of a form needs: texts, dates and lists by their names, and what there is to say about them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from selfaudit.base.clock import today
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, error, warning
from selfaudit.base.text import CONTROL, clean, shortened
from selfaudit.forms.keys import Known, Listing, Names, Path, word
from selfaudit.forms.reading.values import read_date
from selfaudit.model.base import LONGEST_TEXT
from selfaudit.model.form import Form

WANT_LIST = error(
    "form.want-list", N_("“{key}” must be a list"), N_("Begin each entry with “- ”, as in the issued form.")
)
WANT_TEXT = error("form.want-text", N_("“{key}” must be one text"), N_("Put the whole text in quotation marks."))
TOO_LONG = error("form.too-long", N_("the text has {length} characters, at most {limit} are kept"), N_("Shorten it."))
CONTROL_INSIDE = error(
    "form.control-inside", N_("“{key}” holds an invisible control character (U+{code})"), N_("Take it out.")
)
FUTURE = warning(
    "form.future-date", N_("{key}: “{value}” has not come yet"), N_("Write the day on which it was filled in.")
)
NO_DATE = warning(
    "form.no-date",
    N_("{key}: “{value}” is not a day of the calendar"),
    N_("Write year, month and day, such as 2023-11-05."),
)
LONGEST_QUOTE = 200
"""Characters of a text that cannot be read and is quoted instead."""

Lines = Mapping[str, Any]
"""What stands at one place of a form, by the form's own names."""


class Fields:
    """Reads the fields of one form; collects errors, gaps (values that cannot be read) and notes."""

    def __init__(self, form: Form, names: Names) -> None:
        """Take the form that was issued and the names used in the draft."""
        self.asked = form.questions
        self.gaps, self.notes = Listing(), Listing()
        self.errors = names.problems
        """Everything for which the file must be refused."""
        self.unread: set[tuple[object, ...]] = set()
        """Places whose value is quoted in a gap, so that nobody calls it missing as well."""
        self._names = names

    def refuse(self, kind: Kind, path: Path, /, **args: Any) -> None:
        """Add an error."""
        self._names.complain(self.errors, kind, path, **args)

    def remark(self, kind: Kind, path: Path, /, **args: Any) -> None:
        """Add a note."""
        self._names.complain(self.notes, kind, path, **args)

    def ask_back(self, kind: Kind, path: Path, value: str, unread: tuple[object, ...], /, **args: Any) -> None:
        """Add a gap that quotes a value that cannot be read; what it would say counts as not said."""
        self._names.complain(self.gaps, kind, path, value=quote(value), **args)
        self.unread.add(unread)

    def lines(self, data: Any, path: Path, known: Known) -> Lines:
        """Return what stands at a place by the form's own names."""
        return self._names.lines(data, path, known)

    def entries(self, data: Any, path: Path) -> list[Any]:
        """Return the entries of a list."""
        if not data:
            return []
        if isinstance(data, list):
            return data
        self.refuse(WANT_LIST, path, key=path[-1])
        return []

    def text(self, lines: Lines, path: Path, key: str) -> str:
        """Return a text in its canonical form."""
        value = lines.get(key, "")
        if not value:
            return ""
        if value.__class__ is not str:
            self.refuse(WANT_TEXT, (*path, key), key=word(key))
            return ""
        text = clean(value)
        if text.isprintable() and len(text) <= LONGEST_TEXT:
            return text
        if len(text) > LONGEST_TEXT:
            self.refuse(TOO_LONG, (*path, key), length=len(text), limit=LONGEST_TEXT)
        if found := CONTROL.search(text):
            self.refuse(CONTROL_INSIDE, (*path, key), key=word(key), code=f"{ord(found[0]):04X}")
        return text

    def texts(self, data: Any, path: Path, known: Known) -> dict[str, str]:
        """Return every text at a place that is not empty."""
        lines = self.lines(data, path, known)
        return {key: text for key in lines if (text := self.text(lines, path, key))}

    def day(self, lines: Lines, path: Path, key: str, unread: tuple[object, ...], *, with_time: bool = False) -> str:
        """Return a date, empty if there is none or it cannot be read."""
        text = self.text(lines, path, key)
        made = read_date(text, with_time=with_time) if text else ""
        if made is None:
            self.ask_back(NO_DATE, (*path, key), text, unread, key=word(key))
        elif made and key == "filled_on" and made[:10] > (today() + timedelta(days=1)).isoformat():
            # it would outrank every later correction
            self.ask_back(FUTURE, (*path, key), text, unread, key=word(key))
            return ""
        return made or ""


def quote(text: str) -> str:
    """Return as much of a text as a message can hold."""
    return shortened(text, LONGEST_QUOTE)
