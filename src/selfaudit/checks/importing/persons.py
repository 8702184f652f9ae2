"""Reads the numbers of identity documents, as whole as the file has them."""

import re

from selfaudit.checks.importing import words
from selfaudit.checks.importing.texts import Value, cleaned, narrowed, without_spaces

_DOCUMENT = re.compile(r"(?=.*\d)[0-9A-Z()-]{5,24}", re.ASCII)
_IDENTITY_CARD = re.compile(r"\d{17}[\dX]", re.ASCII)
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
"""What the figures of an identity card count, and its last sign by the remainder of their sum (GB 11643)."""
_FIGURES = re.compile(r"\d{10,}[\dX]", re.ASCII)
_LENGTHS = (15, 18)
"""Signs of the number of an identity card, before and after 1999; other documents have letters, or fewer figures."""
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?", re.ASCII)
_LOST = re.compile(r"-?\d(?:\.\d+)?E\+?\d+|\d{16,}\.0+", re.ASCII | re.IGNORECASE)
_STARS = re.compile(r"[*＊•●×]{2,}|[xX]{3,}")


def read_person(raw: str) -> Value:
    """Read the number of a person; one of which digits are lost or hidden is rejected."""
    text, repair = cleaned(raw)
    narrow = narrowed(text)
    plain = without_spaces(narrow).upper()
    if _LOST.fullmatch(plain):
        return Value(None, None, words.DIGITS_LOST)
    if _STARS.search(plain):
        return Value(None, None, words.MASKED)
    if not _DOCUMENT.fullmatch(plain) or _DAY.fullmatch(plain):
        return Value(None, None, words.NOT_A_PERSON)
    if _FIGURES.fullmatch(plain) and len(plain) not in _LENGTHS:
        return Value(None, None, words.LENGTH)
    if is_misspelt(plain):
        # what is left of a number after Excel has rounded it
        return Value(None, None, words.DIGITS_LOST) if plain.endswith("000") else Value(plain, words.CHECK_DIGIT)
    if repair is None and plain != text:
        repair = words.NARROWED if narrow != text else words.RAISED if plain != text else None
    return Value(plain, repair)


def is_misspelt(number: str) -> bool:
    """Return whether the check digit of an identity card, in capitals, is wrong; nobody knows of other documents."""
    if not _IDENTITY_CARD.fullmatch(number):
        return False
    return CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, number, strict=False)) % 11] != number[-1]
