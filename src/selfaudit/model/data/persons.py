"""Numbers of persons: never shown whole, and told apart by a hash that nobody makes without the campaign's secret."""

import hmac
import re
import unicodedata

_SHOWN, _WHOLE = 4, 18
_DATED = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_CARD = re.compile(rf"(?<![0-9A-Za-z])[1-9]\d{{5}}{_DATED}\d{{3}}[\dXx](?![0-9A-Za-z])", re.ASCII)


def masked(number: str) -> str:
    """Return a number of which only the last four characters are to be read."""
    return f"****{number[-_SHOWN:]}" if len(number) > _SHOWN else "****" if number else ""


def masked_within(text: str) -> str:
    """Return a text in which numbers of identity cards are masked, whatever else it says."""
    return text if len(text) < _WHOLE else _ID_CARD.sub(lambda found: masked(found[0]), text)


def person_hash(secret: str, number: str) -> str:
    """Return what stands for a number, 32 characters in hexadecimal, however it is written; empty for none."""
    plain = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    return hmac.new(secret.encode(), plain.encode(), "sha256").hexdigest()[:32] if plain else ""
