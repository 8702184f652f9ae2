"""The page by which somebody hands out the forms of a unit: self-contained, no script, nothing loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from selfaudit.base.pages import render_page


@dataclass(frozen=True, slots=True)
class Entry:
    """One respondent: the roles asked, by when, the names of the files and the note that goes with them.

    ``replaces`` says that another form was issued before.
    """

    name: str
    roles: Sequence[str]
    due: date
    files: tuple[str, ...]
    note: str
    replaces: bool = False


def outbox_page(unit: str, title: str, language: str, entries: Sequence[Entry]) -> str:
    """Return the page, in the language of the campaign."""
    told = {"unit": unit, "title": title, "entries": entries, "link": quote}
    return render_page("selfaudit.reports.pages", "outbox.html", language, **told)
