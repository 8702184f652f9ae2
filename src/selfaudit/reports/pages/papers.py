"""Pages with pictures for the person who looks at paper: pages assigned to nobody, and sheets nobody has judged yet.

The first is complete in itself, so that it can be sent; the second, which may be long, shows pictures beside it.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from selfaudit.base.i18n import console_language
from selfaudit.base.pages import render_page
from selfaudit.base.problems import Problem


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page to look at: the file in which it came, its number, why it is open, and its picture.

    ``command`` is what to type to file it, empty if it cannot be filed, ``dismiss`` what to type if it is no sheet.
    """

    file: str
    number: int
    reason: Problem
    command: str
    dismiss: str
    picture: bytes

    @property
    def address(self) -> str:
        """The picture as an address that needs no other file."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.picture).decode()}"


@dataclass(frozen=True, slots=True)
class UnseenSheet:
    """A signed sheet to look at: whose it is, where it is filed, what to type, and where its pictures are.

    The address and the pictures are relative to the page.
    """

    name: str
    unit: str
    file: str
    address: str
    confirm: str
    refuse: str
    pictures: tuple[str, ...]


def open_pages_page(title: str, pages: Sequence[OpenPage]) -> str:
    """Return the page of what is filed under nobody, in the language of the console."""
    return render_page("selfaudit.reports.pages", "unreadable.html", console_language(), title=title, pages=pages)


def unseen_sheets_page(title: str, sheets: Sequence[UnseenSheet]) -> str:
    """Return the page of what nobody has judged yet, in the language of the console."""
    return render_page("selfaudit.reports.pages", "to-confirm.html", console_language(), title=title, sheets=sheets)
