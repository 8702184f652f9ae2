"""Numbers of persons: never shown whole, and told apart by a hash that nobody makes without the campaign's secret."""

import hmac
import unicodedata

_SHOWN, _WHOLE = 4, 18


def masked(number: str) -> str:
    """Return a number of which only the last four characters are to be read."""
    return f"****{number[-_SHOWN:]}" if len(number) > _SHOWN else "****" if number else ""


def person_hash(secret: str, number: str) -> str:
    """Return what stands for a number, 32 characters in hexadecimal, however it is written; empty for none."""
    plain = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    return hmac.new(secret.encode(), plain.encode(), "sha256").hexdigest()[:32] if plain else ""
