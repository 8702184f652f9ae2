"""What a document says, whatever its format; judged by its content, and refused before any library sees what is wrong.

A document can still crash or hang its reader: call this in a process that may die. PDFs are read by ``scans.texts``.
"""

from selfaudit.base.problems import Problem, Term, Where
from selfaudit.files.encodings import plain_text
from selfaudit.files.extracting.extracted import Extracted
from selfaudit.files.extracting.pages import page_text
from selfaudit.files.extracting.problems import (
    DAMAGED,
    FOREIGN,
    LOCKED,
    NO_TEXT,
    OLD_FORMAT,
    TOO_LONG,
    UNKNOWN,
)
from selfaudit.files.extracting.sheets import workbook_text
from selfaudit.files.extracting.word import word_text
from selfaudit.files.kinds import DOC, DOCX, PAGE, TABLE, ZIP, Family, FileKind, kind_of
from selfaudit.files.texts import kind_of_text

MOST_CHARACTERS = 4_000_000
"""Of one record: a volume of a thousand pages has two million."""


def extract(data: bytes, file: str) -> Extracted:
    """Return the text of a document that is no PDF; ``file`` is its name as the user knows it."""
    return checked(_extracted(data, file), Where(file))


def checked(made: Extracted, where: Where) -> Extracted:
    """Return a text as it is, unless there is none in it, or far too much."""
    if made.problem and not made.text:
        return made
    if not made.text.strip():
        return Extracted(problem=NO_TEXT(where))
    if len(made.text) > MOST_CHARACTERS:
        return Extracted(problem=TOO_LONG(where, characters=len(made.text), most=MOST_CHARACTERS))
    return made


def _extracted(data: bytes, file: str) -> Extracted:
    kind = kind_of(data)
    if kind is DOCX:
        return word_text(data, file)
    if kind and kind.family is Family.WORKBOOK:
        return workbook_text(data, file)
    if kind:
        return Extracted(problem=_refusal(kind, Where(file)))
    text, _, problem = plain_text(data, file)
    if problem:
        return Extracted(problem=UNKNOWN(Where(file)))
    found = kind_of_text(text)
    if found is PAGE:
        return page_text(text, file)
    if found and found is not TABLE:
        return Extracted(problem=_refusal(found, Where(file)))
    return Extracted(text.replace("\r\n", "\n").replace("\r", "\n"))


def _refusal(kind: FileKind, where: Where) -> Problem:
    """Return why a document of a kind has no text to compare."""
    if kind.family in (Family.LOCKED, Family.SEALED, Family.CIPHER):
        return LOCKED(where)
    if kind.family in (Family.WORD, Family.OLD_OFFICE):
        return OLD_FORMAT(where, what=Term(kind.family), suffix=kind.suffix or DOC.suffix)
    if kind is ZIP:
        return DAMAGED(where, detail=kind.suffix)
    return FOREIGN(where, what=Term(kind.family))
