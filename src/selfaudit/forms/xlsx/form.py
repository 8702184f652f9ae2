"""The Excel form: one workbook, for those who answer on a telephone or have always filled in tables."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, Where, error, note, warning
from selfaudit.files.sheets.workbook import is_workbook, open_workbook
from selfaudit.forms.format import Format
from selfaudit.forms.reading.fields import quote
from selfaudit.forms.reading.reader import Draft
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.book import Template
from selfaudit.forms.xlsx.reading.book import Book, read_book
from selfaudit.forms.xlsx.reading.cells import Cell
from selfaudit.forms.xlsx.write import build
from selfaudit.model.form.form import Form
from selfaudit.model.form.rounds import ROUNDS
from selfaudit.model.kept import MORE

NOT_OURS = error(
    "workbook.not-a-form",
    N_("this workbook is not a selfaudit form"),
    N_("Ask for the issued form itself, filled in; the file name does not matter."),
)
NO_SHEET = error(
    "workbook.no-sheet",
    N_("the sheet “{sheet}” is missing"),
    N_("Ask for the whole workbook, with all of its sheets."),
)
BESIDE = warning(
    "workbook.beside",
    N_("“{text}” is written where nothing is read"),
    N_("Write it after an answer, in the columns for findings, or in an unlocked cell."),
)
LOST_ZERO = note(
    "workbook.lost-zero",
    N_("{found} was typed as a number, so it may have been {other}; it was read as {found}"),
    N_("Choose the item from the list, or set the cell to text and type it again."),
)
LOST_DIGITS = note(
    "workbook.lost-digits",
    N_("{found} was typed as a number, so its last digits are lost"),
    N_("Set the cell to text and type it again."),
)
_TOLD = 20
"""Texts beside the form that are quoted; for more it is said that there are more."""


def write(form: Form, content: Mapping[str, Any] | None = None) -> bytes:
    """Return the workbook: as it is issued, every answer unchecked, or filled in with a canonical content."""
    template = _issued(form) if content is None else build(form.questions, form.return_to, content)
    return template.stamp.filled(_words(form))


def _words(form: Form) -> dict[str, str]:
    return {"passport": form.passport, "respondent": form.respondent.printed}


_made: dict[tuple[str, str], Template] = {}


def _issued(form: Form) -> Template:
    """Return the empty workbook of all who are asked the same."""
    # ten thousand respondents share a few sets of questions
    key = form.questions.edition, form.return_to
    if key not in _made:
        _made[key] = build(form.questions, form.return_to, {})
    return _made[key]


def read(data: bytes, file: str) -> Draft:
    """Return what a workbook says, with everything that keeps it from being read."""
    opened = open_workbook(data, file)
    if not opened.grids:
        return Draft(None, lambda *_, **__: Where(file), opened.problems or [NOT_OURS(Where(file))])
    book = read_book(file, opened.grids)
    if not any(map(book.holds, ("passport", "items", "findings"))):
        return Draft(None, lambda *_, **__: Where(file), [NOT_OURS(Where(file))])
    problems = opened.problems + book.problems + list(_missing(book, file))
    # what was cut off a workbook is recognised by its sheets
    draft = {"declaration": "", **book.data}
    return Draft(draft, book.where, problems, lambda form: list(_overlooked(book, form)))


def _missing(book: Book, file: str) -> Iterator[Problem]:
    sheets = {"items": layout.ITEMS.title, "facts": layout.FACTS, "findings": layout.FINDINGS.title}
    for what, title in sheets.items():
        if not book.holds(what) and not (what == "items" and book.data.get(layout.ROUND) in ROUNDS):
            yield NO_SHEET(Where(file), sheet=Term(title))


def _overlooked(book: Book, form: Form) -> Iterator[Problem]:
    """Report texts where nothing is read, and numbers that may have been different."""
    for cell, found in book.numbers:
        others = [item for item in form.questions.item_of if item.rstrip("0") == found and item != found]
        if others:
            yield LOST_ZERO(book.place(cell), found=found, other=others)
    for cell, found in islice(book.long_numbers(), _TOLD):
        yield LOST_DIGITS(book.place(cell), found=quote(found))
    beside = list(_beside(book, form))
    for cell, text in beside[:_TOLD]:
        yield BESIDE(book.place(cell), text=quote(text))
    if len(beside) > _TOLD:
        yield MORE(book.where(), count=len(beside) - _TOLD)


def _beside(book: Book, form: Form) -> Iterator[tuple[Cell, str]]:
    """Yield every text that is neither read nor printed at that place in the issued form."""
    template, words = _issued(form), {word: f"{{{name}}}" for name, word in _words(form).items()}
    own = re.compile("|".join(map(re.escape, words)))
    # another version may have printed other words
    marks = template.marks | book.marks
    for cell, places, text in book.beside(template.texts):
        plain = own.sub(lambda word: words[word[0]], text)
        if not any(layout.mark(place, said) in marks for place in places for said in (plain, text)):
            yield cell, text


FORMAT = Format(
    "xlsx",
    ".xlsx",
    write,
    is_workbook,
    read,
    N_("Excel form (.xlsx): open it with Excel or WPS, fill in the unlocked cells, save it and send the file back."),
    compressed=True,
)
