"""Takes the numbers of identity cards, bank cards and telephones out of free text."""

import re
import unicodedata

_ID_OLD, _ID_NEW = 15, 18

_ID_CARD = re.compile(r"(?<![\dA-Za-z])[1-9１-９](?:[ -]?\d){13,16}(?:[ -]?[\dXxＸｘ])?(?![\dA-Za-z])")
# those of schemes that bank cards belong to: codes of organisations begin with 1, 5 or 9 and have 18 digits
_BANK_CARD = re.compile(r"(?<![\dA-Za-z])(?:[346]\d{3}(?:[ -]?\d){12,15}|5\d{3}(?:[ -]?\d){12})(?![\dA-Za-z])")
# a user name is often a mobile number with letters before or after it
_MOBILE = re.compile(r"(?<!\d)((?:[+＋]?86[ -]?)?)([1１][3-9３-９]\d)([ -]?)\d{4}([ -]?)(\d{4})(?!\d)")
_LANDLINE = re.compile(
    r"(?<![\dA-Za-z])([（(]?0(?:10|2\d|[3-9]\d\d)[）)]?[ —–－-]?)(\d{3,4})([ -]?\d{4})(?![\dA-Za-z])"
)
_LOCAL = re.compile(
    r"((?:电话|座机|联系方式|[Tt]el(?:ephone)?\.?|[Pp]hone)(?:号码)?\s*[是为]?\s*[:：]?\s*)"
    r"(\d{3,4})([ -]?\d{4})(?![\dA-Za-z])"
)
_CANDIDATE = re.compile(r"\d(?:[ -]?\d){6}")
HASH = r"(?<![0-9A-Za-z])[0-9a-f]{32,64}(?![0-9A-Za-z])"
"""Hashes and seals: whatever they look like in between, they are nobody's number."""
_HASH = re.compile(f"({HASH})")


def mask_page(text: str) -> str:
    """Return the text as ``mask`` does, with the hashes in it as they are."""
    if not _CANDIDATE.search(text):
        return text
    parts = _HASH.split(text)
    parts[::2] = map(mask, parts[::2])
    return "".join(parts)


def mask(text: str) -> str:
    """Return the text with these numbers made unreadable but for their last four digits.

    A number is taken for a bank card only if its check digit is right, and one of 15 or 18 digits for an identity card
    only if it contains a date of birth, so that numbers of certificates and organisations stay readable. The text keeps
    its length.
    """
    if not _CANDIDATE.search(text):
        return text
    text = _ID_CARD.sub(_hide_id, text)
    text = _BANK_CARD.sub(_hide_card, text)
    text = _MOBILE.sub(r"\1\2\3****\4\5", text)
    text = _LANDLINE.sub(_hide_line, text)
    return _LOCAL.sub(_hide_line, text)


def masked_within(text: str) -> str:
    """Return the text with numbers of identity cards and mobile telephones made unreadable but for their last four.

    Values of registers may be numbers of projects and certificates, which look like those of banks and landlines.
    """
    if not _CANDIDATE.search(text):
        return text
    return _MOBILE.sub(r"\1\2\3****\4\5", _ID_CARD.sub(_shorten_id, text))


def _hide_id(found: re.Match[str]) -> str:
    number = re.sub("[ -]", "", unicodedata.normalize("NFKC", found[0])).upper()
    return _hidden(found[0]) if _is_id(number) else found[0]


def _shorten_id(found: re.Match[str]) -> str:
    """Return a number as ``text.masked`` does, so that people see it in one way wherever it stands."""
    hidden = _hide_id(found)
    return hidden if hidden == found[0] else f"****{hidden[-4:]}"


def _hide_card(found: re.Match[str]) -> str:
    return _hidden(found[0]) if _is_card(re.sub(r"\D", "", found[0])) else found[0]


def _hide_line(found: re.Match[str]) -> str:
    return f"{found[1]}{'*' * len(found[2])}{found[3]}"


def _hidden(number: str) -> str:
    return re.sub(r"[\dXxＸｘ]", "*", number[:-4]) + number[-4:]


def _is_card(number: str) -> bool:
    """Return whether the last digit is the check digit of the others (ISO/IEC 7812)."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _is_id(number: str) -> bool:
    if len(number) not in (_ID_OLD, _ID_NEW):
        return False
    born = number[6:14] if len(number) == _ID_NEW else f"19{number[6:12]}"
    return bool(re.fullmatch(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", born))
