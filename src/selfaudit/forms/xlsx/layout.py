"""The workbook of a form: its sheets and columns, named once for writing and for reading.

Every column that is read has a name for the machine in a hidden row, every line of a sheet of facts one in a hidden
column. What people may move, sort or rename is found by these names; titles are only what is left when they are lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from selfaudit.base.canonical import short_hash
from selfaudit.base.i18n import LANGUAGES, N_, translator
from selfaudit.base.text import loose
from selfaudit.model.finding import FINDING_FIELDS, FindingField
from selfaudit.model.form.form import HandlingClass, Questions
from selfaudit.model.form.rounds import ROUNDS

MACHINE = "_selfaudit"
"""The hidden sheet with the passport and the lists to choose from."""
KEY, VALUE = "form.key", "form.value"
"""The names of the two columns of a sheet of facts."""
FILES = "files"
"""The column with the names of files; ``evidence`` is what an item says that it wants to see."""
HEAD_OF_PARTS = "/"
"""Ends the hidden id of an item that is answered part by part, as ``2.1/``; a part is ``2.1/a``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its name in the draft, its title, its width in characters, whether people write into it.

    A title is a message id, or a title of the kit; a column without one is hidden.
    """

    key: str
    title: str = ""
    width: float = 0
    written: bool = False
    of_kit: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one row an entry: its name in the draft, its title, its columns."""

    key: str
    title: str
    columns: tuple[Column, ...]

    def name(self, column: Column) -> str:
        """Return what the hidden row calls a column."""
        return f"{self.key}.{column.key}"


INSTRUCTIONS = N_("Instructions")
FACTS = N_("Coverage and declaration")
ITEMS = Table(
    "items",
    N_("Items"),
    (
        Column("id"),
        Column("number", N_("No."), 8),
        Column("area", N_("Area"), 12),
        Column("title", N_("Item"), 16),
        Column("ask", N_("Question"), 34),
        Column("how", N_("How to check"), 38),
        Column("evidence", N_("Evidence"), 24),
        Column("legal_basis", N_("Legal basis"), 24),
        Column("due", N_("Due"), 11),
        Column("answer", N_("Answer"), 12, written=True),
        Column("note", N_("Note"), 34, written=True),
        Column(FILES, N_("Evidence files"), 22, written=True),
    ),
)
DISPOSITION = "disposition."
HANDLING = N_("Handling: {title}")


def _finding_columns(
    fields: Iterable[FindingField], classes: Iterable[HandlingClass], *, files: bool = True
) -> Iterator[Column]:
    fields = tuple(fields)
    # item and part share one cell; what is left of a part that was typed alone has a column that nobody sees, as has
    # the number where findings are given with one of their own
    given = any(field.kind == "given" for field in fields)
    unseen = [field for field in fields if field.kind == "part" or (given and field.kind == "number")]
    yield from (Column(field.key) for field in unseen)
    for field in fields:
        if field.kind == "disposition":
            yield from (Column(DISPOSITION + d.id, d.title, field.width, written=True, of_kit=True) for d in classes)
        elif field not in unseen:
            yield Column(field.key, field.title, field.width, written=field.kind != "given")
    if files:
        yield Column(FILES, N_("Evidence files"), 22, written=True)


FINDINGS = Table("findings", N_("Findings"), tuple(_finding_columns(FINDING_FIELDS, ())))
"""The findings without the columns of the campaign's own fields and classes of handling."""

ROUND_LISTS = {
    Table(FINDINGS.key, of.title, tuple(_finding_columns(of.fields(()), (), files=of.files))): {of.row, of.about}
    for of in ROUNDS.values()
}
"""The lists of the rounds beside the self-audit, each with the titles by which its head is known."""

_OF_ANY_FINDING = {column.key for column in FINDINGS.columns}

CAMPAIGN, ISSUED_TO, PASSPORT = N_("Campaign"), N_("This form is for"), N_("Passport")
DUE, RETURN_TO = N_("Return by"), N_("Send it back to")
COVERAGE, SUGGESTIONS = N_("Numbers (digits only)"), N_("Suggestions")
OTHERS = N_("Clues")
DECLARATION, FILLED_BY, FILLED_ON = N_("Declaration"), N_("Filled in by"), N_("Filled in on")
_FIXED = {
    "campaign": CAMPAIGN,
    "respondent": ISSUED_TO,
    "passport": PASSPORT,
    "declaration": DECLARATION,
    "filled_by": FILLED_BY,
    "filled_on": FILLED_ON,
}
_SECTIONS = {"coverage": COVERAGE, "suggestions": SUGGESTIONS, "clues": OTHERS}


ROUND = "round"
"""The fact of the hidden sheet that says of which round a form is that has no items."""
PRINTED = "printed"
"""The fact of the hidden sheet that contains the marks of all printed texts."""
MARK = 6
"""Characters of a mark."""


def mark(place: str, text: str) -> str:
    """Return the mark of a text printed at a place.

    Marks travel with the workbook, so that another version that prints other words knows what nobody typed.
    """
    return short_hash(f"{place}\n{loose(text)}".encode(), MARK)


def place(names: Mapping[int, str], column: int) -> str:
    """Return where a column belongs: its own name, or on which side of the facts it is."""
    if column in names:
        table, _, key = names[column].partition(".")
        # a class of handling, or a field of the kit, is known by its id or by its title
        return names[column] if table != FINDINGS.key or key in _OF_ANY_FINDING else table
    value = next((at for at, name in names.items() if name == VALUE), None)
    return "" if value is None else BEFORE if column < value else BEHIND


BEFORE, BEHIND = "form.before", "form.behind"
FACT_PLACES = (KEY, VALUE, BEFORE, BEHIND)


def findings_table(asked: Questions) -> Table:
    """Return the findings with a column for each field that is asked and each class of handling."""
    of = asked.of_round
    columns = _finding_columns(asked.fields, asked.dispositions, files=of is None or of.files)
    return Table(FINDINGS.key, of.title if of else FINDINGS.title, tuple(columns))


@lru_cache
def titles_of(table: Table) -> dict[str, str]:
    """Return the key of every column by its title in any language, as ``loose`` has it."""
    return {said: column.key for column in table.columns if column.title for said in spellings(column.title)}


@lru_cache
def fact_titles() -> dict[str, str]:
    """Return the key of every fact that has the same title in all forms."""
    return {said: key for key, title in _FIXED.items() for said in spellings(title)}


@lru_cache
def section_titles() -> dict[str, str]:
    """Return the key of every section of facts by its title."""
    return {said: key for key, title in _SECTIONS.items() for said in spellings(title)}


@lru_cache
def handling_prefixes() -> tuple[str, ...]:
    """Return what the titles of the classes of handling begin with."""
    return tuple(said.removesuffix(loose("{title}")) for said in spellings(HANDLING))


def spellings(title: str) -> Iterator[str]:
    """Yield a title in every language, as ``loose`` has it."""
    for language in LANGUAGES:
        yield loose(translator(language)(title))
