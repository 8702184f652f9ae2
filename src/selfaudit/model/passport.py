"""The passport of a form: ``FC23-7K2M9QXA-4T0B-61``, at most 24 characters that name campaign, respondent, revision.

Campaign code (2–6 characters), respondent (8, from campaign id and respondent key with the campaign's secret), revision
(4, from the hash of the form's content) and two check digits, ISO 7064 MOD 97-10, over the rest without hyphens.
"""

import hmac
import re
from dataclasses import dataclass
from itertools import islice
from typing import Self

from selfaudit.base.canonical import short_hash
from selfaudit.base.text import narrow

_SHAPE = re.compile(r"([A-Z0-9]{2,6})-([0-9A-HJKMNP-TV-Z]{8})-([0-9A-HJKMNP-TV-Z]{4})-(\d{2})")
_DASHES = re.compile(r"\s*[-‐‑‒–—―−－_]\s*")


def respondent_code(campaign_id: str, respondent_key: str) -> str:
    """Return the eight characters that stand for a respondent in the ids of findings; anybody can work them out."""
    return short_hash(f"{campaign_id}\n{respondent_key}".encode(), 8)


def secret_code(secret: str, campaign_id: str, respondent_key: str) -> str:
    """Return those of a passport, which only whoever has the secret, in hexadecimal, can work out."""
    return short_hash(hmac.digest(bytes.fromhex(secret), f"{campaign_id}\n{respondent_key}".encode(), "sha256"), 8)


def check_digits(text: str) -> str:
    """Return the two check digits of a text of letters, digits, hyphens and slashes, the last two not counted."""
    digits = "".join(str(int(char, 36)) for char in text if char not in "-/")
    return f"{98 - int(digits + '00') % 97:02d}"


def plain_dashes(text: str) -> str:
    """Return a text with every kind of dash, and spaces around it, made a hyphen."""
    return _DASHES.sub("-", text)


@dataclass(frozen=True, slots=True)
class Passport:
    """The identity printed on a form."""

    campaign: str
    respondent: str
    revision: str

    def __str__(self) -> str:
        """Return it as printed, check digits included."""
        head = f"{self.campaign}-{self.respondent}-{self.revision}"
        return f"{head}-{check_digits(head)}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a passport as people retype it (lower case, full width, other dashes); None if it does not check."""
        found = _SHAPE.fullmatch(plain_dashes(narrow(text).upper()))
        if not found:
            return None
        passport = cls(*found.groups()[:3])
        return passport if str(passport) == found[0] else None

    @classmethod
    def found_in(cls, text: str, most: int = 100) -> list[str]:
        """Return the first passports that stand in a text, each once."""
        found = (str(passport) for shape in _SHAPE.finditer(text) if (passport := cls.parse(shape[0])))
        return list(dict.fromkeys(islice(found, most)))
