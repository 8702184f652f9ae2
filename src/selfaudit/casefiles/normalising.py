"""What is compared of a text: its letters and digits, whatever their width and case."""

import sys
import unicodedata
from functools import cache
from typing import Final

import numpy as np

from selfaudit.casefiles.arrays import Codes, Offsets

# Where characters must be looked at one by one; between these ranges are Chinese characters and other letters
_LOOKED_AT: Final = (range(0x3400), range(0xF900, 0x10000))
_LEFT_OUT: Final = (range(0xD800, 0xF900), range(0x10000, 0x20000), range(0x40000, sys.maxunicode + 1))


def normalise(text: str) -> tuple[Codes, Offsets]:
    """Return the letters and digits of a text, folded, and for each its offset in the text.

    Width and case are folded, and Chinese characters that PDF files write as radicals or compatibility characters.
    Spaces, punctuation, symbols and characters for private use are left out. Digits are kept, since numbers are what
    differs between two honest records.
    """
    folded = folded_codes(text)
    keep = np.flatnonzero(folded)
    return folded[keep], keep


def folded_codes(text: str) -> Codes:
    """Return a code for each character of a text, 0 for those that are left out."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: Codes = _table()[codes]
    return folded


@cache
def _table() -> Codes:
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for left_out in _LEFT_OUT:
        table[left_out.start : left_out.stop] = 0
    for looked_at in _LOOKED_AT:
        table[looked_at.start : looked_at.stop] = [_folded(chr(code)) for code in looked_at]
    return table


def _folded(character: str) -> int:
    """Return the code of the letter or digit that a character stands for; one that stands for several is kept."""
    plain = unicodedata.normalize("NFKC", character).lower()
    if len(plain) != 1:
        plain = character.lower() if len(character.lower()) == 1 else character
    return ord(plain) if unicodedata.category(plain)[0] in "LN" else 0
