"""The two sheets of the form's workbook with a fact a line: instructions at its beginning, declaration at its end."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.files.sheets.cells import cell_name
from selfaudit.files.sheets.heights import height
from selfaudit.forms.reading.sections import AGREE
from selfaudit.forms.xlsx import layout
from selfaudit.forms.xlsx.book import TITLE_ROW, WHO_ROW, Book
from selfaudit.forms.yaml import AGAIN, AGAIN_MARK, FILLED_ON
from selfaudit.model.base import LONGEST_TEXT
from selfaudit.model.form.answers import WORDS, Answer
from selfaudit.model.form.form import Questions
from selfaudit.model.form.rounds import RoundId

HOW_TO = N_("How to fill it in")
STEPS = (
    N_("Sheet “{items}”: choose an answer in each row: {words}. Leave what nobody checked at “{unchecked}”."),
    N_("“{not_applicable}” needs its reason in the column “{note}”."),
    N_("“{problem}” needs a row in the sheet “{findings}”: one problem a row, further rows may be added below."),
    N_("Sheet “{facts}”: fill in the numbers, accept the declaration, and enter who filled in the form, and when."),
    N_("Only the cells to fill in are unlocked. You may filter, insert rows and change widths; nothing is lost."),
    N_(
        "Files that show something: write their names into the column “{files}”, and send the workbook and the files"
        " together, in one zip."
    ),
    N_("Comments, pictures and text boxes are not read. Write in the cells; each takes up to {most} characters."),
    N_("Save it as an Excel workbook (.xlsx) and send it back. The name of the file does not matter."),
)
_SIGN = N_("Sheet “{facts}”: accept the declaration, and enter who filled in the form, and when.")
ROUND_STEPS: dict[RoundId, tuple[str, ...]] = {
    "corrections": (
        N_("Sheet “{findings}”: each row is a finding that you are responsible for; what was reported is locked."),
        N_("Write in the open columns what is done about it. What you leave empty stays as it is in the register."),
        _SIGN,
        *STEPS[4:],
    ),
    "confirmations": (
        N_("Sheet “{findings}”: each row is a file that you read first; what its review found is locked."),
        N_("Choose in each row whether you agree; if you do not, write the reason beside it."),
        _SIGN,
        STEPS[4],
        *STEPS[6:],
    ),
}
"""How to fill in a form of each round."""
COLOURS = N_("What the colours mean")
OPEN, WRONG, LACKING = (
    N_("not answered yet"),
    N_("a problem was found: describe it in the sheet “{findings}”"),
    N_("does not apply: the reason is missing"),
)
NUMBERS_HELP = N_("digits only; 0 if there are none")
NAME_HELP = N_("name of the person who filled in this form")
CLUES_HELP = N_("leave it empty if there are none")
DECLARED = N_("Text of the declaration")
DECLARE = N_("Declaration and signature")
DECLARE_HELP = N_("choose “{word}” to accept the declaration")
_LABEL, _VALUE, _HELP = 34, 66, 36
_NARROW, _WIDE = 20, 110
_SHORT, _LONG = 1.5, 4.0
"""Lines that a short and a long answer have room for."""


def offered(asked: Questions) -> list[str]:
    """Return the words of all answers, in the order in which they are offered."""
    said = WORDS[asked.language]
    return [said[a] for a in (Answer.CONFORM, Answer.PROBLEM, Answer.NOT_APPLICABLE, Answer.UNCHECKED)]


def write_instructions(book: Book, asked: Questions, return_to: str) -> None:
    """Write whose form it is and how to fill it in."""
    _, page = book._, _sheet(book, layout.INSTRUCTIONS, (_NARROW, _WIDE))
    facts = [
        ("campaign", layout.CAMPAIGN, asked.title),
        ("respondent", layout.ISSUED_TO, book.slots["respondent"]),
        ("", layout.DUE, asked.due.isoformat()),
        ("passport", layout.PASSPORT, book.slots["passport"]),
    ]
    if return_to:
        facts.append(("", layout.RETURN_TO, return_to))
    for row, (key, label, value) in enumerate(facts, WHO_ROW + 2):
        page.set_row(row, height([(value, _WIDE)], _SHORT))
        book.put(page, row, 0, key, book.machine)
        book.put(page, row, 1, _(label), book.label)
        book.put(page, row, 2, value, book.label)
    names = _names(asked, _)
    steps = ROUND_STEPS[asked.round] if asked.given else (AGAIN, *STEPS) if asked.again else STEPS
    row = _steps(book, page, WHO_ROW + len(facts) + 3, names, steps)
    page.activate()
    if asked.given:
        page.print_area(TITLE_ROW, 1, row - 1, 2)
        return
    colours = ((book.open, OPEN), (book.wrong, WRONG), (book.lacking, LACKING))
    first = _heading(book, page, row + 1, COLOURS)
    for row, (style, text) in enumerate(colours, first):
        # as in the sheet itself, where an empty cell has no colour of its own
        page.conditional_format(row, 1, row, 1, {"type": "blanks", "format": style})
        page.set_row(row, 18)
        book.put(page, row, 1, "", book.asked)
        book.put(page, row, 2, _(text).format(**names), book.plain)
    page.print_area(TITLE_ROW, 1, first + len(colours) - 1, 2)


def _steps(book: Book, page: Any, row: int, names: Mapping[str, str], steps: Sequence[str]) -> int:
    row = _heading(book, page, row, HOW_TO)
    for n, step in enumerate(steps, 1):
        text = book._(step).format(**names)
        page.set_row(row, height([(text, _WIDE)], 1.2))
        book.put(page, row, 1, f"{n}.", book.step)
        book.put(page, row, 2, text, book.plain)
        row += 1
    return row


def _names(asked: Questions, _: Callable[[str], str]) -> dict[str, str]:
    """Return what the instructions call things."""
    answers = {str(answer): word for answer, word in WORDS[asked.language].items()}
    sheets = {"items": layout.ITEMS.title, "findings": layout.findings_table(asked).title, "facts": layout.FACTS}
    titles = {key: _(title) for key, title in sheets.items()}
    return (
        answers
        | titles
        | {
            "note": _("Note"),
            "files": _("Evidence files"),
            "words": " / ".join(offered(asked)[:3]),
            "most": f"{LONGEST_TEXT:,}",
        }
    )


def _sheet(book: Book, title: str, widths: tuple[float, ...]) -> Any:
    """Add a sheet with a fact a line: its hidden name, its label, its value."""
    page = book.sheet(title)
    page.set_column(0, 0, 12, book.machine, {"hidden": True})
    for column, width in enumerate(widths, 1):
        page.set_column(column, column, width)
    book.top(page, {0: layout.KEY, 2: layout.VALUE})
    return page


def _heading(book: Book, page: Any, row: int, title: str) -> int:
    page.set_row(row, 22)
    book.put(page, row, 1, book._(title), book.section)
    book.put(page, row, 2, "", book.section)
    return row + 1


def write_facts(book: Book, asked: Questions, content: Mapping[str, Any]) -> None:
    """Write numbers, suggestions and clues, the declaration, and who filled in the form."""
    page = _sheet(book, layout.FACTS, (_LABEL, _VALUE, _HELP))
    row = WHO_ROW + 1
    for title, lines, facts in _sections(book, asked, content):
        row = _heading(book, page, row + 1, title)
        for fact in facts:
            row = _fact(book, page, row, fact, lines)
    row = _declaration(book, page, row + 1, asked, content)
    page.print_area(TITLE_ROW, 1, row - 1, 3)
    page.repeat_rows(TITLE_ROW, WHO_ROW)
    page.ignore_errors({"number_stored_as_text": f"A1:{cell_name(row, 3)}"})


def _sections(
    book: Book, asked: Questions, content: Mapping[str, Any]
) -> Iterator[tuple[str, float, list[tuple[str, str, str, str]]]]:
    """Yield each section that is asked for: its title, the lines of an answer, and its facts."""
    _, numbers, boxes = book._, content.get("coverage", {}), content.get("suggestions", {})
    if asked.coverage:
        told = {one.id: _help(book, _(NUMBERS_HELP), f"coverage:{one.id}", asked) for one in asked.coverage}
        facts = [(f"coverage.{o.id}", o.title, str(numbers.get(o.id, "")), told[o.id]) for o in asked.coverage]
        yield layout.COVERAGE, _SHORT, facts
    if asked.suggestions:
        told = {box.id: _help(book, "", f"suggestion:{box.id}", asked) for box in asked.suggestions}
        facts = [(f"suggestions.{b.id}", b.title, boxes.get(b.id, ""), told[b.id]) for b in asked.suggestions]
        yield layout.SUGGESTIONS, _LONG, facts
    if asked.clues:
        help_ = _help(book, _(CLUES_HELP), "clues:", asked)
        yield layout.OTHERS, _LONG, [("clues", asked.clues, content.get("clues", ""), help_)]


def _help(book: Book, text: str, place: str, asked: Questions) -> str:
    """Return what is written beside a fact, and that it is to be answered if the form was issued again."""
    return "\n".join(filter(None, (text, book._(AGAIN_MARK) if place in asked.again else "")))


def _declaration(book: Book, page: Any, row: int, asked: Questions, content: Mapping[str, Any]) -> int:
    _, word = book._, AGREE[asked.language]
    row = _heading(book, page, row, DECLARE)
    page.set_row(row, height([(asked.declaration, _VALUE)], 2))
    book.put(page, row, 1, _(DECLARED), book.label)
    book.put(page, row, 2, asked.declaration, book.label)
    book.offer(page, [(row + 1, 2, row + 1, 2)], _(layout.DECLARATION), words=[word])
    accepted, day = word if content.get("declaration") else "", content.get("filled_on", "").replace("T", " ")
    row += 1
    for fact in (
        ("declaration", _(layout.DECLARATION), accepted, _(DECLARE_HELP).format(word=word)),
        ("filled_by", _(layout.FILLED_BY), content.get("filled_by", ""), _(NAME_HELP)),
        ("filled_on", _(layout.FILLED_ON), day, _(FILLED_ON).format(day=asked.due)),
    ):
        row = _fact(book, page, row, fact, _SHORT)
    return row


def _fact(book: Book, page: Any, row: int, fact: Sequence[str], lines: float) -> int:
    """Write name, label, value and help of a fact."""
    page.set_row(row, height(zip(fact[1:], (_LABEL, _VALUE, _HELP), strict=True), lines))
    styles = (book.machine, book.label, book.fact if lines == _SHORT else book.input, book.help)
    for column, (text, style) in enumerate(zip(fact, styles, strict=True)):
        book.put(page, row, column, text, style)
    return row + 1
