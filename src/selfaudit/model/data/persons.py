"""Numbers of persons: never shown whole, and told apart by a hash that nobody makes without the campaign's secret."""

import hmac
import re
import unicodedata
from collections.abc import Collection

from selfaudit.base.mask import masked_within
from selfaudit.base.text import masked

LEAST = 7
"""Characters that a number of a document has at least; shorter ones may be anything else as well."""
_WORD = re.compile(f"[0-9A-Za-z]{{{LEAST},}}")


def without_numbers(text: str, numbers: Collection[str]) -> str:
    """Return a text in which these numbers, in capitals, are masked, and whatever else looks like one of a person."""
    if numbers:
        text = _WORD.sub(lambda found: masked(found[0]) if found[0].upper() in numbers else found[0], text)
    return masked_within(text)


def person_hash(secret: str, number: str) -> str:
    """Return what stands for a number, 32 characters in hexadecimal, however it is written; empty for none."""
    plain = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    return hmac.new(secret.encode(), plain.encode(), "sha256").hexdigest()[:32] if plain else ""
